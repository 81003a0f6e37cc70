"""Texts about a case without whoever is in it: what names them, or says where they live, is left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from asbdesk.casework import people
from asbdesk.model import Home, Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.documents.weekly_pack import PackList

LEFT_OUT = "(left out)"
"""In place of words about somebody about whom something must not be told."""


def lists_without_names(session: Session, lists: Iterable[PackList]) -> tuple[PackList, ...]:
    """Lists of cases, each line without what names anybody of its case."""
    return tuple(
        replace(one, lines=tuple(replace(x, **unnamed(session, x.case, title=x.title, text=x.text)) for x in one.lines))
        for one in lists
    )


def unnamed(session: Session, case: str, **texts: str) -> dict[str, str]:
    """Texts about a case, each left out whole where it names anybody of it or says where they live."""
    from asbdesk.documents.naming import speaks_of

    named = _named(session, case)
    names, homes = [name for name, _ in named if name], [home for _, home in named if home]
    return {id: LEFT_OUT if text and speaks_of(text, names, homes) else text for id, text in texts.items()}


def named_in(session: Session, case: str, texts: Iterable[str]) -> tuple[str, ...]:
    """Whom of a case one of these texts names, or says where they live."""
    from asbdesk.documents.naming import speaks_of

    told = tuple(texts)
    named = [(name, [name] if name else [], [home] if home else []) for name, home in _named(session, case)]
    return tuple(dict.fromkeys(n for n, names, homes in named if any(speaks_of(t, names, homes) for t in told)))


def _named(session: Session, case: str) -> list[tuple[str, str]]:
    """Name and address of everybody in a case; empty where one is not known."""
    found = (session.get(Person, i.person) for i in people.involved(session, case) if i.person) if case else ()
    return [(person.name or "", address_at(session, person.home)) for person in found if person is not None]


def without_names(session: Session, told: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Of sentences with the case that each is about, those that name nobody of it."""
    return tuple((case, text) for case, text in told if unnamed(session, case, text=text)["text"] == text)


def address_at(session: Session, home: str | None) -> str:
    """The address of a home in one line; empty where it is not known."""
    found = session.get(Home, home) if home else None
    return ", ".join(part for part in (found.address, found.postcode) if part) if found is not None else ""
