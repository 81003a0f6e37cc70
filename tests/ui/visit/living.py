"""A real desk with one case, and the visit's screen over it: what the tests of the visit stand on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from asbdesk.casework.cautions import warn
from asbdesk.casework.desk import Desk
from asbdesk.casework.people import NewPerson, add_to_case
from asbdesk.casework.reports import Telling, open_case
from asbdesk.casework.setting_up import Answers, set_up
from asbdesk.casework.visit import VisitPath
from asbdesk.clock import Clock, SetClock
from asbdesk.model import Case
from asbdesk.paths import StorePaths
from asbdesk.store.slot import KDF_FAST
from asbdesk.ui.desk import UiDesk
from asbdesk.ui.screens.visit.screen import VisitScreen
from asbdesk.ui.theme import Theme
from asbdesk.ui.widgets.cover import Answer

PASSPHRASE = "seven green kettles on a roof"
OTHER = "Kevin Placeholder"
WARNING = "Threw a bottle at a plumber on 3 March 2026"
TITLE = "Noise and threats"


def a_desk(folder: Path, clock: Clock | None = None) -> Desk:
    """A store of its own with a landlord, an officer, an authority."""
    at = clock or SetClock("2026-11-21T14:32:00.000Z")
    answers = Answers(
        landlord="Ashfield Homes",
        officer="Dami Okafor",
        homes=400,
        number="0113 496 0100",
        hours="Monday to Friday, 9 to 5",
        closed_number="0113 496 0199",
        second_name="Rosa Hughes",
        second_number="0113 496 0101",
    )
    return set_up(StorePaths(folder), at, PASSPHRASE, answers, kdf=KDF_FAST, reserve=False).desk


def a_case(desk: Desk) -> str:
    """Ms Begum's case: a report of threats, somebody named, a warning about the home."""
    who = NewPerson("Ms Rahima Begum", address="Flat 12, Harrow Court", postcode="ZZ9 7QT", children=1)
    told = Telling(
        words="Banging and shouting until 02:40. A bottle was thrown at the door.",
        behaviours=("noise", "threats"),
        channel="phone",
    )
    case: str = desk.do(open_case, who, told).value
    desk.do(add_to_case, case, NewPerson(OTHER), "alleged_perpetrator")
    home = desk.read(lambda session: session.get_one(Case, case).home)
    desk.do(warn, f"home/{home}", WARNING, what_to_do=["two_officers"])
    return case


def a_screen(desk: Desk, case: str, *, by_phone: bool = False, path: VisitPath | None = None) -> VisitScreen:
    """The screen over a visit of this case, in the light theme."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if app.property("theme") is None:
        Theme.make("light").apply(app)
    ui = UiDesk(desk, lambda problem: (_ for _ in ()).throw(problem))

    def prove(words: str, answer: Answer) -> None:
        ui.later(lambda: words == PASSPHRASE, answer)

    path = path or VisitPath.start(desk, case, by_phone=by_phone)
    screen = VisitScreen(path, ui, desk.clock, landlord="Ashfield Homes", prove=prove)
    screen.desk = ui  # type: ignore[attr-defined]  # kept alive with the screen
    return screen
