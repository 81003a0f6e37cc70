"""What a case file lacks, said by ourselves: what was not done, silence, what was written late, what lies elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise

import sqlalchemy as sa

from asbdesk.casework.casefile.chapters import chapter, table
from asbdesk.casework.casefile.reading import Reading, day, working_days
from asbdesk.casework.chronology_corrected import told_in_words
from asbdesk.casework.parts.reading import standing
from asbdesk.casework.records import case_file
from asbdesk.clock import days_between, london_day
from asbdesk.documents.casefile import Chapter, Line
from asbdesk.documents.learned import Owed
from asbdesk.model import Assessment, Contact, Evidence, EvidenceElsewhere, Letter, PlanVersion, Record, kinds
from asbdesk.model.journal import body, entry

SILENCE = 20
"""Working days without an entry."""
LATE = 5
"""Working days between what happened and writing it down."""
MOST = 200
"""Rows of one sort; the rest is counted in the last one."""


def lacks(r: Reading, missing: tuple[Line, ...] = ()) -> Chapter:
    """The chapter. `missing`: files that are not on this laptop."""
    entries = list(_entries(r))
    gaps = (*_not_there(r), *missing, *_never_done(r))
    tables = (
        table(r, ("missing",), (1.0,), gaps, "gaps"),
        table(r, ("missing",), (1.0,), tuple(_silence(r, entries)), "silence"),
        table(r, ("missing",), (1.0,), _some(list(_written_late(r, entries))), "written_late"),
        table(r, ("what",), (1.0,), _some(list(_corrections(r, entries))), "corrections"),
        table(r, ("missing", "where"), (0.6, 0.4), tuple(_elsewhere(r)), "elsewhere"),
    )
    return chapter(r, "lacks", *tables, says=(r.say.bare("lacks.says"),))


def _some(lines: list[Line]) -> tuple[Line, ...]:
    if len(lines) <= MOST:
        return tuple(lines)
    return (*lines[:MOST], Line((f"and {len(lines) - MOST} more, in the chronology",)))


def _entries(r: Reading) -> Iterator[dict[str, object]]:
    """Each entry but who looked: its days, its action, what it set."""
    rows = sa.select(body.c.text).join(entry, entry.c.n == body.c.n).where(entry.c.file == case_file(r.case))
    rows = rows.where(body.c.text.not_like('%"do":"viewed"%')).order_by(entry.c.n)
    for text in r.session.scalars(rows.execution_options(yield_per=500)):
        told = json.loads(text)
        sets = told.get("set", {})
        changed = any(len(value) > 1 for fields in sets.values() for value in fields.values())
        yield {
            "happened": london_day(told["happened"]),
            "recorded": london_day(told["recorded"]),
            "do": told.get("do", ""),
            "title": told_in_words(r.session, told)[2],
            "about": tuple(record.partition("/")[2] for record in sets),
            "changed": changed,
        }


# ---- what was not done
def _not_there(r: Reading) -> Iterator[Line]:
    risk = standing(r.session, Assessment, r.case)
    made = [c for c in standing(r.session, Contact, r.case) if c.made]
    plan = standing(r.session, PlanVersion, r.case)
    for name, found in (("no_risk", risk), ("no_plan", plan), ("no_contact", made)):
        if not found:
            yield Line((r.say.bare(f"lacks.{name}"),))
    taken = standing(r.session, Evidence, r.case)
    waits = sorted(e.received or "" for e in taken if not e.reviewed and not e.offered_not_taken)
    if waits:
        oldest = day(london_day(waits[0])) if waits[0] else "a day not on file"
        yield Line((r.say.bare("lacks.no_reply", count=str(len(waits)), day=oldest),))
    for e in taken:
        if e.offered_not_taken:
            yield Line((r.say.bare("lacks.not_taken", what=e.note or e.name or "no words on file"),), (e.id,))


def _never_done(r: Reading) -> Iterator[Line]:
    by_name: dict[str, list[Owed]] = {}
    for o in r.owed:
        if o.late_from and o.how not in ("met", "waived"):
            by_name.setdefault(o.name, []).append(o)
    for name, found in by_name.items():
        first = day(min(o.due for o in found))
        words = "lacks.never" if len(found) == 1 else "lacks.never_many"
        more = {"count": str(len(found))} if len(found) > 1 else {}
        yield Line((r.say.bare(words, name=name, day=first, **more),))


# ---- the writing of it
def _silence(r: Reading, entries: list[dict[str, object]]) -> Iterator[Line]:
    days = sorted({str(e["happened"]) for e in entries})
    for first, last in pairwise(days):
        if days_between(first, last) > SILENCE and (count := working_days(r.policy, first, last) - 1) >= SILENCE:
            yield Line((r.say.bare("lacks.silence", first=day(first), last=day(last), count=str(count)),))


def _written_late(r: Reading, entries: list[dict[str, object]]) -> Iterator[Line]:
    for e in entries:
        happened, recorded = str(e["happened"]), str(e["recorded"])
        if days_between(happened, recorded) > LATE and working_days(r.policy, happened, recorded) > LATE:
            said = r.say.bare("lacks.written", what=str(e["title"]), day=day(happened), written=day(recorded))
            yield Line((said,), e["about"])  # type: ignore[arg-type]


def _corrections(r: Reading, entries: list[dict[str, object]]) -> Iterator[Line]:
    for e in entries:
        if str(e["do"]).endswith((".corrected", ".struck", ".crossed_out")) or e["do"] in ("undone", "record.struck"):
            said = r.say.bare("lacks.corrected", what=str(e["title"]), day=day(str(e["recorded"])))
            yield Line((said,), e["about"])  # type: ignore[arg-type]
    struck = sum(_struck(r, cls) for cls in kinds().values())
    if struck:
        yield Line((r.say.bare("lacks.struck", count=str(struck)),))


def _struck(r: Reading, cls: type[Record]) -> int:
    which = sa.select(sa.func.count()).select_from(cls)
    return r.session.scalar(which.where(cls.file == case_file(r.case), cls.struck.is_not(None))) or 0


# ---- what lies elsewhere
def _elsewhere(r: Reading) -> Iterator[Line]:
    yield Line((r.say.bare("lacks.tenancy"), ""))
    yield Line((r.say.bare("lacks.policies"), ""))
    for v in standing(r.session, PlanVersion, r.case):
        if not v.sealed:
            yield Line((r.say.bare("lacks.no_paper", number=v.number or ""), ""), (v.id,))
    for x in standing(r.session, Letter, r.case):
        if not x.sealed:
            when = day(london_day(x.at)) if x.at else "a day not on file"
            yield Line((r.say.bare("lacks.letter", day=when, what=x.title or x.note or ""), ""), (x.id,))
    for held in standing(r.session, EvidenceElsewhere, r.case):
        what = " ".join(t for t in (held.type, held.note) if t)
        yield Line((r.say.bare("lacks.elsewhere", who=held.who or "somebody", what=what), held.who or ""), (held.id,))
