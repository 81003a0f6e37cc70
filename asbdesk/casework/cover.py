"""Cover: an officer's cases while they are away. Who has a case today is worked out, and comes back by itself.

Nothing is handed over: the case keeps its officer, and a `Rest` of sort `cover` says who has it until which day. The
day after its last it says nothing any more, on every desk alike and with no connection; no clock writes anything. It
stays to be read by the officer who is back, who crosses it out (`back`): only then does it leave the laptop that
covered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import handover
from asbdesk.casework.chronology import chronology
from asbdesk.casework.oversight import C, Line, line_of
from asbdesk.casework.records import all_rows, case_file, new, put
from asbdesk.casework.told import Said, words
from asbdesk.casework.views import ChronologyLine, CoverLine
from asbdesk.casework.way_out import barred_name
from asbdesk.clock import london_day, london_instant, plain_day, short_day
from asbdesk.errors import UserError
from asbdesk.model import Case, Handover, Member, Promise, Rest
from asbdesk.model.journal import case_line, due
from asbdesk.store.prepared import Prepared
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work

COVER = "cover"
"""The sort of such a `Rest`. `about`: the member who covers; `waits_for`: the officer who is away; `at`: from when on;
`until`: its last day; `note`: what they must know."""
PROMISED = "Promised"
"""How the chronology calls a promise: it stands once, at the top."""
MOST = 200
"""Lines of one case that an officer who is back is shown; the rest stands in its chronology."""


# ---- what a cover must know
@dataclass(frozen=True)
class Covered:
    """One case as whoever covers it must know it: promises and the next contact first."""

    line: Line
    promised: tuple[str, ...]
    next_contact: str
    handed: str
    """What was written for whoever takes it, last."""

    @property
    def must_know(self) -> tuple[str, ...]:
        """In the order in which it matters."""
        first = [f"Promised: {each}" for each in self.promised]
        first += [f"They expect to hear from us: {self.next_contact}"] if self.next_contact else []
        return (*first, *([f"To know: {self.handed}"] if self.handed else ()))


def cases_of(session: Session, member: str) -> tuple[Covered, ...]:
    """The cases of one member that are open, or closed and still owe something: those with something promised or agreed
    first, the earliest at the top."""
    which = sa.select(C.case).where(C.officer == member, sa.or_(C.status == "open", C.next_due.is_not(None)))
    return in_order(session, session.scalars(which.order_by(C.next_due, C.reference)).all())


def in_order(session: Session, cases: Iterable[str]) -> tuple[Covered, ...]:
    """These cases, those with something promised or agreed first."""
    found = [_covered(session, case) for case in cases]
    return tuple(each for _, each in sorted(found, key=lambda pair: (pair[0], pair[1].line.reference)))


def _covered(session: Session, case: str) -> tuple[str, Covered]:
    open_ = sa.select(Promise).where(Promise.file == case_file(case), Promise.kept_on.is_(None))
    promises = list(session.scalars(open_.where(Promise.struck.is_(None)).order_by(Promise.by)))
    told = tuple(f"{p.what or ''}{f', by {plain_day(p.by)}' if p.by else ''}" for p in promises)
    owed = sa.select(due.c.due_on).where(due.c.case == case, due.c.code == "next_contact", due.c.state == "open")
    contact = session.scalar(owed.order_by(due.c.due_on).limit(1)) or ""
    row = session.execute(sa.select(C.next_due).where(C.case == case)).first()
    soon = f"The next thing is due {short_day(row.next_due)}" if row is not None and row.next_due else "Nothing is due"
    first = min([d for d in (*(p.by or "" for p in promises), contact) if d], default="9")
    next_ = plain_day(contact) if contact else ""
    return first, Covered(line_of(session, case, soon), told, next_, _told_last(session, case))


def _told_last(session: Session, case: str) -> str:
    """What was written for whoever took the case, at the last handover or cover."""
    found = []
    for kind, more in ((Handover, ()), (Rest, (Rest.sort == COVER,))):
        which = sa.select(kind.at, kind.note).where(kind.file == case_file(case), kind.struck.is_(None), *more)
        found += [(at or "", note) for at, note in session.execute(which) if note]
    return max(found, default=("", ""))[1]


# ---- who has it
@dataclass(frozen=True)
class Cover:
    """One case that somebody has in its officer's place."""

    id: str
    case: str
    officer: str
    by: str
    begins: str
    """Its first day."""
    until: str
    """Its last day."""


