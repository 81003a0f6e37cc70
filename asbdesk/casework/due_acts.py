"""What a thing that is due asks an officer to do, in words: the act, the button, and what the button opens."""

from __future__ import annotations

from asbdesk.casework.words import number
from asbdesk.duties.safeguarding import STANDING

Act = tuple[str, str, str]
"""(the act in words, the button, what it opens: `contact`, `visit`, `copy`, `action`, `hate`, `evidence`, `case` …, or
`add:PART.ADD`: the short form of that part of the case)."""
CONTACT, OPEN = ("Record contact", "contact"), ("Open", "case")
VISIT = ("Start visit", "visit")

RESIDENT, SAID, OTHER, DESK, HANDLER = "resident", "said", "other", "desk", "handler"
BY_MOMENT: dict[str, dict[str, Act]] = {
    RESIDENT: {
        "first_contact": ("Ring {who}: a report to answer", *CONTACT),
        "next_contact": ("Ring {who}, as we agreed", *CONTACT),
        "regular_update": ("Ring {who} with what is new", *CONTACT),
        "answer_resident": ("Answer {who}", *CONTACT),
        "agency_update": ("Tell {who} what the agency said", *CONTACT),
        "handover": ("Ring {who}: you are their officer now", *CONTACT),
        "agent_oversight": ("Ring {who} yourself, not only the managing agent", *CONTACT),
        "case_review_told": ("Tell {who} of the ASB Case Review", *CONTACT),
        "closure_check": ("Ring {who}: how are things since we closed?", *CONTACT),
        "risk_assessment": ("Ask {who} the risk questions", *VISIT),
        "risk_reassessment": ("Ask {who} the risk questions again", *VISIT),
        "vulnerability_record": (
            "Put what {who} told us on the household record",
            "Put it on the record",
            "add:rules.need",
        ),
        "adjustment": ("Make it easier for {who}, as they asked", "Say what was done", "add:rules.adjustment"),
        "support_offer": ("Offer {who} support", "Record the offer", "add:safety.risk_step"),
        "safeguarding": ("Decide on safeguarding", "Write the decision", "add:safety.safeguarding"),
        "action_plan": ("Make a plan with {who}", *VISIT),
        "plan_copy": ("Give {who} a copy of the plan", "Record the copy", "copy"),
        "plan_review": ("Look at the plan again with {who}", "Record the look", "plan_review"),
        "hate_question": ("Ask {who} about hate, with open words", "Record the answer", "hate_question"),
        "hate_record": ("Write the hate record with {who}", "Write it", "hate"),
        "police_question": ("Ask {who} about the police", "Record the answer", "add:safety.police"),
        "evidence_capture": ("Take the evidence that {who} offered", "Open evidence", "evidence"),
    },
    SAID: {
        "plan_action": ("{what}", "Mark as done", "action"),
        "promise": ("Keep the promise: {what}", "It is kept", "add:contacts.promise_kept"),
        "risk_actions": ("Do what the risk level asks for", "Record a step", "add:safety.risk_step"),
        "repair": ("See to the repair: {what}", "It is finished", "add:repairs.repair_done"),
        "graffiti_removal": ("Have the graffiti removed", "It is removed", "add:repairs.graffiti_removed"),
        "move_answer": ("Answer the request to move", "Record the answer", "add:moves.move_answer"),
        "move_step": ("Take the next step of the move", "Record a step", "add:moves.move_step"),
        "professional_letter": (
            "Weigh and answer the letter about harm",
            "Record the answer",
            "add:outside.care_letter_answered",
        ),
    },
    OTHER: {
        "perpetrator_contact": (
            "Decide about speaking to the person named",
            "Decide",
            "add:other_person.other_decided",
        ),
        "hate_action": ("Decide what to do about the person named", "Decide", "add:other_person.other_decided"),
        "enforcement_considered": ("Decide which tools fit, or none yet", "Decide", "add:other_person.tool"),
        "persistent_perpetrator": (
            "Look across all homes: the same person again",
            "Record the look",
            "add:other_person.across_homes",
        ),
        "court_date": ("Get ready for court", "It is dealt with", "add:courts.court_met"),
        "order_breach": ("Decide on the court order that was broken", "Decide", "add:courts.breach_decided"),
    },
    DESK: {
        "evidence_secure": ("Fetch the evidence before it is lost", "Open evidence", "evidence"),
        "evidence_review": ("Look at the evidence and say what it shows", "Open evidence", "evidence"),
        "agency_request": ("Answer the agency", "Record our answer", "add:agencies.agency_answer"),
        "agency_chase": ("Ask again: the agency has not answered", "Record the chase", "add:agencies.agency_chase"),
        "case_review": ("Decide on the ASB Case Review", "Record the decision", "add:outside.case_review_decided"),
        "closure_told": ("Tell {who} in writing why the case closed", "They were told", "add:course.closing_told"),
        "reopen_review": ("It came back: open the case again, or say why not", "Open it again", "add:course.reopen"),
        "case_unowned": ("Name an officer for this case", "Name an officer", "add:course.hand_over"),
        "report_logged": ("Write the report down", *OPEN),
        "take_on_check": ("Check this case from the list: risk, plan, contact, promises", "Check it", "taken_on"),
        "conflict": ("Two of us differ: decide which is right", "Look at both", "conflict"),
    },
    HANDLER: {
        "complaint_triage": ("Not content with us: a complaint, or not?", "Decide", "add:complaints.complaint"),
        "complaint_acknowledge": (
            "Acknowledge the complaint",
            "It is acknowledged",
            "add:complaints.complaint_acknowledge",
        ),
        "complaint_stage1": ("Answer the complaint", "Record the answer", "add:complaints.complaint_answer"),
        "complaint_stage2": ("Answer the complaint, stage 2", "Record the answer", "add:complaints.complaint_answer"),
        "staff_conduct": ("Decide who must not contact {who}", "Decide", "add:rules.staff_bar"),
        "ombudsman_request": ("Send the Ombudsman what they asked for", "It is sent", "add:outside.ombudsman_answered"),
        "order": ("Do what the Ombudsman ordered", "It is done", "add:outside.ombudsman_order_met"),
        "data_breach": ("Tell the data protection lead", "Record it", "add:course.data_time"),
        "subject_access": ("Send {who} what we hold about them", "It is sent", "add:outside.own_data_answered"),
    },
}
"""Moment → code → its act. One record can meet a whole moment."""
ACTS = {code: act for acts in BY_MOMENT.values() for code, act in acts.items()}
STEPS: dict[str, tuple[str, str]] = {
    "now": ("Answer", "now"),
    "safe_time": VISIT,
    "safeguarding": ("Write the decision", "add:safety.safeguarding"),
    "contact_pace": ("Record the answer", "pace"),
    "proportion": ("Fill it in", "add:other_person.proportion"),
}
"""Steps of ours that are more than ticked off: code → (the button, what it opens)."""
MANY = {
    "conflict": "Two of us differ in {n} things: decide which is right",
    "evidence_review": "{n} pieces of evidence to look at",
    "answer_resident": "Answer {who}: {n} messages",
    "agency_chase": "Ask again: {n} answers are missing",
    "agency_update": "Tell {who} what agencies said: {n} answers",
    "first_contact": "Ring {who}: {n} reports to answer",
    "perpetrator_contact": "Decide about speaking to the person named: {n} reports",
}
"""The same about several at once."""
MEANS = {"telephone": "a call", "phone": "a call", "text": "a text", "email": "an e-mail", "letter": "a letter"}
MEANS |= {"visit": "a visit"}
NEXT_MEANS = ("telephone", "text", "letter", "visit")
"""The order in which the next means is offered."""


