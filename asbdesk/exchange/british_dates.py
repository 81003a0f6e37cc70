"""Days as people here write them: 3/4/2025 is the third of April. Anything that could be read two ways is refused."""

from __future__ import annotations

import datetime as dt
import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
MEND = "write it as 3/4/2025 or 3 April 2025"
_TIME = re.compile(r"[ T,]+(at )?\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?( ?[ap]\.?m\.?)?Z?$", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2}) ?[-/. ] ?(\d{1,2}) ?[-/. ] ?(\d{4}|\d{2})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[- ]*(?:of )?([a-z]+)\.?,?[- ]*(\d{4}|\d{2})", re.IGNORECASE)
_WORD_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.IGNORECASE)


def day_of(text: str) -> str:
    """A day as `YYYY-MM-DD`. Raises ValueError with what is wrong and the mend, to stand after "row, column:"."""
    said = _TIME.sub("", _WEEKDAY.sub("", " ".join(text.split())))
    if found := _YEAR_FIRST.fullmatch(said):
        return _made(text, int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(said):
        if int(found[2]) > 12:
            raise ValueError(f"“{text}” has no month {found[2]}; the day stands first here: {MEND}")
        return _made(text, _year(found[3]), int(found[2]), int(found[1]))
    if found := _WORDS.fullmatch(said):
        return _made(text, _year(found[3]), _month(text, found[2]), int(found[1]))
    if found := _WORD_FIRST.fullmatch(said):
        return _made(text, int(found[3]), _month(text, found[1]), int(found[2]))
    raise ValueError(f"“{text}” is not a day; {MEND}")


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month(text: str, word: str) -> int:
    word = word.lower()
    short = "sep" if word == "sept" else word
    for number, name in enumerate(NAMES, 1):
        if short in (name, MONTHS[number - 1]):
            return number
    raise ValueError(f"“{text}” names no month; {MEND}")


def _made(text: str, year: int, month: int, day: int) -> str:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        raise ValueError(f"“{text}” is not in the calendar; {MEND}") from None
    if not 1990 <= year <= 2099:
        raise ValueError(f"“{text}” is in the year {year}; {MEND}")
    return found.isoformat()
