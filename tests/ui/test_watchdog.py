"""No long work on the UI thread: a walk over all screens, tabs, parts, pages, forms and letters of a long case; and
what is opened first of all after unlocking, each in a process of its own."""

from __future__ import annotations

import gc
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from asbdesk.app.door import StoreDoor
from asbdesk.casework.contacts import record_contact
from asbdesk.casework.parts import choices, parts
from asbdesk.casework.promises import promise
from asbdesk.clock import SetClock
from asbdesk.paths import StorePaths
from asbdesk.store.slot import KDF_FAST
from asbdesk.ui import warming
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens import SCREENS
from asbdesk.ui.screens.case.adding import open_add, open_menu
from asbdesk.ui.screens.case.due_card import DUE
from asbdesk.ui.screens.case.letter_page import LetterPage, open_letter
from asbdesk.ui.screens.case.page import TABS, CaseView
from asbdesk.ui.screens.case.pattern import open_pattern
from asbdesk.ui.screens.case.share import share_when_read
from asbdesk.ui.screens.case.sides import open_place, open_sides
from asbdesk.ui.screens.cases import CasesScreen
from asbdesk.ui.screens.covering import open_cover
from asbdesk.ui.screens.oversight import open_oversight
from asbdesk.ui.screens.own_lists import open_lists
from asbdesk.ui.screens.search import open_search
from asbdesk.ui.screens.timescales import open_timescales
from asbdesk.ui.screens.visit.screen import VisitScreen
from asbdesk.ui.screens.visiting import open_visit
from asbdesk.ui.widgets.due_item import DueItem
from tests.ui import big_case
from tests.ui.conftest import NOW, PASSPHRASE, Open, Opened
from tests.ui.watchdog import GOES, LIMIT, Watchdog, turn


