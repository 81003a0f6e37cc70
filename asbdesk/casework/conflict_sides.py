"""The sides of a conflict: who wrote each, when, on which laptop, and what it says."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.conflict_words import NOTHING, field_words, value_words
from asbdesk.casework.words import BANDS, NOT_ASSESSED, SIGNING
from asbdesk.clock import short_moment
from asbdesk.model import Assessment, FormText, Member, PlanVersion
from asbdesk.model.journal import body, entry, touch
from asbdesk.model.journal import session as sessions
from asbdesk.store.clashes import entries_named, moment_of
from asbdesk.store.noted import noted
from asbdesk.store.values import tips

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOT_ASKED = "Not asked"


@dataclass(frozen=True)
class Written:
    """Who wrote an entry, when and where. `at`: the instant by its hybrid clock; `sets`: what it set, by record."""

    id: str
    by: str
    name: str
    at: str
    recorded: str
    hlc: str
    device: str
    doubted: bool
    sets: dict[str, Any]

    @property
    def first(self) -> str:
        """How colleagues call them: "Sam", "Ms Okafor"."""
        title, _, rest = self.name.partition(" ")
        return self.name if title.rstrip(".") in ("Ms", "Mr", "Mrs", "Miss", "Mx", "Dr") and rest else title


@dataclass(frozen=True)
class Side:
    """One value. `entry` names it when it is kept; `applies`: it is what stands meanwhile."""

    entry: str
    who: str
    at: str
    when: str
    where: str
    label: str
    words: str
    quote: str = ""
    """Why, as it was written down with it."""
    note: str = ""
    """Of the laptop's clock, the score."""
    applies: bool = False
    tone: str = ""


@dataclass(frozen=True)
class Differs:
    """A question answered differently: in the words it was asked in, and each side's answer, in their order."""

    question: str
    answers: tuple[str, ...]


def entries(session: Session, ids: Collection[str]) -> dict[str, Written]:
    """Entries by id, with who wrote them. Those that were erased are left out."""
    which = sa.select(entry.c.session, entry.c.k, entry.c.hlc, body.c.text).join(body, body.c.n == entry.c.n)
    found = {}
    for id, row in entries_named(session.connection(), ids, which).items():
        told = json.loads(row.text)
        member = session.get(Member, told.get("by", ""))
        found[told["id"]] = Written(
            told["id"],
            told.get("by", ""),
            (member.name if member else "") or "",
            moment_of(row.hlc),
            told["recorded"],
            row.hlc,
            id.partition(".")[0],
            told.get("clock") == "suspect",
            told.get("set", {}),
        )
    return found


def _place(session: Session, written: Written, member: str) -> str:
    own = noted(session.connection(), "device")
    if written.device == own:
        return "On this laptop"
    if written.by == member:
        return "On another laptop of yours"
    return f"On {written.first}’s laptop" if written.first else "On another laptop"


def _who(written: Written, member: str) -> str:
    return "You" if written.by == member else written.name or "Somebody"


def sides_of(session: Session, member: str, row: Any, shown: Any) -> tuple[Side, ...]:
    """The sides of a field's conflict, the latest first."""
    written = entries(session, [head[0] for head in row.heads])
    return tuple(_side(session, member, row, head, written.get(head[0]), shown) for head in row.heads)


def _side(session: Session, member: str, row: Any, head: Any, told: Written | None, shown: Any) -> Side:
    id, value = head
    label, words = field_words(row.kind, row.field), value_words(session, row.kind, row.field, value)
    tone = {"high": "red", "medium": "amber", "standard": "grey"}.get(value, "") if row.field == "band" else ""
    sets = (told.sets if told else {}).get(f"{row.kind}/{row.id}", {})
    quote = ""
    if row.field == "struck":
        label, words = ("Crossed out", words) if value is not None else ("Written in", _edited(session, row.kind, sets))
    elif row.field != "reason" and isinstance(sets.get("reason", [None])[0], str):
        quote = sets["reason"][0]
    if told is None:
        return Side(id, "Somebody", "", "", "", label, words, quote, applies=value == shown, tone=tone)
    note = "The clock of that laptop was in doubt." if told.doubted else ""
    told_ = (_who(told, member), told.at, short_moment(told.recorded), _place(session, told, member))
    return Side(id, *told_, label, words, quote, note, value == shown, tone)


