"""What is owed, to whom, by when, and why: pure rules over the facts of one case. Why no `now`: an event alone raises,
meets or ends a duty, so nothing needs working out again at midnight; a task table that is ticked off by hand was turned
down, because what is ticked and what was done drift apart. A new rule is its own function, named as its code, in the
file of its theme, and one line below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from asbdesk.duties import (
    action_plan,
    agencies,
    communication,
    complaint,
    conflicts,
    disclosure,
    evidence,
    hate,
    investigation,
    record_keeping,
    repairs,
    risk_assessment,
    safeguarding,
    take_on,
    vulnerability,
)
from asbdesk.duties.codes import CODES, THEME, THEMES
from asbdesk.duties.duty import Duty, overdue_from, state
from asbdesk.duties.facts import Facts
from asbdesk.duties.policy import Policy
from asbdesk.duties.raising import waived
from asbdesk.duties.regular_update import regular_update

Rule = Callable[[Facts, Policy], Iterator[Duty | None]]

RULES: tuple[Rule, ...] = (
    *(record_keeping.report_logged, record_keeping.case_unowned, record_keeping.reopen_review),
    *(take_on.take_on_check, conflicts.conflict),
    *(communication.first_contact, communication.answer_resident, communication.next_contact, communication.promise),
    *(regular_update, communication.handover, communication.case_review_told),
    *(communication.move_answer, communication.move_step, communication.closure_told, communication.closure_check),
    *(risk_assessment.risk_assessment, risk_assessment.risk_reassessment, risk_assessment.risk_actions),
    *(vulnerability.vulnerability_record, vulnerability.adjustment),
    *(safeguarding.safeguarding, safeguarding.support_offer),
    *(action_plan.action_plan, action_plan.plan_copy, action_plan.plan_action, action_plan.plan_review),
    *(evidence.evidence_capture, evidence.evidence_secure, evidence.evidence_review, evidence.professional_letter),
    *(investigation.perpetrator_contact, investigation.enforcement_considered),
    *(investigation.court_date, investigation.order_breach),
    *(hate.hate_question, hate.hate_record, hate.hate_action, hate.persistent_perpetrator),
    *(agencies.police_question, agencies.agency_request, agencies.agency_chase, agencies.agency_update),
    *(agencies.agent_oversight, agencies.case_review),
    *(repairs.graffiti_removal, repairs.repair),
    *(complaint.complaint_triage, complaint.complaint_acknowledge),
    *(complaint.complaint_stage1, complaint.complaint_stage2, complaint.staff_conduct),
    *(complaint.ombudsman_request, complaint.order),
    *(disclosure.data_breach, disclosure.subject_access),
)


def owed(facts: Facts, policy: Policy) -> tuple[Duty, ...]:
    """Every duty of a case, met or not, in order of due day."""
    waivers = facts.of("waive")
    found = [waived(duty, waivers) for rule in RULES for duty in rule(facts, policy) if duty is not None]
    return tuple(sorted(found, key=lambda d: (d.due, d.key)))


__all__ = ["CODES", "RULES", "THEME", "THEMES", "Duty", "Facts", "Policy", "overdue_from", "owed", "state"]
