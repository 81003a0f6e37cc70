"""The police question: reported, offered, declined, or unsafe to ask; a no is kept, and our own work goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asbdesk.casework.records import put
from asbdesk.casework.told import NOTHING, Said, happen, one_of
from asbdesk.model import PoliceReport
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work

OUTCOMES = ("reported", "offered", "declined", "unsafe")


@action("police.question_settled")
def settle(
    work: Work,
    case: str,
    outcome: str = "",
    *,
    reference: str = "",
    report: str = "",
    officer: str = "",
    said: Said = NOTHING,
) -> str:
    """How the question was settled, with a crime number or police log number where there is one."""
    if outcome:
        one_of(outcome, OUTCOMES, "Choose: reported, offered, chose not to, or unsafe to ask.")
    return happen(work, PoliceReport, case, said, outcome=outcome, reference=reference, report=report, officer=officer)


@action("police.followed")
def follow(work: Work, police_report: str, **fields: Any) -> None:
    """What the police did: `result` (arrest, charge, caution, no further action), `reference`, `officer`."""
    put(work.get(PoliceReport, police_report), **fields)
