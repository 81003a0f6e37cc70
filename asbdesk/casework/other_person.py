"""The decision about speaking to the other person: a decision, not a target (PRACTICE.md 1)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework import safeguarding
from asbdesk.casework.records import case_file, new
from asbdesk.casework.told import NOTHING, Said
from asbdesk.casework.words import OTHER_DECISIONS
from asbdesk.clock import london_day, plain_day
from asbdesk.errors import UserError
from asbdesk.model import Case, OtherPersonDecision
from asbdesk.store.profile import profile
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work

LONGEST_WAIT_DAYS = 28
AGENCY_WAIT_WD = 5
"""A decision not to speak is looked at again within so many days; within working days where an agency asked us to."""
STANDS_UNTIL_LOOKED_AT = ("not_safe", "reporter_asked_not", "agency_asked_wait", "not_known")


@dataclass(frozen=True)
class FourAnswers:
    """The reporter's own answers, shown before any letter, call or visit to the other person."""

    may_speak: str = ""
    may_know: str = ""
    must_not_say: str = ""
    feel_safe: str = ""

    @property
    def complete(self) -> bool:
        """All four were asked; "does not want to say" is an answer here, "not asked" is none."""
        return bool(self.may_speak and self.may_know and self.must_not_say and self.feel_safe)


@dataclass(frozen=True)
class DecisionView:
    """The standing decision, for the case page."""

    outcome: str
    text: str
    look_again: str
    decided: str
    answers: FourAnswers
    meanwhile: str


@action("other_person.decided")
def decide(
    work: Work,
    case: str,
    outcome: str,
    answers: FourAnswers,
    *,
    about: str = "",
    look_again: str = "",
    meanwhile: str = "",
    manager: str = "",
    said: Said = NOTHING,
) -> str:
    """Decide, with the reporter's four answers. Raises UserError for a wait without an end; where speaking goes
    against an answer without a manager's name and why; in a welfare case without a manager; and for an agreement to
    speak while a safeguarding decision is waited for. (That they were spoken to is written down as it was.)"""
    if outcome not in OTHER_DECISIONS:
        raise UserError("Choose what was decided about the other person.")
    if outcome == "agreed" and (held := safeguarding.hold(work.session, case)):
        raise UserError(held)
    if not manager.strip():
        _alone(work, case, outcome, answers)
    elif _against(outcome, answers) and not said.note.strip():
        raise UserError("They asked us not to. Write why we go against it, and that they were told first or why not.")
    if outcome in STANDS_UNTIL_LOOKED_AT:
        limit = _last_look(work, outcome)
        look_again = look_again or limit
        if look_again > limit:
            raise UserError(f"Look at it again by {plain_day(limit)} at the latest.")
    return new(
        work,
        OtherPersonDecision,
        case_file(case),
        about=about,
        outcome=outcome,
        look_again=look_again,
        meanwhile=meanwhile,
        may_speak=answers.may_speak,
        may_know=answers.may_know,
        must_not_say=answers.must_not_say,
        feel_safe=answers.feel_safe,
        at=work.happened,
        decided_by=work.member,
        manager=manager,
        **said.fields(),
    ).id


def _last_look(work: Work, outcome: str) -> str:
    """The latest day on which a decision to wait is looked at again."""
    if outcome == "agency_asked_wait":
        return profile(work.session.connection()).days.due(work.happened, AGENCY_WAIT_WD)
    return (dt.date.fromisoformat(london_day(work.happened)) + dt.timedelta(LONGEST_WAIT_DAYS)).isoformat()


def _against(outcome: str, answers: FourAnswers) -> bool:
    """Would it go against what whoever reported answered."""
    return outcome in ("spoken", "agreed") and answers.may_speak in ("no", "not_yet")


def _alone(work: Work, case: str, outcome: str, answers: FourAnswers) -> None:
    if work.get(Case, case).stream == "domestic_abuse":
        raise UserError("In a welfare case an officer trained in it decides this with a manager. Write who.")
    if outcome == "agreed" and not answers.may_speak:
        raise UserError("Nobody asked them yet whether we may. Ask the four questions first, or write who decided it.")
    if _against(outcome, answers):
        raise UserError("They asked us not to. Going against it needs a manager: write who, and why.")


@action("other_person.written_down")
def written_down(
    work: Work,
    case: str,
    *,
    about: str = "",
    made: bool | None = None,
    outcome: str = "",
    look_again: str = "",
    said: Said = NOTHING,
) -> str:
    """A decision of which only the outcome is known, or a try (`made` is False, without an outcome)."""
    if outcome and outcome not in OTHER_DECISIONS:
        raise UserError("Choose what was decided about the other person.")
    told = {"about": about, "made": made, "outcome": outcome, "look_again": look_again, "at": work.happened}
    return new(work, OtherPersonDecision, case_file(case), **told, **said.fields()).id


def latest(session: Session, case: str) -> DecisionView | None:
    """The newest decision in a case, or None."""
    found = sa.select(OtherPersonDecision).where(OtherPersonDecision.file == case_file(case))
    kept = found.where(OtherPersonDecision.struck.is_(None)).order_by(OtherPersonDecision.id.desc()).limit(1)
    d = session.scalars(kept).first()
    if d is None:
        return None
    answers = FourAnswers(d.may_speak or "", d.may_know or "", d.must_not_say or "", d.feel_safe or "")
    outcome = d.outcome or ""
    return DecisionView(outcome, OTHER_DECISIONS.get(outcome, ""), d.look_again or "", d.id, answers, d.meanwhile or "")
