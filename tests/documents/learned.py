"""Cases looked back on, made up: a short one, an empty one, one of years."""

from __future__ import annotations

import datetime as dt
from typing import Any

from asbdesk.documents.learned import Happened, Learned, Owed
from asbdesk.documents.released import Released

AT = "2026-11-21T14:40:00.000Z"


def owed(n: int, late: bool = True, *, never: bool = False, how: str = "met") -> Owed:
    """The n-th thing owed, ten days after the one before."""
    day = dt.date(2024, 1, 8) + dt.timedelta(days=10 * n)
    due, after, end = (str(day + dt.timedelta(days=d)) for d in (3, 4, 9 if late else 2))
    over = None if never else end
    source = "Housing Ombudsman, November 2024 report on anti-social behaviour."
    told = ("Somebody waits to be spoken to.", "Our timescale: 3 working days.", source, "People were left to wonder.")
    begins = (f"first_contact/{n}", "first_contact", "A talk about the report", f"report {n}", str(day), due)
    return Owed(*begins, over, "" if never else how, after if late else None, *told)  # type: ignore[arg-type]


def learned(count: int = 6, **changes: Any) -> Learned:
    """A case with so many things owed, every second one late, one of them never done."""
    events = tuple(
        Happened(owed(n).arose, "09:00", "message-square", "info", f"Report {n}", "Shouting on the <stairs> & banging")
        for n in range(count)
    )
    some = tuple(owed(n, n % 2 == 0, never=n == 0) for n in range(count))
    end = str(dt.date(2024, 1, 8) + dt.timedelta(days=10 * count))
    told: dict[str, Any] = {"case": "c", "reference": "ASB-2026-A0412", "title": "Noise and threats"}
    told |= {"start": "2024-01-08", "end": end, "events": events, "owed": some}
    told |= {"landlord": "Wharram Homes", "officer": "Dami Okafor", "made_on": "2026-11-21"}
    return Learned(**{**told, **changes})


def released(view: Learned | None = None) -> Released[Learned]:
    return Released(view or learned(), "member", "learning", AT)


def long_history(events: int) -> dict[str, Any]:
    """A case history of years: reports, contacts, evidence, in turn, now and then long silences."""
    kinds: tuple[dict[str, Any], ...] = (
        {"kind": "report", "by": "resident", "behaviours": ["noise"]},
        {"kind": "contact", "with": "resident", "direction": "out", "made": True},
        {"kind": "evidence_received", "from": "resident", "type": "recording"},
        {"kind": "contact", "with": "resident", "direction": "in", "needs_reply": True},
    )
    day, told = dt.date(2022, 1, 10), []
    for n in range(events):
        told.append({"on": str(day), **kinds[n % len(kinds)]})
        day += dt.timedelta(days=1 + (n % 5 == 0) * 5 + (n % 50 == 0) * 20)
    people = [{"key": "resident", "roles": ["reporter"], "name": "Ms Ada Quillon"}]
    return {"format": "asbdesk-case-history/1", "reference": "long", "people": people, "events": told}
