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
            "The banging goes on until after 2 in the morning. We do not sleep. "
            "I am scared when somebody comes to the door.",
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


CODE = "JPBR8-F7HJ3-0K4QX-9ZT2M-5WVNA-3C6GD-7Y1E"
LONG = "Wolfeschlegelsteinhausenbergerdorff" * 6
"""One word of 210 letters."""


def _long() -> PlanPaper:
    step = Step(f"Do {LONG} and " + "something else again " * 40, LONG, "2027-01-04", help=LONG)
    return plan(
        landlord=LONG,
        resident=" ".join(["Maria-Josefina"] * 14),
        officer=LONG,
        officer_hours="Monday to Friday, " * 12,
        told_us=("word " * 1500, LONG),
        wants=(LONG, "Line one\nLine two\n\nLine four"),
        ours=(step, step),
        yours=(step,),
        others=(step,),
        cannot=(step,),
        help=(LONG,),
        may_talk=((LONG, "yes"),),
        useful=((LONG, "0113 496 0001"),),
        changed=(LONG,),
        replaces="2026-10-01",
        signing=Signing("does_not_agree", LONG, note=LONG),
    )


def _empty() -> PlanPaper:
    return PlanPaper("", "", "", "2026-11-23", "", "", "", "", "", ombudsman=False)


def every_plan() -> dict[str, PlanPaper]:
    """Plans of every turn that signing and filling in can take."""
    name = "Ms Rahima Begum"
    outcomes = {
        "aloud": Signing("agreed_aloud", name, note="Rosalind Hughes"),
        "unsigned": Signing("agrees_unsigned", name),
        "time": Signing("wants_time", name, ask_on="2026-11-30"),
        "disagrees": Signing("does_not_agree", name, note="I want to move first."),
        "not-asked": Signing("not_asked", name, note="Not well enough"),
        "helped": Signing(
            "signed",
            name,
            inks=(
                *signed().inks,
                Ink("interpreter", "Farid Haque", AT, scrawl(3), "Bengali"),
                Ink("advocate", "Joy Adeyemi", AT, (((5, 5),), ((9, 9), (20, 30)))),
            ),
        ),
    }
    usual = plan()
    many = tuple(replace(step, what=f"{step.what}, {n}") for n in range(15) for step in usual.ours)
    return {
        "usual": usual,
        **{name: plan(signing=signing) for name, signing in outcomes.items()},
        "no-actions": plan(ours=(), yours=(), others=(), cannot=(), speak=None, other_people=False),
        "one-action": plan(ours=usual.ours[:1], yours=(), others=(), help=(), may_talk=()),
        "sixty-actions": plan(ours=many),
        "version-2": plan(
            version="2", changed=("We moved our next talk to Friday 11 December.",), replaces="2026-11-23"
        ),
        "freeholder": plan(ombudsman=False, case_review_number="", complaint_number=""),
        "strange-signs": plan(told_us=('<b>Tom & "Jerry"</b> \u202eabc \x07 😀 ঢাকা e\u0301 {name} **x** &amp; %s',)),
        "long": _long(),
        "empty": _empty(),
    }
