"""Made-up plans, small and large, for the tests of documents."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from asbdesk.documents.paper import Ink, NextContact, PlanPaper, Signing, Step
from asbdesk.documents.released import Released

AT = "2026-11-23T15:02:00.000Z"


def scrawl(seed: int = 1, length: int = 60) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Two strokes that look like somebody's hand."""
    first = tuple(
        (200 + n * 130, 2000 + int(900 * math.sin(n * 0.55 + seed) * math.cos(n * 0.13 * seed))) for n in range(length)
    )
    second = tuple((1500 + n * 90, 3200 - int(200 * math.sin(n * 0.3))) for n in range(30))
    return (first, second)


def signed() -> Signing:
    return Signing(
        "signed",
        "Ms Rahima Begum",
        inks=(
            Ink("resident", "Ms Rahima Begum", AT, scrawl(1)),
            Ink("officer", "Dami Okafor", AT, scrawl(2)),
        ),
    )


def plan(**changes: Any) -> PlanPaper:
    """A usual plan: fits one sheet."""
    usual = PlanPaper(
        landlord="Wharram Homes",
        reference="ASB-2026-A0412",
        resident="Ms Rahima Begum",
        made_on="2026-11-23",
        version="1",
        officer="Dami Okafor",
        officer_number="0113 496 0127",
        officer_hours="Monday to Friday, 9 to 5",
        closed_number="0113 496 0199",
        told_us=(
            "The banging goes on until after 2 in the morning. We do not sleep. I am scared when somebody comes to the door.",
        ),
        wants=("I want to sleep at night. I want a door that feels safe.",),
        ours=(
            Step("Agree with you if, when and how we speak to the other household", "Dami Okafor", "2026-11-27"),
            Step("Fit a new front door lock and a spy hole", "Repairs team", "2026-11-25"),
            Step("Listen to your 4 recordings, and tell you what we can do with them", "Dami Okafor", "2026-11-27"),
            Step("Decide what we can do next, and tell you by Friday 4 December", "Rosalind Hughes", "2026-12-04"),
        ),
        speak=NextContact(
            "Dami Okafor", "ring", "2026-11-27", "10:00", "every Friday", "Rosalind Hughes", "0113 496 0131"
        ),
        yours=(
            Step(
                "You can keep a note of the day, the time and what happened",
                by="2026-12-04",
                help="Dami will go through it with you each Friday.",
            ),
        ),
        others=(Step("Tell us what they have on record", "Police", "2026-12-01"),),
        cannot=(
            Step(
                "We cannot move you this week",
                help="There is no empty home of the right size. We will look again at the review.",
            ),
        ),
        other_people=True,
        help=("A support worker can ring you. You said yes",),
        review_by="2026-12-07",
        may_talk=(("Police", "yes"), ("Support worker", "ask_first"), ("Your doctor", "no")),
        complaint_number="0113 496 0150",
        case_review_number="0113 496 0160",
        signing=signed(),
        authority="7F3A 91C2 55D0 8E4B A6F1 20C9 3D77 B812",
    )
    return replace(usual, **changes)


def released(paper: PlanPaper | None = None) -> Released[PlanPaper]:
    return Released(paper or plan(), "Ms Rahima Begum", "plan", AT)