def _edited(session: Session, kind: str, sets: dict[str, Any]) -> str:
    """What an edit wrote into a record that somebody crossed out."""
    lines = [
        f"{field_words(kind, name)}: {value_words(session, kind, name, value[0])}"
        for name, value in sets.items()
        if name != "struck" and value[0] not in (None, "", [])
    ]
    text = "\n".join(line[:1].upper() + line[1:] for line in lines)
    return text or NOTHING


# ---- two records made apart
def apart_sides(session: Session, member: str, kind: str, second: str) -> tuple[Side, ...]:
    """The assessments (of one household) or plan versions (with one person) that stand beside `second`; `entry` of each
    is the record's id. The later first."""
    cls: Any = Assessment if kind == "assessment" else PlanVersion
    whose: Any = Assessment.of if kind == "assessment" else PlanVersion.person
    mine = session.get(cls, second)
    if mine is None:
        return ()
    which = sa.select(cls).where(cls.file == mine.file, cls.struck.is_(None), whose == getattr(mine, whose.key))
    standing: list[Any] = tips(session.scalars(which.order_by(cls.id)))
    standing.sort(key=lambda r: (r.at or "", r.id), reverse=True)
    level = max((_height(r) for r in standing), default=0)
    return tuple(_apart_side(session, member, record, level) for record in standing)


def _height(record: Any) -> int:
    return {"standard": 1, "medium": 2, "high": 3}.get(getattr(record, "band", None) or "", 0)


def _apart_side(session: Session, member: str, record: Any, level: int) -> Side:
    told = _made_by(session, record)
    at, where, who = record.at or "", "", "Somebody"
    if told is not None:
        who, where = _who(told, member), _place(session, told, member)
    when = short_moment(at) if len(at) == 24 else ""
    if isinstance(record, Assessment):
        words = BANDS.get(record.band or "", NOT_ASSESSED)
        score = f"{record.score} of {record.out_of}" if record.score is not None and record.out_of else ""
        tone = {"high": "red", "medium": "amber"}.get(record.band or "", "grey")
        quote, applies = record.reason or record.note or "", _height(record) == level
        return Side(record.id, who, at, when, where, "the risk level", words, quote, score, applies, tone)
    words = SIGNING.get(record.signing or "", "Agreed" if record.agreed else "")
    ours = [step.get("what", "") for step in (record.content or {}).get("ours", ()) if isinstance(step, dict)]
    label = f"plan {record.number or ''}".strip()
    return Side(record.id, who, at, when, where, label, words, "\n".join(filter(None, ours)), applies=True)


def _made_by(session: Session, record: Any) -> Written | None:
    which = (
        sa.select(sessions.c.id, entry.c.k)
        .join(entry, entry.c.session == sessions.c.n)
        .join(touch, touch.c.n == entry.c.n)
        .where(touch.c.kind == record.kind, touch.c.id == record.id)
        .order_by(entry.c.hlc)
        .limit(1)
    )
    row = session.execute(which).first()
    return next(iter(entries(session, [f"{row[0]}.{row[1]}"]).values()), None) if row else None


def answers_that_differ(session: Session, sides: Sequence[Side]) -> tuple[Differs, ...]:
    """The questions that were answered differently, in the order and the words they were asked in."""
    from asbdesk.casework.risk import answer_words
    from asbdesk.forms.load import load_text

    found = [record for side in sides if (record := session.get(Assessment, side.entry)) is not None]
    text = {f.hash: f for f in session.scalars(sa.select(FormText).where(FormText.hash.in_([r.form for r in found])))}
    forms = {hash: load_text(kept.text, f"{kept.form}.yaml") for hash, kept in text.items() if kept.hash and kept.text}
    differs: dict[str, Differs] = {}
    for form in forms.values():
        for question in form.questions:
            values = [(r.answers or {}).get(question.id) for r in found]
            if question.id in differs or all(v == values[0] for v in values):
                continue
            told = tuple(NOT_ASKED if v is None else answer_words(question, v) for v in values)
            if len(set(told)) > 1:
                differs[question.id] = Differs(question.text, told)
    return tuple(differs.values())
