"""Every screen can be drawn, and no picture is blank."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from asbdesk.app.door import StoreDoor
from asbdesk.casework.parts import parts
from asbdesk.clock import SetClock
from asbdesk.paths import StorePaths
from asbdesk.ui import pictures
from asbdesk.ui.pictures_case import ADDS
from tests.ui.conftest import NOW, PASSPHRASE

SCREENS = {"lock", "lock-recover", "today", "cases", "hate", "settings", "keys", "numbers", "new-report", "contact"}
SCREENS |= {"visits", "learning", "add", "search", "search-empty", "timescales", "lists"}
SCREENS |= {f"case-{part.name}" for part in parts() if not part.own_tab} | {f"add-{add}" for _, add in ADDS}
SCREENS |= {"sync", "sync-waits", "sync-decide", "sync-people", "sync-history", "sync-invite", "sync-invite-code"}
SCREENS |= {"sync-set-up-folder", "sync-set-up-service", "sync-lost", "sync-code", "conflict", "conflict-words"}
SCREENS |= {"join-1", "join-2", "join-words", "lock-head-office"}
SCREENS |= {f"first-{n}" for n in range(1, 7)}
SCREENS |= {f"case-{tab}" for tab in ("chronology", "people", "risk", "plan", "evidence", "letters", "more")}
SCREENS |= {"letter", "letter-closing", "seals"}
SCREENS |= {"share", "pattern", "place", "sides", "oversight", "cover", "looking"}
SCREENS |= {"casefile-investigator", "casefile-court", "casefile-resident"}
SCREENS |= {"correct", "seals", "own-letters"}


def test_every_screen_is_drawn(practice_folder: Path, tmp_path: Path, qapp: QApplication) -> None:
    paths = StorePaths(Path(shutil.copytree(practice_folder, tmp_path / "store")))
    door = StoreDoor(paths, SetClock(NOW), again=lambda: None)
    desk = door.unlock(PASSPHRASE)
    out = tmp_path / "pictures"
    out.mkdir()
    made = pictures._draw(desk, door, out, "", pictures.WIDE, lambda _: True)
    desk.store.close()
    assert {path.stem for path in made} == SCREENS
    for path in made:
        picture = QImage(str(path))
        colours = {picture.pixel(x, y) for x in range(0, picture.width(), 9) for y in range(0, picture.height(), 9)}
        assert len(colours) > 8, path.name
        assert b"Begum" not in path.read_bytes()  # nothing of a person in a picture's own text fields
