"""What the window draws of a visit: steps, questions with their values, the room, suggestions and the plan's draft."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from asbdesk.forms.definition import Question


@dataclass(frozen=True)
class StepState:
    """Where one of the nine steps stands."""

    id: str
    number: int
    title: str
    state: str
    """`todo`, `begun`, `done` or `later`."""


@dataclass(frozen=True)
class FactCard:
    """Something already known, shown beside the questions and never asked again."""

    label: str
    text: str
    face: str = "mine"
    """`shared`: the resident may read it; `mine`: only behind the officer's key."""
    tone: str = "plain"


@dataclass(frozen=True)
class AskedQuestion:
    """A question that is open now, and its value."""

    question: Question
    value: Any
    """As `forms.answers` has it, or None while not answered."""
    earlier: str = ""
    """"Answered on Tuesday 3 March" when the value was filled in from before; empty once answered now."""


@dataclass(frozen=True)
class StepView:
    """One step, ready to draw."""

    id: str
    number: int
    title: str
    help: str
    aloud: tuple[str, ...]
    """Words to read out, one paragraph each."""
    cards: tuple[FactCard, ...]
    questions: tuple[AskedQuestion, ...]
    part: str | None
    """The panel to draw besides the questions: `before`, `evidence`, `plan`, `sign`, `copy`, or None."""
    state: str
    put_away: int = 0
    """How many questions wait for privacy. Shown on the officer's face only, and never which."""
    note: str = ""
    """A line for the officer's face: "Put off: nobody else may hear these." """


@dataclass(frozen=True)
class Room:
    """Who is here, as it decides what may be asked."""

    alone: bool = False
    safe_to_talk: bool = False
    child_hears: bool = False
    interpreter: str = "none"
    """`none`, `professional` or `other`."""
    advocate: bool = False
    other_person: bool = False
    """The other person came in: nothing more is asked."""

    @property
    def private(self) -> bool:
        """Whether questions that need privacy may be on the screen (PRACTICE.md 2, 10)."""
        heard = self.child_hears or self.interpreter == "other" or self.other_person
        return self.alone and self.safe_to_talk and not heard

    def facts(self) -> dict[str, Any]:
        """The names that `when` expressions of a form may use."""
        return {
            "alone": self.alone and not self.other_person,
            "safe_to_talk": self.safe_to_talk,
            "child_hears": self.child_hears,
            "interpreter": self.interpreter,
            "private": self.private,
        }


@dataclass(frozen=True)
class Suggestion:
    """A step the desk offers for the plan."""

    code: str
    owner: str
    """`landlord`, `resident` or `agency`."""
    what: str
    """In the words printed on the resident's plan."""
    who: str
    by: str
    """A default day `YYYY-MM-DD`, or empty for a resident's step."""
    why: str
    """For the officer's eyes."""
    help: str = ""
    about_other: bool = False
    kind: str = "other"
    """`safety`, `support`, `evidence`, `repair`, `contact`, `agency`, `other`: what a band may require."""


@dataclass(frozen=True)
class PlanStep:
    """One step of the draft plan."""

    what: str
    who: str = ""
    by: str = ""
    until: str = ""
    help: str = ""
    code: str = ""
    about_other: bool = False
    kind: str = "other"
    action: str = ""
    """Id of the action it continues, from an earlier version."""


@dataclass(frozen=True)
class PlanDraft:
    """The plan while it is being made. All texts are in the words that will be printed."""

    told_us: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    ours: tuple[PlanStep, ...] = ()
    yours: tuple[PlanStep, ...] = ()
    others: tuple[PlanStep, ...] = ()
    cannot: tuple[PlanStep, ...] = ()
    """What we cannot do; why in `help`."""
    help: tuple[str, ...] = ()
    """Offers of help, in words."""
    contact_who: str = ""
    contact_how: str = "ring"
    contact_day: str = ""
    contact_time: str = ""
    contact_after: str = ""
    """"every Friday"; empty for only if something happens."""
    review_by: str = ""
    may_talk: tuple[tuple[str, str], ...] = ()
    """(body, `yes` / `ask_first` / `no`)."""
    changed: tuple[str, ...] = ()
    layout: str = ""
    """How it is printed; empty: as it is offered to this person (`languages.offer`)."""
    language: str = ""
    """Beside English: a code, `en` for none; empty: as it is offered."""
    own: tuple[tuple[str, str], ...] = ()
    """What was written in English, and the same in that language."""


@dataclass(frozen=True)
class SealedPlan:
    """A plan version as given: its id, its number, and the sealed PDF."""

    version: str
    number: str
    pdf: bytes = field(repr=False)
    held: bool = False
    """Kept for them: no copy may be left, posted or sent until a safe way is recorded."""
