"""The registers that a landlord keeps of itself: its policies and their versions, training, reviews. Nobody's case is
in them; a later line takes the place of the one it follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import finished
from asbdesk.casework.records import landlord_of, new, put
from asbdesk.casework.risk import keep_form
from asbdesk.casework.words import sentence
from asbdesk.clock import london_day, long_day
from asbdesk.errors import UserError
from asbdesk.forms.answers import is_unanswered
from asbdesk.forms.load import one_form
from asbdesk.model import RegisterEntry
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.forms.definition import Form
    from asbdesk.store.work import Work

NAMES = ("policies", "hate_review", "edi_review", "training", "safeguarding_link")
"""Every register, in the order shown: each is its form in `resources/forms/registers`."""
POLICIES = "policies"
WANTED = {
    "asb": "anti-social behaviour",
    "hate": "hate incidents",
    "domestic_abuse": "domestic abuse",
    "safeguarding": "safeguarding",
    "needs": "vulnerability and reasonable adjustments",
    "complaints": "complaints and putting things right",
    "repairs": "repairs",
    "moves": "management moves",
    "data": "records and sharing information",
    "conduct": "conduct of staff",
}
"""The policies that a landlord is asked for, whatever it calls them."""
_HEAD = ("what", "name", "number")
"""Questions that name a line."""


@dataclass(frozen=True)
class Entry:
    """One line of a register. `since`: it holds from that day; `again`: by then it is looked at again, or empty."""

    id: str
    register: str
    title: str
    lines: tuple[str, ...]
    answers: Mapping[str, Any]
    since: str
    again: str
    late: bool
    followed: bool


@dataclass(frozen=True)
class Register:
    """One register. `gaps`: what it lacks, each in a sentence."""

    id: str
    title: str
    words: str
    entries: tuple[Entry, ...]
    gaps: tuple[str, ...] = ()


@action("register.written")
def write(work: Work, form: Form, answers: Mapping[str, Any], *, follows: str = "") -> str:
    """A line of the register whose form this is; `follows`: the line that it takes the place of. Its id. Raises
    UserError while an answer is still needed."""
    given = {id: value for id, value in answers.items() if not is_unanswered(value)}
    finished.needed(form, given)
    told = {"register": form.id, "definition": keep_form(work, form), "answers": given, "by": work.member}
    file = f"landlord/{landlord_of(work).id}"
    return new(work, RegisterEntry, file, at=work.happened, follows=follows, **told).id


@action("register.struck")
def take_off(work: Work, entry: str, why: str) -> None:
    """A line that was written by mistake. Raises UserError without why."""
    if not why.strip():
        raise UserError("Write why it is taken off.")
    put(work.get(RegisterEntry, entry), struck=why.strip())


def registers(session: Session, day: str) -> tuple[Register, ...]:
    """Every register with what stands in it on a day, the newest first."""
    return tuple(register(session, name, day) for name in NAMES)


def register(session: Session, name: str, day: str) -> Register:
    """One of them."""
    form, found = one_form(name), [e for e in entries(session, name, day) if not e.followed]
    return Register(name, form.title, form.banner, tuple(found), gaps(found) if name == POLICIES else ())


def entries(session: Session, name: str, day: str) -> tuple[Entry, ...]:
    """Every line of a register, also those that a later one took the place of, the newest first."""
    which = sa.select(RegisterEntry).where(RegisterEntry.register == name, RegisterEntry.struck.is_(None))
    found = session.scalars(which.order_by(RegisterEntry.at.desc(), RegisterEntry.id.desc())).all()
    gone = {entry.follows for entry in found if entry.follows}
    return tuple(_entry(session, entry, day, entry.id in gone) for entry in found)


def _entry(session: Session, entry: RegisterEntry, day: str, followed: bool) -> Entry:
    answers = entry.answers or {}
    told = {question.id: words for question, words in finished.answered(session, entry.definition, answers)}
    since = str(answers.get("since") or "") or (london_day(entry.at) if entry.at else "")
    head = told.get("name") or told.get("what") or long_day(since)
    title = f"{head}, version {told['number']}" if "number" in told else head
    but = (*_HEAD, *(("since",) if "number" in told else ()))
    lines = (*((f"Since {long_day(since)}",) if head != long_day(since) else ()),)
    lines += finished.in_lines(session, entry.definition, answers, *but)
    again = str(answers.get("again") or "")
    late = bool(again) and again < day and not followed
    return Entry(entry.id, entry.register or "", title, lines, answers, since, again, late, followed)


def gaps(standing: Sequence[Entry]) -> tuple[str, ...]:
    """What the policies lack (FEATURES.md L02): none written down, one past its day, one that cannot be kept to."""
    have = {str(entry.answers.get("what")) for entry in standing}
    left = [words for what, words in WANTED.items() if what not in have]
    found = [f"No policy is written down here on {sentence(left)}."] if left else []
    for entry in standing:
        if entry.late:
            found.append(f"{entry.title}: it was to be looked at again by {long_day(entry.again)}.")
        if gap := str(entry.answers.get("gap") or "").rstrip("."):
            found.append(f"{entry.title}: {gap}.")
        elif entry.answers.get("doable") == "not_checked":
            found.append(f"{entry.title}: nobody has checked that it can be done with the people we have.")
    return tuple(found)


def late(session: Session, day: str) -> int:
    """How many lines are past the day on which they were to be looked at again; no form is read for it."""
    which = sa.select(RegisterEntry.id, RegisterEntry.follows, RegisterEntry.answers)
    found = session.execute(which.where(RegisterEntry.struck.is_(None))).all()
    gone = {row.follows for row in found}
    return sum("" < str((row.answers or {}).get("again") or "") < day for row in found if row.id not in gone)


def to_look_at(session: Session, day: str) -> tuple[tuple[str, Entry], ...]:
    """What is past the day on which it was to be looked at again: the register's title, and the line."""
    return tuple((each.title, entry) for each in registers(session, day) for entry in each.entries if entry.late)


def in_force(session: Session, since: str, until: str) -> tuple[Entry, ...]:
    """The versions of policies that held on any of these days, the oldest first (FEATURES.md R20)."""
    every = sorted(entries(session, POLICIES, until), key=lambda e: (str(e.answers.get("what")), e.since))
    ends = {entry.answers.get("what"): "" for entry in every}
    found = []
    for entry in reversed(every):
        what = entry.answers.get("what")
        if entry.since <= until and (not ends[what] or ends[what] > since):
            found.append(entry)
        if what != "other":
            ends[what] = entry.since
    return tuple(reversed(found))
