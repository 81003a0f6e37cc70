"""Looking back on a practice or closed case: what happened along time, what was owed, what went late, and the lesson.

Worked out from the case's facts as the store works out what is due: nothing is kept, so nothing can differ from it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.chronology import chronology
from asbdesk.casework.kept import kept_from_reader
from asbdesk.casework.landlord import landlord_view
from asbdesk.casework.release import release_learning
from asbdesk.clock import days_between, london_day, london_time
from asbdesk.documents.learned import Happened, How, Learned, Owed, Position
from asbdesk.documents.words import words
from asbdesk.duties import THEME, Duty, overdue_from, owed
from asbdesk.errors import UserError
from asbdesk.model import Case
from asbdesk.model.journal import case_line
from asbdesk.store import case_facts, facts
from asbdesk.store.profile import profile

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.views import ChronologyLine
    from asbdesk.documents.released import Released

MOST = 20_000
"""Entries read: more than any case has."""
STILL_GOING = 60
"""Days after its last entry in which an open practice case is taken to go on."""
_RULE = re.compile(r"^Our timescales \([^)]*\): ([^.]+\.)\s*(.*)$", re.S)


def learning(session: Session, case: str, today: str) -> Learned:
    """The case looked back on. Raises UserError where it is neither closed nor for practice."""
    row = session.execute(sa.select(case_line).where(case_line.c.case == case)).mappings().first()
    found = session.get(Case, case)
    if row is None or found is None:
        raise UserError("This case is not on this laptop (any more). Go back and look again.")
    if row["status"] != "closed" and not found.practice:
        raise UserError("A case is looked back on once it is closed. Until then, what is due stands on its page.")
    events = tuple(_event(line) for line in reversed(chronology(session, case, limit=MOST)))
    events = tuple(e for e in events if e.day <= today)
    duties = [d for d in duties_of(session, case) if d.arose <= today]
    start = min([*(e.day for e in events), *(d.arose for d in duties)], default=today)
    end = _last_day(max((e.day for e in events), default=today), row["status"] == "closed", duties, today)
    duties = [d for d in duties if d.arose <= end]
    told = tuple(owed_as_told(d, end) for d in sorted(duties, key=lambda d: (d.arose, d.due, d.key)))
    return Learned(case, str(row["reference"] or ""), str(row["title"] or ""), start, end, events, told)


def _last_day(last: str, closed: bool, duties: list[Duty], today: str) -> str:
    """Where looking back ends. What a closed case still owed and did not do is late after its last entry, and shows. An
    open practice case goes on until today; one taken from an old history ends with it: nobody was there to act after.
    """
    if closed:
        return max([last, *(late for d in duties if not d.met and (late := overdue_from(d, today)))])
    return today if days_between(last, today) <= STILL_GOING else last


def duties_of(session: Session, case: str) -> tuple[Duty, ...]:
    """All that was ever owed in a case; without what is kept from whoever reads."""
    conn, hidden = session.connection(), kept_from_reader(session, case)
    every = owed(case_facts.facts(facts.read(conn, [case]), case), profile(conn))
    return tuple(duty for duty in every if duty.about_id not in hidden)


def _event(line: ChronologyLine) -> Happened:
    time = f"{london_time(line.at):%H:%M}"
    return Happened(london_day(line.at), time, line.icon, line.tone, line.title, line.text, line.by)


def owed_as_told(duty: Duty, end: str) -> Owed:
    say = words("lessons")
    ends: list[tuple[str, How]] = [(duty.met or "", "met"), (duty.waived or "", "waived"), (duty.ended or "", "ended")]
    over, how = min((e for e in ends if e[0] and e[0] <= end), default=("", ""))
    rule, source = split_source(duty.source)
    lesson = next((n for n in (f"lessons.{duty.code}", f"lessons.{THEME[duty.code]}") if n in say.plain), "")
    told: dict[str, Any] = {"rule": rule, "source": source, "lesson": say.bare(lesson) if lesson else ""}
    named = f"names.{duty.code}"
    name = say.bare(named) if named in say.plain else duty.code.replace("_", " ").capitalize()
    late = overdue_from(duty, end)
    begins = (duty.key, duty.code, name, duty.about, duty.arose, duty.due)
    return Owed(*begins, over or None, how if over else "", late, duty.why, **told)


def split_source(source: str) -> tuple[str, str]:
    """The landlord's timescale, and the law or published finding behind it."""
    found = _RULE.match(source)
    return (f"Our timescale: {found.group(1)}", found.group(2)) if found else ("", source)


def learning_paper(session: Session, case: str, member: str, today: str, at: str) -> Released[Learned]:
    """The same for paper: checked for what must not be told, for the member who prints it. Raises UserError."""
    us = landlord_view(session, member)
    view = learning(session, case, today)
    return release_learning(session, view, member, at, landlord=us.name, officer=us.officer, made_on=today)


__all__ = ["Happened", "Learned", "Owed", "Position", "learning", "learning_paper", "split_source"]