@pytest.fixture(scope="module")
def big_folder(practice_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("big") / "store"
    shutil.copytree(practice_folder, folder)
    desk = StoreDoor(StorePaths(folder), SetClock(NOW), again=lambda: None, kdf=KDF_FAST).unlock(PASSPHRASE)
    case = big_case.make(desk)
    desk.store.close()
    return folder, case


@pytest.fixture
def big(open_window: Open, big_folder: tuple[Path, str], tmp_path: Path) -> Iterator[tuple[Opened, str]]:
    """The desk with the long case, open and warmed as it is some seconds after unlocking."""
    folder, case = big_folder
    made = open_window(Path(shutil.copytree(folder, tmp_path / "store")))
    made.door.warm()
    warming.before()
    made.window.open_desk(made.door.unlock(PASSPHRASE))
    assert made.window.desk is not None
    warming.desk(made.window.desk.desk)
    yield made, case
    gc.unfreeze()  # the other tests' rubbish is looked for again


@pytest.fixture
def watched(big: tuple[Opened, str]) -> Iterator[tuple[Watchdog, Frame, str]]:
    opened, case = big
    frame = opened.window.frame
    assert frame is not None
    yield Watchdog(idle=lambda: not (frame.desk.errands.busy or opened.window.errands.busy)), frame, case


def view_of(frame: Frame) -> CaseView:
    assert isinstance(frame.shown, CasesScreen)
    return frame.shown.page


@pytest.mark.long
def test_no_screen_and_no_tab_of_a_long_case_holds_the_window_up(watched: tuple[Watchdog, Frame, str]) -> None:
    dog, frame, case = watched
    other = next(c for c in _cases(frame) if c != case)
    for screen in SCREENS:
        dog(f"screen {screen.id}", lambda s=screen.id: frame.go(s), lambda: frame.go("today"))  # type: ignore[misc]
    dog("open the case", lambda: frame.open_case(case), lambda: frame.open_case(other))
    frame.open_case(case)
    view = view_of(frame)
    for tab in TABS:
        dog(f"tab {tab.name}", lambda n=tab.name: view.open_tab(n), lambda: view.open_tab("chronology"))  # type: ignore[misc]
    for each in parts():
        if not each.own_tab:
            dog(f"part {each.name}", lambda n=each.name: view.open_tab(n), lambda: view.open_tab("more"))  # type: ignore[misc]
    assert view.due is not None
    dog("more that is due", view.due.show_more)
    assert dog.slow() == {}


@pytest.mark.long
def test_no_page_over_the_window_holds_it_up(watched: tuple[Watchdog, Frame, str]) -> None:
    dog, frame, case = watched
    frame.open_case(case)
    pages: dict[str, Callable[[], object]] = {
        "the add menu": lambda: open_menu(frame, case),
        "a contact": lambda: frame.record_contact(case),
        "put right": lambda: frame.correct(case),
        "a report": frame.new_report,
        "sharing": lambda: share_when_read(frame, case),
        "the pattern": lambda: open_pattern(frame, case),
        "the place": lambda: open_place(frame, case),
        "both sides": lambda: open_sides(frame, case),
        "oversight": lambda: open_oversight(frame),
        "cover": lambda: open_cover(frame),
        "own lists": lambda: open_lists(frame),
        "timescales": lambda: open_timescales(frame),
        "search": lambda: open_search(frame).box.setText("noise"),
        "what we can learn": view_of(frame).learn,
    }
    for name, opens in pages.items():
        dog(name, opens, frame.close_over)
    for each in parts():
        for add in each.adds:
            dog(f"add {add.id}", lambda p=each.name, a=add.id: open_add(frame, case, p, a), frame.close_over)  # type: ignore[misc]
    assert dog.slow() == {}


@pytest.mark.long
def test_no_letter_and_no_step_of_a_visit_holds_the_window_up(watched: tuple[Watchdog, Frame, str]) -> None:
    from asbdesk.casework.letters import offered

    dog, frame, case = watched
    frame.open_case(case)
    person = frame.desk.read(choices.people, case)[0][0]
    for letter in offered(frame.desk.desk, case, person):
        dog(f"letter {letter.id}", lambda n=letter.id: open_letter(frame, case, n, person), lambda: _leave(frame))  # type: ignore[misc]
    screen = open_visit(frame, case, None)
    for step in screen.path.steps:
        dog(f"step {step.id}", partial(_step, screen, step.id), partial(_step, screen, "before"))
    frame.close_over()
    assert dog.slow() == {}


def _step(screen: VisitScreen, step: str) -> None:
    screen.path.go(step)
    screen.redraw()


def _leave(frame: Frame) -> None:
    assert isinstance(frame.over, LetterPage)
    frame.over.throw_away_quietly()


@pytest.mark.long
def test_no_write_in_a_long_case_holds_the_window_up(watched: tuple[Watchdog, Frame, str]) -> None:
    dog, frame, case = watched
    frame.open_case(case)
    person = frame.desk.read(choices.people, case)[0][0]
    desk = frame.desk
    dog(
        "write contact", lambda: desk.do(record_contact, case, person, note="Rang about the noise.", method="telephone")
    )
    dog("write promise", lambda: desk.do(promise, case, "Ring about the door", by="2026-11-24"))
    assert dog.slow() == {}


def test_a_long_case_opens_with_its_first_due_things_and_more_on_request(watched: tuple[Watchdog, Frame, str]) -> None:
    _, frame, case = watched
    frame.open_case(case)
    turn()
    view = view_of(frame)
    assert view.due is not None
    view.due.slices.rest()
    assert len(view.side.findChildren(DueItem)) == DUE
    view.due.show_more()
    view.due.slices.rest()
    assert len(view.side.findChildren(DueItem)) == 3 * DUE


FIRST = (
    *(f"screen/{screen.id}" for screen in SCREENS if screen.id != "today"),
    *("case", "report", "search", "contact"),
    *(f"tab/{tab.name}" for tab in TABS),
)
"""What an officer may open first of all; Today itself stands there once it is unlocked."""


@pytest.mark.long
def test_nothing_that_is_opened_first_after_unlocking_holds_the_window_up(
    big_folder: tuple[Path, str], tmp_path: Path
) -> None:
    folder, case = big_folder
    dog = Watchdog()
    for name in FIRST:
        for go in range(GOES):
            held = _first_opening(Path(shutil.copytree(folder, tmp_path / f"{name}-{go}")), case, name)
            dog.held |= {step: min(told, dog.held.get(step, told)) for step, told in held.items()}
            if all(dog.held[step][0] <= LIMIT for step in held):
                break
    assert dog.slow() == {}


def _first_opening(folder: Path, case: str, name: str) -> dict[str, tuple[float, float]]:
    command = [sys.executable, "-m", "tests.ui.first_opening", str(folder), case, name]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return {step: (cpu, wall) for step, (cpu, wall) in json.loads(done.stdout).items()}


def _cases(frame: Frame) -> list[str]:
    from asbdesk.casework.cases import list_cases

    return [line.id for line in frame.desk.read(list_cases, today=frame.desk.today).lines]
