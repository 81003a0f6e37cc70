"""Every screen can be drawn, and no picture is blank: some of them always, all of them with --long."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from asbdesk.app.door import StoreDoor
from asbdesk.casework.parts import parts
from asbdesk.clock import SetClock
from asbdesk.exchange import demo
from asbdesk.paths import StorePaths
from asbdesk.ui import pictures
from asbdesk.ui.pictures_case import PAGES
from asbdesk.ui.screens import SCREENS
from tests.ui.conftest import NOW, PASSPHRASE

BEFORE = {"lock", "lock-recover", "lock-restore", "lock-problem", "lock-head-office", "join-1", "join-2"}
BEFORE |= {f"first-{n}" for n in range(1, 7)}
DIALOGS = {"keys", "numbers", "question", "stop", "password", "new-sheet", "plan-forms", "paper", "print"}
DIALOGS |= {"take-on-columns", "take-on-found", "take-on-check", "stop-several", "stop-final"}
DESK = {line.id for line in SCREENS} | {f"case-{part.name}" for part in parts() if not part.own_tab}
DESK |= {f"case-{tab}" for tab in ("chronology", "people", "risk", "plan", "evidence", "letters", "more")}
SHARING = {"sync-waits", "sync-decide", "sync-people", "sync-history", "sync-invite", "sync-invite-code", "sync-move"}
SHARING |= {"sync-set-up-folder", "sync-set-up-service", "sync-lost", "sync-code", "conflict", "conflict-words"}
SHARING |= {"join-words", "sync-kit"}
SAID = {f"banner-{kind}" for kind in ("problem", "warning", "done", "note")}
OVER = {name for name, _ in PAGES} | {"search", "search-empty"}
EMPTY = {f"{line.id}-empty" for line in SCREENS} | {f"{name}-of-nothing" for name in ("search", "oversight", "cover")}


def opened_at(folder: Path) -> StoreDoor:
    return StoreDoor(StorePaths(folder), SetClock(NOW), again=lambda: None)


def colours(picture: QImage) -> set[int]:
    return {picture.pixel(x, y) for x in range(0, picture.width(), 9) for y in range(0, picture.height(), 9)}


@pytest.mark.parametrize(
    ("parts", "names"),
    [
        (("before", "dialogs", "said"), BEFORE | DIALOGS | SAID),
        pytest.param(pictures.PARTS, BEFORE | DESK | DIALOGS | OVER | SHARING | EMPTY | SAID, marks=pytest.mark.long),
    ],
)
def test_every_screen_is_drawn(
    parts: tuple[str, ...], names: set[str], practice_folder: Path, tmp_path: Path, qapp: QApplication
) -> None:
    door = opened_at(Path(shutil.copytree(practice_folder, tmp_path / "store")))
    desk, out = door.unlock(PASSPHRASE), tmp_path / "pictures"
    out.mkdir()
    empty = demo.new_desk(StorePaths(tmp_path / "empty"), desk.clock) if names >= EMPTY else None
    made = pictures.draw_look(desk, door, out, pictures.WIDE, parts=parts, empty=empty)
    for each in (desk, empty):
        if each is not None:
            each.store.close()
    assert {path.stem for path in made} == names
    assert len(made) == len(names)  # none is drawn over another
    for path in made:
        assert len(colours(QImage(str(path)))) > 8, path.name
        assert b"Begum" not in path.read_bytes()  # nothing of a person in a picture's own text fields
