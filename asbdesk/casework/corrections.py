"""Putting right what was written down: the new words stand, and the old ones stay in the chronology."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.chronology import day_text
from asbdesk.casework.correcting import (
    CAN_MOVE,
    KINDS,
    TOLD,
    Kind,
    Told,
    instant_of,
    own_file,
    stood,
    title_of,
    words_of,
)
from asbdesk.casework.people import involve
from asbdesk.casework.records import all_rows, case_file, case_of, new
from asbdesk.casework.told import Said, became
from asbdesk.errors import UserError
from asbdesk.model import Case, Involvement, Person, kinds
from asbdesk.spelling import search_text
from asbdesk.store.entries import fields
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work

MOVED = "It belongs to another case: "


@dataclass(frozen=True)
class Written:
    """Something that can be put right."""

    kind: str
    id: str
    at: str
    title: str
    """"Report, Tue 17 Nov, 15:30"."""
    words: str


@action("record.corrected")
def correct(work: Work, kind: str, record: str, changes: Mapping[str, Any], *, case: str = "") -> None:
    """Other words, days or names in a record of `kind`; None takes a field away. What lies with a person or a home is
    told in the chronology of `case` as well. Raises UserError for what must say something and would say nothing, and
    for what is not put right this way."""
    known = KINDS.get(kind)
    if known is None:
        raise UserError("This is not put right here: make a new one, which takes its place and says what changed.")
    found = work.get(kinds()[kind], record)
    if case and own_file(kind):
        noted(work, case, record, stood(known, found))
    for name, value in changes.items():
        if name not in known.columns:
            raise TypeError(f"{kind} has no field {name} that is put right")
        if name in known.needed and not (value.strip() if isinstance(value, str) else value):
            raise UserError("Write what it should say. What was written before stays in the chronology.")
        setattr(found, name, value.strip() if isinstance(value, str) else value)


def noted(work: Work, case: str, record: str, before: str) -> None:
    """What stood before, in the chronology of a case: the record itself lies with a person or a home."""
    became(work, case, "put_right", record, Said(note=f"It said: {before}"))


@action("record.moved")
def move(work: Work, kind: str, record: str, other: str) -> str:
    """It was written in the wrong case: it stands in the other one as it was, and is crossed out here. Whoever it is
    from or with is in the other case from then on. Its id there. Raises UserError for the case it is in already."""
    cls = kinds()[kind]
    found = work.get(cls, record)
    here, there = case_of(found), work.get(Case, other)
    if kind not in CAN_MOVE or found.file != case_file(here):
        raise UserError("This cannot be put into another case. Write it there anew, and cross it out here.")
    if here == other:
        raise UserError("It is in this case already. Write the reference of the case where it belongs.")
    told = {name: getattr(found, name) for name in fields(kind) if name not in ("file", "struck", "visit")}
    for name in CAN_MOVE[kind]:
        if told.get(name):
            involve(work, other, str(told[name]), _role_of(work, here, str(told[name])))
    made = new(work, cls, case_file(other), **told)
    found.struck = MOVED + (there.reference or "")
    return made.id


def _role_of(work: Work, case: str, person: str) -> str:
    which = sa.select(Involvement).where(Involvement.file == case_file(case), Involvement.person == person)
    return next((i.role for i in work.select(which) if i.role), "witness")


def correctable(session: Session, case: str, today: str) -> tuple[Written, ...]:
    """What was written in a case and can be put right, what was written last first."""
    found: list[Written] = []
    files = [case_file(case), *_files_of_people(session, case)]
    for kind, known in KINDS.items():
        of = files if own_file(kind) else files[:1]
        found += [_written(kind, known, Told._make(row), today) for row in all_rows(session, _told_of(kind), its=of)]
    return tuple(sorted(found, key=lambda w: w.id, reverse=True))


@cache
def _told_of(kind: str) -> sa.Select[Any]:
    """The statement that reads what records of a kind are told from, made once."""
    cls: Any = kinds()[kind]
    columns = (getattr(cls, name, sa.null()).label(name) for name in TOLD)
    return sa.select(*columns).where(cls.file.in_(sa.bindparam("its", expanding=True)), cls.struck.is_(None))


def fitting(written: Iterable[Written], words: str) -> list[Written]:
    """Those in which each of these words stands."""
    wanted = search_text(words).split()
    return [w for w in written if all(word in search_text(w.title, w.words) for word in wanted)]


def _files_of_people(session: Session, case: str) -> list[str]:
    """The files of the people of a case, and of their homes: their needs and warnings lie there."""
    rows = sa.select(Person.id, Person.home).join(Involvement, Involvement.person == Person.id)
    found = session.execute(rows.where(Involvement.file == case_file(case), Involvement.struck.is_(None))).all()
    return [f"person/{id}" for id, _ in found] + [f"home/{home}" for _, home in found if home]


def _written(kind: str, known: Kind, record: Any, today: str) -> Written:
    at = instant_of(record)
    when = day_text(at, today).removesuffix(" 12:00").removesuffix(",") if at else ""
    title = ", ".join(t for t in (title_of(known, record), when) if t)
    return Written(kind, record.id, at, title, words_of(known, record))
