"""Small things that every action needs: a new record without empty fields, the landlord's file, rows as they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa

from asbdesk.casework import kept
from asbdesk.errors import UserError
from asbdesk.model import Landlord, Record, new_id

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work

R = TypeVar("R", bound=Record)


def new(work: Work, cls: type[R], file: str = "", **fields: Any) -> R:
    """A new record of `cls` in `file` (its own file where none is named). Fields that say nothing are not set."""
    record_id = new_id()
    make: Any = cls
    told = {name: value for name, value in fields.items() if value is not None and value not in ("", [])}
    made: R = work.add(make(**told, id=record_id, file=file or f"{cls.kind}/{record_id}"))
    return made


def put(record: Record, **fields: Any) -> None:
    """Set what differs; None leaves a field as it is, so that nothing unsaid is written over what was said."""
    for name, value in fields.items():
        if value is not None and getattr(record, name) != value:
            setattr(record, name, value)


def case_file(case: str) -> str:
    return f"case/{case}"


def case_of(record: Record) -> str:
    """Id of the case a record lives in."""
    return (record.file or "/").partition("/")[2]


def landlord_of(work: Work) -> Landlord:
    """The landlord of this store. Raises UserError before set-up."""
    found: Sequence[Landlord] = work.select(sa.select(Landlord).order_by(Landlord.id).limit(1))
    if not found:
        raise UserError("This desk has no landlord yet. Finish setting up first.")
    return found[0]


def standing(session: Session, cls: type[R], case: str) -> list[R]:
    """The records of a kind in this case that were not crossed out, in the order they were written; without those kept
    from whoever reads."""
    which = sa.select(cls).where(cls.file == case_file(case), cls.struck.is_(None)).order_by(cls.id)
    hidden = kept.kept_from_reader(session, case) if cls in kept.KINDS else ()
    return [found for found in session.scalars(which) if found.id not in hidden]


def all_rows(session: Session, which: sa.Executable, /, **named: Any) -> Sequence[Any]:
    """What a select of columns finds. Past the Session, which would look in every row for a record."""
    return session.connection().execute(which, named).all()


def listed(name: str) -> sa.Select[Any]:
    """What a JSON list handed over as `name` holds: the statement stays the same however long it is."""
    return sa.select(sa.func.json_each(sa.bindparam(name, type_=sa.Text())).table_valued("value").c.value)
