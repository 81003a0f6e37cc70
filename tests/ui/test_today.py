"""Today as it is drawn: what stands behind a card, what may be said instead of doing it, whose and what kind."""

from __future__ import annotations

from asbdesk.casework.views import TodayCard
from asbdesk.ui.screens.case.resting import NotNeededPage, PlanForPage, WaitsPage
from asbdesk.ui.screens.today import TodayScreen
from asbdesk.ui.screens.today_cards import CaseCard
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.due_item import DueItem
from tests.ui.conftest import Opened


def today_of(opened: Opened) -> TodayScreen:
    assert opened.window.frame is not None
    screen = opened.window.frame.go("today")
    assert isinstance(screen, TodayScreen)
    return screen


def button(widget: CaseCard | DueItem, name: str) -> Button:
    return next(b for b in widget.findChildren(Button) if b.accessibleName().startswith(name))


def open_card(screen: TodayScreen, *, late: bool) -> tuple[CaseCard, TodayCard]:
    cards = [c for c in screen.findChildren(CaseCard) if c.card.behind and c.card.can_plan is not late]
    button(cards[0], f"{cards[0].card.count} thing").click()
    return cards[0], cards[0].card


def test_behind_a_card_stands_each_thing_with_why_and_what_may_be_said_instead(opened: Opened) -> None:
    screen = today_of(opened)
    opened.clock.put("2026-12-20T09:00:00.000Z")
    screen.refresh()
    shown, card = open_card(screen, late=True)
    items = shown.findChildren(DueItem)
    assert len(items) == len(card.behind)
    assert items[0].accessibleDescription().startswith(card.behind[0].why)
    button(items[0], "It waits").click()
    page = opened.window.findChild(WaitsPage)
    assert page is not None
    page.finish()
    page.values |= {"what": "the council's meter", "until": "2026-12-22"}
    page.finish()
    screen = today_of(opened)
    assert screen._view is not None and [w.text.split(" · ")[1] for w in screen._view.waiting] == [
        "waits for the council's meter"
    ]


def test_not_needed_is_one_thing_with_a_reason(opened: Opened) -> None:
    screen = today_of(opened)
    opened.clock.put("2026-12-20T09:00:00.000Z")
    screen.refresh()
    shown, card = open_card(screen, late=True)
    button(shown.findChildren(DueItem)[0], "Not needed").click()
    page = opened.window.findChild(NotNeededPage)
    assert page is not None
    page.values |= {"reason": "Done by the council already.", "second": "Rosalind Hughes"}
    page.finish()
    screen = today_of(opened)
    again = next((c.card for c in screen.findChildren(CaseCard) if c.card.case == card.case), None)
    assert again is None or card.behind[0].key not in {b.key for b in again.behind}


def test_whose_and_what_kind(opened: Opened) -> None:
    screen = today_of(opened)
    opened.clock.put("2026-12-20T09:00:00.000Z")
    screen.refresh()
    assert screen._view is not None
    mine = screen._view.due_count + len(screen._view.now)  # a case may stand under Now for another theme
    screen.theme.setCurrentIndex(screen.theme.findData("communication"))
    screen.theme.chosen.emit("communication")
    assert 0 < screen._view.due_count <= mine
    assert {b.code for c in screen._view.late_or_due for b in c.behind} <= {
        *("first_contact", "next_contact", "regular_update", "answer_resident", "handover", "promise"),
        *("case_review_told", "move_answer", "move_step", "closure_told", "closure_check"),
    }


def test_a_day_is_planned_on_its_page(opened: Opened) -> None:
    frame = opened.window.frame
    assert frame is not None
    from asbdesk.ui.screens.case.resting import open_rest

    case = frame.desk.read(_a_case)
    open_rest(frame, case, None, "plan")
    page = opened.window.findChild(PlanForPage)
    assert page is not None
    page.finish()
    assert frame.over is page, "a day is asked for"


def _a_case(session: object) -> str:
    from asbdesk.casework.cases import list_cases

    return list_cases(session, today="2026-11-23").lines[0].id  # type: ignore[arg-type]
