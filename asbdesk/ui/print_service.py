"""Takes a printed paper out of this computer's print service (CUPS), which would keep its pages for a day.

The command `cancel -x` takes out no single job that is done; the service itself does (IPP, Purge-Jobs with `job-ids`).
By CUPS's usual policy root and the group `lpadmin` may ask for it, to which whoever set up a Debian or Ubuntu belongs.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Any

LIBRARY = "libcups.2.dylib" if sys.platform == "darwin" else "libcups.so.2"
PURGE_JOBS = 0x12
OPERATION, INTEGER, NAME, ADDRESS = 0x01, 0x21, 0x42, 0x45
"""Of IPP (RFC 8011): the group of what is asked, and the kinds of values."""
_NO_PASSWORD = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_char_p)(lambda _: None)
"""CUPS would ask for one in a terminal."""


@cache
def _library() -> Any:
    """CUPS's own library, or None where there is none."""
    if sys.platform == "win32":
        return None
    try:
        cups = ctypes.CDLL(LIBRARY)
    except OSError:
        return None
    text, pointer, number = ctypes.c_char_p, ctypes.c_void_p, ctypes.c_int
    cups.ippNewRequest.restype, cups.ippNewRequest.argtypes = pointer, [number]
    cups.ippAddString.argtypes = [pointer, number, number, text, text, text]
    cups.ippAddIntegers.argtypes = [pointer, number, number, text, number, ctypes.POINTER(number)]
    cups.ippAddBoolean.argtypes = [pointer, number, text, ctypes.c_char]
    cups.cupsDoRequest.restype, cups.cupsDoRequest.argtypes = pointer, [pointer, pointer, text]
    cups.ippDelete.argtypes = [pointer]
    cups.cupsUser.restype = text
    return cups


def take_out(job: str) -> bool:
    """Take the job (`QUEUE-12`) out, pages and all. False where this computer or its rules have no way to do it."""
    queue, _, number = job.rpartition("-")
    cups = _library()
    if cups is None or not number.isdigit():
        return False
    cups.cupsSetPasswordCB(_NO_PASSWORD)
    asked = cups.ippNewRequest(PURGE_JOBS)
    cups.ippAddString(asked, OPERATION, ADDRESS, b"printer-uri", None, f"ipp://localhost/printers/{queue}".encode())
    cups.ippAddString(asked, OPERATION, NAME, b"requesting-user-name", None, cups.cupsUser())
    cups.ippAddIntegers(asked, OPERATION, INTEGER, b"job-ids", 1, ctypes.byref(ctypes.c_int(int(number))))
    for each in (b"purge-jobs", b"my-jobs"):
        cups.ippAddBoolean(asked, OPERATION, each, b"\1")
    cups.ippDelete(cups.cupsDoRequest(None, asked, b"/jobs/"))
    return int(cups.cupsLastError()) <= 2  # done, with or without a remark
