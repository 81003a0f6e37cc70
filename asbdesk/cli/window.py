"""Opening the window: the one command, with `demo` and `pictures`, that needs Qt."""

from __future__ import annotations

from asbdesk.errors import UserError


def open_window(store: str | None) -> int:
    """Open the window on the store in `store`, or on this user's own; its exit status when it is closed."""
    from pathlib import Path

    from asbdesk.paths import user_store

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
