"""Opening the window: the one command, with `demo` and `pictures`, that needs Qt."""

from __future__ import annotations

import gc
import os
import sys

from asbdesk.errors import UserError


def has_display() -> bool:
    """Whether a window can be seen here, or Qt was told of another place to draw."""
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def open_window(store: str | None) -> int:
    """Open the window on the store in `store`, or on this user's own; its exit status when it is closed."""
    from pathlib import Path

    from asbdesk.paths import user_store

    if not has_display():  # Qt would end the process with a core dump
        raise UserError("There is no display here to show the window on. Try asbdesk demo, or asbdesk --help.")
    gc.disable()  # until the first paint, as `run_window` says: Qt's modules are the greater part of a start
    try:
        from asbdesk.app import run_window
    except ImportError as missing:
        raise qt_missing(missing) from missing
    return run_window(Path(store) if store else user_store())


def qt_missing(missing: ImportError) -> UserError:
    """What to do where Qt, or a system library that it needs, is not there. Any other missing import is our bug."""
    said = str(missing)
    if "PySide6" not in said and ".so" not in said and "DLL" not in said:
        raise missing
    return UserError(
        f"The window cannot be shown here: {said}. Run installer/run.sh, which installs what it needs; "
        "the commands without a window work as they are (asbdesk --help)."
    )
