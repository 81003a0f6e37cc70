"""The words of the file's events in a chronology: what each is called, and the field whose words follow.

A hate record's strand, who told of a need, and why somebody may be in danger stay out of these lines.
"""

from __future__ import annotations

EVENTS: dict[str, tuple[str, str, str, str]] = {
    # intake
    "report.acknowledged": ("mail", "plain", "Report acknowledged", "acknowledgement.note"),
    "case.taken_on": ("download", "info", "Taken on from a list", "progress.note"),
    "case.taken_on_checked": ("clipboard-check", "good", "Checked: the case from the list", "progress.note"),
    "report.looked_at": ("filter", "plain", "First look at a report", "triage.reason"),
    "now.raised": ("siren", "danger", "Now: somebody may be in danger", ""),
    # needs
    "needs.told": ("ear", "info", "Told of a need or circumstance", ""),
    "needs.put_on_record": ("hand-heart", "good", "Needs put on the household record", ""),
    "needs.recorded": ("hand-heart", "plain", "A need or circumstance was recorded", ""),
    "adjustment.requested": ("hand-heart", "info", "Asked for: what would make it easier", "need_told.note"),
    "adjustment.made": ("hand-heart", "good", "Made easier, as they asked", "need_told.note"),
    # risk and safeguarding
    "risk.step_taken": ("shield-check", "good", "A step that the risk level asks for", "risk_action.reason"),
    "safeguarding.decided": ("shield-alert", "warning", "Safeguarding decision", "safeguarding_decision.reason"),
    "hate.recorded": ("flag", "danger", "Hate incident recorded", ""),
    "hate.changed": ("flag", "plain", "Hate incident: something put right", ""),
    "hate.not_perceived": ("flag", "plain", "Asked about hate: nobody perceives it so", "not_hate.reason"),
    "police.question_settled": ("badge-check", "plain", "The police question", "police_report.note"),
    "police.followed": ("badge-check", "info", "What the police did", "police_report.result"),
    # agencies
    "agency.referred": ("send", "info", "Another body was asked", "agency_referral.agency"),
    "agency.replied": ("message-square", "info", "They answered", "progress.result"),
    "agency.chased": ("phone-call", "plain", "An answer was chased", "progress.note"),
    "agency.informed_us": ("message-square", "info", "Another body told us something", "agency_information.agency"),
    "agency.asked_us": ("message-square", "warning", "Another body asks us", "agency_request.agency"),
    "agency.answered": ("send", "good", "We answered another body", "progress.note"),
    "letter.received": ("stethoscope", "warning", "A letter about harm", "professional_letter.from_"),
    "letter.answered": ("mail", "good", "The letter was weighed and answered", "progress.result"),
    # promises, evidence, diary
    "promise.made": ("handshake", "info", "Promised", "promise.what"),
    "promise.kept": ("handshake", "good", "A promise was kept", "progress.note"),
    "evidence.elsewhere": ("camera", "warning", "Evidence that somebody else holds", "evidence_elsewhere.who"),
    "evidence.looked_at": ("camera", "good", "Evidence looked at", "progress.result"),
    "evidence.custody": ("key-round", "plain", "Evidence: a step in its keeping", "custody.what"),
    "diary.entered": ("notebook-pen", "plain", "A diary sheet's entry", "diary_entry.seen"),
    # the other person
    "other_person.written_down": (
        "users",
        "warning",
        "About speaking to the other person",
        "other_person_decision.note",
    ),
    "other_person.heard": ("ear", "info", "What the other person says", "other_account.account"),
    "other_person.support": ("hand-heart", "plain", "Support offered to the other person", "other_account.support"),
    "allegation.found": ("scale", "plain", "Finding on an allegation", "finding.reason"),
    "proportion.weighed": ("scale", "plain", "Is it proportionate", "proportion.decision"),
    "enforcement.decided": ("gavel", "warning", "A tool or power", "enforcement.reason"),
    # repairs, moves
    "graffiti.found": ("image", "warning", "Graffiti found", "graffiti.place"),
    "graffiti.removed": ("eraser", "good", "Graffiti removed", ""),
    "repair.asked": ("house", "info", "A repair tied to the behaviour", "repair.what"),
    "repair.told": ("house", "plain", "The day of a repair was told", "repair.due"),
    "repair.done": ("house", "good", "A repair is finished", "progress.note"),
    "move.asked": ("door-open", "info", "A move was asked for", "move_request.note"),
    "move.answered": ("door-open", "plain", "A move: answered", "progress.note"),
    "move.step": ("footprints", "plain", "A step towards the move", "progress.note"),
    # complaints
    "complaint.accepted": ("message-circle", "warning", "A complaint about us", ""),
    "complaint.declined": ("message-circle", "plain", "Not taken as a complaint", "complaint_declined.reason"),
    "complaint.acknowledged": ("mail", "plain", "Complaint acknowledged", ""),
    "complaint.extended": ("clock", "warning", "Complaint: more time", "progress.reason"),
    "complaint.answered": ("mail", "good", "Complaint answered", "progress.note"),
    "complaint.escalated": ("message-circle", "warning", "Complaint: stage 2 asked for", ""),
    "redress.offered": ("hand-heart", "plain", "Offered, to put things right", "redress.reason"),
    "redress.followed": ("hand-heart", "plain", "What became of the offer", ""),
    "conduct.barred": ("hand", "danger", "Staff who must not contact them", "staff_bar.staff"),
    "conduct.bar_not_needed": ("hand", "plain", "Staff: no bar on contact is needed", "staff_bar.reason"),
    "conduct.bar_ended": ("hand", "good", "Staff: the bar on contact ended", "staff_bar.reason"),
    # somebody else's days
    "ombudsman.asked": ("scale", "warning", "The Ombudsman asks us", "ombudsman_request.note"),
    "ombudsman.answered": ("scale", "good", "The Ombudsman was answered", "progress.note"),
    "ombudsman.ordered": ("scale", "warning", "Ombudsman's order", "order.what"),
    "ombudsman.order_met": ("scale", "good", "Ombudsman's order: done", "progress.note"),
    "court.day_set": ("gavel", "warning", "A day set by a court or a notice", "court_order.what"),
    "court.met": ("gavel", "good", "Court: acted on", "progress.note"),
    "court.breached": ("gavel", "danger", "A court order was not kept", "order_breach.note"),
    "court.breach_decided": ("gavel", "plain", "A court order not kept: decided", "progress.result"),
    "subject_access.asked": ("file-text", "warning", "Somebody asks for their own data", ""),
    "subject_access.answered": ("file-text", "good", "Their own data: answered", ""),
    "data.reached": ("siren", "danger", "Personal data incident", ""),
    "data.step": ("shield-check", "plain", "Personal data incident: a step", ""),
    "data.lead_told": ("shield-check", "good", "Personal data incident: the lead was told", ""),
    # looking again, handing on, closing
    "manager.reviewed": ("eye", "plain", "A manager's check", "manager_review.outcome"),
    "case_review.told": ("message-circle", "plain", "Told of the ASB Case Review", ""),
    "case_review.asked": ("users", "warning", "ASB Case Review asked for", ""),
    "case_review.decided": ("users", "plain", "ASB Case Review decided", "progress.note"),
    "case.handed_over": ("arrow-right", "info", "Another officer looks after the case", "handover.to"),
    "case.linked": ("history", "plain", "Tied to another case", ""),
    "case.counter_report": ("history", "plain", "A case of its own was opened", ""),
    "case.made_a_place": ("building-2", "plain", "One problem, many households", "case.place"),
    "person.updates_agreed": ("bell", "plain", "How a household hears from us", ""),
    "case.closed": ("door-closed", "plain", "Case closed", "closing.reason"),
    "case.closing_told": ("mail", "good", "Told in writing why the case closed", ""),
    "case.reopened": ("door-open", "warning", "Case opened again", "reopening.reason"),
    "due.planned": ("calendar-clock", "plain", "Planned for a day", "rest.until"),
    "due.waits": ("clock", "warning", "Late, and waiting", "rest.waits_for"),
    "due.not_needed": ("circle-x", "warning", "Not needed, because", "waiver.reason"),
}
"""Action → (icon, tone, title, the field whose words follow)."""
