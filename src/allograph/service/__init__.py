"""The service as a process: it listens, follows releases, and ends when asked.

Touch it for signals, sockets and releases that come and go; what is answered is in ``web/``.
"""
