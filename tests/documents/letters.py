"""Made-up letters of every kind, filled in, and the extremes of what may be written in them."""

from __future__ import annotations

from typing import Any

from asbdesk.documents.common_page import CommonPage
from asbdesk.documents.give_along import GiveAlong
from asbdesk.documents.learning_statement import StatementPaper
from asbdesk.documents.letter import LetterPaper
from asbdesk.documents.released import Released
from asbdesk.documents.visit_list import ListedVisit, VisitList
from asbdesk.letters.fill import fill
from asbdesk.letters.load import library
from asbdesk.letters.wording import Wording
from tests.documents.builders import AT, LONG

FACTS: dict[str, Any] = {
    "landlord": "Wharram Homes", "name": "Ms Rahima Begum", "officer": "Dami Okafor", "number": "0113 496 0127",
    "hours": "Monday to Friday, 9 to 5", "second": "Rosalind Hughes", "second_number": "0113 496 0131",
    "closed_number": "0113 496 0199", "reference": "ASB-2026-A0412", "today": "2026-11-23", "how": "ring",
    "times": "after 6 in the evening", "ombudsman": "yes", "complaint_number": "0113 496 0150", "plan": "yes",
    "review_number": "0113 496 0160", "speak_by": "2026-12-01", "plan_day": "2026-11-23",
}  # fmt: skip
OTHER = {"name": "Mr Invented Neighbour", "reference": "2026-A0412"}
LINES = "We rang the council on 3 December\nWe fitted a new lock on 5 December\nWe wrote to the water company"
ANSWERS: dict[str, dict[str, str]] = {
    "passed_on": {"body": "the council’s noise team", "passed_on": "2026-11-23", "check_by": "2026-11-30"},
    "appointment": {
        "visit_day": "2026-11-30", "visit_time": "at 10 in the morning", "place": "at your home",
        "how_long": "about an hour",
    },
    "plan_cover": {"note": "We moved our next talk to Friday, as you asked."},
    "update": {
        "done": LINES, "next_steps": "Dami Okafor asks the council again on 4 December",
        "waiting": "The council’s answer.", "late": "The fence.",
    },
    "evidence_outcome": {
        "given": "4 recordings, 20 November\nA diary sheet, 21 November",
        "decision": "We hear loud music after 11 at night on three of the four.",
        "can_do": "We can talk about it with a lawyer.", "more": "yes",
    },
    "agency_update": {
        "body": "the council", "asked_on": "2026-11-20", "answered": "yes", "body_said": "They will visit.",
        "means": "Somebody from the council will ring you.", "ours": LINES,
    },
    "other_person": {
        "matter": "loud music at night in your block in November", "visit_day": "2026-11-30",
        "visit_time": "at 10 in the morning", "place": "at our office in High Street", "answer_by": "2026-12-01",
    },
    "warning": {
        "heard_on": "2026-11-30", "found": "Loud music on 3, 5 and 9 November, after 11 at night",
        "rule": "You agreed not to make noise that keeps people awake.", "change": "No music that can be heard outside",
        "next_step": "We may ask a court to help.", "support": "A support worker", "object_by": "2026-12-14",
    },
    "mediation_offer": {"body": "Mill Mediation", "answer_by": "2026-12-01"},
    "hate_support": {"who_words": "because of who you are", "ours": LINES, "numbers": "Victim Support: 0808 168 9111"},
    "complaint_acknowledgement": {
        "stage": "one", "received": "2026-11-20", "points": "Nobody rang on Friday\nThe lock took three weeks",
        "wanted": "A call each week.", "not_ours": "Parking is for the council.", "handler": "Ola Smith",
        "answer_by": "2026-12-07",
    },
    "complaint_extension": {
        "stage": "one", "was_by": "2026-12-07", "reason": "We still wait for the locksmith’s notes.",
        "so_far": LINES, "answer_by": "2026-12-21", "speak_by": "2026-12-14",
    },
    "closing": {
        "why": "stopped", "talked_on": "2026-11-20", "done": LINES, "not_done": "We rang a week late in March",
        "cannot": "We could not move you: there is no empty home of the right size", "call_on": "2026-12-21",
        "support": "Your support worker", "object_by": "2026-12-04", "decide_by": "2026-12-18",
    },
    "follow_up": {"answer_by": "2026-12-21"},
    "apology": {
        "wrong": "We did not listen to your recordings for three weeks.", "effect": "You told us that you felt alone.",
        "put_right": LINES, "change": "We look each Monday.", "from_whom": "Ola Smith, head of housing",
    },
}  # fmt: skip
_STAGE = {
    "points": "Nobody rang on Friday\nThe lock took three weeks", "decision": "part",
    "reasons": "We looked at our notes.\n\nNobody rang, and nobody wrote down why.",
    "went_wrong": "You waited three weeks for a lock.", "remedy": "£150, paid by 14 December\nA call each Friday",
    "still_to_do": "A new spy hole by 18 December", "learned": "Two people now see each promise.",
    "object_by": "2027-01-18",
}  # fmt: skip
ANSWERS |= {"complaint_stage_one": _STAGE, "complaint_stage_two": _STAGE}
ADDRESS = ("Ms Rahima Begum", "12 Harrow Court", "Leeds", "ZZ1 1AA")


