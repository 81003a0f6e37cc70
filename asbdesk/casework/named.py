"""Named in several reports: across all homes, each allegation with what was found about it, never a bare count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.links import ALLEGED
from asbdesk.casework.people import involved
from asbdesk.casework.records import case_of
from asbdesk.casework.words import WELFARE, label, picklist, sentence
from asbdesk.clock import dated, london_day
from asbdesk.duties.communication import months_before
from asbdesk.model import Case, Finding, Home, Household, Involvement, Person, Report
from asbdesk.store.profile import profile

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LEAVES_AFTER = "persistent_perpetrator.finding_months"
"""Findings other than "shown by evidence" leave the view across homes after so long (PRACTICE.md 15); the case keeps
them until its own time."""
UNDECIDED = "No finding yet"


@dataclass(frozen=True)
class Allegation:
    """One report about one person, and what was found."""

    case: str
    reference: str
    open: bool
    day: str
    day_text: str
    what: str
    who: str
    finding: str
    """One of the five, in words, or that there is none yet."""
    tone: str
    reason: str


@dataclass(frozen=True)
class Named:
    """What reports say about one person, one household or one address."""

    scope: str
    """`person`, `household` or `address`."""
    title: str
    allegations: tuple[Allegation, ...]

    @property
    def findings(self) -> str:
        """All five and those without one: "Shown by evidence 1 · Not enough evidence 2 · …"."""
        words = [*picklist("finding").values(), UNDECIDED]
        counted = [(w.removesuffix(", because"), sum(a.finding == w for a in self.allegations)) for w in words]
        return " · ".join(f"{w}: {n or 'none'}" for w, n in counted)


def named_in(session: Session, case: str, today: str) -> tuple[Named, ...]:
    """For each alleged perpetrator of a case, their household and their address: named in more than one report."""
    found: list[Named] = []
    people = dict.fromkeys(i.person or "" for i in involved(session, case) if i.role == ALLEGED)
    for id_ in people:
        person = session.get(Person, id_)
        if person is None:
            continue
        home = session.get(Home, person.home) if person.home else None
        rings = [("person", person.name or "", {id_})]
        if home is not None:
            rings.append(("household", f"The household of {person.name}", {id_, *_living_at(session, [home.id])}))
            homes = _same_address(session, home)
            rings.append(("address", home.address or "", {id_, *_living_at(session, homes, before=True)}))
        found += _rings(session, rings, today)
    return tuple(found)


def _rings(session: Session, rings: list[tuple[str, str, set[str]]], today: str) -> list[Named]:
    """Each wider ring only where it says more than the one inside it."""
    found: list[Named] = []
    inside: tuple[Allegation, ...] = ()
    for scope, title, people in rings:
        said = allegations(session, people, today)
        if len(said) > 1 and len(said) > len(inside):
            found.append(Named(scope, title, said))
        inside = said
    return found


def allegations(session: Session, people: Iterable[str], today: str) -> tuple[Allegation, ...]:
    """Every report about these people, in whichever case, newest first. More of the same counts with its report."""
    wanted = set(people)
    since = months_before(today, profile(session.connection()).number(LEAVES_AFTER, today))
    roles = sa.select(Involvement.file).where(Involvement.person.in_(wanted), Involvement.struck.is_(None))
    reports = sa.select(Report).where(Report.file.in_(roles), Report.struck.is_(None), Report.same_as.is_(None))
    found: list[Allegation] = []
    for report in session.scalars(reports.order_by(Report.received.desc(), Report.id)):
        for person in wanted & {str(p) for p in report.about or ()}:
            one = _allegation(session, report, person, since)
            if one is not None:
                found.append(one)
    return tuple(found)


def _allegation(session: Session, report: Report, person: str, since: str) -> Allegation | None:
    case = session.get(Case, case_of(report))
    if case is None:
        return None
    newest = sa.select(Finding).where(Finding.report == report.id, Finding.person == person, Finding.struck.is_(None))
    finding = session.scalars(newest.order_by(Finding.at.desc(), Finding.id.desc())).first()
    code = finding.finding if finding else None
    if finding is not None and code != "shown" and london_day(finding.at or "") < since:
        return None
    welfare = case.stream == "domestic_abuse"
    what = WELFARE if welfare else sentence(label("behaviour", b) for b in report.behaviours or ()) or "A report"
    day, known = london_day(report.received or ""), session.get(Person, person)
    return Allegation(
        case=case.id,
        reference=case.reference or "",
        open=case.status == "open",
        day=day,
        day_text=dated(day),
        what=what,
        who=(known.name if known else "") or "",
        finding=label("finding", code) if code else UNDECIDED,
        tone={"shown": "danger", None: "warning"}.get(code, "plain"),
        reason="" if welfare or finding is None else finding.reason or "",
    )


def _living_at(session: Session, homes: Iterable[str], *, before: bool = False) -> set[str]:
    """Who lives in these homes; `before`: or ever did."""
    ids = list(homes)
    found = set(session.scalars(sa.select(Person.id).where(Person.home.in_(ids), Person.struck.is_(None))))
    lives = sa.select(Household.person).where(Household.home.in_(ids), Household.struck.is_(None))
    if not before:
        lives = lives.where(Household.until.is_(None))
    return {str(id_) for id_ in (*found, *session.scalars(lives)) if id_}


def _same_address(session: Session, home: Home) -> list[str]:
    """The home, and others written down with the same address or property number."""
    same = sa.func.lower(Home.address) == (home.address or "").lower()
    if home.uprn:
        same = sa.or_(same, Home.uprn == home.uprn)
    found = session.scalars(sa.select(Home).where(same, Home.struck.is_(None)))
    here = (home.postcode or "").replace(" ", "").lower()
    postcodes = {"", here} if here else None
    return [
        str(one.id)
        for one in found
        if one.id == home.id or postcodes is None or (one.postcode or "").replace(" ", "").lower() in postcodes
    ]
