"""The first look at a report: what kind of matter it is, and who takes it (C04, C05)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from asbdesk.casework.contacts import protect
from asbdesk.casework.records import put
from asbdesk.casework.reports import CATEGORIES, STREAMS, higher
from asbdesk.casework.told import NOTHING, Said, happen, in_case, one_of, words
from asbdesk.casework.words import WELFARE
from asbdesk.errors import UserError
from asbdesk.model import Case, Report, Triage
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work

OUTCOMES = (*STREAMS, "complaint", "not_ours")


@action("report.looked_at")
def look(
    work: Work,
    case: str,
    report: str,
    outcome: str,
    *,
    reason: str = "",
    score: int | None = None,
    passed_to: str = "",
    check_by: str = "",
    form: str = "",
    answers: Mapping[str, Any] | None = None,
    said: Said = NOTHING,
) -> str:
    """Decide what kind of matter it is. What is not ours names who takes it and when we check that they spoke. `form`
    and `answers`: the finished form it was decided with, by the hash of its definition."""
    one_of(outcome, OUTCOMES, "Choose what kind of matter it is.")
    in_case(work, Report, report, case)
    if outcome == "not_ours":
        words(passed_to and check_by, "Write who takes it, and the day you check that they have spoken to them.")
    if outcome in STREAMS:
        found = work.get(Case, case)
        if found.stream == "domestic_abuse" and outcome != "domestic_abuse":
            raise UserError("A welfare case stays one. Where that is wrong, open another case for this report.")
        put(found, stream=outcome)
        if outcome == "domestic_abuse":
            put(found, title=WELFARE)
            protect(work, case)
        if outcome in ("hate", "domestic_abuse"):
            put(found, category=higher(CATEGORIES, found.category, "serious"))
    fields: dict[str, Any] = {
        "report": report,
        "outcome": outcome,
        "reason": reason,
        "score": score,
        "passed_to": passed_to,
    }
    finished = {"form": form, "answers": dict(answers) if answers else None}
    return happen(work, Triage, case, said, **fields, **finished, check_by=check_by)
