"""The chronology narrowed by words, person and theme, and from a line to its record."""

from __future__ import annotations

import re
from pathlib import Path

from pytestqt.qtbot import QtBot

from asbdesk.casework.chronology import THEMES, Filter, chronology
from asbdesk.ui.screens.case.chronology import ChronologyTab
from asbdesk.ui.screens.cases import CasesScreen
from tests.ui.conftest import Opened


def tab_of(opened: Opened, reference: str = "ASB-2026-A0001") -> ChronologyTab:
    frame = opened.window.frame
    assert frame is not None
    frame.open_case(frame.desk.desk.case(reference))
    assert isinstance(frame.shown, CasesScreen)
    return next(tab for tab in frame.shown.page.parts if isinstance(tab, ChronologyTab))


def test_words_theme_and_person_narrow_it_and_everything_comes_back(opened: Opened, qtbot: QtBot) -> None:
    tab = tab_of(opened)
    every = len(tab.model.rows)
    assert every > 5 and not tab.filters.isVisibleTo(tab)
    tab.narrow.click()
    assert tab.filters.isVisibleTo(tab)
    word = next(line.text.split()[0] for line in tab.model.rows if line.text)
    tab.search.setText(word.upper())
    tab._read()
    found = tab.model.rows
    assert (
        found
        and len(found) < every
        and all(word.casefold().strip(",.") in f"{x.title} {x.text} {x.by}".casefold() for x in found)
    )
    tab.search.setText("zzyzx")
    tab._read()
    assert not tab.model.rows and tab.none.isVisibleTo(tab)
    tab._clear()
    assert len(tab.model.rows) == every
    tab.theme.setCurrentIndex(tab.theme.findData("plan"))
    tab._read()
    assert 0 < len(tab.model.rows) < every
    tab.narrow.click()
    assert len(tab.model.rows) == every and not tab.filters.isVisibleTo(tab)


def test_who_looked_at_it_is_there_when_asked_for_and_not_otherwise(opened: Opened) -> None:
    tab = tab_of(opened)
    assert all(line.title != "Looked at" for line in tab.model.rows)
    tab.theme.setCurrentIndex(tab.theme.findData("views"))
    tab._read()
    assert tab.model.rows and all(line.title == "Looked at" for line in tab.model.rows)


def test_the_themes_leave_nothing_out(opened: Opened) -> None:
    tab = tab_of(opened)
    frame = opened.window.frame
    assert frame is not None
    every = frame.desk.read(chronology, tab.view.case, views=True, limit=1000)
    found = {line.n for key in THEMES for line in frame.desk.read(chronology, tab.view.case, only=Filter(theme=key))}
    left = [line.title for line in every if line.n not in found]
    assert left == []


def test_every_action_of_a_case_belongs_to_a_theme() -> None:
    program = Path(__file__).parents[2] / "asbdesk" / "casework"
    names = {name for file in program.rglob("*.py") for name in re.findall(r'@action\("([a-z_.]+)"', file.read_text())}
    begins = tuple(begin for _, several in THEMES.values() for begin in several)
    of_the_landlord = ("landlord.", "list.", "member.", "policy.", "register.", "words.")
    assert not [name for name in names if not name.startswith((*begins, *of_the_landlord))]


def test_a_line_leads_to_its_record(opened: Opened) -> None:
    tab = tab_of(opened)
    at = next(i for i, line in enumerate(tab.model.rows) if line.tab == "risk")
    tab.list.activated.emit(tab.model.index(at, 0))
    assert tab.view.parts[tab.view.tabs.current()].name == "risk"
