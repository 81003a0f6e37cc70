"""Planning a case's card for a day, and saying what something late waits for (PRACTICE.md 7, 6 and 7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.moments import Resting, Wait
from asbdesk.casework.records import all_rows, case_file
from asbdesk.casework.risk import level_of
from asbdesk.casework.told import NOTHING, Said, happen, words
from asbdesk.clock import london_day, plain_day
from asbdesk.errors import UserError
from asbdesk.model import Action, Case, Rest
from asbdesk.model.journal import due
from asbdesk.store.prepared import Prepared
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work

LONGEST_WAIT_WD, HIGH_RISK_WAIT_WD = 5, 2
"""The next look at what waits, in working days at most."""


@action("due.planned")
def plan_for(work: Work, case: str, day: str, *, said: Said = NOTHING) -> str:
    """The case's card rests until a working day, and comes back by itself. Raises UserError for a day after the first
    thing is due, one that is not worked, and for what cannot wait."""
    work.get(Case, case)
    standing = _standing(work, case)
    first = _plannable(work, case, standing)
    today = london_day(work.now)
    _worked(work.session, day)
    if day < today:
        raise UserError("That day is past. Choose today or a later working day.")
    if day > first["due_on"]:
        raise UserError(f"Something is due on {plain_day(first['due_on'])}. Choose that day or one before it.")
    told = {"sort": "planned", "duty": first["code"], "about": record_of(first["key"]), "until": day}
    return happen(work, Rest, case, said, by=work.member, **told)


def _plannable(work: Work, case: str, standing: list[dict[str, Any]]) -> dict[str, Any]:
    now = sa.select(Action).where(Action.file == case_file(case), Action.code == "now", Action.done_on.is_(None))
    if any(step.struck is None for step in work.select(now)):
        raise UserError("What stands under Now cannot be planned for another day. Answer it first.")
    if not standing:
        raise UserError("Nothing is due in this case, so there is nothing to plan.")
    if standing[0]["due_on"] < london_day(work.now):
        raise UserError("Something here is late already. Do it, or say what it waits for.")
    return standing[0]


@action("due.waits")
def wait_for(work: Work, case: str, key: str, waits_for: str, until: str, *, said: Said = NOTHING) -> str:
    """Something late waits for somebody else, and is looked at again on a day: within 5 working days, at high risk 2.
    It stays late in every count. Raises UserError for what is not late, and for a later look."""
    waits_for = words(waits_for, "Write what it waits for: who, or what.")
    found = next((line for line in _standing(work, case) if line["key"] == key), None)
    today = london_day(work.now)
    if found is None:
        raise UserError("This is no longer due. Look at the case again.")
    if found["due_on"] >= today:
        raise UserError("This is not late yet. Plan the case for a day instead.")
    if _is_now(work, found):
        raise UserError("What stands under Now cannot wait. Answer it first.")
    latest = last_look(work.session, today, level_of(work.session, case))
    _worked(work.session, until)
    if not today < until <= latest:
        raise UserError(f"Look at it again by {plain_day(latest)} at the latest, and not before tomorrow.")
    told = {"sort": "waiting", "duty": found["code"], "about": record_of(key), "until": until, "waits_for": waits_for}
    return happen(work, Rest, case, said, by=work.member, **told)


def _is_now(work: Work, found: dict[str, Any]) -> bool:
    return found["code"] == "plan_action" and work.get(Action, found["about_id"]).code == "now"


def last_look(session: Session, today: str, band: str) -> str:
    """The latest day on which what waits is looked at again, by the landlord's own calendar."""
    from asbdesk.casework.lists import working_days

    return working_days(session).add(today, HIGH_RISK_WAIT_WD if band == "high" else LONGEST_WAIT_WD)


def record_of(key: str) -> str:
    """The last part of a duty's key: the record or the round that raised it."""
    return key.rpartition("/")[2]


def _worked(session: Session, day: str) -> None:
    from asbdesk.casework.lists import working_days

    if working_days(session).on_or_after(day) != day:
        raise UserError(f"{plain_day(day)} is no working day. Choose one that is.")


def _standing(work: Work, case: str) -> list[dict[str, Any]]:
    """The case's open lines as they stood before this action, the earliest first."""
    rows = work.session.execute(sa.select(due).where(due.c.case == case, due.c.state == "open"))
    return sorted((dict(row) for row in rows.mappings()), key=lambda line: (line["due_on"], line["key"]))


# ---- reading
RESTS = (
    sa.select(Rest.file, Rest.sort, Rest.duty, Rest.about, Rest.until, Rest.waits_for)
    .where(Rest.struck.is_(None), Rest.sort.in_(("planned", "waiting")))
    .order_by(Rest.id)
)
_ALL_RESTS = Prepared(RESTS)
Rests = list[tuple[str, str, str, str, str, str]]
"""(case, sort, code, record, until, what it waits for), in the order they were written."""


def rests(session: Session, case: str = "") -> Rests:
    """All that was ever said to rest, in one case or in all of them."""
    found = all_rows(session, RESTS.where(Rest.file == case_file(case))) if case else _ALL_RESTS.rows(session)
    return [
        ((file or "")[5:], sort or "", duty or "", about or "", until or "", what or "")
        for file, sort, duty, about, until, what in found
    ]


def resting(said: Rests, open_keys: Collection[tuple[str, str, str]]) -> dict[str, Resting]:
    """What still rests. `open_keys`: (case, code, record) of what is open; a rest of anything else is over."""
    planned: dict[str, str] = {}
    waits: defaultdict[str, dict[tuple[str, str], Wait]] = defaultdict(dict)
    for case, sort, code, record, until, what in said:
        if (case, code, record) not in open_keys:
            continue
        if sort == "planned":
            planned[case] = until
        else:
            before = waits[case].get((code, record))
            waits[case][code, record] = Wait(code, record, what, until, before.turn + 1 if before else 1)
    return {case: Resting(planned.get(case, ""), waits.get(case, {})) for case in {*planned, *waits}}
