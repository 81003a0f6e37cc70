"""The window. Screens draw and ask; Qt lives here alone.

Importing this package first makes one repair: the PySide6 6.12 wheels are built against headers in which None, True and
False are immortal, and hand them out uncounted. On Python 3.11, which still counts, each call then wears None away,
and after some ten thousand calls the process dies ("deallocating None"). Older wheels have no PySide6-Pdf of its own,
so the counts are raised out of reach instead. `tests/ui/test_lasting.py` shows that it holds.
"""

import sys


def hold_constants() -> None:
    """Raise the reference counts of the constants so far that no run can wear them away; nothing from 3.12 on."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    import ctypes

    for constant in (None, True, False, NotImplemented, Ellipsis):
        count = ctypes.c_ssize_t.from_address(id(constant))  # ob_refcnt is the first field of every object
        if count.value < 1 << 59:
            count.value += 1 << 60


hold_constants()
