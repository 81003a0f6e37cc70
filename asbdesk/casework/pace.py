"""How often a person chose to hear from us: at most every four weeks, at a high level with a manager's yes, and "only
if something happens" until a day on which it is asked again (PRACTICE.md 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.internal import internal, internal_done
from asbdesk.casework.records import case_file, put
from asbdesk.casework.risk import level_of
from asbdesk.casework.told import words
from asbdesk.clock import london_day, plain_day
from asbdesk.duties.duty import day_after
from asbdesk.duties.regular_update import CHOSEN
from asbdesk.errors import UserError
from asbdesk.model import ContactAgreement
from asbdesk.store.profile import profile
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work

STEP = "contact_pace"
WEEK = 7


def asked_again(work: Work, days: str, review_on: str) -> str:
    """The day on which "only if something happens" is asked again; empty for any other pace. Raises UserError for a
    pace slower than the landlord's timescales allow, and for a later day."""
    most = profile(work.session.connection()).number(CHOSEN)
    if days.isdecimal() and int(days) > most:
        raise UserError(f"Nobody is left for longer than {most} days. Choose how often again.")
    latest = day_after(london_day(work.happened), most)
    if days != "0":
        return ""
    if review_on > latest:
        raise UserError(f"Ask again by {plain_day(latest)} at the latest.")
    return review_on or latest


def ask_manager(work: Work, case: str, days: str, often: str) -> None:
    """At a high level a slower pace than the level's own waits for a manager's yes; until then the level's holds."""
    policy = profile(work.session.connection())
    usual = policy.number("regular_update.high_wd") * WEEK // 5
    if level_of(work.session, case) != "high" or not days.isdecimal() or 0 < int(days) <= usual:
        return
    what = f"A manager says whether we may speak {often or 'less often'}: the risk is high"
    internal(work, case, STEP, what, policy.days.due(work.happened, 2), "Manager")


@action("contact.pace_agreed")
def agree(work: Work, case: str, manager: str, *, yes: bool = True, why: str = "") -> None:
    """A manager agreed to the pace that the resident chose, or did not: then the level's own holds."""
    manager = words(manager, "Write which manager said so.")
    standing = sa.select(ContactAgreement).where(ContactAgreement.file == case_file(case))
    chosen = [a for a in work.select(standing.where(ContactAgreement.struck.is_(None))) if a.days]
    if not chosen:
        raise UserError("Nobody has chosen how often they hear from us. Ask them first.")
    if yes:
        put(max(chosen, key=lambda a: a.id), agreed_by=manager)
    internal_done(work, case, STEP, f"{manager}: {'yes' if yes else 'no'}. {why}".strip())
