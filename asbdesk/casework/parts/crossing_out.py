"""Crossing out what was written by mistake: it stays in the chronology with why, and counts no more."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.correcting import KINDS, own_file, stood
from asbdesk.casework.parts import Add, Part, PartCard, Taking
from asbdesk.casework.records import all_rows, case_file, listed
from asbdesk.casework.told import Said, became, words
from asbdesk.errors import UserError
from asbdesk.model import Record, kinds
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.journal import Done
    from asbdesk.store.work import Work

NEVER = frozenset(("case", "plan_version", "assessment", "signature", "visit", "handover", "closing", "reopening"))
"""What is signed, closed or followed by something else: a new one takes its place, it is not crossed out."""


@action("record.crossed_out")
def cross_out(work: Work, case: str, record: str, why: str) -> None:
    """A record of this case was a mistake. Raises UserError without why, for what is of another case, and for what is
    put right by a new one instead."""
    why = words(why, "Write why it was a mistake. What was written stays in the chronology.")
    found = _called(work.session, record)
    if found is None or not (found.file == case_file(case) or own_file(found.kind)):
        raise UserError("This does not belong to this case alone, so it cannot be crossed out here.")
    if found.kind in NEVER:
        raise UserError("This is not crossed out: make a new one, which takes its place and says what changed.")
    work.get(type(found), record).struck = why
    if own_file(found.kind):
        became(work, case, "put_right", record, Said(note=f"{stood(KINDS[found.kind], found)}. {why}"))


def _called(session: Session, id: str) -> Record | None:
    return next((found for cls in kinds().values() if (found := session.get(cls, id)) is not None), None)


def can_be_crossed_out(session: Session, case: str, ids: Iterable[str]) -> frozenset[str]:
    """Those of these records for which the button is offered."""
    asked = {"wanted": json.dumps([*ids]), "file": case_file(case)}
    return frozenset(row[0] for row in all_rows(session, _of_case(), **asked))


def can_be_put_right(session: Session, case: str, ids: Iterable[str]) -> frozenset[str]:
    """Those of these records for which it is offered to put them right."""
    asked = {"wanted": json.dumps([*ids]), "file": case_file(case)}
    return frozenset(row[0] for row in all_rows(session, _of_case(tuple(KINDS)), **asked))


@cache
def _of_case(only: tuple[str, ...] = ()) -> sa.CompoundSelect[Any]:
    """Every record of a case that may be crossed out, or those of `only` these kinds, by id: one statement, made
    once."""
    file = sa.bindparam("file", type_=sa.Text())
    kept = (cls for kind, cls in kinds().items() if (kind in only if only else kind not in NEVER))
    return sa.union_all(*(sa.select(c.id).where(c.id.in_(listed("wanted")), c.file == file) for c in kept))


def _cross_out(t: Taking) -> Done[Any]:
    return t.do(cross_out, t.case, t.about, t.text("why"))


def cards(session: Session, case: str, today: str) -> tuple[PartCard, ...]:
    """None: what is crossed out stands in the chronology."""
    return ()


PART = Part(
    name="crossing_out",
    title="Crossing out",
    icon="eraser",
    empty="What was crossed out stands in the chronology.",
    cards=cards,
    own_tab=True,
    follows=(Add("cross_out", "Cross it out", "eraser", "It is crossed out. It stays in the chronology.", _cross_out),),
)
