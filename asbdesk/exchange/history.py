"""Case histories in: each event carried out by the function an officer's screen calls, one transaction a file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.history_head import keep_head
from asbdesk.casework.words import number
from asbdesk.errors import UserError
from asbdesk.exchange.history_lived import Lived
from asbdesk.exchange.history_out import history_of
from asbdesk.exchange.history_read import Event, History, read
from asbdesk.exchange.history_take import TAKEN
from asbdesk.model import Case

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.desk import Desk


@dataclass(frozen=True)
class Imported:
    """What became of a file."""

    case: str
    reference: str
    """The desk's own reference of the case."""
    title: str
    taken: dict[str, int]
    """Kind → how many events were taken."""

    @property
    def words(self) -> str:
        """One sentence."""
        return f"taken in as {self.reference} ({number(sum(self.taken.values()), 'event')})."


def import_history(desk: Desk, path: Path, *, practice: bool = False) -> Imported:
    """Take a file in, whole or not at all. Raises UserError naming the file, the place and the mend."""
    return take_in(desk, read(path), path.name, practice=practice)


def take_in(desk: Desk, history: History, name: str, *, practice: bool = False) -> Imported:
    """Live through a history: everything in one transaction. Raises UserError for one that is here already."""
    known = desk.read(_taken_before, history)
    if known:
        raise UserError(f"{name}: this history is here already, as {known}. Nothing was taken.")
    taken: Counter[str] = Counter()
    lived = Lived(desk, history, practice)
    with desk.store.journal.batch():
        for event in history.events:
            live(lived, event, name)
            taken[event.kind] += 1
        head = {"reference": history.reference, "title": history.title, "text": history.text}
        lived.do(history.events[0].at, keep_head, lived.case, **head)
    reference = desk.read(_reference, lived.case)
    return Imported(lived.case, reference, history.title, dict(taken))


def live(lived: Lived, event: Event, name: str) -> None:
    """Carry out one event. Raises UserError naming the file and the place."""
    try:
        record = TAKEN[event.kind](lived, event.told, event.at)
    except UserError as error:
        raise UserError(f"{name}: {event.place}: {error} Nothing was taken.") from error
    if "id" in event.told:
        lived.ids[event.told["id"]] = record


def _taken_before(session: Session, history: History) -> str:
    """Reference of the case that this file was taken into, or came out of; empty for a new one."""
    same = session.scalar(sa.select(Case.reference).where(Case.history == history.text).limit(1))
    if same:
        return same
    called = sa.or_(Case.imported_from == history.reference, Case.reference == history.reference)
    for case in session.scalars(sa.select(Case).where(called, Case.struck.is_(None))):
        if history_of(session, case.id) == history.text:
            return case.reference or ""
    return ""


def _reference(session: Session, case: str) -> str:
    return session.get_one(Case, case).reference or ""
