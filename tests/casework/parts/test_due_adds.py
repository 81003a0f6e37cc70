"""What a duty names is the record that its short form goes on from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from asbdesk.casework import (
    agencies,
    closing,
    complaints,
    data_incident,
    moves,
    orders,
    people,
    promises,
    repairs,
    reviews,
    sharing,
)
from asbdesk.casework.case_due import case_due
from asbdesk.casework.desk import Desk
from asbdesk.casework.due_acts import ACTS
from asbdesk.casework.parts import Taking, choices, goes_on_from, part
from asbdesk.casework.told import Said
from tests.casework.parts.test_other_person import named


def resident(desk: Desk, case: str) -> str:
    return str(desk.read(lambda s: people.reporter_of(s, case).id))  # type: ignore[union-attr]


BEGINS: dict[str, Callable[[Desk, str], Any]] = {
    "promise": lambda d, c: d.do(promises.promise, c, "Ring the council"),
    "repair": lambda d, c: d.do(repairs.ask_repair, c, "Door", "security"),
    "graffiti_removal": lambda d, c: d.do(repairs.graffiti, c, offensive=True),
    "move_answer": lambda d, c: d.do(moves.ask_move, c),
    "professional_letter": lambda d, c: d.do(orders.professional_letter, c, "Her doctor", harm=True),
    "court_date": lambda d, c: d.do(orders.court_order, c, "A hearing", "2026-12-01"),
    "order_breach": lambda d, c: d.do(orders.breach, c),
    "agency_request": lambda d, c: d.do(agencies.asked, c, "Police"),
    "agency_chase": lambda d, c: d.do(agencies.refer, c, "Police", "A marker"),
    "case_review": lambda d, c: d.do(reviews.ask_case_review, c),
    "complaint_acknowledge": lambda d, c: d.do(complaints.accept, c, "handling"),
    "complaint_stage1": lambda d, c: d.do(complaints.accept, c, "handling"),
    "ombudsman_request": lambda d, c: d.do(orders.ombudsman_request, c),
    "order": lambda d, c: d.do(orders.ombudsman_order, c, "Pay", by="2026-12-01"),
    "data_breach": lambda d, c: d.do(data_incident.disclosed, c, named(d, c), resident(d, c)),
    "subject_access": lambda d, c: d.do(orders.subject_access, c),
    "closure_told": lambda d, c: d.do(closing.close, c, "It has stopped", told=False),
}


@pytest.mark.parametrize("code", BEGINS)
def test_the_form_goes_on_from_what_is_due(code: str, desk: Desk, case: str) -> None:
    BEGINS[code](desk, case)
    of, add = ACTS[code][2].removeprefix("add:").split(".")
    assert add in {each.id for each in part(of).follows}
    line = next(d for d in desk.read(case_due, case, "", desk.today) if d.code == code)
    offered = {card.about: card.acts for card in desk.read(part(of).cards, case, desk.today)}
    assert add in offered[line.about]


def test_a_move_agreed_goes_on_from_its_request(desk: Desk, case: str) -> None:
    desk.do(moves.ask_move, case)
    desk.do(moves.answer_move, case, True, said=Said(note="agreed"))
    line = next(d for d in desk.read(case_due, case, "", desk.today) if d.code == "move_step")
    request = desk.read(goes_on_from, case, "moves", "move_step", line.about, desk.today)
    offered = {card.about: card.acts for card in desk.read(part("moves").cards, case, desk.today)}
    assert request and "move_step" in offered[request]
    assert desk.read(goes_on_from, case, "moves", "move_answer", "", desk.today) is None
    assert desk.read(goes_on_from, case, "moves", "move", "", desk.today) == ""


def test_telling_the_lead_meets_the_72_hours(desk: Desk, case: str) -> None:
    incident = desk.do(data_incident.disclosed, case, named(desk, case), resident(desk, case)).value
    assert "data_breach" in [d.code for d in desk.read(case_due, case, "", desk.today)]
    desk.do(data_incident.note_time, incident, "safe", words_="She is at her sister's.")
    assert "data_breach" in [d.code for d in desk.read(case_due, case, "", desk.today)]
    desk.do(data_incident.note_time, incident, "lead_told")
    assert "data_breach" not in [d.code for d in desk.read(case_due, case, "", desk.today)]


def test_a_new_agency_is_kept_while_it_is_asked_and_our_own_part_stands_beside(desk: Desk, case: str) -> None:
    told = {"agency": "other", "agency_name": "Harbour Aid", "keep": "yes", "number": "01632 960170"}
    asks = {**told, "purpose": "Ring her", "permission": "yes"}
    part("agencies").add("agency_refer").carry_out(Taking(desk, case, "", asks))
    assert "Harbour Aid" in dict(desk.read(choices.agencies))
    ours, asked = desk.read(part("agencies").cards, case, desk.today)
    assert ours.title == "Our own part, while we wait for Harbour Aid" and "Harbour Aid: 01632 960170" in ours.lines
    offered = {each.title for each in desk.read(sharing.offered, case, desk.today)}
    assert asked.title in offered and ours.title not in offered
    desk.do(agencies.replied, case, asked.about, "They will")
    assert [c.title for c in desk.read(part("agencies").cards, case, desk.today)] == [asked.title]
