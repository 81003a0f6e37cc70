"""A landlord's own words for a letter: opened from the file in use, kept as a file of its own, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from asbdesk.letters import load
from asbdesk.letters.editing import LetterFile, opened
from asbdesk.paths import own_files, resources
from asbdesk.store.disk import write_whole
from asbdesk.store.roles import HEAD_OFFICE

if TYPE_CHECKING:
    from asbdesk.casework.desk import Desk

DOING = "keep the words of a letter"
ELSEWHERE = (
    "The words of letters are written on head office’s laptop, and come from there. Tell head office what to change."
)


@dataclass(frozen=True)
class LetterLine:
    """A letter in the list."""

    id: str
    name: str
    own: bool


def letters(desk: Desk) -> tuple[LetterLine, ...]:
    """Every letter, in the order of their names."""
    every = load.library(desk.store.paths.own_letters).values()
    return tuple(LetterLine(w.id, w.name, w.own) for w in sorted(every, key=lambda w: w.name))


def may_write(desk: Desk) -> bool:
    """Whether letters are worded on this laptop: it is head office's, or there is no other."""
    return desk.store.journal.role in ("", HEAD_OFFICE)


def open_letter_file(desk: Desk, letter: str) -> LetterFile:
    """The file in use for a letter: the landlord's own, else the shipped one."""
    own = _own_path(desk, letter)
    path = own or resources() / "letters" / f"{letter}.yaml"
    return opened(load.read(path), path.name, load.shared_words(desk.store.paths.own_letters)[0])


def keep_letter_file(desk: Desk, file: LetterFile) -> None:
    """Use these words from now on. Raises UserError: they are written elsewhere, or the disk refuses."""
    from asbdesk.errors import UserError

    if not may_write(desk):
        raise UserError(ELSEWHERE)
    folder = desk.store.paths.own_letters
    path = _own_path(desk, file.wording.id) or folder / f"{file.wording.id}.yaml"
    folder.mkdir(exist_ok=True)
    write_whole(path, file.text.encode(), DOING)


def shipped_again(desk: Desk, letter: str) -> bool:
    """Back to the shipped words. The landlord's own stay beside as `.before`. False: there were none, or this letter is
    the landlord's alone."""
    path = _own_path(desk, letter)
    if path is None or not may_write(desk) or not (resources() / "letters" / f"{letter}.yaml").exists():
        return False
    path.replace(path.with_suffix(".before"))
    return True


def _own_path(desk: Desk, letter: str) -> Path | None:
    """Where the landlord's own file of a letter lies. Of several the last is the one in use."""
    folder = desk.store.paths.own_letters
    shared, found = load.shared_words(folder)[0], None
    for path in own_files(folder):
        try:
            if path.stem != load.SHARED and load.load_text(load.read(path), path.name, shared, own=True).id == letter:
                found = path
        except load.LetterError:
            continue
    return found
