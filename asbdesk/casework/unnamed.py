"""Texts about a case without whoever is in it: what names them, or says where they live, is left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from asbdesk.casework import people
from asbdesk.model import Home, Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LEFT_OUT = "(left out)"
"""In place of words about somebody about whom something must not be told."""


def unnamed(session: Session, case: str, **texts: str) -> dict[str, str]:
    """Texts about a case, each left out whole where it names anybody of it or says where they live."""
    from asbdesk.documents.naming import speaks_of

    found = [session.get(Person, involvement.person) for involvement in people.involved(session, case)] if case else []
    names = [person.name for person in found if person is not None and person.name]
    homes = [home for person in found if person is not None and (home := address_at(session, person.home))]
    return {id: LEFT_OUT if text and speaks_of(text, names, homes) else text for id, text in texts.items()}


def without_names(session: Session, told: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Of sentences with the case that each is about, those that name nobody of it."""
    return tuple((case, text) for case, text in told if unnamed(session, case, text=text)["text"] == text)


def address_at(session: Session, home: str | None) -> str:
    """The address of a home in one line; empty where it is not known."""
    found = session.get(Home, home) if home else None
    return ", ".join(part for part in (found.address, found.postcode) if part) if found is not None else ""
