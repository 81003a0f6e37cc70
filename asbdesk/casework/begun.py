"""What was begun in any case and not finished: it is listed, and goes on where it was left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.parts import add_called
from asbdesk.model.journal import case_line

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.drafts import Drafts, Run


@dataclass(frozen=True)
class Begun:
    """What was begun in a case: a short form of a part, `about` as `casework.parts.Taking`; or a page of its own, whose
    id `add` is, and `part` is empty."""

    case: str
    part: str
    add: str
    about: str
    title: str
    where: str
    """The case's reference and address."""
    run: str = ""
    """Id of what is kept of it."""
    saved: str = ""
    """The instant of its newest answer."""


@dataclass(frozen=True)
class HalfTaken:
    """A report that was begun and not saved: who told us, or its first words."""

    run: str
    words: str
    saved: str
    """The instant of its newest answer."""


REPORT = "new_report"
"""The name a report's answers are kept under until its case is opened."""
WORDS = 48
"""Characters of a report that say which one it is."""
PAGES = {
    "contact": "Record a contact",
    "correct": "Put something right",
    "hate_incident": "The hate record",
    "share_pack": "Make a share pack",
    "taken_on": "Check this case from the list",
    "letter": "A letter",
}
"""Pages of a case that keep what was typed, and what they are called."""
CLOSES = "letter:closing:"
"""The letter that a case closes with goes on from its form, which is listed itself."""


def begun_adds(session: Session, runs: Iterable[Run]) -> tuple[Begun, ...]:
    """Those of the drafts that stand in a case which is still here."""
    found = []
    for run in runs:
        case, (id, _, about) = run.case, run.form.partition(":")
        called = add_called(id) if case else None
        title = called[1].title if called is not None else PAGES.get(id, "")
        which = sa.select(case_line.c.reference, case_line.c.address).where(case_line.c.case == case)
        place = session.execute(which).first() if title and not run.form.startswith(CLOSES) else None
        if place is not None:
            where = " · ".join(t for t in place if t)
            of = called[0].name if called is not None else ""
            found.append(Begun(case, of, id, about, title, where, run.id, run.saved))
    return tuple(found)


def half_taken(drafts: Drafts, runs: Iterable[Run]) -> tuple[HalfTaken, ...]:
    """The reports among the drafts, the one saved last first."""
    return tuple(
        HalfTaken(run.id, _which(drafts.values(run.id)), run.saved)
        for run in runs
        if run.form == REPORT and not run.case
    )


def _which(values: Mapping[str, object]) -> str:
    said = " ".join(str(values.get("name") or values.get("words") or "").split())
    return (f"{said[:WORDS].rstrip()} …" if len(said) > WORDS else said) or "no name yet"
