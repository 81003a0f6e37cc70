"""Evidence: what was offered, held elsewhere, on paper; its review with the answer to whoever gave it; its keeping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from asbdesk.casework import evidence_told
from asbdesk.casework.lists import list_of
from asbdesk.casework.parts import Add, Choices, Part, PartCard, Taking, choices
from asbdesk.casework.parts.reading import newest_first, outcomes, standing, when
from asbdesk.casework.views import Pill
from asbdesk.casework.words import label, number
from asbdesk.clock import days_between, full_day, london_day
from asbdesk.errors import UserError
from asbdesk.model import Custody, DiaryEntry, Evidence, EvidenceElsewhere, Progress

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.journal import Done

STEPS = {
    "taken": "Taken",
    "copied": "Copied",
    "shown": "Shown to",
    "handed_over": "Handed over to",
    "returned": "Given back to",
    "redacted": "Redacted",
    "checked": "Checked against its mark",
}


# ---- adding
def _paper(t: Taking) -> Done[Any]:
    elsewhere = t.about and t.desk.read(_is_elsewhere, t.about)
    told = {"type_": t.text("type"), "count": t.number("count"), "fetches": t.about if elsewhere else ""}
    return t.do(evidence_told.received, t.case, t.text("from"), said=t.said(), **told)


def _offered(t: Taking) -> Done[Any]:
    told = {"type_": t.text("type"), "count": t.number("count")}
    return t.do(evidence_told.offered, t.case, t.text("from"), said=t.said(), **told)


def _elsewhere(t: Taking) -> Done[Any]:
    told = {"type_": t.text("type"), "keep_until": t.text("keep_until")}
    return t.do(evidence_told.elsewhere, t.case, t.text("who"), said=t.said(), **told)


def _reviewed(t: Taking) -> Done[Any]:
    return t.do(evidence_told.reviewed, t.case, t.about, t.text("decision"), said=t.said())


def _custody(t: Taking) -> Done[Any]:
    return t.do(evidence_told.custody, t.case, t.about, t.text("what"), to=t.text("to"), said=t.said())


def _diary(t: Taking) -> Done[Any]:
    names = ("began", "ended", "place", "seen", "who", "witnesses", "effect", "signed")
    began = " ".join(x for x in (t.text("day"), t.text("began")) if x)
    line = evidence_told.DiaryLine(**{**{name: t.text(name) for name in names}, "began": began})
    known = dict(t.desk.read(_givers, t.case, t.about)["sheet"])
    sheet = t.about or t.text("sheet") or (next(iter(known)) if len(known) == 1 else "")
    if not sheet:
        first = "Write down first that the diary sheet came in: “Evidence came in on paper”."
        raise UserError("Choose which diary sheet this is on." if known else first)
    return t.do(evidence_told.diary, t.case, sheet, t.text("person"), line, said=t.said())


def _givers(session: Session, case: str, about: str) -> Choices:
    people = choices.people(session, case)
    sheets = () if about else tuple((e.id, f"{name_of(e)}, {when(e.received)}") for e in _sheets(session, case))
    return {"from": people, "person": people, "type": tuple(list_of(session, "evidence_type").items()), "sheet": sheets}


def _is_elsewhere(session: Session, about: str) -> bool:
    return session.get(EvidenceElsewhere, about) is not None


def _sheets(session: Session, case: str) -> list[Evidence]:
    return [e for e in standing(session, Evidence, case) if e.type == "diary" and not e.offered_not_taken]


# ---- what stands there
def waiting(session: Session, case: str, today: str) -> tuple[int, int]:
    """How many wait to be looked at, and for how many days the oldest has."""
    found = [e for e in standing(session, Evidence, case) if not e.reviewed and not e.offered_not_taken]
    days = [days_between(london_day(e.received), today) for e in found if e.received]
    return sum(e.count or 1 for e in found), max(days, default=0)


def cards(session: Session, case: str, today: str) -> tuple[PartCard, ...]:
    became = outcomes(session, case)
    steps: dict[str, list[Custody]] = {}
    for step in standing(session, Custody, case):
        steps.setdefault(step.evidence or "", []).append(step)
    every = standing(session, Evidence, case)
    got = {e.fetches for e in every if e.fetches}
    taken = _taken(every)
    found = [(e.received, _card(e, steps.get(e.id, []), today, came=_came(e, taken))) for e in every]
    found += [(e.at, _held(e, e.id in got, became[e.id])) for e in standing(session, EvidenceElsewhere, case)]
    found += [(d.at, _diary_card(d)) for d in standing(session, DiaryEntry, case)]
    return newest_first(found)


def name_of(evidence: Evidence) -> str:
    """Its file's name, or what it is: "3 recordings"."""
    kind = label("evidence_type", evidence.type)
    several = f"{kind} ({number(evidence.count or 1, 'thing')})" if (evidence.count or 1) > 1 else kind
    return evidence.name or several or evidence.note or "Evidence"


