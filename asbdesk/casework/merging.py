"""One person written down twice: everything that names the one names the other from now on.

A laptop has the cases of its officer alone, so the one that finds it cannot put the name right in everybody's. The
entry that goes says which one stays; head office's laptop, which has every case, puts it right in the others when it
hears of it, and in what others wrote before they heard.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.release import address_at
from asbdesk.casework.told import Said, became
from asbdesk.errors import UserError
from asbdesk.model import Household, Involvement, Person, Record, kinds
from asbdesk.model import journal as t
from asbdesk.store.among import among
from asbdesk.store.entries import fields, types
from asbdesk.store.noted import note, noted
from asbdesk.store.roles import HEAD_OFFICE
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.vault import Store
    from asbdesk.store.work import Work

SAME = "The same person as another who stays: "
UPTO = "merged_upto"
"""The local setting that holds up to which entry it was looked for what names somebody who is written twice."""
_STAYS = re.compile(r"person/([0-9a-f]{32})")
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
    _put_right(work, twice, other)
    one.struck = f"{SAME}{other.name or ''} ({other.file})"
    became(work, case, "put_right", stays, Said(note=f"{one.name} was written down twice, and is one person now."))


def _put_right(work: Work, twice: str, stays: Person, files: Collection[str] | None = None) -> None:
    for record in list(_naming(work.session, twice, files)):
        if _double(work, record, stays.id):
            record.struck = SAME + (stays.name or "")
        else:
            _rename(record, twice, stays.id)


def catch_up(store: Store) -> None:
    """At head office, after an exchange: cases that still name an entry which is another's twice name the one that
    stays. One laptop does it, so that no two write the same."""
    if store.reading or store.journal.role != HEAD_OFFICE:
        return
    with store.reader.connect() as conn:
        before, now = int(noted(conn, UPTO) or 0), conn.scalar(sa.select(sa.func.max(t.entry.c.n))) or 0
    if now > before:
        for twice, stays, files in store.ask(_left_behind, before).value:
            store.do(follow, twice, stays, files)
        store.journal.write_local(partial(note, {UPTO: str(now)}))


@action("person.merged")
def follow(work: Work, twice: str, stays: str, files: Collection[str]) -> None:
    """In these case files, whatever names `twice` names `stays`, as a colleague found that they are one person."""
    _put_right(work, twice, work.get(Person, stays), files)


def _left_behind(session: Session, before: int) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """(who was written twice, who stays, the case files that name the former), of what came after this entry."""
    merged = sa.select(Person).where(Person.struck.startswith(SAME, autoescape=True))
    persons = [p for p in session.scalars(merged) if session.get(Person, who_stays(session, p.id)) not in (None, p)]
    came = (
        set(session.scalars(sa.select(t.entry.c.file).where(t.entry.c.n > before).distinct()))
        if persons
        else set[str]()
    )
    found = []
    for one in persons:
        stays = who_stays(session, one.id)
        where = None if one.file in came else came  # found just now: in every case
        named = {str(record.file) for record in _naming(session, one.id, where)}
        files = sorted(f for f in named if f.startswith("case/") and not both_sides(session, one.id, stays, f))
        if files:
            found.append((one.id, stays, tuple(files)))
    return tuple(found)


def who_stays(session: Session, person: str) -> str:
    """The id of whom this entry is the same as; its own where it stands, or nobody wrote whose twice it is."""
    seen = {person}
    while (found := session.get(Person, person)) is not None and (found.struck or "").startswith(SAME):
        named = _STAYS.search(found.struck or "")
        if named is None or named[1] in seen:
            break
        person = named[1]
        seen.add(person)
    return person


def both_sides(session: Session, one: str, other: str, within: str = "") -> bool:
    """Whether one case (`within`: this file) has them on both sides. Nobody is made the neighbour they complain of by
    a merge."""
    sides: dict[str, set[bool]] = {}
    which = sa.select(Involvement.file, Involvement.role).where(Involvement.struck.is_(None))
    if within:
        which = which.where(Involvement.file == within)
    for file, role in session.execute(which.where(Involvement.person.in_((one, other)))):
        sides.setdefault(str(file), set()).add(role == "alleged_perpetrator")
    return any(len(both) == 2 for both in sides.values())


def _naming(session: Session, person: str, files: Collection[str] | None = None) -> Iterator[Record]:
    """Every standing record (of these files alone) that names a person, in any of its fields, however deep."""
    for kind, cls in kinds().items():
        if kind in NOT_SEARCHED:
            continue
        named = [name for name in fields(kind) if types(kind)[name] in (str, list, dict) and name != "struck"]
        columns = [sa.cast(getattr(cls, name), sa.Text).contains(person, autoescape=True) for name in named]
        which = sa.select(cls).where(sa.or_(sa.false(), *columns), cls.struck.is_(None))
        yield from session.scalars(which if files is None else which.where(among(cls.file, files)))


def _rename(record: Record, one: str, other: str) -> None:
    for name in fields(record.kind):
        value = getattr(record, name)
        renamed = _renamed(value, one, other) if name != "struck" else value
        if renamed != value:
            setattr(record, name, renamed)


def _renamed(value: Any, one: str, other: str) -> Any:
    """A value with the one's id in place of the other's, however deep it stands; in a list once."""
    if isinstance(value, str):
        return value.replace(one, other)
    if isinstance(value, dict):
        return {key: _renamed(each, one, other) for key, each in value.items()}
    if isinstance(value, list):
        found = [_renamed(each, one, other) for each in value]
        return [each for at, each in enumerate(found) if each not in found[:at]] if one in value else found
    return value


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
