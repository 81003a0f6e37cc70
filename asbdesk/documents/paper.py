"""The facts that a plan on paper is made from: small, frozen, already checked, without ids of anybody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

LAYOUTS = ("standard", "large", "easy")
"""12 point on one sheet where it can be; 18 point in one column; short sentences with icons, 16 point."""


class Turn(Enum):
    """What a paper is for: to be sealed, to be talked over, or to be read beside the sealed one."""

    SEALED = "sealed"
    DRAFT = "draft"
    TO_READ = "to_read"


@dataclass(frozen=True)
class Step:
    """One step: what, who, by when (a day `YYYY-MM-DD`, or words such as "every Friday" in `until`)."""

    what: str
    who: str = ""
    by: str = ""
    until: str = ""
    help: str = ""
    """For a resident's step: how we will help. For what we cannot do: why."""


@dataclass(frozen=True)
class NextContact:
    """When we will speak. `how` is a verb: "ring", "visit", "write to", "text"."""

    who: str
    how: str
    day: str
    time: str = ""
    after: str = ""
    """Then how often, in words: "every Friday"; empty for "only if something happens"."""
    second_name: str = ""
    second_number: str = ""


@dataclass(frozen=True)
class Ink:
    """A signature as drawn: `strokes` are lists of (x, y), any unit, y downwards."""

    role: str
    """`resident`, `officer`, `advocate`, `interpreter`."""
    name: str
    at: str
    """The instant it was drawn."""
    strokes: tuple[tuple[tuple[int, int], ...], ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Signing:
    """How signing went: `signed`, `agreed_aloud`, `agrees_unsigned`, `wants_time`, `does_not_agree` or `not_asked`."""

    outcome: str
    name: str = ""
    ask_on: str = ""
    """For `wants_time`: the day we ask again."""
    note: str = ""
    """`agreed_aloud`: the name of who heard it. `does_not_agree`: what they want, in their words. Else not printed."""
    inks: tuple[Ink, ...] = ()


@dataclass(frozen=True)
class PlanPaper:
    """All that `documents.plan.make` prints, in the order of PRACTICE.md B1."""

    landlord: str
    reference: str
    resident: str
    made_on: str
    version: str
    officer: str
    officer_number: str
    officer_hours: str
    closed_number: str
    told_us: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    ours: tuple[Step, ...] = ()
    speak: NextContact | None = None
    yours: tuple[Step, ...] = ()
    others: tuple[Step, ...] = ()
    cannot: tuple[Step, ...] = ()
    other_people: bool = False
    help: tuple[str, ...] = ()
    review_by: str = ""
    may_talk: tuple[tuple[str, str], ...] = ()
    """(body, `yes` / `ask_first` / `no`)."""
    complaint_number: str = ""
    ombudsman: bool = True
    case_review_number: str = ""
    signing: Signing = Signing("not_asked")
    changed: tuple[str, ...] = ()
    replaces: str = ""
    """The day of the plan that this one takes the place of."""
    useful: tuple[tuple[str, str], ...] = ()
    """Numbers worth printing (what, number)."""
    language: str = ""
    """The resident's own, as a code (`ur`), where officers wrote in it too."""
    own: tuple[tuple[str, str], ...] = ()
    """What officers wrote, in English and in that language."""
    layout: str = ""
    """How it is printed (`LAYOUTS`)."""
    authority: str = ""
    """Fingerprint of the landlord's authority, in groups (`documents.authority.fingerprint`); printed small."""


def plan_of_nobody(landlord: str, today: str) -> PlanPaper:
    """One step and one line of everything, to look at the fixed sentences by."""
    steps = (Step("Change your locks", landlord, today),)
    speak = NextContact(landlord, "ring", today, "10:00", "every week")
    paper = PlanPaper(landlord, "-", "-", today, "1", "-", "-", "", "-", told_us=("-",), wants=("-",), ours=steps)
    paper = replace(paper, speak=speak, yours=steps, others=steps, cannot=steps, other_people=True, help=("-",))
    return replace(paper, review_by=today, may_talk=(("Police", "yes"),), signing=Signing("signed", "-"))
