"""Short forms kept as they were filled in: a complaint looked at, met about and looked into; how we meet somebody; what
went well (FEATURES.md C12, C25, C26, H13, L11, R15)."""

from __future__ import annotations

from typing import Any

import pytest

from asbdesk.casework.appointments import stops
from asbdesk.casework.chronology import chronology
from asbdesk.casework.desk import Desk
from asbdesk.casework.needs import record_need
from asbdesk.casework.parts import PartCard, Taking, part
from asbdesk.casework.people import reporter_of
from asbdesk.casework.views import Alert
from asbdesk.casework.visit import VisitPath
from asbdesk.errors import UserError
from asbdesk.model import Case
from tests.casework.test_whose import colleague

CHECKS = ("apart", "heard", "needs", "looked", "others", "points", "tone", "remedy", "onward", "learned")


def add(desk: Desk, case: str, of: str, id: str, about: str = "", **answers: Any) -> PartCard:
    """Carry out an add; the newest card of its part."""
    part(of).add(id).carry_out(Taking(desk, case, about, answers))
    return desk.read(part(of).cards, case, desk.today)[0]


def complain(desk: Desk, case: str, about: str = "staff_conduct", **told: str) -> str:
    taking = Taking(desk, case, "", {"about": about, **told})
    return str(part("complaints").add("complaint").carry_out(taking).value)


def card_of(desk: Desk, case: str, title: str) -> PartCard:
    return next(c for c in desk.read(part("complaints").cards, case, desk.today) if c.title == title)


def test_a_complaint_is_looked_at_before_the_answer_goes(desk: Desk, case: str) -> None:
    about = complain(desk, case, "handling")
    with pytest.raises(UserError, match="still needed"):
        add(desk, case, "complaints", "complaint_checked", about, apart="yes")
    add(desk, case, "complaints", "complaint_checked", about, **dict.fromkeys(CHECKS, "yes") | {"remedy": "not_yet"})
    card = card_of(desk, case, "Is this complaint handled well?")
    assert [pill.text for pill in card.pills] == ["1 still to do"]
    assert card.lines == ("Not yet: Does it say what we do to put it right, each thing with its day?",)
    assert chronology_titles(desk, case)[0] == "Is this complaint handled well?"


def chronology_titles(desk: Desk, case: str) -> list[str]:
    return [line.title for line in desk.read(chronology, case)]


def test_they_decide_who_is_at_a_meeting_and_sorry_is_not_pressed(desk: Desk, case: str) -> None:
    about = complain(desk, case, staff="Kester Stroud")
    agreed = {"who": "Ms Begum and Rosalind Hughes", "breaks": "She raises her hand"}
    add(desk, case, "complaints", "complaint_meeting", about, **agreed, stands="agreed")
    held = {"kept": "yes", "sorry": "left", "came": "She wants it in writing"}
    add(desk, case, "complaints", "complaint_meeting", about, **agreed, stands="held", **held)
    card = card_of(desk, case, "Meet about the complaint")
    assert "Did we say sorry? Offered, not wanted, and left there" in card.lines and card.pills[0].text == "We met"


def test_whoever_is_complained_of_does_not_look_into_it(desk: Desk, case: str) -> None:
    about = complain(desk, case, staff="Kester Stroud")
    assert "outside the team looks into it yet" in str(card_of(desk, case, "Complaint: how one of us behaved").lines)
    told = {"job": "Director", "outside": "yes", "asked": "How the team speaks", "stands": "begun"}
    with pytest.raises(UserError, match="complained of cannot"):
        add(desk, case, "complaints", "complaint_inquiry", about, who="Mr K. Stroud", **told)
    with pytest.raises(UserError, match="Why nobody else"):
        add(desk, case, "complaints", "complaint_inquiry", about, who="A. Manager", **{**told, "outside": "no"})
    found = {"stands": "found", "upheld": "part", "finding": "He raised his voice", "explained": "2026-11-20"}
    add(desk, case, "complaints", "complaint_inquiry", about, who="Ada Board", **{**told, **found})
    assert card_of(desk, case, "Who looks into it, and what they found").pills[0].text == "There is a finding"
    left = str(card_of(desk, case, "Complaint: how one of us behaved").lines)
    assert "outside the team" not in left and "handled well" in left
    assert "complaint_inquiry" not in card_of(desk, case, "Complaint: how one of us behaved").acts[:2]


def test_what_is_looked_at_about_a_complaint_is_kept_from_whom_it_is_about(desk: Desk, case: str) -> None:
    desk.do(colleague, "Rosalind Hughes", "manager")
    about = complain(desk, case, staff="Dami Okafor", handler="Rosalind Hughes")
    add(desk, case, "complaints", "complaint_checked", about, **dict.fromkeys(CHECKS, "yes"))
    cards = desk.read(part("complaints").cards, case, desk.today)
    assert [card.title for card in cards] == ["A complaint, with Rosalind Hughes"]


def test_what_went_well_is_kept_too(desk: Desk, case: str) -> None:
    told = {"who_says": "resident", "what": "We rang each evening", "why": "She slept", "share": "team"}
    card = add(desk, case, "course", "went_well", **told)
    assert card.text == "We rang each evening" and "Who says so? The resident" in card.lines


# ---- R15
def told_before(desk: Desk, case: str) -> list[str]:
    from asbdesk.casework.case_alerts import alerts

    found: list[Alert] = desk.read(lambda session: alerts(session, session.get_one(Case, case), desk.today))
    return [alert.text for alert in found if alert.icon == "hand-heart"]


def test_a_need_changes_the_next_meeting(desk: Desk, case: str) -> None:
    who = desk.read(reporter_of, case)
    assert who is not None
    needed = part("contacts").add("appointment").facts
    assert told_before(desk, case) == [] and desk.read(needed, case, "") == {"care_needed": False}
    desk.do(record_need, who.id, "abuse_survivor")
    assert "changes how we meet" in told_before(desk, case)[0]
    assert desk.read(needed, case, "") == {"care_needed": True}
    day = {"day": desk.today, "how": "visit", "with": who.id}
    with pytest.raises(UserError, match="how this meeting is run"):
        add(desk, case, "contacts", "appointment", **day)
    add(desk, case, "contacts", "appointment", care="Sit down before you speak", **day)
    assert told_before(desk, case) == [f"When we meet {who.name}: Sit down before you speak"]
    assert desk.read(needed, case, "") == {"care_needed": False}
    care: dict[str, Any] = {
        "person": who.id,
        "how": ["breaks", "once"],
        "know": "A quiet voice",
        "never": "Stand over her",
    }
    add(desk, case, "rules", "meeting_care", **care, agreed="yes")
    lines = "A quiet voice. A break whenever they ask, Never asked to tell it again. Never: Stand over her"
    assert told_before(desk, case) == [f"When we meet {who.name}: {lines}"]
    (stop,) = desk.read(stops, desk.member, desk.today)
    assert f"When you meet: {lines}" in stop.alerts
    path = VisitPath.start(desk, case)
    assert lines in [card.text for card in path.step("before").cards]
