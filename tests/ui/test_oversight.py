"""A manager's lists lead to cases; cover hands over with what must be known; two sides; a place with many homes."""

from __future__ import annotations

import pytest

from asbdesk.casework import conduct, contacts, intake, links, promises
from asbdesk.casework.cover import cases_of, cover, covered_until
from asbdesk.casework.landlord import add_member
from asbdesk.casework.oversight import lists
from asbdesk.casework.people import NewPerson, add_to_case, involved, reporter_of
from asbdesk.casework.reports import Telling
from asbdesk.casework.sides import place, sides
from asbdesk.casework.today import today
from asbdesk.errors import UserError
from asbdesk.ui.desk import UiDesk
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.case import own_pages
from asbdesk.ui.screens.case.adding import AddPage
from asbdesk.ui.screens.case.sides import PlacePage, SidesPage, open_place, open_sides
from asbdesk.ui.screens.covering import BackPage, CoverPage, open_cover
from asbdesk.ui.screens.oversight import ListPage, OversightPage, open_oversight
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.text import Text
from tests.ui.conftest import Opened
from tests.ui.test_parts import first_case


def framed(opened: Opened) -> tuple[Frame, UiDesk, str]:
    frame = opened.window.frame
    assert frame is not None
    return frame, frame.desk, first_case(opened)


def words(page: ListPage) -> list[str]:
    page.slices.rest()
    return [w.text() for w in page.findChildren(Text)]


def test_the_managers_lists_lead_to_cases(opened: Opened) -> None:
    frame, desk, _ = framed(opened)
    page = open_oversight(frame)
    assert isinstance(page, OversightPage)
    found = desk.read(lists, desk.today)
    assert found and any(each.title == "Who carries how much" for each in found)
    assert {each.title for each in found} <= set(words(page))
    late = next(each for each in found if "ate" in each.title and each.lines[0].case)
    go = next(b for b in page.findChildren(Button) if b.accessibleName() == f"Open {late.lines[0].reference}")
    go.click()
    assert frame.over is None and frame.now == "cases"


def test_cover_gets_promises_first_and_what_must_be_known(opened: Opened) -> None:
    frame, desk, case = framed(opened)
    desk.do(add_member, "Rosalind Hughes")
    desk.do(promises.promise, case, "Ring about the door", by="2026-11-24")
    first = next(each for each in desk.read(cases_of, desk.member) if each.promised)
    assert first.line.case == case and first.must_know[0] == "Promised: Ring about the door, by Tuesday 24 November"
    page = open_cover(frame)
    assert isinstance(page, CoverPage) and "Promised: Ring about the door, by Tuesday 24 November" in words(page)
    page.give()
    assert page.whom.problem.text() == "Choose who covers for you."
    page.to.setCurrentIndex(page.to.findData("Rosalind Hughes"))
    page.note.setPlainText("Ring before you go.")
    for other, tick in page.ticks.items():
        tick.setChecked(other == case)
    page.until.setText("4 Dec")
    page.give()
    assert frame.over is None and case in {each.line.case for each in desk.read(cases_of, desk.member)}
    assert desk.read(covered_until, case, desk.today) == "Rosalind Hughes covers until Friday 4 December"
    (told,) = desk.read(today, desk.member, desk.today).cover
    assert told.words == "1 case of yours is with Rosalind Hughes until Friday 4 December"
    (go,) = (b for b in opened.window.findChildren(Button) if b.text() == "I am back")
    go.click()
    assert isinstance(frame.over, BackPage)
    frame.over.read()
    assert not desk.read(today, desk.member, desk.today).cover


def test_cover_by_somebody_who_must_not_be_in_touch_is_refused_whole(opened: Opened) -> None:
    _, desk, case = framed(opened)
    reporter = desk.read(reporter_of, case)
    assert reporter is not None
    desk.do(conduct.bar, case, "Rosalind Hughes", reporter.id)
    before = desk.read(cases_of, desk.member)
    with pytest.raises(UserError, match="Rosalind Hughes must not be in touch"):
        desk.do(cover, [each.line.case for each in before], "Rosalind Hughes", "", "All")
    assert len(desk.read(cases_of, desk.member)) == len(before)
    with pytest.raises(UserError, match="at least one"):
        desk.do(cover, [], "Rosalind Hughes", "", "All")


def test_two_sides_stand_beside_each_other_alike(opened: Opened) -> None:
    frame, desk, case = framed(opened)
    desk.do(add_to_case, case, NewPerson(name="Mr Alun Invented"), "alleged_perpetrator")
    other = [i.person for i in desk.read(involved, case) if i.role == "alleged_perpetrator"][-1]
    back = Telling(words="She bangs", behaviours=("noise",))
    made = desk.do(intake.open_from, intake.Intake(NewPerson(id=other), back)).value
    found = desk.read(sides, case)
    assert [each.case for each in found] == [case, made]
    assert [what for what, _ in found[0].facts] == [what for what, _ in found[1].facts]
    open_sides(frame, case)
    page = frame.over
    assert isinstance(page, SidesPage)
    assert any("One officer has both" in w for w in words(page)) and "Mr Alun Invented" in words(page)
    assert not any("She bangs" in w for w in words(page)), "nobody's words stand there"
    offer = next(b for b in page.findChildren(Button) if b.accessibleName().startswith("A second officer takes"))
    offer.click()
    assert isinstance(frame.over, AddPage) and frame.over.add.id == "second_officer", "what is asked for can be done"
    frame.close_over()


def test_a_place_has_each_household_and_how_it_hears(opened: Opened) -> None:
    frame, desk, case = framed(opened)
    desk.do(links.place_case, case, "Stair 3, Harrow Court")
    desk.do(add_to_case, case, NewPerson(name="Ms Second Home", address="14 Harrow Court"), "affected")
    desk.do(add_to_case, case, NewPerson(name="Mr Third Home", address="16 Harrow Court"), "affected")
    seen = desk.read(place, case)
    assert seen.words == "Stair 3, Harrow Court" and len(seen.households) >= 3 and seen.silent >= 2
    open_place(frame, case)
    page = frame.over
    assert isinstance(page, PlacePage)
    third = next(h.person for h in seen.households if h.name == "Mr Third Home")
    second = next(h.person for h in seen.households if h.name == "Ms Second Home")
    page._agree(third, second)
    assert next(h.hears for h in page.place.households if h.person == third) == "Through Ms Second Home"
    desk.do(contacts.record_contact, case, second, method="phone")
    page.draw()
    assert page.place.silent == seen.silent - 1
    frame.close_over()


def test_they_are_found_among_the_people_of_the_case(opened: Opened) -> None:
    frame = opened.window.frame
    assert frame is not None
    frame.open_case(first_case(opened), "people")
    shown = [b.text().strip() for b in frame.findChildren(Button) if b.isVisible()]
    assert {words for words, _, _ in own_pages.own_pages("people")} <= set(shown)
    assert "They report each other" in shown
