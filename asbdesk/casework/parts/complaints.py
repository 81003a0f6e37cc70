"""Complaints about us, each with its stages and clock, and what was offered to put things right."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from asbdesk.casework import complaints, finished
from asbdesk.casework.kept import answered_by_others
from asbdesk.casework.parts import Add, Choices, Part, PartCard, Taking, choices
from asbdesk.casework.parts.reading import newest_first, standing, when
from asbdesk.casework.views import Pill
from asbdesk.casework.words import label, sentence
from asbdesk.clock import full_day, london_day
from asbdesk.documents.naming import may_be_same
from asbdesk.errors import UserError
from asbdesk.model import Complaint, ComplaintDeclined, FinishedForm, Progress, Redress

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.journal import Done

CHECKED, MEETING, INQUIRY = FORMS = ("complaint_checked", "complaint_meeting", "complaint_inquiry")
"""Forms about a complaint that are kept as they were filled in."""
CHECKS = ("apart", "heard", "needs", "looked", "others", "points", "tone", "remedy", "onward", "learned")
"""The points of the checklist: a card says those that are still to do, and not ten times yes."""
UPHELD = {"yes": "upheld", "no": "not upheld", "part": "upheld in part"}
AGGRAVATING = {
    "health": "their health",
    "children": "children at home",
    "duration": "how long it went on",
    "known_need": "a need that we knew of",
    "repeated": "failing them before",
}
MOST = 100_000_00
"""Pence of one offer at most."""
REDRESS = {"apology": "An apology", "money": "Money", "repayment": "Money back", "works": "Work", "other": "Other"}


# ---- adding
def _accept(t: Taking) -> Done[Any]:
    points = [line.strip("-• ") for line in t.text("points").splitlines() if line.strip("-• ")]
    told = {name: t.text(name) for name in ("by", "staff", "received", "handler", "wanted")}
    return t.do(complaints.accept, t.case, t.text("about"), points=points, said=t.said(), **told)


def _decline(t: Taking) -> Done[Any]:
    return t.do(complaints.decline, t.case, t.text("reason"), said=t.said())


def _acknowledge(t: Taking) -> Done[Any]:
    return t.do(complaints.acknowledge, t.case, t.about, stage=_stage(t), said=t.said())


def _extend(t: Taking) -> Done[Any]:
    told = {"stage": _stage(t), "reason": t.text("reason")}
    return t.do(complaints.extend, t.case, t.about, t.text("until"), said=t.said(), **told)


def _answer(t: Taking) -> Done[Any]:
    told = {"upheld": t.text("upheld"), "cause": t.text("cause")}
    return t.do(complaints.answer, t.case, t.about, _stage(t) or 1, said=t.said(), **told)


def _escalate(t: Taking) -> Done[Any]:
    return t.do(complaints.escalate, t.case, t.about, said=t.said())


def _offer(t: Taking) -> Done[Any]:
    told = {"aggravating": t.many("aggravating"), "reason": t.text("reason"), "by": t.text("by")}
    pence = _pence(t.text("pounds")) if t.text("pounds") else None
    complaint = t.text("complaint")
    return t.do(complaints.offer_redress, t.case, t.text("what"), pence=pence, complaint=complaint, **told)


def _pence(pounds: str) -> int:
    """ "£1,250" and "64.50" in pence. Raises UserError for what is no sum of money."""
    found = re.fullmatch(r"£?\s*(\d[\d,]{0,9})(?:\.(\d\d))?", pounds)
    pence = int(found[1].replace(",", "")) * 100 + int(found[2] or 0) if found else 0
    if not 0 < pence <= MOST:
        raise UserError("How much is it? Write it in pounds, such as 250 or 64.50.")
    return pence


def _follow(t: Taking) -> Done[Any]:
    return t.do(complaints.follow_redress, t.about, accepted=t.yes("accepted"), paid=t.text("paid"))


def _looked_into(t: Taking) -> Done[Any]:
    """Never by whoever it is about."""
    staff = t.desk.read(lambda session: (found.staff if (found := session.get(Complaint, t.about)) else "") or "")
    if staff.strip() and may_be_same(staff, t.text("who")):
        raise UserError("The person complained of cannot look into it. Choose somebody else.")
    return finished.kept_as(INQUIRY)(t)


def _stage(t: Taking) -> int | None:
    return {"one": 1, "two": 2}.get(t.text("stage"))


def _who(session: Session, case: str, about: str) -> Choices:
    return {"by": choices.people(session, case), "handler": choices.member_names(session)}


def _which(session: Session, case: str, about: str) -> Choices:
    known = standing(session, Complaint, case)
    return {"complaint": tuple((c.id, f"{_title(c)}, {when(c.at)}") for c in known)}


# ---- what stands there
def cards(session: Session, case: str, today: str) -> tuple[PartCard, ...]:
    steps: dict[str, list[Progress]] = {}
    for progress in standing(session, Progress, case):
        steps.setdefault(progress.about or "", []).append(progress)
    forms = finished.of_case(session, case, *FORMS)
    looked = {(kept.form, kept.about) for kept in forms}
    found = [(c.at, _complaint(c, steps.get(c.id, []), looked)) for c in standing(session, Complaint, case)]
    found += [(d.at, _declined(d)) for d in standing(session, ComplaintDeclined, case)]
    found += [(r.at, _redress(r)) for r in standing(session, Redress, case)]
    found += [(kept.at, _form(session, kept)) for kept in forms]
    elsewhere = [_answered_elsewhere(*each) for each in answered_by_others(session, case)]
    return (*elsewhere, *newest_first(found))


def _answered_elsewhere(handler: str, open_: bool) -> PartCard:
    """Whoever is complained of does not see it; every officer may know that it is there (PRACTICE.md 7 and 19)."""
    who = handler or "your manager"
    text = f"What it says is with {who} alone. If they tell you more, listen, and tell {who}. Your work here goes on."
    pill = Pill("Open", "warning") if open_ else Pill("Answered", "good")
    return PartCard("", "lock", f"A complaint, with {handler or 'a manager'}", text=text, pills=(pill,))


def _form(session: Session, kept: FinishedForm) -> PartCard:
    """The checklist, the meeting, who looks into it: as filled in, what is still to do first."""
    lines = finished.in_lines(session, kept.definition, kept.answers, *(() if kept.form != CHECKED else CHECKS))
    left = [q.text for q, _ in finished.answered(session, kept.definition, kept.answers) if _not_yet(kept, q.id)]
    pills = [Pill(f"{len(left)} still to do", "warning") if left else Pill("All looked at", "good")]
    if kept.form != CHECKED:
        stands = {
            "agreed": "Still to come",
            "begun": "Being looked into",
            "held": "We met",
            "found": "There is a finding",
        }
        words = stands.get(str((kept.answers or {}).get("stands")), "They do not want to meet")
        pills = [Pill(words, "good" if words in ("We met", "There is a finding") else "info")]
    told = (*(f"Not yet: {text}" for text in left), *lines)
    title = finished.title_of(kept.form or "")
    return PartCard(kept.id, "clipboard-check", title, when(kept.at), told, "", tuple(pills), "info")


def _not_yet(kept: FinishedForm, question: str) -> bool:
    return kept.form == CHECKED and (kept.answers or {}).get(question) == "not_yet"


def _complaint(
    complaint: Complaint, steps: list[Progress], looked: Collection[tuple[str | None, str | None]]
) -> PartCard:
    steps = sorted(steps, key=lambda s: s.at or "")
    said = {s.what for s in steps}
    answered = [s for s in steps if s.what == "complaint_answered"]
    second = "complaint_escalated" in said
    open_ = len(answered) < (2 if second else 1)
    pill = Pill("Stage 2" if second else "Stage 1", "warning") if open_ else Pill("Answered", "good")
    lines = [f"First said on {full_day(complaint.received)}"] if complaint.received else []
    lines += [f"Handled by {complaint.handler}"] if complaint.handler else []
    lines += [_step(step) for step in steps]
    lines += _left(complaint, looked) if open_ else []
    text = complaint.wanted and f"What would put it right: {complaint.wanted}"
    acts = (*_acts(said, second=second, open_=open_), CHECKED, MEETING, *_inquiry(complaint))
    return PartCard(
        complaint.id, "message-circle", _title(complaint), when(complaint.at), tuple(lines),
        " ".join(t for t in (complaint.note, text) if t), (pill,), "warning", acts,
    )  # fmt: skip


def _left(complaint: Complaint, looked: Collection[tuple[str | None, str | None]]) -> list[str]:
    """What nobody has done yet about an open one: without it an answer is easily a poor one."""
    serious = complaint.about in ("staff_conduct", "discrimination")
    alone = serious and (INQUIRY, complaint.id) not in looked
    left = ["Nobody from outside the team looks into it yet"] if alone else []
    return left + ([] if (CHECKED, complaint.id) in looked else ["Nobody has looked yet whether it is handled well"])


def _inquiry(complaint: Complaint) -> tuple[str, ...]:
    return (INQUIRY,) if complaint.about != "handling" else ()


def _acts(said: set[str | None], *, second: bool, open_: bool) -> tuple[str, ...]:
    acts = ["complaint_answer", "complaint_extend"] if open_ else []
    if open_ and "complaint_acknowledged" not in said:
        acts.insert(0, "complaint_acknowledge")
    if not second:
        acts.append("complaint_escalate")
    return tuple(acts)


_STEPS: Mapping[str, str] = {
    "complaint_acknowledged": "Acknowledged",
    "complaint_extended": "More time until",
    "complaint_answered": "Answered",
    "complaint_escalated": "They asked for stage 2",
}


def _step(step: Progress) -> str:
    words = _STEPS.get(step.what or "", "A step")
    if step.what == "complaint_extended" and step.day:
        return f"{words} {full_day(step.day)}: {step.reason or 'no reason written'}"
    stage = f" at stage {step.stage}" if step.stage else ""
    result = f", {UPHELD[step.result]}" if step.result in UPHELD else ""
    return f"{words}{stage}{result}, {when(step.at)}"


def _title(complaint: Complaint) -> str:
    return f"Complaint: {(label('complaint_about', complaint.about) or 'about us').lower()}"


def _declined(declined: ComplaintDeclined) -> PartCard:
    text = f"{declined.reason} {declined.note or ''}".strip()
    return PartCard(declined.id, "circle-x", "Not taken as a complaint", when(declined.at), text=text)


def _redress(offer: Redress) -> PartCard:
    pounds = f": £{offer.pence / 100:,.2f}" if offer.pence else ""
    pill = {True: Pill("Accepted", "good"), False: Pill("Not accepted", "plain"), None: Pill("Offered", "info")}
    lines = [f"Because: {offer.reason}"] if offer.reason else []
    worse = [AGGRAVATING.get(str(a), str(a)) for a in offer.aggravating or ()]
    lines += [f"Made worse by {sentence(worse)}"] if worse else []
    lines += [f"Paid or done on {full_day(offer.paid)}"] if offer.paid else []
    title = f"{REDRESS.get(offer.what or '', 'Offer')}{pounds}"
    acts = () if offer.paid else ("redress_followed",)
    return PartCard(offer.id, "handshake", title, when(offer.at), tuple(lines), "", (pill[offer.accepted],), acts=acts)


def _first_said(session: Session, case: str, about: str) -> Mapping[str, Any]:
    """The complaint's clock runs from the day the dissatisfaction was first said (PRACTICE.md 19)."""
    from asbdesk.model import Contact, Report

    said = [r.received for r in standing(session, Report, case) if r.dissatisfied and r.received]
    said += [c.at for c in standing(session, Contact, case) if c.dissatisfied and c.at]
    return {"received": min(london_day(at) for at in said)} if said else {}


