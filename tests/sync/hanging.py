"""A share that hangs, really: whoever asks for one file of it, or for any, waits inside the operating system."""

from __future__ import annotations

import contextlib
import ctypes
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


@contextlib.contextmanager
def nobody_answers(folder: Path) -> Iterator[None]:
    """A file system in this folder whose server says nothing: each look at what is in it waits. Skips the test where
    this user may not mount one."""
    if sys.platform != "linux" or os.geteuid() != 0 or not os.access("/dev/fuse", os.R_OK | os.W_OK):
        pytest.skip("file systems of one's own are Linux's, and root's")
    system = ctypes.CDLL(None, use_errno=True)
    server = os.open("/dev/fuse", os.O_RDWR)
    how = f"fd={server},rootmode=40000,user_id=0,group_id=0"
    if system.mount(b"nobody", os.fsencode(folder), b"fuse", 0, how.encode()) != 0:
        os.close(server)
        pytest.skip(f"no file system can be mounted here: {os.strerror(ctypes.get_errno())}")
    try:
        yield
    finally:
        os.close(server)  # whoever waits is told that it is gone
        system.umount2(os.fsencode(folder), 2)
