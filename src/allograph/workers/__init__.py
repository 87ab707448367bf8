"""Evaluate queries in processes that can be killed, so that no query can hold up another.

The front asks a ``pool``, which has a fixed number of ``slots`` for workers. A ``worker`` is forked
by the ``nursery``, a small process without threads that has everything imported, so that a worker
is ready in milliseconds and shares its memory with the others. It opens the store read-only, gives
up what it does not need (``limits``, ``network``), and answers one job after another (``jobs``) in
``frames``; what it says on standard error is passed on (``reports``). ``process`` is how the front
sees the nursery and each worker, ``store`` is the pool as a ``Store``.
"""
