"""A case with 2,000 entries, as a long one is after years: calls, letters, promises, referrals, evidence, repairs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from asbdesk.casework.cases import case_page, list_cases
from asbdesk.casework.desk import Desk
from asbdesk.clock import instant
from tests.bench.invented import Writer

ENTRIES = 2_000
FIRST = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)


def make(desk: Desk) -> str:
    """Fill the first open case until it has 2,000 entries, written at once. Its id."""
    from asbdesk.store.apply import apply
    from asbdesk.store.derive import refresh

    line = desk.read(list_cases, today=desk.today).lines[0]
    person = desk.read(case_page, line.id, desk.today).people[0].id
    with desk.store.writer.begin() as conn:
        apply(conn, list(entries_of(Writer(7), line.id, person, desk.member, ENTRIES)))
        refresh(conn, {line.id})
    return line.id


def entries_of(write: Writer, case: str, person: str, member: str, count: int) -> Iterator[str]:
    """So many entries of a case, one every three hours."""
    for at in range(count):
        when = FIRST + dt.timedelta(hours=3 * at)
        kind, do, fields = _record(at, person, instant(when))
        yield write.entry(f"case/{case}", do, member, when, **{f"{kind}__{write.new_id()}": fields})[0]


def _record(at: int, person: str, when: str) -> tuple[str, str, dict[str, Any]]:
    told = at % 10
    if told == 1:
        return "promise", "promise.made", {"what": f"Ring back about {at}", "at": when, "made_on": when[:10]}
    if told == 2:
        fields = {"agency": "Exampleton Police", "purpose": f"Incidents of week {at}", "at": when}
        return "agency_referral", "agency.referred", fields
    if told == 3:
        fields = {"received": when, "from_": person, "type": "audio", "count": 1, "name": f"night {at}.wav"}
        return "evidence", "evidence.received", {**fields, "media": "audio/wav"}
    if told == 4:
        return "repair", "repair.asked", {"what": f"The bin store's door, {at}", "link": "caused_by_asb", "at": when}
    fields = {"with_": person, "at": when, "direction": "out", "made": True, "answered": True, "method": "telephone"}
    return "contact", "contact.recorded", {**fields, "note": f"Rang about the noise of day {at}."}
