"""The addresses: one blueprint for each part of them, listed in ``routes``.

Touch it for an address, or for what its page shows. A view chooses a representation, asks
``allograph.reading``, and responds by ``web.http``.
"""
