"""A need put on record was told of: it asks for support, a look at the risk, and more where it speaks of danger."""

from __future__ import annotations

import pytest

from asbdesk.casework import needs_told, people, risk
from asbdesk.casework.cases import case_page
from asbdesk.casework.desk import Desk
from asbdesk.clock import SetClock


@pytest.fixture
def resident(desk: Desk, case: str) -> str:
    found = desk.read(people.reporter_of, case)
    assert found is not None
    return str(found.id)


def codes(desk: Desk, case: str) -> set[str]:
    return {line.code for line in desk.read(case_page, case, desk.today).due}


def test_a_need_put_on_record_asks_for_what_a_need_told_of_asks_for(
    desk: Desk, case: str, resident: str, desk_clock: SetClock
) -> None:
    desk.do(risk.record_outcome, case, resident, "standard")
    desk_clock.pass_time(hours=1)
    before = codes(desk, case)
    desk.do(needs_told.take, case, resident, ["dementia"], said_by="family")
    assert {d.due_on for d in desk.read(case_page, case, desk.today).due if d.code == "risk_reassessment"} == {
        "2026-11-24", "2026-12-21"
    } and "support_offer" in before  # fmt: skip
    desk.do(needs_told.take, case, resident, ["self_harm"], said_by="person")
    assert "safeguarding" in codes(desk, case), "self-harm told of is a suicidal statement"


def test_a_need_that_stands_already_asks_for_nothing_again(desk: Desk, case: str, resident: str) -> None:
    desk.do(needs_told.take, case, resident, ["self_harm"])
    before = len(desk.read(case_page, case, desk.today).due)
    desk.do(needs_told.take, case, resident, ["self_harm"])
    assert len(desk.read(case_page, case, desk.today).due) == before
