"""Days in the words of a catalogue: "Friday 27 November", in any language."""

from __future__ import annotations

import datetime as dt
import re

from asbdesk.clock import DAYS, MONTHS
from asbdesk.documents.words import Words


def short_day(day: str, made_on: str, say: Words) -> str:
    """A day in words, with its year only where that is not `made_on`'s own. What is no day prints as it is."""
    return _day(day, say, "dates.short" if day[:4] == made_on[:4] else "dates.long")


def long_day(day: str, say: Words) -> str:
    """A day in words, with its year."""
    return _day(day, say, "dates.long")


def _day(day: str, say: Words, form: str) -> str:
    try:
        date = dt.date.fromisoformat(day)
    except ValueError:
        return day
    return say.plain[form].format_map(
        {
            "weekday": _of(say, "days")[date.weekday()],
            "day": date.day,
            "month": month(date.month, say),
            "year": date.year,
        }
    )


def month(number: int, say: Words) -> str:
    """The name of a month, counted from 1."""
    return _of(say, "months")[number - 1]


def _of(say: Words, name: str) -> list[str]:
    return [part.strip() for part in say.plain[f"dates.{name}"].replace("،", ",").split(",")]


_ENGLISH = re.compile(rf"({'|'.join(DAYS)}) (\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))?")


def days_within(text: str, say: Words) -> str:
    """`text` with its English days in the words of `say`."""

    def turned(found: re.Match[str]) -> str:
        weekday, day, month_, year = found.groups()
        told = {
            "weekday": _of(say, "days")[DAYS.index(weekday)],
            "day": day,
            "month": month(MONTHS.index(month_) + 1, say),
        }
        return say.plain["dates.long" if year else "dates.short"].format_map({**told, "year": year or ""})

    return _ENGLISH.sub(turned, text)
