"""Warnings about a home or a person: the event, who decided, whether they were told, and a review (PRACTICE.md 5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.records import new, put
from asbdesk.casework.told import Said, became
from asbdesk.casework.told import words as needed
from asbdesk.clock import london_day
from asbdesk.errors import UserError
from asbdesk.model import Warning
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work

LONGEST_DAYS = 183
"""A warning is reviewed within six months; past it it neither lapses nor stands for ever: it needs review."""
WHAT_TO_DO = {
    "two_officers": "Two officers",
    "dogs": "Dogs",
    "weapon": "A weapon was seen",
    "do_not_enter": "Do not go in",
}


@action("warning.recorded")
def warn(
    work: Work, about: str, event: str, *, what_to_do: Iterable[str] = (), told: str = "", review_on: str = ""
) -> str:
    """A warning about `home/ID` or `person/ID`. Raises UserError without an event or with a review too far away."""
    if not event.strip():
        raise UserError("Write what happened, and when: a warning without an event cannot be reviewed.")
    limit = (dt.date.fromisoformat(london_day(work.happened)) + dt.timedelta(LONGEST_DAYS)).isoformat()
    if review_on > limit:
        raise UserError("Choose a review day within six months.")
    told_fields = {"about": about, "event": event.strip(), "what_to_do": list(what_to_do), "told": told}
    return new(work, Warning, about, **told_fields, decided_by=work.member, review_on=review_on or limit).id


@action("warning.reviewed")
def review_warning(
    work: Work, warning: str, *, words: str = "", what_to_do: Iterable[str] = (), told: str = "", ended: bool = False
) -> None:
    """Look at a warning again: it stands for six months more, reads otherwise, or ends."""
    record = work.get(Warning, warning)
    if ended:
        put(record, ended=london_day(work.happened), told=told or None)
        return
    again = dt.date.fromisoformat(london_day(work.happened)) + dt.timedelta(LONGEST_DAYS)
    put(record, event=words or None, told=told or None, review_on=again.isoformat())
    if chosen := list(what_to_do):
        put(record, what_to_do=chosen)


@action("warning.looked_at_again")
def look_again(work: Work, case: str, warning: str, why: str, **now: Any) -> str:
    """The same from a case, which keeps why. Keywords as `review_warning`."""
    said = Said(note=needed(why, "Write why: what you looked at, and who decided."))
    review_warning(work, warning, **now)
    return became(work, case, "warning_again", warning, said)


def warnings_about(session: Session, files: Iterable[str], *, ended: bool = False) -> list[Warning]:
    """Standing warnings about these homes and people; with those that have `ended`, too."""
    found = sa.select(Warning).where(Warning.about.in_(list(files)), Warning.struck.is_(None))
    found = found if ended else found.where(Warning.ended.is_(None))
    return list(session.scalars(found.order_by(Warning.id)))


def warning_text(warning: Warning, today: str) -> str:
    """ "Two officers · Dogs: event (needs review)"."""
    what = " · ".join(WHAT_TO_DO.get(str(w), str(w)) for w in warning.what_to_do or ())
    text = f"{what}: {warning.event}" if what else warning.event or ""
    return f"{text} (needs review)" if (warning.review_on or "9") < today else text
