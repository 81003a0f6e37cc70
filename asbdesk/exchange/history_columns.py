"""Which record an event is read back from, and which column holds each field: the other way of history_plain."""

from __future__ import annotations

from typing import Any

from asbdesk import model as m
from asbdesk.exchange.history_kinds import KINDS

RECORDS: dict[str, type[m.Record]] = {
    "report": m.Report,
    "acknowledgement": m.Acknowledgement,
    "contact": m.Contact,
    "risk_assessment": m.Assessment,
    "risk_action": m.RiskAction,
    "safeguarding_decision": m.SafeguardingDecision,
    "plan": m.PlanVersion,
    "plan_review": m.PlanReview,
    "promise": m.Promise,
    "evidence_elsewhere": m.EvidenceElsewhere,
    "perpetrator_contact": m.OtherPersonDecision,
    "enforcement": m.Enforcement,
    "agency_referral": m.Referral,
    "agency_information": m.AgencyInformation,
    "agency_request": m.AgencyRequest,
    "police_report": m.PoliceReport,
    "hate_record": m.HateRecord,
    "not_hate": m.NotHate,
    "graffiti": m.Graffiti,
    "repair": m.Repair,
    "complaint": m.Complaint,
    "complaint_declined": m.ComplaintDeclined,
    "manager_review": m.ManagerReview,
    "disclosure": m.Disclosure,
    "handover": m.Handover,
    "move_request": m.MoveRequest,
    "case_review_request": m.CaseReview,
    "ombudsman_request": m.OmbudsmanRequest,
    "subject_access": m.SubjectAccess,
    "court_order": m.CourtOrder,
    "order_breach": m.OrderBreach,
    "professional_letter": m.ProfessionalLetter,
    "order": m.OmbudsmanOrder,
    "close": m.Closing,
    "reopen": m.Reopening,
    "waive": m.Waiver,
}
"""Kind → the one class of its records."""
SEVERAL: dict[type[m.Record], Any] = {
    m.Progress: lambda record: record.what,
    m.NeedTold: lambda record: record.step,
    m.Evidence: lambda record: "evidence_offered" if record.offered_not_taken else "evidence_received",
    m.StaffBar: lambda record: "no_contact" if record.needed else "no_contact_not_needed",
}
"""Classes whose records stand for several kinds, and which."""
PROGRESS = {
    "to": "day",
    "until": "day",
    "decision": "result",
    "upheld": "result",
    "agreed": "result",
    "met": "result",
    "changed": "result",
}
"""Fields of what became of an earlier record, where the column has another name; an id is in `about`."""
COLUMNS: dict[str, dict[str, str]] = {
    "contact": {"with": "with_"},
    "safeguarding_decision": {"who": "person"},
    "vulnerability_disclosed": {"who": "person"},
    "vulnerability_recorded": {"who": "person"},
    "adjustment_requested": {"who": "person"},
    "adjustment_made": {"who": "person"},
    "evidence_offered": {"from": "from_"},
    "evidence_received": {"from": "from_"},
    "perpetrator_contact": {"who": "about"},
    "no_contact": {"with": "person"},
    "handover": {"from": "from_"},
    "subject_access": {"who": "person"},
    "court_order": {"date": "day"},
    "professional_letter": {"from": "from_"},
    "waive": {"of": "about"},
}


def kind_of(record: m.Record) -> str:
    """The kind of event a record stands for; empty for what a history cannot say."""
    which = SEVERAL.get(type(record))
    found = which(record) if which else _ONE.get(type(record), "")
    return found if found in KINDS else ""


_ONE = {cls: kind for kind, cls in RECORDS.items()}


def column(kind: str, field: str) -> str:
    """The column that holds a field."""
    if kind in COLUMNS and field in COLUMNS[kind]:
        return COLUMNS[kind][field]
    if kind not in RECORDS and kind not in COLUMNS and not kind.startswith("no_contact"):
        return "about" if KINDS[kind][field].startswith("ref") else PROGRESS.get(field, field)
    return field


def classes() -> tuple[type[m.Record], ...]:
    """Every class whose records are events."""
    return (*RECORDS.values(), *SEVERAL)


def when(record: m.Record) -> str:
    """The instant a record's event happened; for one written before that was kept, when its id was made."""
    for name in ("at", "received"):
        if told := getattr(record, name, None):
            return str(told)
    import datetime as dt

    from asbdesk.clock import instant

    return instant(dt.datetime.fromtimestamp(int(record.id[:12], 16) / 1000, dt.UTC))
