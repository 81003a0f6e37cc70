"""The pack for the managers' weekly meeting: complaints with their clocks, the exceptions, hate, what went well
(FEATURES.md C09). Cases by number; nobody by name."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework import oversight
from asbdesk.casework.governing import name_of
from asbdesk.casework.hate_list import hate_incidents
from asbdesk.casework.kept import kept_from_reader
from asbdesk.casework.landlord import landlord_view
from asbdesk.casework.records import case_file, case_of
from asbdesk.casework.release import release_pack
from asbdesk.casework.words import WELFARE
from asbdesk.clock import london_instant, short_day
from asbdesk.documents.weekly_pack import PackLine, PackList, WeeklyPack
from asbdesk.duties.codes import THEMES
from asbdesk.duties.duty import day_after
from asbdesk.model import Complaint, FinishedForm
from asbdesk.model.journal import case_line, due

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.documents.released import Released

AHEAD = 7
"""Days ahead in which a complaint's step stands on the paper, and back in which hate and what went well do."""
LOADS = "Who carries how much"
ANSWERS = ("complaint_stage1", "complaint_stage2")


def pack(session: Session, member: str, day: str, at: str) -> Released[WeeklyPack]:
    """The pack of a day; lists with nothing in them are left out."""
    exceptions = [
        PackList(each.title, each.why, tuple(PackLine(x.case, x.reference, x.title, _stands(x)) for x in each.lines))
        for each in oversight.lists(session, day)
        if each.title != LOADS
    ]
    lists = (_complaints(session, day), *exceptions, _hate(session, day), _well(session, day))
    told = tuple(each for each in lists if each.lines)
    return release_pack(session, WeeklyPack(landlord_view(session, member).name, day, told), member, at)


def _stands(line: oversight.Line) -> str:
    return f"{line.band} · {line.text}" if line.band else line.text


def _complaints(session: Session, day: str) -> PackList:
    """Steps of complaints that are late, or due within a week: who handles it, and whether it was looked at."""
    C = case_line.c
    rows = sa.select(due, C.reference, C.title, C.stream).join(C.case.table, C.case == due.c.case)
    rows = rows.where(due.c.code.in_(THEMES["complaint"]), due.c.state == "open", due.c.due_on <= day_after(day, AHEAD))
    found = []
    for row in session.execute(rows.order_by(due.c.due_on, due.c.key)):
        if (row.about_id or "") in kept_from_reader(session, row.case):
            continue
        late = (dt.date.fromisoformat(day) - dt.date.fromisoformat(row.due_on)).days
        stands = f"{late} day{'s' * (late != 1)} late" if late > 0 else f"due {short_day(row.due_on)}"
        told = [name_of(row.code), stands, *_handled(session, row.case, row.about_id or "", row.code)]
        title = WELFARE if row.stream == "domestic_abuse" else row.title or ""
        found.append(PackLine(row.case, row.reference or "", title, " · ".join(told)))
    return PackList("Complaints about us", "What is late, or due in the next seven days.", tuple(found))


def _handled(session: Session, case: str, complaint: str, code: str) -> list[str]:
    found = session.get(Complaint, complaint)
    who = [f"with {found.handler}" if found.handler else "with nobody yet"] if found is not None else []
    looked = sa.select(FinishedForm.id).where(FinishedForm.file == case_file(case), FinishedForm.about == complaint)
    looked = looked.where(FinishedForm.form == "complaint_checked", FinishedForm.struck.is_(None)).limit(1)
    unlooked = found is not None and code in ANSWERS and session.scalar(looked) is None
    return [*who, *(["not looked at yet: is it handled well?"] if unlooked else [])]


def _hate(session: Session, day: str) -> PackList:
    since = day_after(day, -AHEAD)
    told = [line for line in hate_incidents(session, day) if line.late or line.day >= since]
    lines = tuple(
        PackLine(x.case, x.reference, x.title, "; ".join([x.day_text, *(f"{c.title} {c.words}" for c in x.clocks)]))
        for x in told
    )
    return PackList("Hate incidents", "Told in the last seven days, or with something late.", lines)


def _well(session: Session, day: str) -> PackList:
    since = london_instant(day_after(day, -AHEAD), "00:00")
    which = sa.select(FinishedForm).where(FinishedForm.form == "went_well", FinishedForm.struck.is_(None))
    found = []
    for kept in session.scalars(which.where(FinishedForm.at >= since).order_by(FinishedForm.at)):
        answers = kept.answers or {}
        row = session.execute(sa.select(case_line.c.reference).where(case_line.c.case == case_of(kept))).first()
        if row is not None and answers.get("share") != "nobody":
            what = str(answers.get("what") or "")
            found.append(PackLine(case_of(kept), row.reference or "", what, str(answers.get("why") or "")))
    return PackList("What went well", "Say thank you, and let others do the same.", tuple(found))
