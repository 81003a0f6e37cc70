"""Now: what cannot wait for a working day is asked before the screen can be left (PRACTICE.md 3).

One record, `Now`, holds what raised it, what was answered and the next try. The step of code `now` only carries it to
Today and the case's panel, where it stands first until the record is answered; both end together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.internal import internal, internal_done
from asbdesk.casework.records import case_file, put
from asbdesk.casework.told import NOTHING, Said, happen
from asbdesk.casework.views import TodayCard
from asbdesk.casework.words import WELFARE
from asbdesk.clock import instant, london_day, london_time, parse_instant
from asbdesk.errors import UserError
from asbdesk.model import Action, Member, Now
from asbdesk.model.journal import case_line
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work

ASKED = "Is anyone in danger now? Who has been told? What keeps them safe tonight?"
MANAGER_AFTER_HOURS = 2
"""Unanswered for so long, it stands on the manager's Today too (PRACTICE.md 3)."""
URGENT = frozenset(
    (
        *("assault", "weapon", "threat_to_life", "arson", "suicidal_statement"),
        *("child_at_risk", "adult_at_risk", "domestic_abuse"),
    )
)
"""What does not wait for a working day: the screen asks before it can be left (PRACTICE.md 3)."""
URGENT_BEHAVIOURS = frozenset(("violence", "weapon", "arson", "domestic_abuse"))


@dataclass(frozen=True)
class Answers:
    """What was answered so far to what cannot wait."""

    danger: str = ""
    told: str = ""
    tonight: str = ""
    next_try: str = ""

    @property
    def complete(self) -> bool:
        return bool(self.danger and self.told and self.tonight)


NONE = Answers()


def urgent_in(serious: Iterable[str], behaviours: Iterable[str]) -> set[str]:
    """What in a report does not wait."""
    return {*(URGENT & set(serious)), *(URGENT_BEHAVIOURS & set(behaviours))}


@action("now.raised")
def raise_now(
    work: Work, case: str, about: str, raised_by: Sequence[str], *, answers: Answers = NONE, said: Said = NOTHING
) -> str:
    """Somebody may be in danger: a card that stands first on Today until it is answered; `answers` are those given on
    the same screen. What is told while one stands unanswered joins it, and so do its answers: where one was given
    before, both stand. The record's id."""
    standing = _open(work, case)
    if standing is None:
        told = {name: value for name, value in vars(answers).items() if value}
        told |= {"answered": work.happened} if answers.complete else {}
        if not answers.complete:
            internal(work, case, "now", ASKED, london_day(work.happened))
        return happen(work, Now, case, said, about=about, raised_by=sorted(raised_by), **told)
    asked = ("danger", "told", "tonight")
    told = {name: _joined(getattr(standing, name), getattr(answers, name)) for name in asked}
    told = {name: words for name, words in {**told, "next_try": answers.next_try.strip()}.items() if words}
    put(standing, raised_by=sorted({*(standing.raised_by or ()), *raised_by}), **told)
    _end_if_answered(work, case, standing)
    return standing.id


def _joined(before: str | None, now: str) -> str:
    """An answer given later beside the one before it: neither is lost."""
    before, now = (before or "").strip(), now.strip()
    return now or before if before in ("", now) or not now else f"{before.rstrip('.')}. Then: {now}"


def _end_if_answered(work: Work, case: str, card: Now) -> bool:
    """The card and its step end together, once all three are answered."""
    if not (card.danger and card.told and card.tonight):
        return False
    card.answered = work.happened
    note = f"In danger now: {card.danger}. Told: {card.told}. Safe tonight: {card.tonight}"
    internal_done(work, case, "now", note)
    return True


@action("now.answered")
def answer(
    work: Work,
    case: str,
    *,
    danger: str = "",
    told: str = "",
    tonight: str = "",
    next_try: str = "",
    part: bool = False,
) -> None:
    """Is anyone in danger, who was told, what keeps them safe tonight. The card stands until all three are answered.
    Raises UserError for an answer left out without the next try (an instant or a London time), but for `part`: a step
    of a visit that is still under way."""
    found = _open(work, case)
    if found is None and not _step_stands(work, case):
        if part:
            return
        raise UserError("This was answered already. Open the case to see what was written.")
    if found is None:  # a card of an earlier version is the step alone
        found = work.get(Now, happen(work, Now, case, NOTHING))
    put(found, danger=danger.strip() or None, told=told.strip() or None, tonight=tonight.strip() or None)
    if _end_if_answered(work, case, found):
        return
    if next_try.strip():
        found.next_try = next_try.strip()
    elif not part:
        raise UserError("Answer all three, or write when you try next to reach somebody.")


def _standing(case: str) -> sa.Select[Any]:
    found = sa.select(Now).where(Now.file == case_file(case), Now.answered.is_(None), Now.struck.is_(None))
    return found.order_by(Now.id)


def _open(work: Work, case: str) -> Now | None:
    made = (card for card in work.made(Now, case_file(case)) if not card.answered)
    return next(iter(work.select(_standing(case))), None) or next(made, None)


def _step_stands(work: Work, case: str) -> bool:
    step = sa.select(Action).where(Action.file == case_file(case), Action.code == "now", Action.done_on.is_(None))
    return bool(work.select(step.where(Action.struck.is_(None))))


def answered_so_far(session: Session, case: str) -> Answers:
    """What was answered of the card that stands open, so that nobody is asked twice."""
    card = session.scalars(_standing(case).limit(1)).first()
    if card is None:
        return Answers()
    return Answers(card.danger or "", card.told or "", card.tonight or "", card.next_try or "")


def for_manager(session: Session, member: str, now: dt.datetime) -> tuple[TodayCard, ...]:
    """Other officers' cards that nobody has answered for two hours, the oldest first; none for who is no manager."""
    me = session.get(Member, member)
    if me is None or me.role != "manager":
        return ()
    before = instant(now - dt.timedelta(hours=MANAGER_AFTER_HOURS))
    line = case_line.c
    which: sa.Select[Any] = sa.select(Now.at, line.case, line.stream, line.reference, line.officer, line.band)
    which = which.join(case_line, "case/" + line.case == Now.file)
    which = which.where(Now.answered.is_(None), Now.struck.is_(None), Now.at <= before)
    rows = session.execute(which.where(sa.or_(line.officer.is_(None), line.officer != member)).order_by(Now.at, Now.id))
    return tuple(_card(session, row, now) for row in rows)


def _card(session: Session, row: sa.Row[Any], now: dt.datetime) -> TodayCard:
    at, case, stream, reference, officer, band = tuple(row)
    member = session.get(Member, officer) if officer else None
    who = (member.name if member else "") or "nobody"
    hours = int((now - parse_instant(at)).total_seconds() // 3600)
    title = f"Unanswered for {hours} hours: somebody may be in danger. The officer is {who}."
    since = f"Since {london_time(at):%H:%M}" if london_day(at) == london_day(instant(now)) else "Since before today"
    place = f"{WELFARE if stream == 'domestic_abuse' else reference} · {since}"
    return TodayCard(case, title, band or "", place, (), "Answer", "now", stream == "domestic_abuse")
