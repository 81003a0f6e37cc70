"""Correcting what is known of a person of a case: their details, their address, and that they have left the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.internal import internal, internal_done
from asbdesk.casework.needs import record_need
from asbdesk.casework.people import NewPerson, add_to_case, change_person, home_of, reporter_of
from asbdesk.casework.records import case_file, new, put
from asbdesk.casework.told import one_of, words
from asbdesk.clock import london_day
from asbdesk.errors import UserError
from asbdesk.model import Case, Home, Household, Involvement, Person
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work

LEFT = "Left: "
"""How the reason begins why somebody's part in a case ended, beside one that was a mistake."""
TENURES = {
    "secure": "Secure tenant",
    "assured": "Assured tenant",
    "starter": "Starter tenant",
    "licensee": "Licensee",
    "leaseholder": "Leaseholder",
    "shared_owner": "Shared owner",
    "private_tenant": "Private tenant of a leaseholder",
    "freeholder": "Freeholder",
    "other_landlord": "Another landlord's tenant",
    "not_known": "How they hold their home is not known yet",
}

REFUGE = "refuge"
"""The need that says where somebody lives must not be known."""


def home_in_words(person: Person, home: Home | None) -> str:
    """How somebody holds their home, and who owns or manages it; empty where nobody said."""
    tenure = person.tenure or (home.tenure if home is not None else "") or ""
    owner = (home.owner if home is not None else "") or ""
    return ", ".join(t for t in (TENURES.get(tenure, ""), owner) if t)


@action("person.added")
def add_person(work: Work, case: str, who: NewPerson, role: str, *, of: str = "", note: str = "") -> str:
    """Somebody new in a case, with how many children live with them. The person's id."""
    person = add_to_case(work, case, who, role, note=note, of=of)
    if who.children is not None and not who.address:
        raise UserError("Write the address too: children are kept with the home.")
    return person


@action("person.changed")
def correct_details(work: Work, person: str, *, refuge: bool | None = None, **fields: Any) -> None:
    """Correct what is known of a person; an empty text takes it away. `refuge`: where they live must not be known."""
    if "name" in fields:
        fields["name"] = words(fields["name"], "Write the person's name.")
    change_person(work, person, **fields)
    if refuge:
        record_need(work, person, REFUGE, said_by="person")


@action("person.address")
def change_address(work: Work, case: str, person: str, address: str, postcode: str, *, moved: bool) -> None:
    """Another address: they have moved, or it was written wrongly, and the case was reported from there too."""
    found = work.get(Person, person)
    address = words(address, "Write where they live.")
    home, before = home_of(work, NewPerson(address=address, postcode=postcode)), found.home
    if home == before:
        raise UserError("This is the address that stands already.")
    lives: dict[str, Any] = {"home": home, "person": person, "since": london_day(work.happened)}
    lived = sa.select(Household).where(Household.person == person, Household.until.is_(None))
    for old in work.select(lived.where(Household.struck.is_(None))):
        lives["children"] = work.get(Household, old.id).children
        put(work.get(Household, old.id), until=london_day(work.happened))
    put(found, home=home)
    new(work, Household, f"home/{home}", **lives)
    ours, resident = work.get(Case, case), reporter_of(work.session, case)
    if not moved and before and ours.home == before and resident is not None and resident.id == person:
        put(ours, home=home)


@action("person.home_held")
def say_tenure(work: Work, case: str, person: str, tenure: str, owner: str = "", *, find_by: str = "") -> None:
    """How somebody holds their home, and who owns or manages it. With `find_by`, finding the owner is a step of ours
    that is due on that day (PRACTICE.md 18)."""
    found = work.get(Person, person)
    put(found, tenure=one_of(tenure, tuple(TENURES), "Choose how they hold their home."))
    if owner.strip():
        if not found.home:
            raise UserError("Write first where they live: “Another address”.")
        put(work.get(Home, found.home), owner=owner.strip())
    if find_by:
        what = f"Find out who owns or manages the home of {found.name or 'somebody in this case'}"
        internal(work, case, "find_owner", what, find_by)
    elif tenure != "not_known":
        internal_done(work, case, "find_owner", owner.strip())


@action("person.left")
def leave(work: Work, case: str, person: str, why: str) -> None:
    """Somebody has no part in the case any more: it stays in the chronology, with why. Raises UserError for the person
    the case is worked for."""
    why = words(why, "Write why they have no part in it any more.")
    resident = reporter_of(work.session, case)
    if resident is not None and resident.id == person:
        raise UserError("The case is worked for this person. Close the case, or add first who else reported it.")
    parts = sa.select(Involvement).where(Involvement.file == case_file(case), Involvement.person == person)
    for part in work.select(parts.where(Involvement.struck.is_(None))):
        work.get(Involvement, part.id).struck = LEFT + why