_COVERS = (
    sa.select(Rest.id, Rest.file, Rest.waits_for, Rest.about, Rest.at, Rest.until, case_line.c.officer)
    .join(case_line, case_line.c.case == sa.func.substr(Rest.file, sa.literal_column("6")))  # by its key: rests are few
    .where(Rest.sort == COVER, Rest.struck.is_(None))
    .order_by(Rest.id)
)


_EVER = Prepared(_COVERS)
_NOT_OVER = Prepared(_COVERS.where(Rest.until >= sa.bindparam("day", type_=sa.Text())))
_LEFT = Prepared(sa.select(Member.id).where(Member.left_on.is_not(None)))


def covers(session: Session, *more: sa.ColumnElement[bool]) -> tuple[Cover, ...]:
    """Every cover that nobody has crossed out, over or not. A case that has another officer by now is not covered."""
    return _those(all_rows(session, _COVERS.where(*more)) if more else _EVER.rows(session))


def _those(found: Iterable[Sequence[Any]]) -> tuple[Cover, ...]:
    return tuple(
        Cover(id, (file or "")[5:], officer, by or "", london_day(at), until or "")
        for id, file, officer, by, at, until, has in found
        if at and officer and officer == has
    )


def standing(session: Session, day: str) -> dict[str, Cover]:
    """Case → who has it on a day in its officer's place: of several, the one written last. Nobody who has left."""
    found = _those(_NOT_OVER.rows(session, day=day))
    left = {id for (id,) in _LEFT.rows(session)} if found else set()
    return {c.case: c for c in found if c.begins <= day and c.by not in left}


def covered_until(session: Session, case: str, day: str) -> str:
    """ "Rosalind Hughes covers until Friday 4 December"; empty where its officer has it."""
    found = covers(session, Rest.file == case_file(case), Rest.until >= day)
    stands = [c for c in found if c.begins <= day]
    return f"{name_of(session, stands[-1].by)} covers until {plain_day(stands[-1].until)}" if stands else ""


def name_of(session: Session, member: str) -> str:
    """A colleague's name."""
    found = session.get(Member, member)
    return (found.name if found else "") or "A colleague"


# ---- giving and taking back
@action("case.covered")
def cover(work: Work, cases: Sequence[str], to: str, until: str, note: str, begins: str = "") -> list[str]:
    """A named colleague has cases from `begins` (today) until a day, when they come back by themselves; without a last
    day they are handed over. No clock stops. Ids of the records. Raises UserError for nobody named, for a colleague who
    must not be in touch with somebody in one of them or works without a desk, and for days that cannot be."""
    note = words(note, "Write what they must know.")
    to = words(to, "Choose who covers for you.")
    if not cases:
        raise UserError("Choose at least one case.")
    if not until:
        return [handover.hand_over(work, case, to, said=Said(note=note)) for case in cases]
    today = london_day(work.now)
    begins = begins or today
    if until < today or until < begins or begins < today:
        raise UserError("Choose a first day from today on, and a last day that is not before it.")
    member = handover.member_called(work, to)
    if not member:
        raise UserError(f"{to} does not work with this desk. Leave the last day open to hand the cases over.")
    return [_cover(work, case, to, member, begins, until, note) for case in cases]


def _cover(work: Work, case: str, to: str, member: str, begins: str, until: str, note: str) -> str:
    held = barred_name(work.session, case, to)
    if held:
        raise UserError(held)
    officer = work.get(Case, case).officer or ""
    if officer == member:
        raise UserError(f"{to} looks after this case already. Choose somebody else.")
    at = work.happened if begins == london_day(work.happened) else london_instant(begins)
    told: dict[str, Any] = {"about": member, "waits_for": officer, "until": until, "note": note, "by": work.member}
    return new(work, Rest, case_file(case), sort=COVER, at=at, **told).id


