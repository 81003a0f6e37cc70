"""Where two of us wrote different things: what stands side by side, who wrote it and when, and deciding between them.

Two kinds. Values of one field that no entry replaces both stand in the journal; a decision is an ordinary entry that
replaces them all. Assessments and plans made apart both stand until one follows both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.conflict_files import cases_of, files_by_record, files_of, places
from asbdesk.casework.conflict_sides import Written, apart_sides, entries, sides_of
from asbdesk.casework.conflict_words import field_words, is_free, value_words
from asbdesk.casework.kept import kept_from_reader
from asbdesk.casework.records import case_file, case_of, new
from asbdesk.casework.told import words
from asbdesk.casework.words import BANDS, sentence
from asbdesk.clock import short_moment
from asbdesk.errors import UserError
from asbdesk.model import Assessment, ConflictDecision, Record, kinds
from asbdesk.model.journal import conflict, due, entry, touch
from asbdesk.store.clashes import moment_of, second_of, weighs
from asbdesk.store.roles import exceeds
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.conflict_sides import Differs, Side
    from asbdesk.store.work import Work

GONE = "This was decided meanwhile. Look again."
WHY = "Write why, in a few words. Both stay in the chronology, with your reason."
APART = "apart"
"""First part of the id of two records made apart."""
MOST = 200
"""Most of each sort in a list."""
_CONFLICT = due.c.code == sa.literal_column("'conflict'")
"""Written out, so that the index of these lines alone is used."""


@dataclass(frozen=True)
class ConflictLine:
    """A conflict in a list: nothing of what was written stands in it. `case` is empty for the landlord's own."""

    id: str
    title: str
    where: str
    case: str
    weighs: bool
    since: str
    """The instant at which it became one."""
    since_text: str


@dataclass(frozen=True)
class ConflictView:
    """A conflict to decide. `free`: a third text may be written. `plan`: decided by agreeing one plan with them."""

    line: ConflictLine
    meanwhile: str
    sides: tuple[Side, ...]
    differs: tuple[Differs, ...] = ()
    free: bool = False
    plan: bool = False
    heads: tuple[str, ...] = ()
    text: str = ""
    """For `free`: what is shown now, to begin from."""


# ---- which there are
def conflicts(session: Session, member: str, *, case: str = "", most: int = MOST) -> tuple[ConflictLine, ...]:
    """The conflicts on this laptop (`most` of each sort), or of one case; what weighs first, then the oldest."""
    rows = sorted(_rows(session, case), key=lambda row: not weighs(row.kind, row.field))
    found = _lines(session, member, rows[:most])
    found += [_apart_line(session, member, *row) for row in _apart(session, case)[:most]]
    return tuple(sorted(found, key=lambda line: (not line.weighs, line.since, line.id)))


def of_the_landlord(session: Session, member: str, role: str) -> tuple[ConflictLine, ...]:
    """The conflicts in the landlord's own file that this role may decide: no case owes them, so Today says them."""
    rows = _in_files(session, entry.c.file.startswith("landlord/"))
    own = [r for r in rows if not role or not exceeds(role, member, {f"{r.kind}/{r.id}": {r.field: None}})]
    return tuple(_lines(session, member, own)) if own else ()


def count(session: Session) -> int:
    """How many conflicts stand."""
    return (session.scalar(sa.select(sa.func.count()).select_from(conflict)) or 0) + len(_apart(session, ""))


def _rows(session: Session, case: str) -> list[Any]:
    """The lines of `conflict`: all, or those about records in the files of one case."""
    if not case:
        return list(session.execute(sa.select(conflict)))
    return _in_files(session, entry.c.file.in_(files_of(session, case)))


def _in_files(session: Session, which: sa.ColumnElement[bool]) -> list[Any]:
    own = sa.and_(touch.c.kind == conflict.c.kind, touch.c.id == conflict.c.id)
    about = sa.select(touch.c.n).join(entry, entry.c.n == touch.c.n).where(own, which)
    return list(session.execute(sa.select(conflict).where(about.exists())))


