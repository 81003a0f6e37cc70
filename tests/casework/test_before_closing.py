"""A case closes only where nobody is in danger, somebody was spoken to or tried, and nothing open is left unnamed."""

from __future__ import annotations

from typing import Any

import pytest

from asbdesk.casework import closing, contacts, now, people, promises, safeguarding
from asbdesk.casework.closing import ClosingForm
from asbdesk.casework.desk import Desk
from asbdesk.casework.internal import internal
from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.store.work import Work, action


@action("report.looked_at")
def owe_a_decision(work: Work, case: str) -> None:
    internal(work, case, "safeguarding", "Decide about safeguarding", "2026-11-24")


def close(desk: Desk, case: str, object_by: str = "2026-11-30", **answers: Any) -> None:
    said = {"spoken": "yes", "open_left": ["none"], **answers}
    desk.do(closing.close, case, "It stopped", form=ClosingForm(said, second="Rosalind Hughes", object_by=object_by))


@pytest.fixture
def calm(desk: Desk, case: str) -> str:
    """A case in which nobody is in danger."""
    desk.do(now.answer, case, danger="No", told="Rosalind Hughes", tonight="With her sister")
    return case


def test_what_cannot_wait_is_answered_before_a_case_closes(desk: Desk, case: str) -> None:
    with pytest.raises(UserError, match="under Now"):
        close(desk, case)
    desk.do(now.answer, case, danger="No", told="Rosalind Hughes", tonight="With her sister")
    desk.do(owe_a_decision, case)
    with pytest.raises(UserError, match="safeguarding decision is owed"):
        close(desk, case)
    desk.do(safeguarding.decide, case, False, "The school sees them each day.")
    close(desk, case)


def test_seven_days_to_disagree(desk: Desk, calm: str) -> None:
    with pytest.raises(UserError, match="until Monday 30 November"):
        close(desk, calm, "2026-11-29")
    close(desk, calm)


def test_what_is_open_is_named(desk: Desk, calm: str) -> None:
    desk.do(promises.promise, calm, "A new lock", by="2026-12-01")
    with pytest.raises(UserError, match="Still open: a promise"):
        close(desk, calm)
    close(desk, calm, open_left=["promises"])


def test_nobody_is_closed_away_who_may_be_in_trouble(desk: Desk, calm: str, desk_clock: SetClock) -> None:
    with pytest.raises(UserError, match="You are worried"):
        close(desk, calm, spoken="tried", worried="yes")
    who = desk.read(people.reporter_of, calm).id  # type: ignore[union-attr]
    for method in ("telephone", "telephone"):
        desk.do(contacts.record_contact, calm, who, made=False, method=method)
    with pytest.raises(UserError, match="2 tries are written down"):
        close(desk, calm, spoken="tried", worried="no")
    desk_clock.put("2026-11-24T09:00:00.000Z")
    desk.do(contacts.record_contact, calm, who, made=False, method="visit")
    close(desk, calm, "2026-12-01", spoken="tried", worried="no")
