"""What a correction changed, as a chronology tells it: what it says now, and what it said before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.chronology_words import Line, fields_set, in_words
from asbdesk.casework.conflict_words import NOTHING, value_words
from asbdesk.casework.correcting import KINDS
from asbdesk.model.journal import body, entry
from asbdesk.model.journal import session as unlocked
from asbdesk.store.entries import split_id

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def told_in_words(session: Session, told: Mapping[str, Any]) -> Line:
    """An entry as people read it; a correction with what it changed."""
    icon, tone, title, text = in_words(str(told.get("do", "")), fields_set(told.get("set", {})))
    if told.get("do") == "record.corrected":
        title, text = in_old_and_new(session, told)
        icon = "pen-line"
    return icon, tone, title, text


def in_old_and_new(session: Session, told: Mapping[str, Any]) -> tuple[str, str]:
    """The title and the text of an entry that put a record right."""
    said: list[str] = []
    title = "Put right"
    for record, changed in told.get("set", {}).items():
        kind = record.partition("/")[0]
        title = f"Put right: {(KINDS[kind].title if kind in KINDS else '').lower() or 'what came of something'}"
        if kind == "progress" and all(len(value) == 1 for value in changed.values()):
            return "Put right: something about a person or a home", str(changed.get("note", [""])[0])
        for name, value in changed.items():
            before = _before(session, record, name, value[1:])
            said.append(f"{_quoted(session, kind, name, value[0])} It said: {_quoted(session, kind, name, before)}")
    return title, " ".join(said)


def _quoted(session: Session, kind: str, name: str, value: Any) -> str:
    words = value_words(session, kind, name, value)
    return f"{words}." if words == NOTHING else f"“{words}”."


def _before(session: Session, record: str, name: str, replaced: list[str]) -> Any:
    """What stood before, of the newest version replaced; None where nothing did."""
    for version in reversed(replaced):
        of, k = split_id(version)
        which = sa.select(body.c.text).join(entry, entry.c.n == body.c.n)
        which = which.join(unlocked, unlocked.c.n == entry.c.session).where(unlocked.c.id == of, entry.c.k == k)
        text = session.execute(which).scalar()
        found = json.loads(text).get("set", {}).get(record, {}).get(name) if text else None
        if found:
            return found[0]
    return None
