"""One person written down twice: everything that names the one names the other from now on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.release import address_at
from asbdesk.casework.told import Said, became
from asbdesk.errors import UserError
from asbdesk.model import Household, Involvement, Person, Record, kinds
from asbdesk.store.entries import fields, types
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work

SAME = "The same person as another who stays: "
NOT_SEARCHED = frozenset(("person", "home", "landlord", "member", "letter_sent", "plan_version", "signature"))
"""What is signed or locked says for ever whom it was for."""
MOST = 12
"""Others offered at once."""


@action("person.merged")
def merge(work: Work, case: str, twice: str, stays: str) -> None:
    """`twice` is the same person as `stays`: whatever names them names the other, in every case, and what only the
    first had said of them is kept. Raises UserError for somebody who is the other side of a case."""
    if twice == stays:
        raise UserError("Choose the other one of the two: this is the same entry.")
    one, other = work.get(Person, twice), work.get(Person, stays)
    if both_sides(work.session, twice, stays):
        raise UserError("In one case they stand on both sides, so they are not made one. Put that right first.")
    for name in ("phone", "email", "language", "born", "home", "tenure", "interpreter"):
        if getattr(other, name) in (None, "") and getattr(one, name) not in (None, ""):
            setattr(other, name, getattr(one, name))
    for record in list(_naming(work.session, twice)):
        if _double(work, record, stays):
            record.struck = SAME + (other.name or "")
        else:
            _rename(record, twice, stays)
    one.struck = SAME + (other.name or "")
    became(work, case, "put_right", stays, Said(note=f"{one.name} was written down twice, and is one person now."))


def both_sides(session: Session, one: str, other: str) -> bool:
    """Whether one case has them on both sides. Nobody is made the neighbour they complain of by a merge."""
    sides: dict[str, set[bool]] = {}
    which = sa.select(Involvement.file, Involvement.role).where(Involvement.struck.is_(None))
    for file, role in session.execute(which.where(Involvement.person.in_((one, other)))):
        sides.setdefault(str(file), set()).add(role == "alleged_perpetrator")
    return any(len(both) == 2 for both in sides.values())


def _naming(session: Session, person: str) -> Iterator[Record]:
    """Every standing record that names a person, in any of its fields."""
    for kind, cls in kinds().items():
        if kind in NOT_SEARCHED:
            continue
        named = [name for name in fields(kind) if types(kind)[name] in (str, list) and name != "struck"]
        columns = [sa.cast(getattr(cls, name), sa.Text).contains(person, autoescape=True) for name in named]
        if columns:
            yield from session.scalars(sa.select(cls).where(sa.or_(*columns), cls.struck.is_(None)))


def _rename(record: Record, one: str, other: str) -> None:
    for name in fields(record.kind):
        value: Any = getattr(record, name)
        if isinstance(value, str) and one in value and name != "struck":
            setattr(record, name, value.replace(one, other))
        elif isinstance(value, list) and one in value:
            setattr(record, name, list(dict.fromkeys(other if each == one else each for each in value)))


def _double(work: Work, record: Record, stays: str) -> bool:
    """Whether whoever stays has the same part in the same case already, or lives in the same home."""
    if isinstance(record, Involvement):
        same = sa.select(Involvement.id).where(Involvement.file == record.file, Involvement.role == record.role)
        return bool(work.select(same.where(Involvement.person == stays, Involvement.struck.is_(None))))
    if isinstance(record, Household):
        lives = sa.select(Household.id).where(Household.home == record.home, Household.person == stays)
        return bool(work.select(lives.where(Household.until.is_(None), Household.struck.is_(None))))
    return False


def others(session: Session, case: str, person: str) -> tuple[tuple[str, str], ...]:
    """Who might be the same: those of this case and those of a like name, with where they live."""
    one = session.get(Person, person)
    name = (one.name if one else "") or ""
    last = name.removesuffix(" (practice)").split(" ")[-1].strip("()")
    ours = sa.select(Involvement.person).where(Involvement.file == f"case/{case}", Involvement.struck.is_(None))
    like = Person.name.ilike(f"%{last}%") if last else sa.false()
    which = sa.select(Person).where(Person.struck.is_(None), Person.id != person, sa.or_(like, Person.id.in_(ours)))
    found = [
        p for p in session.scalars(which.order_by(Person.name).limit(MOST)) if not both_sides(session, person, p.id)
    ]
    return tuple((p.id, ", ".join(t for t in (p.name, address_at(session, p.home)) if t)) for p in found)
