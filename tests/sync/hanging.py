"""A share that hangs, really: whoever opens one file of it waits inside the operating system until it is let go."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def hangs(path: Path) -> Iterator[None]:
    """Hold a lease on a file, as a file server does for its clients: the system has others wait until it is given back
    (45 seconds, unless it was told otherwise). Skips the test where there are no leases."""
    if sys.platform != "linux":
        pytest.skip("leases on files are Linux's")
    import fcntl

    before = signal.signal(signal.SIGIO, signal.SIG_IGN)  # how the system asks for it back
    held = os.open(path, os.O_RDWR)
    try:
        fcntl.fcntl(held, fcntl.F_SETLEASE, fcntl.F_WRLCK)
        yield
    finally:
        os.close(held)
        signal.signal(signal.SIGIO, before)
