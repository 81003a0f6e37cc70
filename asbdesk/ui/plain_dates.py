"""Days and times as people write them: "tomorrow", "Fri 27 Nov", "27/11", "a week on Friday", "half past two"."""

from __future__ import annotations

import datetime as dt
import re

from asbdesk.clock import DAYS, MONTHS

WORDS = {"today": 0, "tomorrow": 1, "yesterday": -1, "tonight": 0, "last night": -1, "day before yesterday": -2}
WORDS |= {"now": 0, "just now": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "day after tomorrow": 2}
WORDS |= {"fortnight": 14, "a fortnight": 14, "last week": -7, "next week": 7, "fortnight ago": -14}
COUNTS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
"""Counts written out; "a" is one as well."""
TIME_OF_DAY = re.compile(
    r"(?<!last)(?:(?:,? (?:at|around|about|from))? (?:(?:\d{1,2}(?:[:.]\d{2})? ?(?:am|pm))|\d{1,2}[:.]\d{2}"
    r"|noon|midday|midnight|(?:in the )?(?:morning|afternoon|evening)|at night|night))+$"
)
"""What people write behind a day: "9pm", "at 21:00", "evening"."""


def parse_day(text: str, today: str, *, past: bool = False) -> str | None:
    """The day (`YYYY-MM-DD`) that `text` means on `today`; None when it means none.

    A day without a year is the next one, or the last one with `past`; a weekday likewise ("Friday", "last Friday").
    A time behind the day ("yesterday 9pm") is passed over: `says_a_time` tells of it.
    """
    plain = re.sub(r"\s+", " ", text.strip().lower())
    return _day(plain, today, past) or (_day(TIME_OF_DAY.sub("", plain), today, past) if says_a_time(plain) else None)


def says_a_time(text: str) -> bool:
    """Whether a time of day stands behind the day."""
    return bool(TIME_OF_DAY.search(re.sub(r"\s+", " ", text.strip().lower())))


def _day(text: str, today: str, past: bool) -> str | None:
    now = dt.date.fromisoformat(today)
    words = re.sub(r"\s+", " ", re.sub(r"(\d)\.(?=\d)", r"\1/", text).replace(",", " ").replace(".", " ")).strip()
    words = _usual(words.removeprefix("on ").removeprefix("the ").removeprefix("by "))
    if words in WORDS:
        return (now + dt.timedelta(days=WORDS[words])).isoformat()
    found = _ahead(words, now) or _weekday(words, now, past) or _numbers(words, now, past) or _named(words, now, past)
    return found.isoformat() if found and 1900 <= found.year <= 2200 else None


def _usual(words: str) -> str:
    """Other ways of writing the same: "Nov 3", "Friday 27th", "a week on Friday", "3 / 11", "2026/11/03"."""
    words = re.sub(r" ?([/-]) ?", r"\1", words)
    words = re.sub(r"^(\d{4})/(\d{1,2})/(\d{1,2})$", r"\1-\2-\3", words)
    words = re.sub(r"^(?:a )?week on ([a-z]+)$", r"\1 week", words)
    found = re.fullmatch(r"([a-z]{3,9}) (?:the )?(\d{1,2})(st|nd|rd|th)?( \d{4})?", words)
    if found and _which(found[1], MONTHS) is not None:
        return f"{found[2]} {found[1]}{found[4] or ''}"
    if found and found[3] and not found[4] and _which(found[1], DAYS) is not None:
        return f"{found[2]}{found[3]}"
    return words


def _ahead(words: str, now: dt.date) -> dt.date | None:
    found = re.fullmatch(r"(?:in )?(\d{1,3}|[a-z]{1,5}) (day|week|fortnight|month)s?(?: time| from now)?( ago)?", words)
    if not found or not (found[1].isdigit() or found[1] in COUNTS):
        return None
    count = (int(found[1]) if found[1].isdigit() else max(1, COUNTS.index(found[1]))) * (-1 if found[3] else 1)
    if found[2] == "month":
        return _months_on(now, count)
    return now + dt.timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[found[2]])