def _apart(session: Session, case: str) -> list[tuple[str, str, str]]:
    """`(case, kind, id of the second)` of assessments and plans made apart, as the duties found them."""
    which = sa.select(due.c.case, due.c.key, due.c.about_id).where(_CONFLICT, due.c.state == "open")
    which = which.where(due.c.case == case) if case else which
    ends = {"assessment": "assessment", "plan": "plan_version"}
    rows = [(row.case, row.key.rpartition("/")[2], row.about_id) for row in session.execute(which)]
    return [(found, ends[end], about) for found, end, about in rows if end in ends]


def _lines(session: Session, member: str, rows: Sequence[Any]) -> list[ConflictLine]:
    written = entries(session, {head[0] for row in rows for head in row.heads})
    files = files_by_record(session, rows)
    cases = {file: next(iter(cases_of(session, file)), "") for file in set(files.values())}
    where = places(session, set(cases.values()))
    found = []
    hidden = kept_from_reader(session, *(case for case in cases.values() if case))
    for row in rows:
        case = cases.get(files.get((row.kind, row.id), ""), "")
        if row.id in hidden:
            continue
        since = written[second].at if (second := second_of(row.heads)) in written else ""
        title = _title([written.get(head[0]) for head in row.heads], member, row.kind, row.field)
        told = (where.get(case, ""), case, weighs(row.kind, row.field), since)
        found.append(
            ConflictLine(f"{row.kind}/{row.id}/{row.field}", title, *told, short_moment(since) if since else "")
        )
    return found


def _title(written: Sequence[Written | None], member: str, kind: str, field: str) -> str:
    what = field_words(kind, field)
    if field == "struck":
        return f"{_who(written, member)} differ about {what}: crossed out, and written in"
    return f"{_changed(written, member)} {what}"


def _who(written: Sequence[Written | None], member: str) -> str:
    names = dict.fromkeys("you" if w and w.by == member else (w.first if w else "") or "somebody" for w in written)
    ordered = [*(n for n in names if n != "you"), *(n for n in names if n == "you")]
    text = sentence(ordered)
    return text[:1].upper() + text[1:]


def _changed(written: Sequence[Written | None], member: str) -> str:
    people = {w.by if w else "" for w in written}
    if len(people) == 1:
        return f"{_who(written, member)} wrote on two laptops"
    return f"{_who(written, member)} {'both' if len(people) == 2 else 'each'} changed"


def _apart_line(session: Session, member: str, case: str, kind: str, second: str) -> ConflictLine:
    sides = apart_sides(session, member, kind, second)
    names = dict.fromkeys(side.who for side in sides)
    both = sentence([*(n for n in names if n != "You"), *("you" for n in names if n == "You")])
    what = "assessed the risk" if kind == "assessment" else "made a plan"
    title = f"{both[:1].upper()}{both[1:]} each {what}, apart"
    since = max((side.at for side in sides), default="")
    told = (places(session, {case})[case], case, True, since, short_moment(since) if since else "")
    return ConflictLine(f"{APART}/{kind}/{second}", title, *told)


# ---- one of them
def conflict_view(session: Session, member: str, id: str) -> ConflictView:
    """The conflict of this id. Raises UserError when it was decided meanwhile."""
    kind, record, field = id.split("/", 2)
    if kind == APART:
        return _apart_view(session, member, record, field)
    row = session.execute(sa.select(conflict).where(*_is(kind, record, field))).first()
    if row is None:
        raise UserError(GONE)
    shown = _shown_value(session, kind, record, field)
    sides = sides_of(session, member, row, shown)
    values = [head[1] for head in row.heads]
    free = is_free(kind, field, values)
    heads, text = tuple(head[0] for head in row.heads), str(shown or "") if free else ""
    meanwhile = _meanwhile(session, row, shown)
    return ConflictView(_lines(session, member, [row])[0], meanwhile, sides, free=free, heads=heads, text=text)


