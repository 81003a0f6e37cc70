"""The people of a case history, as the desk writes them down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asbdesk.casework import needs
from asbdesk.casework.people import NewPerson, person_of
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work

NO_ADDRESS = "Address not given"


@action("person.added")
def bring_in(work: Work, told: tuple[dict[str, Any], ...], reference: str) -> dict[str, str]:
    """Everybody in a history, with their homes, households and needs. Key → the person's id."""
    persons = {person["key"]: person_of(work, _new(person, reference)) for person in told}
    for person in told:
        for what in person.get("vulnerabilities", ()):
            needs.record_need(work, persons[person["key"]], what)
        for what in person.get("adjustments", ()):
            needs.ask_adjustment(work, persons[person["key"]], what)
    return persons


def _new(told: dict[str, Any], reference: str) -> NewPerson:
    children = told.get("children")
    placed = children is not None or bool(told.get("vulnerabilities") or told.get("adjustments"))
    # needs live with a home; a history that gives none gets a home of its own, not one shared by address
    address = told.get("address") or (address_given(reference) if placed else "")
    return NewPerson(
        name=told.get("name") or name_given(told["key"], reference),
        address=address,
        uprn=told.get("uprn", ""),
        language=told.get("language", ""),
        tenure=told.get("tenure", ""),
        reachable=told.get("reachable"),
        children=children,
    )


def name_given(key: str, reference: str) -> str:
    """What somebody is called here whom a history does not name."""
    return f"{key.replace('_', ' ').capitalize()} ({reference})"


def address_given(reference: str) -> str:
    """The address of a home that a history does not give."""
    return f"{NO_ADDRESS} ({reference})"
