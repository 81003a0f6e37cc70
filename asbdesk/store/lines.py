"""What a list shows of a case, and the text a search looks in: one line of `case_line`, worked out from records."""

from __future__ import annotations

from typing import Any

from asbdesk import model as m
from asbdesk.spelling import close_up, search_text
from asbdesk.store.facts import Read, Row
from asbdesk.store.values import tips

WELFARE = "Welfare"
"""The only title a domestic-abuse case shows in lists, Today and window titles (PRACTICE.md 2)."""
BANDS = ("standard", "medium", "high")
"""Lowest first: of two levels that stand, the higher counts."""


def line(found: Read, case: str, due: list[dict[str, Any]]) -> dict[str, Any]:
    """One case's line; `due` are its lines of `due`."""
    row = found.cases[case]
    standing = sorted((d for d in due if d["state"] == "open"), key=lambda d: (d["due_on"], d["key"]))
    first = standing[0] if standing else {}
    reporter = _reporter(found, case)
    home = found.homes.get(row.home or "") or found.homes.get((reporter.home if reporter else None) or "")
    return {
        "case": case,
        "reference": row.reference,
        "title": WELFARE if row.stream == "domestic_abuse" else row.title,
        "stream": row.stream,
        "status": row.status,
        "band": level(found.rows(m.Assessment, case)) or listed_level(found.rows(m.Progress, case)),
        "officer": row.officer,
        "reporter": reporter.name if reporter else None,
        "address": _address(home) if home else None,
        "search": _search(found, case, home),
        "opened": row.opened,
        "updated": _updated(found, case),
        "next_due": first.get("due_on"),
        "next_code": first.get("code"),
        "due_count": len(standing),
    }


def level(assessments: list[Row]) -> str | None:
    """The case's risk level: the latest of each household, and of those (and of two that stand apart) the highest.

    One that came to no level leaves the level of those it follows standing.
    """
    known = {row.id: row for row in assessments}
    bands: set[str] = set()
    look, seen = list(tips(assessments)), set[str]()
    while look:
        row = look.pop()
        if row.id in seen:
            continue
        seen.add(row.id)
        if row.band in BANDS:
            bands.add(row.band)
        else:
            look += [known[earlier] for earlier in row.follows or () if earlier in known]
    return max(bands, key=BANDS.index) if bands else None


def listed_level(progress: list[Row]) -> str | None:
    """What the list said that a case was taken on from: it stands until somebody has assessed."""
    said = [row.result for row in progress if row.what == "taken_on" and row.result in BANDS]
    return said[-1] if said else None


def _reporter(found: Read, case: str) -> Row | None:
    for row in found.rows(m.Involvement, case):
        if row.role == "reporter" and row.person in found.people:
            return found.people[row.person]
    return None


def _address(home: Row) -> str:
    address, postcode = home.address or "", home.postcode or ""
    return address if not postcode or postcode in address else f"{address}, {postcode}".strip(", ")


def _search(found: Read, case: str, home: Row | None) -> str:
    row = found.cases[case]
    people = [found.people[i.person] for i in found.rows(m.Involvement, case) if i.person in found.people]
    homes = [home, *(found.homes.get(p.home or "") for p in people)]
    words: list[str | None] = [row.reference, close_up(row.reference), row.imported_from, close_up(row.imported_from)]
    for person in people:
        words += [person.name, close_up(person.phone)]
    for place in homes:
        if place is not None:
            words += [place.address, place.postcode, close_up(place.postcode)]
    return search_text(*dict.fromkeys(words))


def _updated(found: Read, case: str) -> str | None:
    """The instant of the last thing that happened in it."""
    row = found.cases[case]
    at = [row.opened, row.closed]
    for kind, when in ((m.Report, "received"), (m.Contact, "at"), (m.Assessment, "at"), (m.PlanVersion, "at")):
        at += [getattr(record, when) for record in found.rows(kind, case)]
    at += [visit.ended or visit.started for visit in found.rows(m.Visit, case)]
    return max((a for a in at if a), default=None)
