"""What is owed in risk assessments: one of each household that reports."""

from __future__ import annotations

from collections.abc import Iterator

from asbdesk.duties.contact import ended, written_late
from asbdesk.duties.duty import Duty
from asbdesk.duties.facts import Assessment, Facts, Report, day_words
from asbdesk.duties.plan import earliest
from asbdesk.duties.policy import Policy


def risk_assessment(facts: Facts, policy: Policy) -> Iterator[Duty]:
    """After the first report of each household; a later serious one brings it forward. Met by a completed one."""
    by_person: dict[str, list[Report]] = {}
    for report in facts.reports:
        if not report.same_as and facts.reachable(report.by):
            by_person.setdefault(report.by, []).append(report)
    for person, reports in by_person.items():
        first = reports[0]
        met = next((a for a in facts.assessments if _meets(a, person, first)), None)
        due, name = earliest("risk_assessment", reports, met, facts, policy)
        yield Duty(
            code="risk_assessment",
            theme="risk_assessment",
            key=f"risk_assessment/{first.id}",
            about=f"report of {day_words(first.day)}",
            about_id=first.id,
            arose=first.day,
            due=due,
            met=met.day if met else None,
            written=written_late(met, due),
            ended=ended(facts),
            why=f"{facts.name(person)} told us of it, so we ask how safe they and their household are.",
            source=policy.source(name, first.day),
        )


def _meets(assessment: Assessment, person: str, first: Report) -> bool:
    """Completed, after the report or in the same visit, and about this household."""
    timely = assessment.at >= first.at or bool(first.visit and first.visit == assessment.visit)
    return assessment.complete and timely and assessment.of in (person, "")
