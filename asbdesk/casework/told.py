"""What every event carries beside its own fields, and the two kinds of record it makes: the event, or what became of
an earlier one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa

from asbdesk.casework.records import case_file, new
from asbdesk.errors import UserError
from asbdesk.model import Case, Happening, Progress, Record

if TYPE_CHECKING:
    from asbdesk.store.work import Work

H = TypeVar("H", bound=Happening)
R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Said:
    """A note, whether only the order is known, and the event's id in a case history."""

    note: str = ""
    assumed: bool | None = None
    history_id: str = ""

    def fields(self) -> dict[str, Any]:
        """As a record keeps them."""
        return {"note": self.note, "assumed": self.assumed, "history_id": self.history_id}


NOTHING = Said()


def happen(work: Work, cls: type[H], case: str, said: Said, **fields: Any) -> str:
    """A record of an event in a case. Its id. Raises UserError for a case that is not there."""
    work.get(Case, case)
    return new(work, cls, case_file(case), at=work.happened, **said.fields(), **fields).id


def became(work: Work, case: str, what: str, about: str, said: Said, **fields: Any) -> str:
    """What became of the record `about` (empty: of none that was written down). Its id."""
    return happen(work, Progress, case, said, what=what, about=about, **fields)


def in_case(work: Work, cls: type[R], record: str, case: str) -> R:
    """A record of this case. Raises UserError for one of another case."""
    found = work.get(cls, record)
    if found.file != case_file(case):
        raise UserError("This belongs to another case. Open that one.")
    return found


def all_of(work: Work, cls: type[R], case: str) -> list[R]:
    """The standing records of a kind, in the order they were written."""
    found = sa.select(cls).where(cls.file == case_file(case), cls.struck.is_(None))
    return work.select(found.order_by(cls.id))


def still_open(work: Work, cls: type[R], case: str, *ends: str) -> list[R]:
    """Those that none of `ends` (kinds of progress) has answered yet, oldest first."""
    answered = sa.select(Progress.about).where(
        Progress.file == case_file(case), Progress.what.in_(ends), Progress.struck.is_(None)
    )
    gone = {about for about in work.session.scalars(answered) if about}
    return [record for record in all_of(work, cls, case) if record.id not in gone]


def oldest_open(work: Work, cls: type[R], case: str, *ends: str) -> str:
    """Id of the oldest one still open; empty where there is none."""
    found = still_open(work, cls, case, *ends)
    return found[0].id if found else ""


def words(text: str, mend: str) -> str:
    """The text, trimmed. Raises UserError with `mend` when nothing is written."""
    if not text.strip():
        raise UserError(mend)
    return text.strip()


def one_of(value: str, allowed: tuple[str, ...], mend: str) -> str:
    """The value, when it is one of those allowed. Raises UserError with `mend` otherwise."""
    if value not in allowed:
        raise UserError(mend)
    return value