def letter(wording: Wording, **answers: str) -> Released[LetterPaper]:
    """That letter, filled in."""
    other = wording.to == "other"
    facts = {**FACTS, **(OTHER if other else {})}
    text = fill(wording, facts, {**ANSWERS.get(wording.id, {}), **answers})
    address = ("Mr Invented Neighbour", "14 Harrow Court", "Leeds", "ZZ1 1AA") if other else ADDRESS
    signed = ("Dami Okafor", "Wharram Homes")
    mark = "7F3A 91C2 55D0 8E4B A6F1 20C9 3D77 B812"
    paper = LetterPaper("Wharram Homes", facts["reference"], "2026-11-23", address, text, signed, mark, wording.id)
    return Released(paper, "x", "letter", AT)


def every_letter() -> dict[str, Released[LetterPaper]]:
    """One of each, and the extremes: nothing filled in, very long, signs the font lacks."""
    made = {id: letter(each) for id, each in library().items()}
    update = library()["update"]
    strange = '<b>Tom & "Jerry"</b> \u202eabc \x07 😀 ঢাকা e\u0301 {name} **x** &amp; %s'
    return {
        **made,
        "long": letter(update, next_steps="\n".join([LONG, "word " * 900, "again and " * 200]), done=LONG),
        "strange": letter(update, next_steps=strange, waiting="One.\n\nTwo.\nThree."),
        "empty": Released(
            LetterPaper("", "", "2026-11-23", (), fill(update, {}, {}), ("", "")), "x", "letter", AT
        ),
    }  # fmt: skip


def given() -> Released[GiveAlong]:
    """The facts of the papers to give along."""
    told = ("Wharram Homes", "2026-A0412", "Dami Okafor", "0113 496 0127", "Monday to Friday, 9 to 5")
    more = ("0113 496 0199", "Rosalind Hughes", "0113 496 0131", "0113 496 0150", "0113 496 0160")
    return Released(GiveAlong(*told, *more), "x", "given", AT)


def a_day_of_visits() -> Released[VisitList]:
    """Three visits, one whose address stands on no list."""
    visits = (("09:30", "14 Harrow Court, ZZ1 1AA"), ("", "3 Wharram Lane, ZZ1 2BB"), ("15:00", ""))
    listed = tuple(ListedVisit(*each) for each in visits)
    return Released(VisitList("Wharram Homes", "Dami Okafor", "0113 496 0127", "2026-12-01", listed), "x", "visits", AT)


def a_common_page() -> Released[CommonPage]:
    """The page for everyone at a place: a step to come, and one that is done."""
    steps = (("Mend the street door", "Repairs", "2026-12-04", ""), ("Put up a light", "", "2026-11-20", "2026-11-19"))
    told = ("Wharram Homes", "Rowan House, stair B", "2026-11-23", steps, "0113 496 0127", "Monday to Friday, 9 to 5")
    return Released(CommonPage(*told, "0113 496 0160"), "everybody", "common", AT)


def a_statement() -> Released[StatementPaper]:
    """What we learned, with all that it can hold."""
    changes = ("Train all officers: by Monday 1 March 2027", "Look at every open case: by Friday 15 January 2027")
    said = (
        "Maladministration.",
        "For 4 months nobody rang.\nThe noise went on.",
        "We ring within 3 working days.",
    )
    return Released(StatementPaper("Wharram Homes", "2026-12-01", *said, changes, "The board"), "x", "statement", AT)
