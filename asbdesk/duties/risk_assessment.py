"""What is owed in risk assessments: one of each household that reports, another when things change, and its steps."""

from __future__ import annotations

from collections.abc import Iterator

from asbdesk.duties.clocks import clock
from asbdesk.duties.duty import Duty
from asbdesk.duties.events import Assessment, Event, Report, day_words
from asbdesk.duties.facts import Facts
from asbdesk.duties.policy import Policy
from asbdesk.duties.raising import Due, by_line, first, own_reports, raised

STEPS = {
    "medium": ("support_offered",),
    "high": ("support_offered", "safety_measure", "manager_sign_off", "multi_agency_considered"),
}
"""Risk level → the steps it requires, each taken, or declined with a reason."""
STEP_WORDS = {
    "support_offered": "support",
    "safety_measure": "a safety measure",
    "manager_sign_off": "a manager's sign-off",
    "multi_agency_considered": "thinking about other agencies",
}
Duties = Iterator[Duty | None]


def risk_assessment(facts: Facts, policy: Policy) -> Duties:
    """After the first report of each household; a later serious one brings it forward. Met by a completed one."""
    for reports in _by_household(facts):
        found = reports[0]
        met = next((a for a in facts.assessments if _meets(facts, a, found)), None)
        due = earliest("risk_assessment", reports, met, facts, policy)
        why = f"{facts.name(found.by)} told us of it, so we ask how safe they and their household are."
        yield raised(facts, policy, "risk_assessment", found, due, met, why)


def _by_household(facts: Facts) -> list[list[Report]]:
    """The reports that are owed an assessment, by household, in order of the first."""
    found: dict[str, list[Report]] = {}
    for report in own_reports(facts):
        for person in facts.owed_to(report.by)[:1]:
            if "agency_officer" in facts.roles(person):
                continue  # no household of theirs is at risk
            known = next((head for head in found if person in facts.household(head)), person)
            found.setdefault(known, []).append(report)
    return list(found.values())


def _meets(facts: Facts, assessment: Assessment, report: Report) -> bool:
    """Completed, after the report or in the same visit, and about this household."""
    timely = assessment.at >= report.at or bool(report.visit and report.visit == assessment.visit)
    return assessment.complete and timely and _of(facts, assessment, report.by)


def _of(facts: Facts, assessment: Assessment, person: str) -> bool:
    if not assessment.of or assessment.of in facts.household(person):
        return True
    return assessment.of in facts.owed_to(person)


def earliest(code: str, reports: list[Report], met: Event | None, facts: Facts, policy: Policy) -> Due:
    """When the first report says; later serious ones bring it forward while it is open."""
    found = clock(code, reports[0], facts, policy)
    for later in reports[1:]:
        if later.category == "serious" and (met is None or later.at <= met.at):
            found = min(found, clock(code, later, facts, policy))
    return Due(*found)


def risk_reassessment(facts: Facts, policy: Policy) -> Duties:
    """After an assessment: when something happens that changes the risk, and at the review interval of its level."""
    done = [a for a in facts.assessments if a.complete]
    for assessment in done:
        line = f"risk_reassessment.{'high' if assessment.band == 'high' else 'other'}_days"
        why = "Risk changes, so the assessment is done again even when nothing new is told."
        about = f"assessment of {day_words(assessment.day)}"
        met = first((a for a in done if _same_household(facts, a, assessment)), assessment)
        due = by_line(policy, line, assessment)
        yield raised(facts, policy, "risk_reassessment", assessment, due, met, why, about=about)
    for event, person, about in _changes(facts):
        if any(a.at < event.at and (not person or _of(facts, a, person)) for a in done) and not _part_of(event, done):
            met = first((a for a in done if not person or _of(facts, a, person)), event)
            why = "Something happened after the assessment that may change how safe the household is."
            due = by_line(policy, "risk_reassessment.event_wd", event)
            yield raised(facts, policy, "risk_reassessment", event, due, met, why, about=about)


def _same_household(facts: Facts, one: Assessment, other: Assessment) -> bool:
    return not one.of or not other.of or one.of in facts.household(other.of)


def _part_of(event: Event, assessments: list[Assessment]) -> bool:
    """Told in the visit in which the assessment was made: it is what the assessment was about."""
    return any(event.visit and event.visit == a.visit for a in assessments)


def _changes(facts: Facts) -> Iterator[tuple[Event, str, str]]:
    """What calls for an assessment at once: (the event, whose household, what it was)."""
    for report in own_reports(facts):
        if (report.category == "serious" or report.threat) and facts.owed_to(report.by):
            yield report, report.by, f"report of {day_words(report.day)}"
    for told in facts.of("vulnerability_disclosed"):
        yield told, told.who, f"needs told of {day_words(told.day)}"
    for told in facts.of("agency_information"):
        if told.yes:
            yield told, "", f"what {told.what or 'an agency'} told us {day_words(told.day)}"


def risk_actions(facts: Facts, policy: Policy) -> Duties:
    """The steps that an assessment's level requires, each recorded as taken, or declined with a reason."""
    for assessment in facts.assessments:
        steps = STEPS.get(assessment.band, ())
        if not steps or not assessment.complete:
            continue
        taken = [first((s for s in facts.of("risk_action") if s.what == step), assessment) for step in steps]
        met = max((t for t in taken if t), key=lambda e: e.at) if all(taken) else None
        why = f"The level is {assessment.band}, which asks for {_sentence([STEP_WORDS[step] for step in steps])}."
        due = by_line(policy, f"risk_actions.{assessment.band}_wd", assessment)
        about = f"assessment of {day_words(assessment.day)}"
        yield raised(facts, policy, "risk_actions", assessment, due, met, why, about=about)


def _sentence(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
