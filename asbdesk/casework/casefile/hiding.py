"""Patterns of what must not be read by others: names, homes, ways to reach somebody, and words of hiding."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import release
from asbdesk.documents.naming import of_address, of_name, of_words, parts_of
from asbdesk.model import Case, Landlord, Member, Person, UsefulNumber

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.model import DisclosureRule

HIDING = re.compile(
    r"\b(?:refuges?|women['’]s aid|safe (?:house|address|number|place to stay)|new address|code ?words?|safe ?words?|"
    r"in hiding|hiding place|hostels?|temporary (?:address|accommodation)|staying (?:with|at))\b",
    re.I,
)
"""Words that may lead somebody to a person who is hiding: a text that has one is left out whole."""
ABUSE = re.compile(
    r"\b(?:abuse at home|domestic (?:abuse|violence)|ex[- ]partners?|coercive|controlling behaviour|safeguard\w*)\b",
    re.I,
)
"""Words that a paper in somebody's home must not have: another in that home may find it."""
HATE = re.compile(r"\bperceived as hate\b|\bhate (?:incident|crime|record|report)", re.I)
"""A paper may out somebody to their own household (PRACTICE.md 13)."""
REACHED = re.compile(
    r"(?:\+44|\b0)(?:[\s()-]*\d){9,10}\b|\b[\w.+-]+@[\w-]+\.[\w.]+\b|\b[A-Z]{2}\d{2} ?[A-Z]{3}\b|"
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
)
"""Telephone numbers, e-mail addresses, number plates and postcodes."""


def of_people(session: Session, third: Iterable[str], resident: Person | None) -> re.Pattern[str] | None:
    """One pattern of all names and homes of these people; None for nobody."""
    persons = [p for one in sorted(third) if (p := session.get(Person, one)) is not None]
    own = set(parts_of((resident.name if resident else "") or ""))
    mine = release.address_at(session, resident.home) if resident is not None else ""
    named = [pattern for p in persons if p.name for pattern in of_name(p.name, own)]
    homes = [a for p in persons if (a := release.address_at(session, p.home)) and a != mine]
    named += [pattern for address in homes for pattern in of_address(address, mine)]
    return _one(named)


def untold(
    session: Session, case: str, hidden: Iterable[str], rules: list[DisclosureRule], resident: Person | None
) -> re.Pattern[str]:
    """What must not be told: the people, their homes, and the rules' own words; words of hiding besides."""
    welfare = session.get_one(Case, case).stream == "domestic_abuse"
    people_ = of_people(session, hidden, resident)
    words = [(r.what or "").strip() for r in rules]
    found = [of_words(w) for w in words if w not in release.EVERYTHING]
    found += [people_] if people_ is not None else []
    if resident is not None and resident.home and (welfare or any(r.about == resident.id for r in rules)):
        found += list(of_address(release.address_at(session, resident.home), ""))
    return _one(found) or HIDING


def _one(patterns: list[re.Pattern[str]]) -> re.Pattern[str] | None:
    parts = [f"(?{'i' if p.flags & re.I else '-i'}:{p.pattern})" for p in patterns]
    return re.compile("|".join(parts)) if parts else None


def reachable(session: Session, resident: Person | None) -> frozenset[str]:
    ours: list[Any] = [m.number for m in session.scalars(sa.select(Member))]
    ours += [n for x in session.scalars(sa.select(Landlord)) for n in (x.closed_number, x.second_number)]
    ours += [n for x in session.scalars(sa.select(UsefulNumber)) for n in (x.number, x.night)]
    mine = [resident.phone, resident.email] if resident is not None else []
    home = release.address_at(session, resident.home) if resident is not None else ""
    return frozenset(close(text) for text in (*ours, *mine, home.rpartition(",")[2]) if text)


def close(text: str) -> str:
    return re.sub(r"[\s()-]", "", text).casefold()
