"""What one session of tests makes once, though many processes run them."""

import fcntl
import os
import pickle
from contextlib import contextmanager


def common_folder(tmp_path_factory):
    """A folder of this session, the same in each process that runs its tests."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@contextmanager
def one_at_a_time(folder, name):
    """Let one process in; the others wait, and find what it has made."""
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def made_once(folder, name, make):
    """A value that the first process makes, and the others read."""
    file = folder / f"{name}.pickle"
    with one_at_a_time(folder, name):
        if not file.exists():
            file.write_bytes(pickle.dumps(make()))
    return pickle.loads(file.read_bytes())  # noqa: S301  # written by these tests
