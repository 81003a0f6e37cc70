"""The course of the case: handed over, tied to others, looked at by a manager, closed and opened again, and what of it
reached the wrong person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import (
    closing,
    common_plan,
    data_incident,
    finished,
    handover,
    links,
    other_person,
    plans,
    reviews,
)
from asbdesk.casework.parts import Add, Choices, Part, PartCard, Taking, asks_now, choices
from asbdesk.casework.parts.reading import newest_first, standing, when
from asbdesk.casework.risk import level_of
from asbdesk.casework.views import Pill
from asbdesk.errors import UserError
from asbdesk.forms.load import one_form
from asbdesk.model import (
    Case,
    CaseLink,
    Closing,
    Disclosure,
    FinishedForm,
    Handover,
    ManagerReview,
    Progress,
    Reopening,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.journal import Done

WHY = {
    "counter_report": "They report each other",
    "old_case": "An old case looked at again",
    "same_problem": "The same problem",
    "same_place": "The same place",
}
TIMES = (
    ("safe", "They are safe"),
    ("lead_told", "The data protection lead was told"),
    ("person_told", "The person was told"),
    ("corrected", "The rule was put right"),
    ("commissioner", "The Commissioner was decided on"),
)
"""The five times of a personal data incident (PRACTICE.md 16)."""


TEAM = "team: "
"""Before the name of a team, where an officer could be named as well."""


# ---- adding
def _hand_over(t: Taking) -> Done[Any]:
    to, us = t.text("to"), t.desk.landlord.officer
    if to.startswith(TEAM):
        return t.do(handover.to_team, t.case, to.removeprefix(TEAM), from_=us, said=t.said())
    return t.do(handover.hand_over, t.case, to, from_=us, said=t.said())


def _looked(t: Taking) -> Done[Any]:
    return t.do(reviews.manager_review, t.case, t.text("outcome"), said=t.said("reader"))


def _tie(t: Taking) -> Done[Any]:
    other = t.desk.case(t.text("reference"))
    return t.do(links.link, t.case, other, t.text("why"), said=t.said())


def _note(t: Taking) -> Done[Any]:
    return t.do(links.note, t.case, t.text("note"))


def _place_step(t: Taking) -> Done[Any]:
    return t.do(common_plan.add_step, t.case, t.text("what"), t.text("by"), who=t.text("who"))


def _place(t: Taking) -> Done[Any]:
    return t.do(links.place_case, t.case, t.text("place"))


def _reached(t: Taking) -> Done[Any]:
    to, about = t.text("to_whom"), t.text("about_whom")
    if to == about:
        raise UserError("Choose two different people: whom it is about, and whom it reached.")
    return t.do(data_incident.disclosed, t.case, to, about, what=t.text("what"), said=t.said())


def _is_safe(t: Taking, done: Done[Any]) -> str:
    return asks_now(t, done, "disclosed")


def _time(t: Taking) -> Done[Any]:
    return t.do(data_incident.note_time, t.about, t.text("step"), words_=t.text("words"))


def _close(t: Taking) -> Done[Any]:
    if not t.desk.read(_is_open, t.case):
        raise UserError("This case is closed already.")
    if t.text("spoken") == "not_yet":
        raise UserError("Speak with them first, or try three times by two means. What you wrote here is kept.")
    form = closing.ClosingForm(
        t.answers,
        second=t.text("second"),
        object_by=t.text("object_by"),
        manager=t.text("manager"),
        other_told=t.yes("other_told"),
        no_call=True if t.yes("call") is False else None,
    )
    asked = one_form("closing")
    return t.do(closing.close_by_form, t.case, t.text("reason"), asked, form, said=t.said("reason_words"))


def _before_closing(session: Session, case: str, about: str) -> Mapping[str, Any]:
    found = session.get(Case, case)
    stream = found.stream if found else ""
    decision = other_person.latest(session, case)
    knows = decision is not None and decision.outcome == "spoken"
    held = {"high_risk": level_of(session, case) == "high"}
    held |= {kind: stream == kind for kind in closing.NEEDS_A_MANAGER}
    return {**held, "other_knows": knows, "open_steps": bool(plans.open_steps(session, case))}


def _reopen(t: Taking) -> Done[Any]:
    if t.desk.read(_is_open, t.case):
        raise UserError("This case is open. Nothing needs to be opened again.")
    return t.do(closing.reopen, t.case, reason=t.text("reason"), said=t.said())


def _is_open(session: Session, case: str) -> bool:
    found = session.get(Case, case)
    return found is not None and found.status != "closed"


def _told_closing(t: Taking) -> Done[Any]:
    return t.do(closing.tell_closing, t.case, said=t.said())


def _who(session: Session, case: str, about: str) -> Choices:
    everybody = choices.people(session, case)
    teams = tuple((f"{TEAM}{name}", f"{name}, whoever takes it") for name in handover.teams(session))
    return {"to": (*teams, *choices.member_names(session)), "to_whom": everybody, "about_whom": everybody}


# ---- what stands there
def cards(session: Session, case: str, today: str) -> tuple[PartCard, ...]:
    names = {id: name.partition(" (")[0] for id, name in choices.people(session, case)}
    found = [(d.at, _incident(d, names)) for d in standing(session, Disclosure, case)]
    found += [(n.at, _noted(n)) for n in standing(session, Progress, case) if n.what == links.NOTE]
    found += [(w.at, _well(session, w)) for w in finished.of_case(session, case, "went_well")]
    found += [(h.at, _handed(h)) for h in standing(session, Handover, case)]
    found += [(r.at, _review(r)) for r in standing(session, ManagerReview, case)]
    found += [(x.at, _tied(session, x)) for x in standing(session, CaseLink, case)]
    found += [(c.at, _closed(c)) for c in standing(session, Closing, case)]
    found += [
        (r.at, PartCard(r.id, "folder-open", "Opened again", when(r.at), (), r.reason or "", tone="warning"))
        for r in standing(session, Reopening, case)
    ]
    return newest_first(found)


def _incident(incident: Disclosure, names: Mapping[str, str]) -> PartCard:
    lines = [f"{words}: {when(at)}" for field, words in TIMES if (at := getattr(incident, field))]
    left = [words for field, words in TIMES if not getattr(incident, field)]
    pill = Pill(f"{len(left)} of 5 to do", "danger") if left else Pill("All five done", "good")
    about = names.get(incident.about or "", incident.about or "somebody")
    title = f"Something about {about} reached {names.get(incident.to or '', 'somebody')}"
    acts = ("data_time",) if left else ()
    at, what = when(incident.at), incident.what or ""
    return PartCard(incident.id, "siren", title, at, tuple(lines), what, (pill,), "danger", acts)


def _noted(note: Progress) -> PartCard:
    return PartCard(note.id, "pen-line", "A note", when(note.at), (), note.note or "")


def _well(session: Session, kept: FinishedForm) -> PartCard:
    lines = finished.in_lines(session, kept.definition, kept.answers, "what")
    what = str((kept.answers or {}).get("what") or "")
    return PartCard(kept.id, "lightbulb", finished.title_of("went_well"), when(kept.at), lines, what, tone="good")


def _handed(handed: Handover) -> PartCard:
    title = f"Handed over to {handed.to}" if handed.to else "Nobody is named for it"
    lines = (f"From {handed.from_}",) if handed.from_ else ()
    return PartCard(handed.id, "arrow-right", title, when(handed.at), lines, handed.note or "")


def _review(review: ManagerReview) -> PartCard:
    text = " ".join(t for t in (review.outcome, review.note) if t)
    return PartCard(review.id, "eye", "A manager looked at it", when(review.at), (), text)


def _tied(session: Session, tie: CaseLink) -> PartCard:
    other = session.scalar(sa.select(Case.reference).where(Case.id == tie.other)) or "a case that is not here"
    lines = (WHY.get(tie.why or "", ""),)
    return PartCard(tie.id, "folder-open", f"Tied to {other}", when(tie.at), lines, tie.note or "")


def _closed(closed: Closing) -> PartCard:
    pill = Pill("Told in writing", "good") if closed.told else Pill("Tell them in writing", "warning")
    acts = () if closed.told else ("closing_told",)
    lines = (f"If they do not agree: {closed.second}",) if closed.second else ()
    text = closed.reason or ""
    return PartCard(closed.id, "circle-check", "Closed", when(closed.at), lines, text, (pill,), "good", acts)


PART = Part(
    name="course",
    title="The course of the case",
    icon="history",
    empty="It is with its first officer, tied to no other case, and open.",
    cards=cards,
    adds=(
        Add("note", "A note for the file", "pen-line", "The note is written down.", _note),
        Add("went_well", "What went well here", "lightbulb", "It is kept.", finished.kept_as("went_well")),
        Add("hand_over", "Hand the case over", "arrow-right", "The case is handed over.", _hand_over, _who),
        Add("manager_looked", "A manager looked at it", "eye", "It is written down.", _looked),
        Add("tie", "Tie it to another case", "folder-open", "The two cases are tied.", _tie),
        Add("place", "It is about a place", "map-pin", "It is written down.", _place),
        Add("place_step", "A step for everyone there", "list-checks", "It is on the page for everyone.", _place_step),
        Add(
            "data_reached", "Something reached the wrong person", "siren",
            "It is written down. First: is the person safe?", _reached, _who, then=_is_safe,
        ),
        Add(
            "closing", "Before we close", "circle-check", "The case is closed. Tell them in writing.",
            _close, facts=_before_closing, finish="Go on to the letter", letter="closing",
        ),
        Add("reopen", "Open it again", "folder-open", "The case is open again.", _reopen),
    ),
    follows=(
        Add("data_time", "One of the five steps", "check", "The time is written down.", _time),
        Add("closing_told", "They were told in writing", "mail", "It is written down.", _told_closing),
    ),
)  # fmt: skip
