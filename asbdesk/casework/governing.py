"""A period in numbers, across all cases: how we kept to our policy, hate, complaints, learning; nobody is named
(FEATURES.md L02, L03, L07)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import registers
from asbdesk.casework.landlord import landlord_view
from asbdesk.casework.records import all_rows, case_of
from asbdesk.casework.release import release_report
from asbdesk.casework.timescales import timescales
from asbdesk.casework.words import BANDS, label
from asbdesk.clock import london_instant
from asbdesk.documents.governing_report import Counted, GoverningReport, KeptTo
from asbdesk.documents.words import words
from asbdesk.duties.codes import THEMES
from asbdesk.duties.duty import day_after
from asbdesk.duties.facts import BANDS as LEVELS
from asbdesk.model import Assessment, Case, Complaint, FinishedForm, HateRecord, LearningStatement, Progress, Report
from asbdesk.model.journal import case_line, due

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.documents.released import Released

WORST = 5
"""Duties named where we departed most from our policy."""
TEXTS = 12
"""Sentences of one kind, at most."""


@dataclass(frozen=True)
class Period:
    """From one day to another (YYYY-MM-DD), both in it, as it stands today. Practice cases are counted only where there
    is no other, so that it can be tried."""

    session: Session
    since: str
    until: str
    today: str
    practice: bool = False

    @classmethod
    def of(cls, session: Session, since: str, until: str, today: str) -> Period:
        real = sa.select(Case.id).where(Case.practice.is_not(True), Case.struck.is_(None)).limit(1)
        return cls(session, since, until, today, session.scalar(real) is None)

    @property
    def cases(self) -> sa.Select[Any]:
        """Ids of the cases counted."""
        return sa.select(Case.id).where(Case.practice.is_(True) if self.practice else Case.practice.is_not(True))

    @property
    def files(self) -> sa.Select[Any]:
        """Their files."""
        of = Case.practice.is_(True) if self.practice else Case.practice.is_not(True)
        return sa.select(sa.literal("case/") + Case.id).where(of)

    @property
    def last(self) -> str:
        """The last day on which something due is past its day."""
        return min(self.until, day_after(self.today, -1))

    def within(self, at: Any) -> tuple[Any, Any]:
        """An instant of the period."""
        return at >= london_instant(self.since, "00:00"), at < london_instant(day_after(self.until), "00:00")

    def records(self, kind: Any, what: Any, at: Any) -> sa.Select[Any]:
        """`what` of the standing records of a kind, of these days and cases."""
        return sa.select(what).where(kind.struck.is_(None), kind.file.in_(self.files), *self.within(at))

    def count(self, select: sa.Select[Any]) -> int:
        return int(self.session.scalar(sa.select(sa.func.count()).select_from(select.subquery())) or 0)


def period(session: Session, member: str, since: str, until: str, today: str) -> GoverningReport:
    """What happened from one day to another, both among it."""
    p = Period.of(session, since, until, today)
    kept, answers = kept_to(p), _answers(p)
    reviews, edi = (registers.register(session, name, today).entries for name in ("hate_review", "edi_review"))
    return GoverningReport(
        landlord=landlord_view(session, member).name,
        since=since,
        until=until,
        practice=p.practice,
        **_cases(p),
        themes=by_theme(kept),
        worst=tuple(one for one in _worst_first(kept)[:WORST] if one.departed),
        levels_set=_levels_set(p),
        longer=_longer(session, today),
        gaps=registers.register(session, registers.POLICIES, today).gaps,
        hate=p.count(p.records(Report, Report.id, Report.received).where(Report.hate.is_not(None))),
        hate_spoken=_hate_contacts(p),
        strands=_strands(p),
        hate_review=(reviews[0].since, str(reviews[0].answers.get("change") or "")) if reviews else ("", ""),
        complaints=p.count(p.records(Complaint, Complaint.id, Complaint.at)),
        about=_about(p),
        answered=len(answers),
        upheld=sum(result in ("yes", "part") for result in answers.values()),
        inquiries=_inquiries(p),
        orders=_orders(p),
        learned=_learned(p),
        well=_well(p),
        trained=_trained(p),
        edi=edi[0].since if edi else "",
    )


@dataclass(frozen=True)
class Looked:
    """How we kept to our policy and complaints, as a manager looks at them: those with most late first."""

    practice: bool
    kept: tuple[KeptTo, ...]
    gaps: tuple[str, ...]
    longer: tuple[str, ...]
    answered: int
    upheld: int


def looked(session: Session, since: str, today: str) -> Looked:
    """The same for the screen, up to today: every duty by its name (FEATURES.md L02)."""
    p = Period.of(session, since, today, today)
    kept, answers = kept_to(p), list(_answers(p).values())
    upheld = sum(result in ("yes", "part") for result in answers)
    gaps = registers.register(session, registers.POLICIES, today).gaps
    return Looked(p.practice, tuple(_worst_first(kept)), gaps, _longer(session, today), len(answers), upheld)


def paper(session: Session, member: str, since: str, until: str, today: str, at: str) -> Released[GoverningReport]:
    """The same for paper, looked at for names."""
    return release_report(session, period(session, member, since, until, today), at)


# ---- how we kept to our policy
def kept_to(p: Period) -> dict[str, KeptTo]:
    """Of each code what fell due in a period, done or not: what is due today or later is not among it."""
    rows = sa.select(due.c.code, due.c.state, sa.func.count()).where(due.c.due_on >= p.since, due.c.due_on <= p.last)
    rows = rows.where(due.c.state != "ended", due.c.case.in_(p.cases)).group_by(due.c.code, due.c.state)
    found: dict[str, Counter[str]] = {}
    for code, state, count in all_rows(p.session, rows):
        found.setdefault(code, Counter())[state] = count
    return {code: _kept(name_of(code), states) for code, states in found.items()}


def name_of(code: str) -> str:
    """What a board calls a duty: the thing that is done."""
    say = words("governing_report")
    return say.bare(f"duty.{code}") if f"duty.{code}" in say.plain else code.replace("_", " ").capitalize()


def _kept(name: str, states: Counter[str]) -> KeptTo:
    parts = (states["met"], states["met_late"], states["open"], states["waived"])
    return KeptTo(name, sum(parts), *parts)


def _worst_first(kept: Mapping[str, KeptTo]) -> list[KeptTo]:
    return sorted(kept.values(), key=lambda one: (-one.departed, -one.owed, one.name))


def by_theme(kept: Mapping[str, KeptTo]) -> tuple[KeptTo, ...]:
    """The same, a line for each theme, in the order of the rules."""
    of = {theme: [kept[code] for code in codes if code in kept] for theme, codes in THEMES.items()}
    return tuple(_together(theme, some) for theme, some in of.items() if some)


def _together(theme: str, some: list[KeptTo]) -> KeptTo:
    sums = (sum(getattr(k, name) for k in some) for name in ("owed", "in_time", "late", "still", "waived"))
    return KeptTo(theme, *sums)


def _levels_set(p: Period) -> tuple[int, int]:
    """Risk levels that an officer set higher, and lower, than the form came to."""
    which = p.records(Assessment, Assessment.computed, Assessment.at).add_columns(Assessment.band)
    pairs = [pair for pair in all_rows(p.session, which) if all(band in LEVELS for band in pair)]
    steps = [LEVELS.index(band) - LEVELS.index(computed) for computed, band in pairs]
    return sum(step > 0 for step in steps), sum(step < 0 for step in steps)


def _longer(session: Session, today: str) -> tuple[str, ...]:
    """Our own times that are longer than the usual ones: a board may want it so, and should know it."""
    found = (t for t in timescales(session, today) if t.own and t.ours > t.usual)
    told = [f"{t.what[:1].upper()}{t.what[1:]}: {t.ours} {t.unit}; usual {t.usual}" for t in found]
    return tuple(told[:TEXTS])


# ---- cases, hate
def _cases(p: Period) -> dict[str, Any]:
    C = case_line.c
    rows = sa.select(C.band, sa.func.count()).where(C.status == "open", C.case.in_(p.cases)).group_by(C.band)
    bands: dict[str, int] = {str(band or ""): count for band, count in all_rows(p.session, rows)}
    opened, closed = (p.count(p.cases.where(*p.within(at))) for at in (Case.opened, Case.closed))
    levels = tuple((BANDS[band].lower(), bands.get(band, 0)) for band in ("high", "medium", "standard"))
    unassessed = sum(count for band, count in bands.items() if band not in BANDS)
    told = {"opened": opened, "closed": closed, "now": sum(bands.values())}
    return {**told, "levels": levels, "unassessed": unassessed}


def _hate_contacts(p: Period) -> tuple[int, int]:
    """First contacts about hate made in time, and all that fell due."""
    hate = sa.select(Report.id).where(Report.hate.is_not(None), Report.struck.is_(None), Report.file.in_(p.files))
    rows = sa.select(due.c.state, sa.func.count()).where(due.c.code == "first_contact", due.c.about_id.in_(hate))
    rows = rows.where(due.c.due_on >= p.since, due.c.due_on <= p.last, due.c.state != "ended").group_by(due.c.state)
    states: dict[str, int] = {state: count for state, count in all_rows(p.session, rows) if state}
    return states.get("met", 0), sum(states.values())


def _strands(p: Period) -> Counted:
    told = p.session.scalars(p.records(HateRecord, HateRecord.strands, HateRecord.at))
    counted = Counter(str(strand) for strands in told for strand in strands or ())
    return tuple((label("strand", strand) or strand, count) for strand, count in counted.most_common())


# ---- complaints
def _about(p: Period) -> Counted:
    told = Counter(p.session.scalars(p.records(Complaint, Complaint.about, Complaint.at)))
    found = [(label("complaint_about", about).lower() or "something else", count) for about, count in told.items()]
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def _answers(p: Period) -> dict[str, str]:
    """Complaint → how it was answered last in the period."""
    which = p.records(Progress, Progress.about, Progress.at).add_columns(Progress.result).order_by(Progress.at)
    rows = all_rows(p.session, which.where(Progress.what == "complaint_answered"))
    return {about or "": result or "" for about, result in rows}


def _inquiries(p: Period) -> tuple[int, int]:
    """Complaints that somebody looked into, and those whose finding was explained."""
    forms = _forms(p, "complaint_inquiry")
    explained = {form.about for form in forms if (form.answers or {}).get("explained")}
    return len({form.about for form in forms}), len(explained)


def _forms(p: Period, id: str) -> list[FinishedForm]:
    which = p.records(FinishedForm, FinishedForm, FinishedForm.at).where(FinishedForm.form == id)
    return list(p.session.scalars(which.order_by(FinishedForm.at)))


def _orders(p: Period) -> tuple[int, int, int]:
    """Of the Ombudsman's orders and recommendations: open, late of them, done in the period."""
    rows = sa.select(due.c.state, due.c.due_on, due.c.met_on).where(due.c.code == "order", due.c.case.in_(p.cases))
    open_ = late = done = 0
    for state, due_on, met_on in all_rows(p.session, rows):
        open_ += state == "open"
        late += state == "open" and due_on < p.today
        done += bool(met_on) and p.since <= met_on[:10] <= p.until
    return open_, late, done


# ---- learning, training
def _learned(p: Period) -> tuple[tuple[str, str], ...]:
    which = p.records(LearningStatement, LearningStatement, LearningStatement.at).order_by(LearningStatement.at)
    return tuple((case_of(told), told.differently or "") for told in p.session.scalars(which))[:TEXTS]


def _well(p: Period) -> tuple[tuple[str, str], ...]:
    """What went well, where the board should hear of it."""
    forms = [f for f in _forms(p, "went_well") if (f.answers or {}).get("share") == "board"]
    return tuple((case_of(form), str((form.answers or {}).get("what") or "")) for form in forms)[:TEXTS]


def _trained(p: Period) -> Counted:
    every = registers.entries(p.session, "training", p.today)
    return tuple(Counter(entry.title for entry in every if p.since <= entry.since <= p.until).most_common())