PART = Part(
    name="complaints",
    title="Complaints about us",
    icon="message-circle",
    empty="Nobody has complained about us here. “You have done nothing” is a complaint: it needs no form.",
    cards=cards,
    adds=(
        Add(
            "complaint", "They complain about us", "message-circle", "The complaint is written down.",
            _accept, _who, begins=_first_said,
        ),
        Add("complaint_declined", "It is not a complaint", "circle-x", "The reason is written down.", _decline),
        Add("redress", "Offer to put it right", "handshake", "The offer is written down.", _offer, _which),
    ),
    follows=(
        Add("complaint_acknowledge", "Acknowledged", "mail", "It is acknowledged.", _acknowledge),
        Add("complaint_answer", "We answered the complaint", "send", "The answer is written down.", _answer),
        Add("complaint_extend", "We need more time", "clock", "The new day is written down.", _extend),
        Add("complaint_escalate", "They ask for stage 2", "arrow-right", "Stage 2 has begun.", _escalate),
        Add(
            *(CHECKED, "Is this complaint handled well?", "list-checks", "It is written down."),
            finished.kept_as(CHECKED),
        ),
        Add(MEETING, "Meet about the complaint", "users", "The meeting is written down.", finished.kept_as(MEETING)),
        Add(INQUIRY, "Who looks into it, and what they found", "search", "It is written down.", _looked_into),
        Add("redress_followed", "What came of it", "check", "It is written down.", _follow),
    ),
)  # fmt: skip