def _months_on(now: dt.date, count: int) -> dt.date:
    """The same day of another month, or its last day where it has no such day."""
    year, month = divmod(now.year * 12 + now.month - 1 + count, 12)
    found = next((day for at in range(now.day, 0, -1) if (day := _date(year, month + 1, at))), None)
    return found or now


def _weekday(words: str, now: dt.date, past: bool) -> dt.date | None:
    found = re.fullmatch(r"(next |last |this )?([a-z]{3,9})( last week| next week| week)?", words)
    at = _which(found[2], DAYS) if found else None
    if found is None or at is None or (found[1] and found[3]):
        return None
    if found[3] in (" last week", " next week"):  # of the week before this one, or after it
        return now - dt.timedelta(days=now.weekday() - at + (7 if found[3] == " last week" else -7))
    if found[3]:  # "Friday week": a week after the next one
        return now + dt.timedelta(days=(at - now.weekday() - 1) % 7 + 8)
    if found[1] == "last " or (past and found[1] is None):
        return now - dt.timedelta(days=(now.weekday() - at - 1) % 7 + 1)
    return now + dt.timedelta(days=(at - now.weekday() - 1) % 7 + 1)


def _numbers(words: str, now: dt.date, past: bool) -> dt.date | None:
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words)
    if iso:
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    found = re.fullmatch(r"(\d{1,2})[/ -](\d{1,2})(?:[/ -](\d{4}|\d{2}))?", words)
    return _near(int(found[1]), int(found[2]), found[3], now, past) if found else None


def _named(words: str, now: dt.date, past: bool) -> dt.date | None:
    alone = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", words)
    if alone:  # "the 21st"
        near = [
            _date(m.year, m.month, int(alone[1])) for m in (_months_on(now.replace(day=1), n) for n in range(-2, 3))
        ]
        days = [day for day in near if day and (day <= now if past else day >= now)]
        return (days[-1] if past else days[0]) if days else None
    pattern = r"(?:[a-z]{3,9} )?(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})(?: (\d{4}|\d{2}))?"
    found = re.fullmatch(pattern, words)
    month = _which(found[2], MONTHS) if found else None
    return _near(int(found[1]), month + 1, found[3], now, past) if found and month is not None else None


def _which(word: str, names: tuple[str, ...]) -> int | None:
    if len(word) < 3:
        return None
    return next(
        (at for at, name in enumerate(names) if name.lower().startswith(word) or word == name.lower()[:4]), None
    )


def _near(day: int, month: int, year: str | None, now: dt.date, past: bool) -> dt.date | None:
    if year:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    for candidate in (now.year - 1, now.year, now.year + 1)[:: -1 if past else 1]:
        found = _date(candidate, month, day)
        if found and (found <= now if past else found >= now):
            return found
    return None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def parse_time(text: str) -> str | None:
    """The time (`HH:MM`) that `text` means: "14:30", "2.30pm", "9 am", "noon"; None when it means none."""
    words = _told(text.strip().lower()).replace(".", ":").replace(" ", "")
    named = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}
    if words in named:
        return named[words]
    found = re.fullmatch(r"(\d{1,2})(?::?(\d{2}))?(am|pm)?", words)
    if not found or (found[2] is None and found[3] is None and ":" not in words and len(words) > 2):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def _told(words: str) -> str:
    """A time as it is said, in figures: "half past two", "quarter to 4", "9 o'clock"."""
    words = re.sub(r"^(?:at|about|around) ", "", words).replace("’", "'").removesuffix(" o'clock")
    for at, name in enumerate((*COUNTS[1:], "eleven", "twelve"), 1):
        words = re.sub(rf"\b{name}\b", str(at), words)
    found = re.fullmatch(r"(?:a )?(half past|quarter past|quarter to) (\d{1,2})( ?[ap]m)?", words)
    if not found or not 1 <= int(found[2]) <= 12:
        return words
    before = found[1] == "quarter to"
    hour = (int(found[2]) - 2) % 12 + 1 if before else int(found[2])
    minutes = {"half past": 30, "quarter past": 15, "quarter to": 45}[found[1]]
    return f"{hour}:{minutes}{found[3] or ''}"
