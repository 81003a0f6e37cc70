"""Children whom it affects are in the case in their own right, counted, and never rung, visited or printed."""

from __future__ import annotations

import pytest

from asbdesk.casework import children, people, reports
from asbdesk.casework.case_due import case_due
from asbdesk.casework.cases import case_page
from asbdesk.casework.desk import Desk
from asbdesk.casework.people import NewPerson
from asbdesk.casework.reports import Telling
from asbdesk.casework.sides import place
from asbdesk.casework.visit import VisitPath
from asbdesk.casework.visit_begin import to_choose_from
from asbdesk.errors import UserError
from tests.casework.test_welfare import HIM, kept_apart
from tests.casework.walk import alone

TOLD = "Aisha, 8\n  - girl, 3 \n\n"


def reporter(desk: Desk, case: str) -> str:
    found = desk.read(people.reporter_of, case)
    assert found is not None
    return str(found.id)


def named(desk: Desk, case: str) -> list[tuple[str, str]]:
    return [(line.name, line.role) for line in desk.read(case_page, case, desk.today).people]


def test_each_child_is_somebody_it_affects_once(desk: Desk, case: str) -> None:
    who = reporter(desk, case)
    desk.do(children.say, case, who, 2, TOLD)
    desk.do(children.say, case, who, 2, TOLD.upper())
    affected = [name for name, role in named(desk, case) if role == "Affected"]
    assert affected == ["Aisha", "No name given"]
    assert desk.read(children.told_of, case, who) == "Aisha, 8\ngirl, 3"
    assert reporter(desk, case) == who and to_choose_from(desk, case) == (), "nobody is visited but the household"
    assert [h.name for h in desk.read(place, case).households] == ["Ms Rahima Begum"]


def test_more_named_than_counted_is_asked_about(desk: Desk, case: str) -> None:
    who = reporter(desk, case)
    with pytest.raises(UserError, match="You named 2 children, and wrote that 1 live"):
        desk.do(children.say, case, who, 1, TOLD)
    with pytest.raises(UserError, match="0 for none"):
        desk.do(children.say, case, who, None)


def test_a_visit_asks_and_safeguarding_counts_them(desk: Desk) -> None:
    who = NewPerson(name="Ms Ada Wren", address="3 Low Row")
    told = Telling(words="They broke the door.", behaviours=("vandalism",), serious=("home_damaged",))
    case = str(desk.do(reports.open_case, who, told).value)
    codes = {line.code for line in desk.read(case_due, case, "", desk.today)}
    assert "safeguarding" not in codes
    path = VisitPath.start(desk, case)
    alone(path)
    path.answer("affects", "children", 1)
    path.answer("affects", "children_who", TOLD)
    path.finish("affects")
    assert desk.read(people.children_of, reporter(desk, case)) == 2, "never fewer than those who are named"
    assert "safeguarding" in {line.code for line in desk.read(case_due, case, "", desk.today)}
    owed = {line.code for line in desk.read(case_due, case, "", desk.today)}
    assert owed >= {"first_contact", "risk_assessment"}, "what is owed is owed to the household"


def test_abuse_at_home_protects_each_child(desk: Desk, case: str) -> None:
    desk.do(people.add_to_case, case, HIM, "alleged_perpetrator")
    desk.do(children.say, case, reporter(desk, case), 1, "Aisha, 8")
    desk.do(reports.move_to_welfare, case)
    assert ("Aisha", "Mr Kester Stroud") in kept_apart(desk)


def test_where_a_professional_told_us_the_case_is_still_worked_with_them(desk: Desk) -> None:
    told = Telling(words="Shouting below", behaviours=("noise",))
    case = str(desk.do(reports.open_case, NewPerson(name="PC Lyle", address="The station"), told).value)
    teller = reporter(desk, case)
    desk.do(people.involve, case, teller, "agency_officer")
    desk.do(children.say, case, teller, 1, "Sam, 4")
    assert reporter(desk, case) == teller, "a child is nobody whom we ring"
