"""The files that people write, read once: the way from a folder to a ``Snapshot``.

Touch it when curated files are read, found or written differently. ``sources`` says where they
lie, ``snapshot`` reads them all at one moment, ``formatter/`` keeps their style, ``held/`` finds
places in the texts that were read, ``new`` writes skeletons, ``results`` tells what is wrong.
"""
