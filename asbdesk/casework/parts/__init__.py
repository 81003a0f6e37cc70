"""The parts of a case beyond its first tabs, each one file: what stands in it, and what can be added to it.

A part is data and small functions, without a window, so that a screen need know none of them by name. To add one:
its file here with a `PART`, its forms in `resources/forms/adds`, and its name in `NAMES`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from asbdesk.casework.told import Said
from asbdesk.casework.views import Pill, Tone
from asbdesk.clock import london_instant, today
from asbdesk.errors import UserError
from asbdesk.forms.answers import written

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.desk import Desk
    from asbdesk.store.journal import Done

NAMES = (
    *("people", "contacts", "safety", "rules", "evidence", "letters", "other_person", "agencies", "sharing"),
    *("repairs", "moves", "complaints", "courts", "outside", "course", "crossing_out"),
)
"""Every part, in the order of the case."""

Choices = Mapping[str, tuple[tuple[str, str], ...]]
"""Question → `(value, words)` of its answers, where they come from the case."""


@dataclass(frozen=True)
class Taking:
    """A filled form on its way to an action. `about` is the id of the record it follows on from, or empty."""

    desk: Desk
    case: str
    about: str
    answers: Mapping[str, Any]
    as_of: int | None = None
    ends_run: str | None = None
    why: str = ""
    """Why it is done although something stood in its way."""

    def text(self, question: str) -> str:
        """What was written or chosen; empty where nothing was."""
        return written(self.answers, question)

    def number(self, question: str) -> int | None:
        value = self.answers.get(question)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def many(self, question: str) -> list[str]:
        value = self.answers.get(question)
        return [str(v) for v in value] if isinstance(value, list) else []

    def yes(self, question: str) -> bool | None:
        """True, False, or None where it was not said."""
        return {"yes": True, "no": False}.get(self.text(question))

    def said(self, question: str = "note") -> Said:
        """The note of an event."""
        return Said(note=self.text(question))

    def do(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Done[Any]:
        """Carry out the action. The day in the question `on`, where there is one, is when it happened."""
        day = self.text("on")
        if day > today(self.desk.clock):
            raise UserError(
                "This day is still to come. Write it down when it has happened, or leave the day for today."
            )
        happened = london_instant(day, "12:00") if day and day != today(self.desk.clock) else None
        return self.desk.do(action, *args, as_of=self.as_of, happened=happened, ends_run=self.ends_run, **kwargs)


def no_choices(session: Session, case: str, about: str) -> Choices:
    return {}


def no_facts(session: Session, case: str, about: str) -> Mapping[str, Any]:
    return {}


def nothing_then(taking: Taking, done: Done[Any]) -> str:
    return ""


def asks_now(taking: Taking, done: Done[Any], raised_by: str) -> str:
    """It cannot wait for a working day: the card stands from now on, and its questions are asked at once."""
    from asbdesk.casework.now import raise_now

    taking.desk.do(raise_now, taking.case, str(done.value or ""), [raised_by])
    return "now"


@dataclass(frozen=True)
class Add:
    """One thing an officer can add: its short form is `resources/forms/adds/<id>.yaml`."""

    id: str
    title: str
    """What its button says; the form's title says the same."""
    icon: str
    done: str
    """What is said when it is written down."""
    carry_out: Callable[[Taking], Done[Any]]
    choices: Callable[[Session, str, str], Choices] = no_choices
    """Answers that come from the case: `(session, case, about)`."""
    facts: Callable[[Session, str, str], Mapping[str, Any]] = no_facts
    """What the form's conditions may ask of the case."""
    begins: Callable[[Session, str, str], Mapping[str, Any]] = no_facts
    """Answers given already when it opens, to be changed."""
    finish: str = "Save"
    then: Callable[[Taking, Done[Any]], str] = nothing_then
    """What is asked at once after it: `hate` for the hate record, `now` for what cannot wait; empty: nothing."""
    letter: str = ""
    """The letter that it goes out with: written next, and carried out in the same breath as that is locked."""


@dataclass(frozen=True)
class PartCard:
    """One record as a part shows it. `acts`: ids of the adds that follow on from it."""

    about: str
    """Id of the record."""
    icon: str
    title: str
    when: str = ""
    lines: tuple[str, ...] = ()
    """Short facts."""
    text: str = ""
    """What somebody wrote or said."""
    pills: tuple[Pill, ...] = ()
    tone: Tone = "info"
    acts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One part of a case. `adds` begin something; `follows` go on from a card."""

    name: str
    title: str
    icon: str
    empty: str
    """What to do, where nothing stands here yet."""
    cards: Callable[[Session, str, str], tuple[PartCard, ...]]
    """`(session, case, today)`, the newest first."""
    adds: tuple[Add, ...] = ()
    follows: tuple[Add, ...] = field(default=())
    own_tab: bool = False
    """It has a tab of its own and stands under none other."""

    def add(self, id: str) -> Add:
        """Its add of that id. Raises KeyError."""
        return {add.id: add for add in (*self.adds, *self.follows)}[id]


@cache
def part(name: str) -> Part:
    """The part of that name. Raises KeyError."""
    if name not in NAMES:
        raise KeyError(name)
    found: Part = import_module(f"asbdesk.casework.parts.{name}").PART
    return found


def goes_on_from(session: Session, case: str, name: str, add: str, about: str, today: str) -> str | None:
    """The record that an add of a part goes on from: the one that is due, else the first that offers it. Empty for an
    add that begins something; None where nothing offers it."""
    of = part(name)
    if add not in {each.id for each in of.follows}:
        return ""
    offered = [card.about for card in of.cards(session, case, today) if add in card.acts]
    return about if about in offered else offered[0] if offered else None


def add_called(id: str) -> tuple[Part, Add] | None:
    """The part and the add of this id, or None when there is none."""
    return next(((each, add) for each in parts() for add in (*each.adds, *each.follows) if add.id == id), None)


def parts() -> tuple[Part, ...]:
    """Every part, in the order of the case."""
    return tuple(part(name) for name in NAMES)
