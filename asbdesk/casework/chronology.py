"""The chronology of a case, read from the journal in plain words: what was done, by whom, corrections and views too."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.chronology_words import fields_set, in_words
from asbdesk.casework.records import case_file
from asbdesk.casework.views import ChronologyLine
from asbdesk.clock import london_time, parse_instant, short_day, short_moment
from asbdesk.model import Member
from asbdesk.model.journal import body, entry

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LATE_NOTE = dt.timedelta(days=1)
"""Written down more than so long after it happened: the line says when."""


def chronology(
    session: Session, case: str, before_n: int | None = None, limit: int = 100, today: str = "", views: bool = False
) -> tuple[ChronologyLine, ...]:
    """The newest entries of a case (of those before entry `before_n`), newest happening first.

    Who looked at it is left out unless `views`: it is an annex, on request (PRACTICE.md 23).
    """
    rows = sa.select(entry.c.n, body.c.text).join(body, body.c.n == entry.c.n).where(entry.c.file == case_file(case))
    if before_n is not None:
        rows = rows.where(entry.c.n < before_n)
    if not views:  # keys as written by ours; a quotation mark inside somebody's words is escaped, and never matches
        rows = rows.where(body.c.text.not_like('%"do":"viewed"%'))
    names = {m.id: m.name or "" for m in session.scalars(sa.select(Member))}
    lines = [
        _line(n, json.loads(text), names, today)
        for n, text in session.execute(rows.order_by(entry.c.n.desc()).limit(limit))
    ]
    return tuple(sorted(lines, key=lambda line: (line.at, line.n), reverse=True))


def _line(n: int, told: dict[str, Any], names: Mapping[str, str], today: str) -> ChronologyLine:
    happened, recorded = str(told.get("happened", "")), str(told.get("recorded", ""))
    icon, tone, title, text = in_words(str(told.get("do", "")), fields_set(told.get("set", {})))
    late = parse_instant(recorded) - parse_instant(happened) > LATE_NOTE
    by = names.get(str(told.get("by", "")), "")
    written = f"Written down {short_moment(recorded)}" if late else ""
    return ChronologyLine(n, happened, day_text(happened, today), icon, tone, title, text, by, written)


def day_text(at: str, today: str) -> str:
    """ "Today 09:12", or "Tue 17 Nov, 15:30", with the year where it is another."""
    moment = london_time(at)
    day = moment.date().isoformat()
    if day == today:
        return f"Today {moment:%H:%M}"
    year = f" {day[:4]}" if today and day[:4] != today[:4] else ""
    return f"{short_day(day)}{year}, {moment:%H:%M}"