def _taken(every: list[Evidence]) -> dict[str | None, str]:
    """When each person last brought something."""
    found: dict[str | None, str] = {}
    for e in every:
        if not e.offered_not_taken:
            found[e.from_] = max(found.get(e.from_, ""), e.received or "")
    return found


def _came(offered: Evidence, taken: dict[str | None, str]) -> bool:
    """Whether what was offered came in after all, from the same person."""
    return offered.from_ in taken and taken[offered.from_] >= (offered.received or "")


def _card(evidence: Evidence, steps: list[Custody], today: str, *, came: bool) -> PartCard:
    lines = [" ".join(x for x in (STEPS.get(s.what or "", ""), s.to, when(s.at)) if x) for s in steps]
    pill, acts = Pill("It came", "good"), tuple[str, ...]()
    if evidence.offered_not_taken and not came:
        pill, acts = Pill("Not taken", "warning"), ("evidence_came",)
    elif evidence.offered_not_taken:
        pass
    elif evidence.reviewed:
        pill, acts = Pill("Looked at", "good"), ("evidence_custody",)
        lines.insert(0, f"We think: {evidence.decision or 'nothing written'}")
    else:
        days = days_between(london_day(evidence.received), today) if evidence.received else 0
        waits = f"Waits {number(days, 'day')}" if days else "Came today"
        pill, acts = Pill(waits, "warning"), ("evidence_reviewed", "evidence_custody")
    acts += ("diary",) if evidence.type == "diary" and not evidence.offered_not_taken else ()
    note = evidence.note if evidence.name else ""
    at = when(evidence.received)
    return PartCard(evidence.id, "paperclip", name_of(evidence), at, tuple(lines), note or "", (pill,), acts=acts)


def _held(held: EvidenceElsewhere, got: bool, became: Mapping[str, Progress]) -> PartCard:
    done = got or "evidence_reviewed" in became
    pill = Pill("It came", "good") if done else Pill("To fetch", "warning")
    lines = (f"They keep it until {full_day(held.keep_until)}",) if held.keep_until else ()
    acts = () if done else ("evidence_came",)
    title = f"{held.who} has it"
    return PartCard(held.id, "camera", title, when(held.at), lines, held.note or "", (pill,), "warning", acts)


def _diary_card(entry: DiaryEntry) -> PartCard:
    began = " to ".join(x for x in (entry.began, entry.ended) if x)
    lines = tuple(x for x in (began, entry.place, entry.who, entry.effect) if x)
    return PartCard(entry.id, "notebook-pen", "From a diary sheet", when(entry.at), lines, entry.seen or "")


PART = Part(
    name="evidence",
    title="Evidence",
    icon="paperclip",
    empty="No evidence yet. Add files above, or write down what was offered, or who else has it.",
    cards=cards,
    own_tab=True,
    adds=(
        Add("evidence_paper", "Evidence came in on paper", "file-text", "It is written down.", _paper, _givers),
        Add("evidence_offered", "Offered, and not taken yet", "circle-help", "It is written down.", _offered, _givers),
        Add("evidence_elsewhere", "Somebody else has it", "camera", "It is written down.", _elsewhere, _givers),
        Add("diary", "Key in a diary sheet", "notebook-pen", "The entry is written down.", _diary, _givers),
        Add("evidence_all", "Answer all that waits", "send", "All of it is answered.", _reviewed),
    ),
    follows=(
        Add("evidence_reviewed", "Looked at, and answered", "check", "It is answered.", _reviewed),
        Add("evidence_came", "It came in", "check", "It is written down.", _paper, _givers),
        Add("evidence_custody", "A step in its keeping", "key-round", "The step is written down.", _custody),
    ),
)
