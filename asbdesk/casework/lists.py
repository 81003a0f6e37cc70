"""What the landlord sets for itself: its timescales from a day on, and the words of its lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.records import landlord_of, new, put
from asbdesk.casework.told import words
from asbdesk.casework.words import picklist
from asbdesk.clock import london_day
from asbdesk.duties.working_days import WorkingDays
from asbdesk.errors import UserError
from asbdesk.model import ListWord, PolicyProfile
from asbdesk.store.profile import profile
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work


@action("policy.adopted")
def adopt_policy(
    work: Work,
    version: str,
    begins: str,
    numbers: Mapping[str, int],
    *,
    working_days: Mapping[str, Sequence[str]] | None = None,
    reason: str = "",
) -> str:
    """The landlord's own numbers from the day `begins`: what arose before keeps those then in force. `working_days`:
    its own closing days, and bank holidays added or removed (`closed`, `added`, `removed`); left out, those before
    stand. Raises UserError for what is no day."""
    version = words(version, "Give these timescales a version.")
    file = f"landlord/{landlord_of(work).id}"
    days = {name: sorted({*some}) for name, some in (working_days or {}).items()}
    try:
        WorkingDays().over(begins or london_day(work.now), days)
    except (TypeError, ValueError):
        raise UserError("Write closing days and bank holidays as YYYY-MM-DD, and the day that these begin.") from None
    told = {
        "working_days": None if working_days is None else days,
        "version": version,
        "begins": begins,
        "numbers": dict(numbers),
        "reason": reason,
        "by": work.member,
    }
    return new(work, PolicyProfile, file, **told).id


def working_days(session: Session) -> WorkingDays:
    """England's working days without the landlord's own closing days."""
    return profile(session.connection()).days


@action("list.changed")
def set_word(
    work: Work, list_: str, code: str, shown: str, *, order: int | None = None, off: bool | None = None
) -> str:
    """Word one line of a list otherwise, add one, or offer it no more. What was recorded with it keeps its code."""
    code, shown = words(code, "Give it a short code."), words(shown, "Write the words.")
    if not all(sign.isascii() and (sign.isalnum() or sign == "_") for sign in code):
        raise UserError("A code has letters, figures and underscores only.")
    known = work.select(sa.select(ListWord).where(ListWord.list == list_, ListWord.code == code))
    if known:
        put(known[0], words=shown, order=order, off=off)
        return str(known[0].id)
    file = f"landlord/{landlord_of(work).id}"
    return new(work, ListWord, file, list=list_, code=code, words=shown, order=order, off=off).id


def list_of(session: Session, list_: str) -> dict[str, str]:
    """A list as the landlord has it: the shipped words, changed, added to, without what is no longer offered."""
    shown = dict(picklist(list_))
    own = sa.select(ListWord).where(ListWord.list == list_, ListWord.struck.is_(None))
    for word in session.scalars(own.order_by(ListWord.order, ListWord.id)):
        if word.off:
            shown.pop(word.code or "", None)
        else:
            shown[word.code or ""] = word.words or ""
    return shown


LISTS = {
    "behaviour": "Kinds of behaviour",
    "serious": "What makes it serious",
    "effect": "How it affects them",
    "need": "Needs and circumstances",
    "evidence_type": "Kinds of evidence",
    "agency": "Agencies",
    "support": "Support we offer",
    "permission_body": "Whom we may speak to",
    "tool": "Tools and powers",
    "report_channel": "How a report came",
    "close_reason": "Why a case closes",
    "tone_words": "Words to look at again in letters",
    "hard_case": "What makes a visit hard: a manager offers a debrief",
    "team": "Teams that take cases",
}
"""The lists a landlord may change, and what each is called."""


@dataclass(frozen=True)
class ListLine:
    """One word of a list. `own`: added or worded by the landlord; `off`: no longer offered."""

    code: str
    words: str
    own: bool = False
    off: bool = False


def lines_of(session: Session, list_: str) -> tuple[ListLine, ...]:
    """Every word of a list, those no longer offered too."""
    shown = {code: ListLine(code, words_) for code, words_ in picklist(list_).items()}
    own = sa.select(ListWord).where(ListWord.list == list_, ListWord.struck.is_(None))
    for word in session.scalars(own.order_by(ListWord.order, ListWord.id)):
        code, words_ = word.code or "", word.words or ""
        usual = shown.get(code)
        shown[code] = ListLine(code, words_, usual is None or usual.words != words_, bool(word.off))
    return tuple(shown.values())
