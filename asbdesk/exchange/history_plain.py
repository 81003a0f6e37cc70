"""Events whose fields are an action's own: which action an officer's screen calls for each, and under which names."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from asbdesk.casework import (
    acknowledging,
    agencies,
    closing,
    complaints,
    conduct,
    data_incident,
    enforcement,
    evidence_told,
    handover,
    hate,
    moves,
    needs_told,
    orders,
    plan_outcome,
    police,
    promises,
    repairs,
    reviews,
    safeguarding,
    waivers,
)
from asbdesk.exchange.history_lived import said_of

if TYPE_CHECKING:
    from asbdesk.exchange.history_lived import Lived

PLAIN: dict[str, tuple[Callable[..., Any], dict[str, str]]] = {
    "acknowledgement": (acknowledging.acknowledge, {}),
    "risk_action": (safeguarding.take_step, {}),
    "vulnerability_disclosed": (needs_told.told_of, {"who": "person"}),
    "vulnerability_recorded": (needs_told.put_on_record, {"who": "person"}),
    "adjustment_requested": (needs_told.request, {"who": "person"}),
    "adjustment_made": (needs_told.make, {"who": "person"}),
    "safeguarding_decision": (safeguarding.decide, {"who": "person"}),
    "plan_review": (reviews.review_plan, {}),
    "plan_copy_given": (plan_outcome.record_copy, {}),
    "promise": (promises.promise, {}),
    "promise_kept": (promises.keep, {"promise": "promise_"}),
    "evidence_offered": (evidence_told.offered, {"from": "from_", "type": "type_"}),
    "evidence_elsewhere": (evidence_told.elsewhere, {"type": "type_"}),
    "evidence_received": (evidence_told.received, {"from": "from_", "type": "type_"}),
    "evidence_reviewed": (evidence_told.reviewed, {}),
    "enforcement": (enforcement.decide, {}),
    "agency_referral": (agencies.refer, {}),
    "agency_reply": (agencies.replied, {}),
    "agency_chase": (agencies.chase, {}),
    "agency_information": (agencies.informed, {}),
    "agency_request": (agencies.asked, {}),
    "agency_answered": (agencies.answered, {}),
    "police_report": (police.settle, {}),
    "not_hate": (hate.not_hate, {}),
    "graffiti": (repairs.graffiti, {}),
    "graffiti_removed": (repairs.graffiti_removed, {"graffiti": "found"}),
    "repair": (repairs.ask_repair, {}),
    "repair_done": (repairs.repair_done, {}),
    "complaint": (complaints.accept, {}),
    "complaint_declined": (complaints.decline, {}),
    "complaint_acknowledged": (complaints.acknowledge, {}),
    "complaint_extended": (complaints.extend, {}),
    "complaint_answered": (complaints.answer, {}),
    "complaint_escalated": (complaints.escalate, {}),
    "no_contact": (conduct.bar, {"with": "person"}),
    "no_contact_not_needed": (conduct.no_bar, {}),
    "manager_review": (reviews.manager_review, {}),
    "disclosure": (data_incident.disclosed, {}),
    "breach_reported": (data_incident.report_incident, {}),
    "handover": (handover.hand_over, {"from": "from_"}),
    "move_request": (moves.ask_move, {}),
    "move_answered": (moves.answer_move, {}),
    "move_step": (moves.move_step, {}),
    "case_review_told": (reviews.tell_case_review, {}),
    "case_review_request": (reviews.ask_case_review, {}),
    "case_review_decided": (reviews.decide_case_review, {}),
    "ombudsman_request": (orders.ombudsman_request, {}),
    "ombudsman_answered": (orders.ombudsman_answered, {}),
    "subject_access": (orders.subject_access, {"who": "person"}),
    "subject_access_answered": (orders.subject_access_answered, {}),
    "court_order": (orders.court_order, {"date": "day"}),
    "court_order_met": (orders.court_order_met, {}),
    "order_breach": (orders.breach, {}),
    "order_breach_decided": (orders.decide_breach, {"breach": "broken"}),
    "professional_letter": (orders.professional_letter, {"from": "from_"}),
    "professional_letter_answered": (orders.professional_letter_answered, {}),
    "order": (orders.ombudsman_order, {}),
    "order_met": (orders.ombudsman_order_met, {}),
    "close": (closing.close, {}),
    "closure_told": (closing.tell_closing, {}),
    "reopen": (closing.reopen, {}),
    "waive": (waivers.taken_over, {"of": "about"}),
}
"""Kind → the action, and the names of its fields where they differ from the history's."""
COMMON = ("on", "at", "kind", "id", "note", "assumed")


def take_plain(lived: Lived, told: dict[str, Any], at: str) -> str:
    """Carry out an event whose fields are the action's own. The record's id."""
    kind = told["kind"]
    action, names = PLAIN[kind]
    fields = {
        names.get(name, name): value
        for name in told
        if name not in COMMON and (value := lived.value(kind, name, told)) is not None
    }
    if kind == "handover":
        fields.setdefault("to", "")
    return str(lived.do(at, action, lived.case, **fields, said=said_of(told)))