def _is(kind: str, record: str, field: str) -> tuple[sa.ColumnElement[bool], ...]:
    return conflict.c.kind == kind, conflict.c.id == record, conflict.c.field == field


def _shown_value(session: Session, kind: str, record: str, field: str) -> Any:
    found = session.get(kinds()[kind], record)
    return getattr(found, field, None)


def _meanwhile(session: Session, row: Any, shown: Any) -> str:
    if row.field == "struck":
        return "It stays as it was written until you decide. Nothing was lost."
    if not weighs(row.kind, row.field):
        return "The later one shows until you decide. Both are kept."
    words_ = value_words(session, row.kind, row.field, shown)
    return f"{words_} applies until you decide. The more careful of them always does."


def _apart_view(session: Session, member: str, kind: str, second: str) -> ConflictView:
    sides = apart_sides(session, member, kind, second)
    record: Any = session.get(kinds()[kind], second)
    if record is None or len(sides) < 2:
        raise UserError(GONE)
    line = _apart_line(session, member, case_of(record), kind, second)
    if kind == "plan_version":
        words_ = "Both plans stand, and what we promised in either is owed, until one plan takes the place of both."
        return ConflictView(line, words_, sides, plan=True)
    from asbdesk.casework.conflict_sides import answers_that_differ
    from asbdesk.casework.risk import level_of

    level = BANDS.get(level_of(session, line.case, record.of), "")
    differs = answers_that_differ(session, sides)
    return ConflictView(line, f"{level} applies until you decide. The higher of them always does.", sides, differs)


# ---- deciding
@action("conflict.decided")
def decide(work: Work, id: str, entry: str, reason: str, *, heads: Sequence[str] = (), text: str | None = None) -> None:
    """Keep the value of `entry`, or `text` where a third was written. Raises UserError for no reason, and for a
    conflict that was decided meanwhile."""
    reason = words(reason, WHY)
    kind, record_id, field = id.split("/", 2)
    row = work.session.execute(sa.select(conflict).where(*_is(kind, record_id, field))).first()
    if row is None or (text is None and entry not in {head[0] for head in row.heads}):
        raise UserError(GONE)
    record = work.get(kinds()[kind], record_id)
    value = next((head[1] for head in row.heads if head[0] == entry), None) if text is None else text.strip()
    kept = value_words(work.session, kind, field, value)
    work.decide(record, field, value)
    _write_down(work, record, field, row.heads, heads, kept, reason)


def _write_down(
    work: Work, record: Record, field: str, standing: Sequence[Any], seen: Sequence[str], kept: str, reason: str
) -> None:
    second = second_of(standing)
    written = entries(work.session, [second])
    new(
        work,
        ConflictDecision,
        str(record.file),
        at=work.happened,
        about=f"{record.kind}/{record.id}",
        field=field,
        heads=list(seen) or [head[0] for head in standing],
        raised_by=second,
        since=moment_of(written[second].hlc) if second in written else work.now,
        kept=kept,
        reason=reason,
        by=work.member,
    )


@action("risk.decided")
def decide_assessment(work: Work, second: str, keep: str, reason: str) -> str:
    """Of assessments made apart, the one that counts: a new one with its answers that follows them all. Its id."""
    reason = words(reason, WHY)
    sides = [side.entry for side in apart_sides(work.session, work.member, "assessment", second)]
    if len(sides) < 2 or keep not in sides:
        raise UserError(GONE)
    kept = work.get(Assessment, keep)
    same = ("of", "by", "method", "form", "form_title", "score", "out_of", "complete", "computed", "band", "approver")
    told = {name: getattr(kept, name) for name in same}
    told |= {"answers": dict(kept.answers or {}), "floors": list(kept.floors or ())}
    file = case_file(case_of(kept))
    return new(
        work, Assessment, file, at=work.happened, reason=reason, trigger="two made apart", follows=sides, **told
    ).id


__all__ = [
    "ConflictLine",
    "ConflictView",
    "conflict_view",
    "conflicts",
    "count",
    "decide",
    "decide_assessment",
    "of_the_landlord",
]
