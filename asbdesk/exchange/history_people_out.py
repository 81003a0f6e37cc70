"""The people of a case, as a case history names them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.contacts import agreement
from asbdesk.casework.people import involved
from asbdesk.casework.records import case_file
from asbdesk.clock import london_day
from asbdesk.exchange.history_people import address_given, name_given
from asbdesk.model import Adjustment, DisclosureRule, Home, Household, Involvement, NeedTold, Person, Vulnerability

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from asbdesk.exchange.history_event import Naming


def people_out(session: Session, case: str, naming: Naming, reference: str) -> list[dict[str, Any]]:
    """Everybody involved, each once, in the order they came in."""
    parts: dict[str, list[Involvement]] = {}
    for involvement in involved(session, case):
        parts.setdefault(involvement.person or "", []).append(involvement)
    return [_person(session, case, person, held, naming, reference) for person, held in parts.items()]


def _person(
    session: Session, case: str, id_: str, held: list[Involvement], naming: Naming, reference: str
) -> dict[str, Any]:
    person = session.get_one(Person, id_)
    key = naming.people[id_]
    told: dict[str, Any] = {"key": key, "roles": list(dict.fromkeys(i.role for i in held if i.role))}
    told["name"] = person.name if person.name != name_given(key, reference) else None
    told |= _home(session, person, reference)
    told["vulnerabilities"] = _needs(session, case, id_)
    told["language"] = person.language
    told["adjustments"] = _adjustments(session, case, id_)
    found = agreement(session, case, id_)
    told["safe_contact"] = found.safe if found else None
    told["do_not_disclose_to"] = _hidden_from(session, case, id_, naming)
    told["tenure"] = person.tenure
    told["reachable"] = False if person.reachable is False else None
    updates = next((i.updates for i in held if i.updates), None)
    told["updates"] = naming.person(updates) or updates
    return {
        name: value for name, value in told.items() if value is not None and (value not in ("", []) or name == "roles")
    }


def _home(session: Session, person: Person, reference: str) -> dict[str, Any]:
    home = session.get(Home, person.home) if person.home else None
    lives = sa.select(Household.children).where(Household.person == person.id, Household.until.is_(None))
    children = session.scalar(lives.order_by(Household.id.desc()).limit(1))
    if home is None:
        return {"children": children}
    address = ", ".join(part for part in (home.address, home.postcode) if part)
    given = address != address_given(reference)
    return {"address": address if given else None, "uprn": home.uprn, "children": children}


def _needs(session: Session, case: str, person: str) -> list[str]:
    """Those that no event of this case put on the record, or that stood before it did."""
    told = _steps(session, case, person)
    later = _first_days(told, "vulnerability_recorded", "vulnerability_disclosed")
    found = sa.select(Vulnerability).where(Vulnerability.person == person, Vulnerability.ended.is_(None))
    known = session.scalars(found.where(Vulnerability.struck.is_(None)).order_by(Vulnerability.id))
    return [v.what for v in known if v.what and (v.told_on or "") < later.get(v.what, "9")]


def _adjustments(session: Session, case: str, person: str) -> list[str]:
    told = _steps(session, case, person)
    later = _first_days(told, "adjustment_requested", "adjustment_requested")
    made = _first_days(told, "adjustment_made", "adjustment_made")
    found = sa.select(Adjustment).where(Adjustment.person == person, Adjustment.struck.is_(None))
    known = session.scalars(found.order_by(Adjustment.id))
    first = {what: min(later.get(what, "9"), made.get(what, "9")) for what in {*later, *made}}
    return [a.what for a in known if a.what and (a.asked_on or "") < first.get(a.what, "9")]


def _steps(session: Session, case: str, person: str) -> list[NeedTold]:
    found = sa.select(NeedTold).where(NeedTold.file == case_file(case), NeedTold.person == person)
    return list(session.scalars(found.where(NeedTold.struck.is_(None)).order_by(NeedTold.at, NeedTold.id)))


def _first_days(told: Iterable[NeedTold], step: str, meant: str) -> dict[str, str]:
    """What → the first day a step of this kind named it; one that names nothing means all told of before it."""
    days: dict[str, str] = {}
    before: list[str] = []
    for one in told:
        if one.step == step:
            for what in one.what or before:
                days.setdefault(what, london_day(one.at) if one.at else "")
        if one.step == meant:
            before += one.what or []
    return days


def _hidden_from(session: Session, case: str, person: str, naming: Naming) -> list[str]:
    found = sa.select(DisclosureRule).where(DisclosureRule.file == case_file(case), DisclosureRule.about == person)
    rules = session.scalars(
        found.where(DisclosureRule.struck.is_(None), DisclosureRule.ended.is_(None)).order_by(DisclosureRule.id)
    )
    return list(dict.fromkeys(key for rule in rules if (key := naming.person(rule.not_to))))
