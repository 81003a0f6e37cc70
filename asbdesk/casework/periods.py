"""The days that a report is about: the last months, or since the first of April."""

from __future__ import annotations

import datetime as dt

PERIODS = {
    "3": "The last 3 months",
    "6": "The last 6 months",
    "12": "The last 12 months",
    "year": "Since 1 April",
}
"""What may be chosen, the most used first."""


def began(which: str, today: str) -> str:
    """The first day of a period that ends today."""
    day = dt.date.fromisoformat(today)
    if which == "year":
        return dt.date(day.year if day.month >= 4 else day.year - 1, 4, 1).isoformat()
    months = day.year * 12 + day.month - 1 - int(which)
    return dt.date(months // 12, months % 12 + 1, min(day.day, 28)).isoformat()
