"""The cases of an earlier desk, brought to one that shares, by its page."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from asbdesk.casework.cases import list_cases
from asbdesk.ui.screens.sync.bringing import BringPage
from asbdesk.ui.widgets.buttons import Button
from tests import builders as b
from tests.conftest import PASSPHRASE as EARLIER
from tests.sync.laptops import alone
from tests.ui.conftest import Open, Opened
from tests.ui.test_sync_joining import frame_of, office, people_of, share, still
from tests.ui.walking import beyond_tab, cut_off, settle, small, unnamed

__all__ = ["office"]


def test_cases_of_an_earlier_desk_by_the_page(office: Opened, open_window: Open, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    share(office, folder, qtbot)
    earlier = alone(tmp_path / "earlier", office.clock)
    case, _, _ = earlier.do(b.open_whole_case)
    kept = earlier.store.files.keep(b"a photograph")
    earlier.do(b.take_evidence, case, kept)
    earlier.store.close()
    frame = frame_of(office)
    before = frame.desk.read(list_cases, today=frame.desk.today).total
    people = people_of(frame)
    next(
        each for each in people.findChildren(Button) if each.accessibleName() == "Bring the cases of an earlier desk"
    ).click()
    page = frame.over
    assert isinstance(page, BringPage)
    settle()
    assert unnamed(page) == [] and small(page) == [] and cut_off(page) == [] and beyond_tab(page) == []
    page.go.click()
    assert "folder" in page.earlier.where.problem.text()
    page.earlier.folder.setText(str(tmp_path / "earlier"))
    page.go.click()
    assert "passphrase" in page.earlier.opened.problem.text()
    page.earlier.secret.field.setText("not that one")
    page.go.click()
    qtbot.waitUntil(lambda: page.go.isEnabled() and "assphrase" in page.said.text(), timeout=20_000)
    page.earlier.secret.field.setText(EARLIER)
    said: list[str] = []
    frame.said.connect(lambda kind, words, _: said.append(words))
    page.go.click()
    qtbot.waitUntil(lambda: frame.over is None, timeout=30_000)
    still(office, qtbot)()
    assert frame.desk.read(list_cases, today=frame.desk.today).total == before + 1
    assert (frame.desk.desk.store.files.folder / kept.blob).exists()
    assert said == ["1 case brought, with 1 photograph or paper."]
