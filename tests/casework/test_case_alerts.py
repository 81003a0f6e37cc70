"""What stands across the top of a case: everything that may get somebody hurt when it is missed."""

from __future__ import annotations

from asbdesk.casework import cautions, conduct, contacts, needs, sharing
from asbdesk.casework.cases import case_page
from asbdesk.casework.contacts import Agreement
from asbdesk.casework.desk import Desk
from asbdesk.casework.people import NewPerson, add_to_case, change_person, reporter_of
from asbdesk.casework.person_details import add_person, change_address, correct_details, leave


def texts(desk: Desk, case: str) -> list[str]:
    return [alert.text for alert in desk.read(case_page, case, desk.today).alerts]


def resident(desk: Desk, case: str) -> str:
    found = desk.read(reporter_of, case)
    assert found is not None
    return str(found.id)


def test_a_weapon_next_door_and_two_officers_are_met_on_the_same_stair(desk: Desk, case: str) -> None:
    who = NewPerson(name="Mr Invented Neighbour", address="14 Harrow Court")
    other = str(desk.do(add_to_case, case, who, "alleged_perpetrator").value)
    desk.do(cautions.warn, f"person/{other}", "A knife on the stair, 3 May", what_to_do=["weapon", "two_officers"])
    assert "A weapon was seen · Two officers: A knife on the stair, 3 May" in texts(desk, case)


def test_a_secret_a_safe_way_a_refuge_and_a_staff_bar_are_said(desk: Desk, case: str) -> None:
    me = resident(desk, case)
    who = NewPerson(name="Mr Invented Neighbour", address="14 Harrow Court")
    other = str(desk.do(add_to_case, case, who, "alleged_perpetrator").value)
    desk.do(contacts.do_not_disclose, case, me, other)
    desk.do(contacts.do_not_disclose, case, me, other, what="who spoke to us")
    desk.do(contacts.agree_contact, case, me, Agreement(safe="Text first, mornings", do_not=("voicemail",)))
    desk.do(needs.record_need, me, "refuge")
    desk.do(conduct.bar, case, "Al Invented", me)
    assert texts(desk, case)[:5] == [
        "Ms Rahima Begum lives where nobody must know. Never say where.",
        "Do not tell Mr Invented Neighbour anything about Ms Rahima Begum",
        "Do not tell Mr Invented Neighbour this about Ms Rahima Begum: who spoke to us",
        "Al Invented must not contact Ms Rahima Begum",
        "Safe contact only, Ms Rahima Begum: Text first, mornings; no voicemail",
    ]


def test_an_interpreter_is_said_where_no_language_is_known(desk: Desk, case: str) -> None:
    desk.do(change_person, resident(desk, case), interpreter=True)
    assert desk.read(case_page, case, desk.today).language == "Interpreter needed"


def test_somebody_joins_moves_is_put_right_and_leaves(desk: Desk, case: str) -> None:
    me = resident(desk, case)
    who = NewPerson(name="Sam Invented", phone="01632 960444")
    son = str(desk.do(add_person, case, who, "household", of=me).value)
    desk.do(correct_details, son, name="Samir Invented", phone="")
    desk.do(change_address, case, son, "3 Other Street", "ZZ9 9ZZ", moved=True)
    (line,) = (p for p in desk.read(case_page, case, desk.today).people if p.id == son)
    assert (line.name, line.phone, line.address) == ("Samir Invented", "", "3 Other Street, ZZ9 9ZZ")
    desk.do(leave, case, son, "He moved out")
    assert son not in {p.id for p in desk.read(case_page, case, desk.today).people}


def test_an_address_written_wrongly_is_put_right_for_the_case_too(desk: Desk, case: str) -> None:
    desk.do(change_address, case, resident(desk, case), "21 Harrow Court", "ZZ1 1AA", moved=False)
    assert desk.read(case_page, case, desk.today).home.startswith("21 Harrow Court")


def test_what_others_may_keep_no_longer_is_said_until_they_destroyed_it(desk: Desk, case: str) -> None:
    terms = sharing.Terms("Exampleton Police", "The assault", "yes", "2026-11-20", person="PC Invented")
    shared = str(desk.do(sharing.share, case, "spoken", terms, ["The noise"]).value)
    said = "PC Invented, Exampleton Police: their time with what we shared is over since Fri 20 Nov. Is it destroyed?"
    assert said in texts(desk, case)
    desk.do(sharing.end, case, shared)
    assert said not in texts(desk, case)
