"""Has this happened before: people, homes and cases that what was typed so far may be about, open and closed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.named import allegations
from asbdesk.casework.records import case_file
from asbdesk.casework.words import ROLES, WELFARE, label
from asbdesk.clock import dated, london_day
from asbdesk.duties.duty import day_after
from asbdesk.model import Case, Home, Involvement, Person, Report

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST = 4
"""People, homes and cases shown at once."""
SHORTEST_NAME, SHORTEST_ADDRESS, SHORTEST_NUMBER = 3, 5, 6
LATELY = 365
"""Days that a report like it, near there, is looked for."""
NOT_A_PLACE = {"flat", "apartment", "unit", "room", "maisonette", "floor", "ground", "first", "second", "the"}
TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "rev", "sir", "the"}


@dataclass(frozen=True)
class KnownPerson:
    """Somebody who may be the one; `why` says what is the same."""

    id: str
    name: str
    phone: str
    address: str
    language: str
    detail: str


@dataclass(frozen=True)
class KnownCase:
    """A case that this may be more of. `finding` and `closed_because` say how it stands, never how many."""

    id: str
    reference: str
    title: str
    open: bool
    when: str
    part: str
    closed_because: str
    finding: str
    report: str
    """Its newest report, for more of the same."""


@dataclass(frozen=True)
class Before:
    """What is known already. Empty where nothing fits."""

    people: tuple[KnownPerson, ...] = ()
    homes: tuple[str, ...] = ()
    cases: tuple[KnownCase, ...] = ()


def before(
    session: Session, today: str, *, name: str = "", address: str = "", phone: str = "", person: str = ""
) -> Before:
    """What fits the name, address and number so far; `person` is the one who was chosen."""
    homes = _homes(session, address)
    people = _people(session, name, phone)
    shown = tuple(_person(session, one, phone) for one in people)
    chosen = [person] if person else [p.id for p in people]
    cases = _cases(session, chosen, [h.id for h in homes], today)
    return Before(shown[:MOST], tuple(_address(h) for h in homes), cases)


def similar(
    session: Session, today: str, *, address: str, kinds: Iterable[str], known: Iterable[str] = ()
) -> tuple[KnownCase, ...]:
    """Cases of the same street or block in which something of these kinds was reported in the last year, but for those
    `known` already. A welfare case is not among them."""
    place, wanted = _street(address), set(kinds)
    if not place or not wanted:
        return ()
    near = sa.select(Home.id).where(sa.func.lower(Home.address).contains(place, autoescape=True), Home.struck.is_(None))
    which = sa.select(Case).where(Case.home.in_(near), Case.stream != "domestic_abuse", Case.struck.is_(None))
    found = session.scalars(which.where(Case.id.not_in(list(known))).order_by(Case.opened.desc()).limit(10 * MOST))
    since = day_after(today, -LATELY)
    like = [case for case in found if wanted & _kinds_since(session, case.id, since)]
    return tuple(_case(session, case, [], today) for case in like[:MOST])


def _street(address: str) -> str:
    """The street or the block of an address, as it stands in it: "quillstone court"."""
    for part in address.lower().split(","):
        words = part.split()
        while words and (any(sign.isdigit() for sign in words[0]) or words[0] in NOT_A_PLACE or len(words[0]) == 1):
            words.pop(0)
        if len(" ".join(words)) >= SHORTEST_ADDRESS:
            return " ".join(words)
    return ""


def _kinds_since(session: Session, case: str, since: str) -> set[str]:
    told = sa.select(Report.behaviours).where(Report.file == case_file(case), Report.struck.is_(None))
    return {kind for kinds in session.scalars(told.where(Report.received >= since)) for kind in kinds or ()}


def _people(session: Session, name: str, phone: str) -> list[Person]:
    words = [w for w in re.findall(r"\w+", name.lower()) if len(w) >= SHORTEST_NAME and w not in TITLES]
    digits = re.sub(r"\D", "", phone)
    fits = []
    if words:
        fits.append(sa.and_(*(sa.func.lower(Person.name).contains(w, autoescape=True) for w in words)))
    if len(digits) >= SHORTEST_NUMBER:
        fits.append(sa.func.replace(Person.phone, " ", "").contains(digits[-9:], autoescape=True))
    if not fits:
        return []
    found = sa.select(Person).where(sa.or_(*fits), Person.struck.is_(None)).order_by(Person.name, Person.id)
    return list(session.scalars(found.limit(MOST)))


def _person(session: Session, person: Person, phone: str) -> KnownPerson:
    home = session.get(Home, person.home) if person.home else None
    digits = re.sub(r"\D", "", phone)
    same = len(digits) >= SHORTEST_NUMBER and digits[-9:] in re.sub(r"\D", "", person.phone or "")
    speaks = f"speaks {person.language}" if person.language else ""
    detail = " · ".join(t for t in ("Same number" if same else "", _address(home) if home else "", speaks) if t)
    return KnownPerson(
        person.id,
        person.name or "",
        person.phone or "",
        home.address or "" if home else "",
        person.language or "",
        detail,
    )


def _address(home: Home) -> str:
    return ", ".join(t for t in (home.address, home.postcode) if t)


def _homes(session: Session, address: str) -> list[Home]:
    typed = address.strip().lower()
    if len(typed) < SHORTEST_ADDRESS:
        return []
    fits = sa.func.lower(Home.address).startswith(typed, autoescape=True)
    return list(session.scalars(sa.select(Home).where(fits, Home.struck.is_(None)).order_by(Home.address).limit(MOST)))


def _cases(session: Session, people: Iterable[str], homes: list[str], today: str) -> tuple[KnownCase, ...]:
    """Cases in which these people, or who lives at these homes, have a part; open ones first, newest first."""
    who = set(people)
    if homes:
        who |= {str(p) for p in session.scalars(sa.select(Person.id).where(Person.home.in_(homes)))}
    parts = sa.select(Involvement).where(Involvement.person.in_(who), Involvement.struck.is_(None))
    by_case: dict[str, list[Involvement]] = {}
    for part in session.scalars(parts.order_by(Involvement.id)):
        by_case.setdefault((part.file or "").partition("/")[2], []).append(part)
    here = sa.or_(Case.id.in_(list(by_case)), Case.home.in_(homes) if homes else sa.false())
    order = (sa.case((Case.status == "open", 0), else_=1), Case.opened.desc())
    found = session.scalars(sa.select(Case).where(here, Case.struck.is_(None)).order_by(*order).limit(MOST))
    return tuple(_case(session, case, by_case.get(case.id, []), today) for case in found)


def _case(session: Session, case: Case, parts: list[Involvement], today: str) -> KnownCase:
    opened = case.status == "open"
    welfare = case.stream == "domestic_abuse"
    when = _day("Open since" if opened else "Closed", (case.opened if opened else case.closed) or case.opened or "")
    roles = dict.fromkeys(ROLES.get(p.role or "", "") for p in parts)
    newest = sa.select(Report.id).where(Report.file == case_file(case.id), Report.struck.is_(None))
    report = session.scalar(newest.where(Report.same_as.is_(None)).order_by(Report.received.desc()).limit(1))
    why = "" if welfare else label("close_reason", case.close_reason)
    return KnownCase(
        id=case.id,
        reference=case.reference or "",
        title=WELFARE if welfare else case.title or "",
        open=opened,
        when=when,
        part=" · ".join(r for r in roles if r) or "From this home",
        closed_because="" if opened else why,
        finding="" if welfare else _finding(session, case.id, today),
        report=report or "",
    )


def _finding(session: Session, case: str, today: str) -> str:
    """What was found about those named in the case, in words: "Noise, Tue 3 Nov 2026: not enough evidence"."""
    alleged = sa.select(Involvement.person).where(
        Involvement.file == case_file(case), Involvement.role == "alleged_perpetrator", Involvement.struck.is_(None)
    )
    said = [a for a in allegations(session, [str(p) for p in session.scalars(alleged)], today) if a.case == case]
    lines = dict.fromkeys(f"{a.what}, {a.day_text}: {a.finding[:1].lower()}{a.finding[1:]}" for a in said)
    return ". ".join(list(lines)[:2])


def _day(words: str, at: str) -> str:
    day = london_day(at) if at else ""
    return f"{words} {dated(day)}" if day else words
