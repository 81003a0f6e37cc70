"""The day's visits on paper, for the buddy: addresses and times, no word of why; looked at before it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from asbdesk.casework.appointments import stops
from asbdesk.casework.landlord import landlord_view
from asbdesk.casework.release import Override, release_visits
from asbdesk.casework.way_out import Leaving
from asbdesk.casework.words import WELFARE
from asbdesk.documents.visit_list import ListedVisit, VisitList

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.documents.released import Released

CALLED = "The list of visits"
"""What the sharing log calls it."""


def leaving_on(session: Session, member: str, day: str, order: Sequence[str] = ()) -> tuple[Leaving, ...]:
    """What leaves with the list, one for each case whose address stands on it. Nobody can say who will see a list."""
    listed = (stop for stop in stops(session, member, day, order) if stop.visit and not stop.held)
    named = {stop.case: (stop.place, stop.who) for stop in listed if stop.place != WELFARE}
    return tuple(Leaving(case, member, CALLED, texts=told) for case, told in named.items())


def visit_list(
    session: Session, member: str, day: str, order: Sequence[str], at: str, override: Override | None = None
) -> Released[VisitList]:
    """The list of this day in the officer's own order. Abuse at home stands on it without its address. Raises Refused
    where an address on it must not be told to somebody, unless there is a reason."""
    ours = landlord_view(session, member)
    visits = tuple(
        ListedVisit(stop.time, "" if stop.place == WELFARE else stop.place)
        for stop in stops(session, member, day, order)
        if stop.visit and not stop.held
    )
    paper = VisitList(ours.name, ours.officer, ours.officer_number, day, visits)
    return release_visits(session, leaving_on(session, member, day, order), paper, member, at, override)
