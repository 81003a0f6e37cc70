"""A real desk with one case, and the visit's screen over it: what the tests of the visit stand on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from asbdesk.casework.cautions import warn
from asbdesk.casework.desk import Desk
from asbdesk.casework.people import NewPerson, add_to_case
from asbdesk.casework.reports import Telling, open_case
from asbdesk.casework.setting_up import Answers, set_up
from asbdesk.casework.visit import VisitPath
from asbdesk.casework.visit_views import PlanDraft, PlanStep
from asbdesk.clock import Clock, SetClock
from asbdesk.model import Case
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from asbdesk.store.slot import KDF_FAST
from asbdesk.ui.desk import UiDesk
from asbdesk.ui.screens.visit.screen import VisitScreen
from asbdesk.ui.theme import Theme
from asbdesk.ui.widgets.cover import Answer
from asbdesk.ui.widgets.ink_pad import InkPad

PASSPHRASE = "seven green kettles on a roof"
NOW = "2026-11-21T14:32:00.000Z"
OTHER = "Kevin Placeholder"
WARNING = "Threw a bottle at a plumber on 3 March 2026"
TITLE = "Noise and threats"


def a_desk(folder: Path, clock: Clock | None = None) -> Desk:
    """A store of its own with a landlord, an officer, an authority."""
    at = clock or SetClock(NOW)
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


def at_work(folder: Path) -> Desk:
    """The desk of a store that `a_desk` made, opened anew."""
    return Desk(vault.unlock(StorePaths(folder), SetClock(NOW), passphrase=PASSPHRASE))


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


def show(qtbot: QtBot, screen: VisitScreen) -> None:
    """On the (offscreen) display, in front, as large as a small laptop's."""
    qtbot.addWidget(screen)
    screen.resize(1366, 768)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.activateWindow()
    qtbot.waitUntil(lambda: screen.isActiveWindow())


def go_in(screen: VisitScreen) -> None:
    """Past the door, on the shared face, alone with the resident and safe to talk."""
    path = screen.path
    for question, value in (("in_told", "Rosa Hughes"), ("in_how", "telephone"), ("in_back_by", "15:30")):
        path.answer("before", question, value)
    path.finish("before")
    for question, answer in (("present", ["nobody"]), ("can_hear", "no"), ("safe_now", "yes")):
        path.answer("who", question, answer)
    screen.visit.mine = False
    screen.go("who")


def a_plan(path: VisitPath) -> PlanDraft:
    """Told, wanted, agreed: a plan that can be signed."""
    path.answer("happened", "words", "He banged on the door with a bat at night.")
    path.answer("wants", "want", "I want the banging to stop.")
    offers = path.suggestions()
    ours = tuple(PlanStep(o.what, o.who, o.by, code=o.code, kind=o.kind) for o in offers if o.owner == "landlord")
    plan = replace(path.plan, ours=tuple(s for s in ours if not s.about_other)[:2], contact_time="10:00")
    path.set_plan(plan)
    assert path.problems() == ()
    return plan


def words_on(widget: QWidget) -> str:
    """Every word that can be seen, or that a screen reader is told, on what is visible of `widget`."""
    found = []
    for part in [widget, *widget.findChildren(QWidget)]:
        if not part.isVisibleTo(widget) and part is not widget:
            continue
        said = [part.accessibleName(), part.accessibleDescription(), part.toolTip(), part.windowTitle()]
        for name in ("text", "toPlainText", "placeholderText", "currentText"):
            read = getattr(part, name, None)
            said += [str(read())] if callable(read) else []
        found += said
    return "\n".join(word for word in found if word)


def draw(screen: VisitScreen, qtbot: QtBot) -> None:
    """A signature on the pad that is shown, with the mouse."""
    qtbot.waitUntil(lambda: any(pad.isVisible() for pad in screen.findChildren(InkPad)))
    pad = next(pad for pad in screen.findChildren(InkPad) if pad.isVisible())
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    for at in range(1, 40):
        qtbot.mouseMove(pad, QPoint(60 + at * 4, 60 + (at * 37) % 50))
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(220, 70))


def wait(screen: VisitScreen, qtbot: QtBot) -> None:
    """Until nothing runs in the background."""
    qtbot.waitUntil(lambda: not screen.visit.busy, timeout=20_000)


def drawn(screen: VisitScreen) -> None:
    """All of the step's page stands there, what is drawn a turn later too."""
    assert screen.page.form is not None
    screen.page.form.whole()
