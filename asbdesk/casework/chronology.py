"""The chronology of a case, read from the journal in plain words: what was done, by whom, corrections and views too."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.chronology_corrected import told_in_words
from asbdesk.casework.kept import kept_from_reader, names_reader
from asbdesk.casework.records import case_file
from asbdesk.casework.views import ChronologyLine
from asbdesk.clock import KNOWN, london_time, parse_instant, short_day, short_moment
from asbdesk.model import Member
from asbdesk.model.journal import body, entry
from asbdesk.spelling import search_text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LATE_NOTE = dt.timedelta(days=1)
"""Written down more than so long after it happened: the line says when."""


THEMES: dict[str, tuple[str, tuple[str, ...]]] = {
    "told": ("What was told", ("report.", "now.", "case.opened", "needs.", "adjustment.", "seen.")),
    "contact": ("Contacts and promises", ("contact.", "letter.", "post.", "promise.", "appointment.")),
    "risk": (
        "Risk and safety",
        ("risk.", "safeguarding.", "hate.", "police.", "other_person.", "warning.", "disclosure."),
    ),
    "plan": ("Visits and the plan", ("plan.", "visit.", "step.", "action.", "permission.", "seal.")),
    "evidence": ("Evidence", ("evidence.", "diary.")),
    "agencies": (
        "Agencies and outside",
        ("agency.", "share.", "case_review.", "ombudsman.", "subject_access.", "data."),
    ),
    "service": (
        "Repairs, moves, complaints",
        ("repair.", "graffiti.", "move.", "complaint.", "redress.", "conduct.", "form."),
    ),
    "tools": ("Tools and courts", ("enforcement.", "court.", "proportion.", "allegation.")),
    "course": (
        "The course of the case",
        (
            "case.",
            "history.",
            "person.",
            "household.",
            "manager.",
            "debrief.",
            "due.",
            "conflict.",
            "record.",
            "undone",
        ),
    ),
    "views": ("Who looked at it", ("viewed",)),
}
"""Theme → its words, and how the names of its actions begin."""


_TABS = {
    **dict.fromkeys(("contact", "promise", "appointment"), "contacts"),
    **dict.fromkeys(("safeguarding", "police", "hate"), "safety"),
    **dict.fromkeys(("needs", "adjustment", "warning", "permission", "disclosure", "conduct"), "rules"),
    **dict.fromkeys(("post",), "letters"),
    **dict.fromkeys(("risk",), "risk"),
    **dict.fromkeys(("plan", "step", "action", "visit", "seal"), "plan"),
    **dict.fromkeys(("evidence", "diary"), "evidence"),
    **dict.fromkeys(("agency",), "agencies"),
    **dict.fromkeys(("share",), "sharing"),
    **dict.fromkeys(("repair", "graffiti"), "repairs"),
    **dict.fromkeys(("move",), "moves"),
    **dict.fromkeys(("complaint", "redress"), "complaints"),
    **dict.fromkeys(("court",), "courts"),
    **dict.fromkeys(("case_review", "ombudsman", "subject_access", "letter"), "outside"),
    **dict.fromkeys(("case", "manager", "data"), "course"),
    **dict.fromkeys(("person", "household"), "people"),
}
"""How an action's name begins → the part of the case where its record stands."""


@dataclass(frozen=True)
class Filter:
    """What of a chronology is wanted. `words`: all of them, anywhere in a line; `person`: an id; `theme`: of THEMES."""

    words: str = ""
    person: str = ""
    theme: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.person or self.theme)


EVERYTHING = Filter()


def chronology(
    session: Session,
    case: str,
    before_n: int | None = None,
    limit: int = 100,
    today: str = "",
    views: bool = False,
    only: Filter = EVERYTHING,
) -> tuple[ChronologyLine, ...]:
    """The newest entries of a case (of those before entry `before_n`), newest happening first.

    Who looked at it is left out unless `views`: it is an annex, on request (PRACTICE.md 23). So is what is kept from
    whoever reads (`kept`).
    """
    rows = sa.select(entry.c.n, body.c.text).join(body, body.c.n == entry.c.n).where(entry.c.file == case_file(case))
    if before_n is not None:
        rows = rows.where(entry.c.n < before_n)
    # keys as written by ours; a quotation mark inside somebody's words is escaped, and never matches
    if only.theme:
        rows = rows.where(
            sa.or_(*(body.c.text.contains(f'"do":"{do}', autoescape=True) for do in THEMES[only.theme][1]))
        )
    elif not views:
        rows = rows.where(body.c.text.not_like('%"do":"viewed"%'))
    if only.person:
        rows = rows.where(body.c.text.contains(only.person, autoescape=True))
    names = {m.id: m.name or "" for m in session.scalars(sa.select(Member))}
    wanted, hidden = search_text(only.words).split(), kept_from_reader(session, case)
    lines: list[ChronologyLine] = []
    for n, text in session.execute(rows.order_by(entry.c.n.desc()).execution_options(yield_per=limit)):
        told = json.loads(text)
        if names_reader(told.get("set", ()), hidden):
            continue
        line = _line(session, n, told, names, today)
        if not wanted or all(word in _read_as(line) for word in wanted):
            lines.append(line)
        if len(lines) == limit:
            break
    return tuple(sorted(lines, key=lambda line: (line.at, line.n), reverse=True))


def _read_as(line: ChronologyLine) -> str:
    return search_text(line.title, line.text, line.by, line.day_text)


def _line(session: Session, n: int, told: dict[str, Any], names: Mapping[str, str], today: str) -> ChronologyLine:
    happened, recorded = str(told.get("happened", "")), str(told.get("recorded", ""))
    icon, tone, title, text = told_in_words(session, told)
    late = parse_instant(recorded) - parse_instant(happened) > LATE_NOTE
    by = names.get(str(told.get("by", "")), "")
    written = f"Written down {short_moment(recorded)}" if late else ""
    tab = _TABS.get(str(told.get("do", "")).partition(".")[0], "")
    return ChronologyLine(n, happened, day_text(happened, today), icon, tone, title, text, by, written, tab)


@lru_cache(maxsize=KNOWN)
def day_text(at: str, today: str) -> str:
    """ "Today 09:12", or "Tue 17 Nov, 15:30", with the year where it is another."""
    moment = london_time(at)
    day = moment.date().isoformat()
    if day == today:
        return f"Today {moment:%H:%M}"
    return f"{short_day(day, today or day)}, {moment:%H:%M}"
