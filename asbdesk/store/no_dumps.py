"""What is unlocked stays in memory: a crash leaves no copy of it on the disk, and no program of this user reads it."""

from __future__ import annotations

import contextlib
import sys

_DUMPABLE = 4  # PR_SET_DUMPABLE, linux/prctl.h
_NO_REPORT = 0x0001 | 0x0002  # SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX: no report with pieces of memory in it


def forbid_dumps() -> None:
    """Have the system write no dump of this process from now on. Where it does not know how, nothing is changed.

    A limit of nothing is not enough on Linux: where dumps are handed to a program (apport, systemd), the limit is that
    program's to heed. What this process starts is not concerned.
    """
    with contextlib.suppress(OSError, ValueError, AttributeError):
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.kernel32.SetErrorMode(_NO_REPORT)
            return
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
        if sys.platform == "linux":
            import ctypes

            ctypes.CDLL(None).prctl(_DUMPABLE, 0, 0, 0, 0)
