"""What happened in a case, as the rules of duties see it: small frozen records, named as in a case history."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property

from asbdesk.clock import MONTHS, instant, london_day
from asbdesk.duties.category import category

NOT_OURS = re.compile(r"acknowledg|\bagents?\b", re.IGNORECASE)
"""Means by which no officer of the landlord spoke with anybody."""


@dataclass(frozen=True)
class Event:
    """Anything that happened at an instant. `visit` is the visit it belongs to."""

    id: str
    at: str
    visit: str = ""

    @cached_property
    def day(self) -> str:
        """The London day it happened."""
        return london_day(self.at)

    @property
    def written(self) -> str:
        """The London day it was written down, which its id tells (UUIDv7); empty for an id that does not."""
        return written_day(self.id)


@dataclass(frozen=True)
class Happening(Event):
    """A record of one of the plainer kinds. Which fields a kind uses, and for what:

    `who`: a person (evidence and adjustments: from or of whom; a decision about the other person: about whom;
    `disclosure`: to whom; `handover`: to whom, empty for nobody).
    `of`: the record that it answers, meets or moves; empty means whatever waits.
    `what`: the word of it (a step taken, a type of evidence, an agency, a tool, a link, what a complaint is about,
    an outcome, the code that is waived). `words`: several of them.
    `by`: a day that it names (due, until, look again, kept until, of the hearing).
    `yes`: its yes or no (declined, risk, offensive, agreed, told, used), None where nothing was said.
    `stage`: of a complaint. `reason`: in words.
    """

    who: str = ""
    of: str = ""
    what: str = ""
    words: tuple[str, ...] = ()
    by: str = ""
    yes: bool | None = None
    stage: int = 1
    reason: str = ""


@dataclass(frozen=True)
class Report(Event):
    """A report: `at` is when it was received."""

    by: str = ""
    behaviours: tuple[str, ...] = ()
    serious: tuple[str, ...] = ()
    hate: bool = False
    """Somebody perceives it as hate."""
    hate_signs: bool = False
    """Words or marks that suggest hate, and nobody has said so yet."""
    to_agent: bool = False
    about: tuple[str, ...] = ()
    dissatisfied: bool = False
    same_as: str = ""
    logged: str | None = None
    """The day it was written down; None: it never was."""

    @cached_property
    def category(self) -> str:
        """`serious`, `medium` or `low`."""
        return category(self.behaviours, self.serious, self.hate)

    @property
    def perceived_hate(self) -> bool:
        """Hate, by anybody's word for it."""
        return self.hate or "hate" in self.behaviours

    @property
    def threat(self) -> bool:
        """A threat was told of, of whatever weight."""
        return "threats" in self.behaviours or bool({"threat", "threat_to_life"} & {*self.serious})


@dataclass(frozen=True)
class Contact(Event):
    """A contact, made or attempted."""

    with_: str = ""
    out: bool = True
    made: bool = True
    answered: bool = False
    next_by: str = ""
    needs_reply: bool = False
    dissatisfied: bool = False
    method: str = ""
    told: tuple[str, ...] | None = None
    """What was told, by kind or id; None: all that waited."""
    by: str = ""
    """Id of the member who wrote it down, where the case has changed officer; empty where nobody can say."""

    @property
    def spoke(self) -> bool:
        """The landlord itself reached somebody: no letter that only acknowledges, no call by a managing agent."""
        return (self.made if self.out else self.answered) and not NOT_OURS.search(self.method.replace("_", " "))


@dataclass(frozen=True)
class Assessment(Event):
    """A finished assessment of the household of `of`."""

    of: str = ""
    band: str = ""
    complete: bool = True
    follows: tuple[str, ...] | None = None
    """Ids of those it takes the place of; None where nobody wrote that down: of all before it."""


@dataclass(frozen=True)
class Plan(Event):
    """A version of the plan."""

    person: str = ""
    number: str = ""
    next_contact: str = ""
    review_on: str = ""
    agreed: bool = True
    copy_given: str = ""
    signing: str = ""
    follows: tuple[str, ...] | None = None
    """As an assessment's."""


@dataclass(frozen=True)
class Action:
    """A step of a plan. `by` is its day now; `moves` are those before: (the day it was moved, its day until then)."""

    id: str
    plan: str
    owner: str
    what: str
    by: str = ""
    done_on: str = ""
    moves: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Clash(Event):
    """Two values of one field that stood side by side. `id`: the entry that made it so; `at`: when that was written."""

    record: str = ""
    """`kind/ID`."""
    field: str = ""
    weighs: bool = False
    """A risk level, a day, or what may be told to whom: one of them applies meanwhile, and a person must choose."""
    decided: Event | None = None


@dataclass(frozen=True)
class Mention:
    """A report about a person, in whichever case of whichever home."""

    report: str
    at: str
    hate: bool = False


def day_words(day: str) -> str:
    """`2020-03-03` as "3 Mar 2020"."""
    return f"{int(day[8:10])} {MONTHS[int(day[5:7]) - 1][:3]} {day[:4]}"


def written_day(record: str) -> str:
    """The London day a record's id was made; empty for an id that does not tell."""
    if len(record) != 32 or record[12] != "7":
        return ""
    try:
        made = int(record[:12], 16) / 1000
        return london_day(instant(dt.datetime.fromtimestamp(made, dt.UTC)))
    except (ValueError, OverflowError, OSError):
        return ""
