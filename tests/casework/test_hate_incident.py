"""The hate incident's form and record, the list with its response times, and the first look at a report."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from asbdesk import model as m
from asbdesk.casework import first_look, hate_incident
from asbdesk.casework.chronology import chronology
from asbdesk.casework.desk import Desk
from asbdesk.casework.hate import MONITORED
from asbdesk.casework.hate_list import hate_incidents
from asbdesk.casework.intake import Intake, open_from
from asbdesk.casework.people import NewPerson
from asbdesk.casework.records import case_file
from asbdesk.casework.reports import Telling
from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.forms.answers import unanswered
from asbdesk.forms.filling import missing, open_questions
from asbdesk.forms.load import library

HATE, LOOK = library()["hate_incident"], library()["first_look"]
WHO = NewPerson(name="Mr Sami Aziz", address="7 Weir Lane", postcode="ZZ2 2BB")
ANSWERS: dict[str, Any] = {
    "reason": "yes",
    "fits": ["disability"],
    "fits_other": ["age"],
    "said": "He shouted a word about my chair.",
    "perceived_by": "victim",
    "must_not_know": "My brother",
    "police": "no",
    "graffiti": "yes",
    "graffiti_place": "My door",
    "support": "yes",
    "support_who": "Victim Support",
    "first_response": "Rang back at once; visit tomorrow.",
}
LOOKED: dict[str, Any] = {
    "outcome": "asb",
    "reason": "It frightens them.",
    "how_long": "weeks",
    "how_often": "weekly",
    "effect": "some",
    "others": "no",
    "afraid": "yes",
    "worse": "no",
}


@pytest.fixture
def case(desk: Desk) -> str:
    told = Telling(words="He shouted at me.", behaviours=("hate",), hate={"perceived_by": "victim", "strands": []})
    return str(desk.do(open_from, Intake(WHO, told)).value)


def kept(desk: Desk, cls: type[Any], case: str) -> list[Any]:
    return desk.read(lambda s: list(s.scalars(sa.select(cls).where(cls.file == case_file(case)))))


def test_hate_incident_needs_only_who_sees_it_so_and_what_was_done() -> None:
    assert {q.id for q in missing(HATE, {}, {})} == {"perceived_by", "first_response"}
    shown = {q.id for q in open_questions(HATE, {}, {"interpreter": "family"})}
    assert not {"reason", "fits", "fits_other"} & shown, "never through a relative who interprets"
    fits = {o.value for o in HATE.by_id["fits"].options} - {"not_sure", "none_of_these"}
    assert fits == set(MONITORED)


def test_the_record_stands_without_the_police_and_out_of_every_list(desk: Desk, case: str) -> None:
    report = desk.read(hate_incident.report_without, case)
    made = desk.do(hate_incident.take, case, HATE, ANSWERS, report=report).value
    record = desk.read(lambda s: s.get_one(m.HateRecord, made))
    assert record.strands == ["disability", "age"] and record.hidden and record.police == "no"
    assert record.answers == ANSWERS and record.form == HATE.hash and not record.note
    assert record.must_not_know == "My brother"
    assert [p.outcome for p in kept(desk, m.PoliceReport, case)] == ["declined"]
    assert [g.offensive for g in kept(desk, m.Graffiti, case)] == [True]
    assert [s.service for s in kept(desk, m.RiskAction, case)] == ["Victim Support"]
    assert desk.read(lambda s: s.get_one(m.Case, case).title) == "A new report"
    everything = str(desk.read(hate_incidents, desk.today)) + str(desk.read(chronology, case))
    assert not any(word in everything.lower() for word in ("disab", "chair", "brother")), "nothing of it is on a list"


def test_what_is_still_needed_is_named(desk: Desk, case: str) -> None:
    with pytest.raises(UserError, match="Who thinks it is hate"):
        desk.do(hate_incident.take, case, HATE, {"first_response": "Rang"})


def test_an_answer_that_is_none_does_not_say_who_sees_it_so(desk: Desk, case: str) -> None:
    with pytest.raises(UserError, match="who perceives it so"):
        desk.do(hate_incident.take, case, HATE, {**ANSWERS, "perceived_by": {"unanswered": "dont_know"}})


def test_the_list_says_how_soon_we_answered(desk: Desk, desk_clock: SetClock, case: str) -> None:
    (line,) = desk.read(hate_incidents, desk.today)
    assert not line.recorded and line.police == "Police: not asked yet"
    clocks = {c.title: c for c in line.clocks}
    assert clocks["First contact"].tone == "info" and not line.late
    desk.do(hate_incident.take, case, HATE, ANSWERS, report=desk.read(hate_incident.report_without, case))
    desk_clock.put("2026-12-02T09:00:00.000Z")
    (line,) = desk.read(hate_incidents, desk.today)
    clocks = {c.title: c for c in line.clocks}
    assert line.recorded and line.late and line.police == "Police: they chose not to"
    assert clocks["Hate record"].tone == "good" and clocks["First contact"].tone == "danger"
    assert clocks["Offensive graffiti"].words.startswith("was due")
    assert desk.read(hate_incidents, desk.today, status="closed") == ()


def test_the_first_look_says_why_and_how_soon(desk: Desk) -> None:
    told = Telling(words="Banging all night.", behaviours=("noise",), dissatisfied=True)
    case = desk.do(open_from, Intake(WHO, told)).value
    looked = desk.read(first_look.to_look_at, case)
    assert looked is not None
    assert [p.outcome for p in looked.pointers] == ["complaint", "good_neighbourhood", "repairs_noise"]
    desk.do(first_look.take, case, looked.report, LOOK, LOOKED)
    (made,) = kept(desk, m.Triage, case)
    assert made.outcome == "asb" and made.score == 7 and made.reason.startswith("It frightens them. Medium: 7 of 18")
    assert made.answers == LOOKED and made.form == LOOK.hash and not made.note, "kept as asked, never as a note"
    texts = desk.read(lambda s: [t.text for t in s.scalars(sa.select(m.FormText).where(m.FormText.hash == LOOK.hash))])
    assert texts == [LOOK.text]
    assert desk.read(first_look.to_look_at, case) is None


def test_a_complaint_forks_off_with_its_own_clock(desk: Desk, desk_clock: SetClock, case: str) -> None:
    looked = desk.read(first_look.to_look_at, case)
    assert looked is not None and looked.pointers[0].outcome == "hate"
    desk_clock.put("2026-11-26T09:00:00.000Z")
    unhappy = {**LOOKED, "about_us": "yes", "complaint_about": "staff_conduct", "wanted": "An apology"}
    with pytest.raises(UserError, match="Who is it about"):
        desk.do(first_look.take, case, looked.report, LOOK, unhappy)
    desk.do(first_look.take, case, looked.report, LOOK, {**unhappy, "staff": "Mr Coe"})
    (complaint,) = kept(desk, m.Complaint, case)
    assert complaint.received == "2026-11-23" and complaint.staff == "Mr Coe"
    assert complaint.note == "Said in the report of Monday 23 November.", "words for people, no id of a record"


def test_what_nobody_answered_is_written_nowhere(desk: Desk, case: str) -> None:
    looked = desk.read(first_look.to_look_at, case)
    assert looked is not None
    asked = {**LOOKED, "about_us": "yes", "complaint_about": "handling"}
    silent = dict.fromkeys(("wanted", "reason", "staff"), unanswered("not_asked"))
    desk.do(first_look.take, case, looked.report, LOOK, {**asked, **silent})
    (complaint,), (look,) = kept(desk, m.Complaint, case), kept(desk, m.Triage, case)
    assert not complaint.wanted and not complaint.staff and "unanswered" not in (look.reason or "")


def test_somebody_who_may_be_getting_hurt_needs_a_decision(desk: Desk, case: str) -> None:
    looked = desk.read(first_look.to_look_at, case)
    assert looked is not None
    desk.do(first_look.take, case, looked.report, LOOK, {**LOOKED, "outcome": "hate", "getting_hurt": "not_sure"})
    assert [a.code for a in kept(desk, m.Action, case)] == ["safeguarding"]