@action("case.cover_ended")
def back(work: Work, covers_: Sequence[str]) -> None:
    """The officer has these cases again, and has read what happened: each cover is crossed out. What had not ended ends
    today."""
    for id in covers_:
        found = work.get(Rest, id)
        if found.sort == COVER and not found.struck:
            put(found, struck=f"Back on {plain_day(london_day(work.now))}")


@dataclass(frozen=True)
class Meanwhile:
    """What happened in one case while somebody else had it. `lines`: the newest first; `promised`: what was promised
    then and is not kept."""

    line: Line
    by: str
    lines: tuple[ChronologyLine, ...]
    promised: tuple[str, ...]


def meanwhile(session: Session, member: str, ids: tuple[str, ...], today: str) -> tuple[Meanwhile, ...]:
    """What others did in a member's cases since these covers began: those with promises first, then those in which
    anything happened."""
    by_case: dict[str, list[Cover]] = {}
    for each in covers(session, Rest.id.in_(ids)):
        by_case.setdefault(each.case, []).append(each)
    found = [_meanwhile(session, some, member, today) for some in by_case.values()]
    return tuple(sorted(found, key=lambda m: (not m.promised, not m.lines, m.line.reference)))


def _meanwhile(session: Session, some: list[Cover], member: str, today: str) -> Meanwhile:
    case, since, first = some[0].case, min(c.begins for c in some), min(c.id for c in some)
    own = name_of(session, member)
    every = chronology(session, case, limit=MOST, today=today)
    lines = tuple(x for x in every if london_day(x.at) >= since and x.by != own)
    made = sa.select(Promise).where(
        Promise.file == case_file(case), Promise.kept_on.is_(None), Promise.struck.is_(None)
    )
    promised = tuple(
        f"{p.what or ''}{f', by {plain_day(p.by)}' if p.by else ''}"
        for p in session.scalars(made.order_by(Promise.by))
        if p.id > first  # written after it was given
    )
    lines = tuple(x for x in lines if x.title != PROMISED or not any(p.startswith(x.text) for p in promised))
    text = f"{len(lines)} {'thing' if len(lines) == 1 else 'things'} happened" if lines else "Nothing happened"
    return Meanwhile(line_of(session, case, text), name_of(session, some[-1].by), lines, promised)


# ---- what Today says of it
def lines_today(session: Session, member: str, day: str) -> tuple[CoverLine, ...]:
    """Whom this member covers for, who has theirs, and what waits to be read."""
    every = covers(session)
    if not every:
        return ()
    now = standing(session, day)
    found = [_line("here", session, [c for c in now.values() if c.by == member and c.officer == id]) for id in
             dict.fromkeys(c.officer for c in now.values() if c.by == member)]  # fmt: skip
    found += [_line("away", session, [c for c in now.values() if c.officer == member])]
    over = [c for c in every if c.officer == member and c.until < day]
    return tuple(line for line in (_line("back", session, over), *found) if line.cases)


def _line(kind: str, session: Session, some: Sequence[Cover]) -> CoverLine:
    cases, ids = tuple(dict.fromkeys(c.case for c in some)), tuple(c.id for c in some)
    if not some:
        return CoverLine(kind, "", (), ())
    many = f"{len(cases)} case" if len(cases) == 1 else f"{len(cases)} cases"
    until = plain_day(max(c.until for c in some))
    if kind == "here":
        words_ = f"You cover for {name_of(session, some[0].officer)} until {until}: {many}"
    elif kind == "away":
        by = " and ".join(dict.fromkeys(name_of(session, c.by) for c in some))
        words_ = f"{many} of yours {'is' if len(cases) == 1 else 'are'} with {by} until {until}"
    else:
        words_ = f"You are back: read what happened in {many} while you were away"
    return CoverLine(kind, words_, ids, cases)
