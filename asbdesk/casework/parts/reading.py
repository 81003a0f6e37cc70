"""What every part reads: the standing records of a kind, and what became of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from asbdesk.casework.parts import PartCard
from asbdesk.casework.records import standing as standing
from asbdesk.clock import short_moment
from asbdesk.model import Progress

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def outcomes(session: Session, case: str) -> defaultdict[str, dict[str, Progress]]:
    """Record → what became of it, by sort (`agency_reply`, `repair_done` …): the last of each."""
    found: defaultdict[str, dict[str, Progress]] = defaultdict(dict)
    for progress in sorted(standing(session, Progress, case), key=lambda p: (p.at or "", p.id)):
        found[progress.about or ""][progress.what or ""] = progress
    return found


def when(at: str | None) -> str:
    """An instant as a card shows it; empty for none."""
    return short_moment(at) if at else ""


def newest_first(found: Iterable[tuple[str | None, PartCard]]) -> tuple[PartCard, ...]:
    """Cards by the instant they are about, the newest first."""
    return tuple(card for _, card in sorted(found, key=lambda pair: (pair[0] or "", pair[1].about), reverse=True))
