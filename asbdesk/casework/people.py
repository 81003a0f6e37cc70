"""People and homes, who lives where, and each person's part in a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.contacts import protect
from asbdesk.casework.records import case_file, new, put
from asbdesk.clock import london_day
from asbdesk.errors import UserError
from asbdesk.model import Case, Home, Household, Involvement, Person
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work


CHILD = "A child of the household: "
"""How the note of a child's part in a case begins; what was written of them follows."""


@dataclass(frozen=True)
class NewPerson:
    """Someone as first written down. `id` names a person who is known already; then only what is new is kept."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    uprn: str = ""
    language: str = ""
    interpreter: bool | None = None
    tenure: str = ""
    reachable: bool | None = None
    children: int | None = None
    home: str = ""
    id: str = ""


def person_of(work: Work, who: NewPerson) -> str:
    """The person's id: known, or newly added with a home and a household where an address was given."""
    if who.id:
        told = {"phone": who.phone or None, "language": who.language or None, "interpreter": who.interpreter}
        put(work.get(Person, who.id), **told)
        return who.id
    if not who.name.strip():
        raise UserError("Write the person's name, or choose “no name given”.")
    home = who.home or (home_of(work, who) if who.address else "")
    person = new(
        work,
        Person,
        name=who.name.strip(),
        phone=who.phone,
        email=who.email,
        language=who.language,
        interpreter=who.interpreter,
        home=home,
        tenure=who.tenure,
        reachable=who.reachable,
    )
    if home:
        lives = {"home": home, "person": person.id, "since": london_day(work.happened)}
        new(work, Household, f"home/{home}", **lives, children=who.children)
    return person.id


def home_of(work: Work, who: NewPerson) -> str:
    """The home at this address: the known one, or a new one."""
    same = sa.select(Home).where(sa.func.lower(Home.address) == who.address.strip().lower(), Home.struck.is_(None))
    for home in work.select(same):
        if (home.postcode or "").replace(" ", "").lower() == who.postcode.replace(" ", "").lower():
            return str(home.id)
    return new(work, Home, address=who.address.strip(), postcode=who.postcode.strip(), uprn=who.uprn).id


@action("person.involved")
def involve(
    work: Work, case: str, person: str, role: str, *, of: str = "", note: str = "", key: str = "", updates: str = ""
) -> str:
    """A person's part in a case; one they already have is not written twice. `updates`: how they hear of progress."""
    known = sa.select(Involvement).where(Involvement.file == case_file(case), Involvement.person == person)
    for involvement in work.select(known):
        if (involvement.role or "") == role and involvement.struck is None:
            put(involvement, key=key or None, updates=updates or None)
            return str(involvement.id)
    told = {"person": person, "role": role, "of": of, "note": note, "key": key, "updates": updates}
    part = new(work, Involvement, case_file(case), **told).id
    protect(work, case)
    return part


@action("person.added")
def add_to_case(work: Work, case: str, who: NewPerson, role: str, *, note: str = "", of: str = "") -> str:
    """Add someone to a case. The person's id."""
    work.get(Case, case)
    person = person_of(work, who)
    involve(work, case, person, role, note=note, of=of)
    return person


@action("person.changed")
def change_person(work: Work, person: str, **fields: Any) -> None:
    """Correct what is known of a person."""
    put(work.get(Person, person), **fields)


@action("household.changed")
def set_children(work: Work, person: str, children: int) -> None:
    """How many under 18 live in the person's home."""
    household = household_of(work, person)
    if household.children != children:
        household.children = children


def household_of(work: Work, person: str) -> Household:
    """The person's household, made where only a home is known. Raises UserError without a home."""
    found = work.select(_households(person))
    if found:
        return found[0]
    home = work.get(Person, person).home
    if not home:
        raise UserError("Write the address first: children and needs are kept with the home.")
    return new(work, Household, f"home/{home}", home=home, person=person, since=london_day(work.happened))


def _households(person: str) -> sa.Select[Household]:
    """Where somebody lives now, the newest first."""
    found = sa.select(Household).where(Household.person == person, Household.until.is_(None))
    return found.where(Household.struck.is_(None)).order_by(Household.id.desc())


def children_of(session: Session, person: str) -> int | None:
    """How many under 18 live with them; None where nobody said."""
    return next((home.children for home in session.scalars(_households(person))), None)


def involved(session: Session, case: str) -> list[Involvement]:
    """Every standing involvement in a case, in the order they were made."""
    found = sa.select(Involvement).where(Involvement.file == case_file(case), Involvement.struck.is_(None))
    return list(session.scalars(found.order_by(Involvement.id)))


def reporter_of(session: Session, case: str) -> Person | None:
    """The person the case is worked for: who reported it first, else who is affected. Where an agency or an advocate
    reported it, whoever it happens to comes before them (PRACTICE.md 18)."""
    everyone = involved(session, case)
    for_others = {i.person for i in everyone if i.role in ("agency_officer", "advocate")}
    grown = [i for i in everyone if not (i.note or "").startswith(CHILD)]
    found = [i.person for role in ("reporter", "affected") for i in grown if i.role == role]
    found.sort(key=lambda person: person in for_others)
    return session.get(Person, found[0]) if found else None


def solicitor_of(session: Session, case: str, person: str | None) -> Person | None:
    """Who acts for somebody in law: letters go to them (FEATURES.md C20). Somebody who supports them, of whom it is
    written that they are a solicitor."""
    acts = [i for i in involved(session, case) if i.role == "advocate" and i.of == person and is_solicitor(i.note)]
    return session.get(Person, acts[-1].person) if person and acts and acts[-1].person else None


def is_solicitor(note: str | None) -> bool:
    """Whether what is known of somebody's part says that they act in law."""
    return any(word in (note or "").casefold() for word in ("solicitor", "legal representative", "lawyer"))


def cases_sharing(session: Session, case: str) -> dict[str, list[str]]:
    """Person id → references of the other cases that involve them."""
    mine = sa.select(Involvement.person).where(Involvement.file == case_file(case), Involvement.struck.is_(None))
    rows = session.execute(
        sa.select(Involvement.person, Case.reference)
        .join(Case, Case.id == sa.func.substr(Involvement.file, len("case/") + 1))
        .where(Involvement.person.in_(mine), Involvement.file != case_file(case), Involvement.struck.is_(None))
        .distinct()
        .order_by(Case.reference)
    )
    shared: dict[str, list[str]] = {}
    for person, reference in rows:
        shared.setdefault(person or "", []).append(reference or "")
    return shared


def cases_at_home(session: Session, case: str) -> list[str]:
    """References of the other cases reported from the same home."""
    home = sa.select(Case.home).where(Case.id == case).scalar_subquery()
    found = sa.select(Case.reference).where(Case.home == home, Case.id != case, Case.home.is_not(None))
    return [reference or "" for reference in session.scalars(found.order_by(Case.reference))]
