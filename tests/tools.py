"""Tools that some tests need and that are no Python packages."""

import os
import shutil

import pytest


def needs(tool):
    """Skip where the tool is not installed; never in CI, which installs what it needs."""
    is_missing = shutil.which(tool) is None and not os.environ.get("CI")
    return pytest.mark.skipif(is_missing, reason=f"{tool} is not installed")


def peer(tool):
    """Mark a test that runs a program of others: one of ``peers``, skipped where it is missing."""
    return lambda test: pytest.mark.peers(needs(tool)(test))
