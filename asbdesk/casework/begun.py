"""What was begun in any case and not finished: it is listed, and goes on where it was left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.parts import add_called
from asbdesk.model.journal import case_line

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Begun:
    """A short form that was begun in a case; `about` as `casework.parts.Taking`."""

    case: str
    part: str
    add: str
    about: str
    title: str
    where: str
    """The case's reference and address."""


def begun_adds(session: Session, runs: Iterable[tuple[str, str]]) -> tuple[Begun, ...]:
    """Those of the drafts, as `(case, form)`, that add something to a case which is still here."""
    found = []
    for case, form in runs:
        id, _, about = form.partition(":")
        called = add_called(id) if case else None
        which = sa.select(case_line.c.reference, case_line.c.address).where(case_line.c.case == case)
        place = session.execute(which).first() if called is not None else None
        if called is not None and place is not None:
            of, add = called
            found.append(Begun(case, of.name, add.id, about, add.title, " · ".join(t for t in place if t)))
    return tuple(found)
