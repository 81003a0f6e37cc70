"""What the first start and the lock screen are handed: the door to a store. `app.door.StoreDoor` is the real one.

Its records are named tuples, because they stand before the first paint: as many dataclasses take three times as long.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple, Protocol

from asbdesk.settings import Settings

Told = Callable[[int, int], None]


class DoorState(NamedTuple):
    """What stands behind the door, known without opening it."""

    kind: str
    """`new`: no store yet; `locked`; `problem`: a sentence says what is wrong."""
    sentence: str = ""
    can_restore: bool = True
    quick: bool = False
    """Whether the computer's sign-in opens it."""
    copy_days: int | None = None
    """Days since the newest copy off this laptop; None when there has been none."""


class Strength(NamedTuple):
    """How good a passphrase is: 0 to 4, in words, and whether it may be used."""

    level: int
    words: str
    enough: bool


class SetUp(NamedTuple):
    """The answers of the first start (PRACTICE.md 22)."""

    landlord: str
    homes: int | None
    officer: str
    number: str
    hours: str
    closed: str
    checker: str
    """Name of who else checks the work, or empty: nobody yet."""
    checker_number: str
    passphrase: str
    quick: bool


class Invitation(NamedTuple):
    """What an invitation says: from whom, as what, until when in words; the shared folder, empty for a service, and
    whether that folder is found from this laptop."""

    landlord: str
    role: str
    until: str
    folder: str
    found: bool


class Joining(NamedTuple):
    """The answers of a laptop that joins. `folder`: where the shared folder is on this laptop, or empty."""

    file: Path
    code: str
    folder: str
    officer: str
    number: str
    hours: str
    passphrase: str
    quick: bool


class Sheet(NamedTuple):
    """The recovery sheet: its code in groups, and as a page to print."""

    code: str
    pdf: bytes


class CopyLine(NamedTuple):
    """A copy that this laptop knows of."""

    path: Path
    made: str
    """In words: "Tue 17 Nov, 09:12"."""
    place: str


class Note(NamedTuple):
    """Something the desk has to say about itself: quiet, in words, with what to do."""

    id: str
    """`mended`, `reserve`, `clock`, `space`, `forms`, `conflict`."""
    words: str
    kind: str = "ask"
    """The kind of card it stands on: `ask`, or `soft` where nothing needs doing."""
    button: str = ""
    """What can be done about it here, or empty."""
    closes: bool = False
    """Whether it may be put away until the next unlock."""


class FormFault(NamedTuple):
    """A landlord's own form that could not be used: each line is "file, line N: what; mend"."""

    file: str
    lines: tuple[str, ...]


class Door(Protocol):
    """Slow methods (set_up, unlock, recover, restore, make_copy, catch_up, tidy, new_sheet) run in a thread; all raise
    UserError in words."""

    def state(self) -> DoorState: ...
    def warm(self) -> None: ...
    def strength(self, passphrase: str, about: tuple[str, ...] = ()) -> Strength: ...
    def set_up(self, answers: SetUp) -> tuple[Any, Sheet]: ...
    def invitation(self, file: Path) -> Invitation: ...
    def join(self, answers: Joining) -> tuple[Any, Sheet]: ...
    def place_problem(self, folder: Path) -> str: ...
    def place_note(self, folder: Path) -> str: ...
    def make_copy(self, desk: Any, folder: Path, told: Told, stop: Event | None = None) -> Path: ...
    def wait(self) -> float: ...
    def unlock(self, passphrase: str) -> Any: ...
    def unlock_quickly(self) -> Any: ...
    def prove(self, passphrase: str) -> bool: ...
    def recover(self, code: str, new: str) -> Any: ...
    def challenge(self) -> tuple[str, str]: ...
    def open_by_head_office(self, code: str, new: str) -> Any: ...
    def copies(self, folder: Path) -> tuple[CopyLine, ...]: ...
    def restore(self, copy: Path) -> str: ...
    def lock(self) -> None: ...
    def settings(self) -> Settings: ...
    def change_settings(self, **fields: Any) -> str: ...
    def set_quick(self, desk: Any, on: bool) -> str: ...
    def set_passphrase(self, old: str, new: str) -> None: ...
    def new_sheet(self, desk: Any, passphrase: str) -> Sheet: ...
    def catch_up(self, desk: Any, told: Told) -> int: ...
    def tidy(self, desk: Any) -> None: ...
    def notes(self, desk: Any) -> tuple[Note, ...]: ...
    def trust_clock(self, desk: Any) -> None: ...
    def form_faults(self) -> tuple[FormFault, ...]: ...