def act_of(code: str, who: str, what: str, count: int = 1) -> Act:
    """The act in words, its button, what it opens."""
    words, button, do = ACTS.get(code, (code.replace("_", " ").capitalize(), *OPEN))
    if code == "support_offer" and what.startswith(STANDING):
        words = "Ask {who} whether the support we offered is still right"
    if count > 1:
        words = MANY.get(code, words + " ({n} times)")
    return words.format(who=who or "them", what=what, n=count), button, do


def whom(name: str) -> str:
    """ "her" or "him" where the name says so itself, else "them"."""
    title = name.split(" ", 1)[0].rstrip(".").casefold()
    return {"ms": "her", "mrs": "her", "miss": "her", "mr": "him"}.get(title, "them")


def to_tell(who: str, count: int, late: int, worst: int) -> str:
    """ "Ring Ms Begum: 4 things to tell her, 1 is 2 days late"."""
    words = f"Ring {who or 'them'}: {number(count, 'thing')} to tell {whom(who)}"
    if not late:
        return words
    if late == count:
        return f"{words}, {'up to ' if count > 1 and worst > 1 else ''}{number(worst, 'day')} late"
    return f"{words}, {late} {'is' if late == 1 else 'are'} {'up to ' if late > 1 else ''}{number(worst, 'day')} late"


def tried(who: str, tries: list[tuple[str, str]]) -> str:
    """The first line after tries that reached nobody: `tries` are (means, day), oldest first. Two by two means on two
    days ask whether somebody is worried."""
    means = ["telephone" if m == "phone" else m for m, _ in tries]
    left = next((m for m in NEXT_MEANS if m not in means), "visit")
    times = {1: "once", 2: "twice"}.get(len(tries), f"{len(tries)} times")
    words = f"Tried {who or 'them'} {times}: next, {MEANS[left]}"
    enough = len({*means}) > 1 and len({day for _, day in tries}) > 1
    return f"{words}. Are you worried about {whom(who)}?" if enough else words
