"""One typed record of what this computer remembers outside the encrypted store: how it looks, and when it locks.

The file can be read without a key, so nothing of a person, and no folder's name, belongs here; those go into the
store's `local_setting`.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

THEMES = ("light", "dark", "high_contrast")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_LIMIT = 1 << 16  # bytes


@dataclass(frozen=True)
class Settings:
    """A line for each setting. Change one with `dataclasses.replace`, then `save`."""

    theme: str = "light"
    """One of `THEMES`."""
    text_size: float = 1.0
    """How large text is, as a multiple of the usual size: 1 to 2."""
    lock_minutes: int = 5
    """Minutes without a key or a touch until the desk locks itself: 1 to 15."""
    quick_unlock: bool = False
    """Whether the lock screen offers to open by the computer's own sign-in."""
    reminders: bool = True
    """Whether the system's notifications say how much is due: a count, and nothing of what or whom."""
    newest_copy: str | None = None
    """The instant of the newest copy off this laptop, or None: the lock screen shows its age without a key."""


_ALLOWS: dict[str, Callable[[Any], bool]] = {
    "theme": lambda v: v in THEMES,
    "text_size": lambda v: type(v) in (int, float) and math.isfinite(v) and 1 <= v <= 2,
    "lock_minutes": lambda v: type(v) is int and 1 <= v <= 15,
    "quick_unlock": lambda v: type(v) is bool,
    "reminders": lambda v: type(v) is bool,
    "newest_copy": lambda v: v is None or (isinstance(v, str) and _INSTANT.fullmatch(v) is not None),
}


def load(path: Path) -> tuple[Settings, str | None]:
    """The settings in `path`, and a sentence when some could not be used. Never raises.

    A missing file is the usual settings. One that is broken is kept aside as `settings.json.broken`; one wrong value
    costs only itself.
    """
    try:
        told = _read(path)
    except FileNotFoundError:
        return Settings(), None
    except OSError as error:
        return Settings(), f"The settings in {path} could not be read ({error.strerror}). The usual ones are used."
    except (ValueError, RecursionError):
        aside = path.with_name(path.name + ".broken")
        with contextlib.suppress(OSError):
            path.replace(aside)
        return (
            Settings(),
            f"The settings file was damaged. The usual settings are used; the damaged file is now {aside}.",
        )
    known = {f.name: told[f.name] for f in fields(Settings) if f.name in told}
    wrong = sorted(name for name, value in known.items() if not _allowed(name, value))
    settings = Settings(**{name: value for name, value in known.items() if name not in wrong})
    names = ", ".join(name.replace("_", " ") for name in wrong)
    return settings, f"Not usable in {path}: {names}. The usual choice is used there." if wrong else None


def save(settings: Settings, path: Path) -> str | None:
    """Write the settings whole; None, or a sentence when the disk refuses. What a newer version keeps there stays.

    Raises ValueError for a value that `load` would not take back: our own mistake.
    """
    told = asdict(settings)
    for name, value in told.items():
        if not _allowed(name, value):
            raise ValueError(f"{name} cannot be {value!r}")
    with contextlib.suppress(OSError, ValueError, RecursionError):
        told = {**_read(path), **told}
    import secrets  # here: it brings the system's cryptography, and loading needs none of it

    new = path.with_name(f".new-{secrets.token_hex(8)}")
    try:
        with open(new, "w", encoding="utf-8", newline="\n", opener=_private) as out:
            out.write(json.dumps(told, indent=1, sort_keys=True) + "\n")
            out.flush()
            os.fsync(out.fileno())
        new.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            new.unlink()
        return f"The setting holds until asbdesk is closed; it could not be written to {path} ({error.strerror})."
    return None


def _private(path: str, flags: int) -> int:
    """Made for this user alone."""
    return os.open(path, flags, 0o600)


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        data = stream.read(_LIMIT + 1)
    told = json.loads(data) if len(data) <= _LIMIT else None
    if not isinstance(told, dict):
        raise ValueError("not a settings file")
    return told


def _allowed(name: str, value: object) -> bool:
    return _ALLOWS[name](value)
