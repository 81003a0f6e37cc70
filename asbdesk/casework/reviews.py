"""Looking again: the plan, a manager's check, the ASB Case Review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.casework.told import NOTHING, Said, all_of, became, happen, oldest_open
from asbdesk.model import CaseReview, ManagerReview, PlanReview, PlanVersion
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work


@action("plan.reviewed")
def review_plan(
    work: Work, case: str, outcome: str = "", *, plan: str = "", again: str = "", said: Said = NOTHING
) -> str:
    """The plan was looked at with the resident; `again` is the next look, where a day was agreed."""
    versions = all_of(work, PlanVersion, case)
    about = plan or (versions[-1].id if versions else "")
    return happen(work, PlanReview, case, said, plan=about, outcome=outcome, again=again)


@action("manager.reviewed")
def manager_review(work: Work, case: str, outcome: str = "", *, of: str = "case", said: Said = NOTHING) -> str:
    """A manager looked at the case, or at one thing in it."""
    return happen(work, ManagerReview, case, said, outcome=outcome, of=of, by=work.member)


@action("case_review.told")
def tell_case_review(work: Work, case: str, *, said: Said = NOTHING) -> str:
    """The resident was told that they can ask the council to bring everybody together."""
    return became(work, case, "case_review_told", "", said)


@action("case_review.asked")
def ask_case_review(
    work: Work, case: str, *, asked_of: str = "us", information_by: str = "", said: Said = NOTHING
) -> str:
    """An ASB Case Review was asked for, of us or of the council."""
    fields = {"asked_of": asked_of, "information_by": information_by}
    return happen(work, CaseReview, case, said, **fields)


@action("case_review.decided")
def decide_case_review(work: Work, case: str, met: bool | None = None, *, said: Said = NOTHING) -> str:
    """Whether the threshold was met; the oldest one still open."""
    about = oldest_open(work, CaseReview, case, "case_review_decided")
    result = "" if met is None else "yes" if met else "no"
    return became(work, case, "case_review_decided", about, said, result=result)
