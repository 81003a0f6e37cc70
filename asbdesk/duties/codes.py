"""The closed list of duties (DUTIES.md): each code and its theme, and which of them a closed case still owes."""

from __future__ import annotations

THEMES: dict[str, tuple[str, ...]] = {
    "record_keeping": ("report_logged", "case_unowned", "reopen_review", "take_on_check", "conflict"),
    "communication": (
        *("first_contact", "next_contact", "regular_update", "answer_resident", "handover", "promise"),
        *("case_review_told", "move_answer", "move_step", "closure_told", "closure_check"),
    ),
    "risk_assessment": ("risk_assessment", "risk_reassessment", "risk_actions"),
    "vulnerability": ("vulnerability_record", "adjustment"),
    "safeguarding": ("safeguarding", "support_offer"),
    "action_plan": ("action_plan", "plan_copy", "plan_action", "plan_review"),
    "evidence": ("evidence_capture", "evidence_secure", "evidence_review", "professional_letter"),
    "investigation": ("perpetrator_contact", "enforcement_considered", "court_date", "order_breach"),
    "hate": ("hate_question", "hate_record", "hate_action", "persistent_perpetrator"),
    "agencies": (
        *("police_question", "agency_request", "agency_chase", "agency_update", "agent_oversight", "case_review"),
    ),
    "repairs": ("graffiti_removal", "repair"),
    "complaint": (
        *("complaint_triage", "complaint_acknowledge", "complaint_stage1", "complaint_stage2", "staff_conduct"),
        *("ombudsman_request", "order"),
    ),
    "disclosure": ("data_breach", "subject_access"),
}

THEME: dict[str, str] = {code: theme for theme, codes in THEMES.items() for code in codes}
CODES: tuple[str, ...] = tuple(THEME)

OWED_WHEN_CLOSED = frozenset(
    (
        *("closure_told", "closure_check", "reopen_review"),
        *THEMES["complaint"],
        *THEMES["disclosure"],
        *("repair", "graffiti_removal", "order_breach", "court_date"),
        "case_review",  # asked for under the Act, which knows no closed case
    )
)
"""A closed case owes the closing duties, complaints, orders, repairs and breaches, and what a law asks for."""
