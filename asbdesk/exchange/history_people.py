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
    address = told.get("address") or (f"{NO_ADDRESS} ({reference})" if placed else "")
    return NewPerson(
        name=told.get("name") or f"{told['key'].replace('_', ' ').capitalize()} ({reference})",
        address=address,
        uprn=told.get("uprn", ""),
        language=told.get("language", ""),
        tenure=told.get("tenure", ""),
        reachable=told.get("reachable"),
        children=children,
    )
