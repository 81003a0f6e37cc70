"""Values of rows, read with care: a merge may bring text where a time should stand, and it raises and meets nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from asbdesk.clock import KNOWN, london_day, parse_instant


def is_instant(value: object) -> bool:
    """Is it an instant of the fixed form?"""
    return isinstance(value, str) and len(value) == 24 and _names_a_moment(value)


@lru_cache(maxsize=KNOWN)  # each write asks it of all that the case holds
def _names_a_moment(text: str) -> bool:
    try:
        return bool(parse_instant(text))
    except ValueError:
        return False


def a_day(value: object) -> str:
    """A day, or the London day of an instant; empty for text that is neither."""
    if not isinstance(value, str) or len(value) not in (10, 24):
        return ""
    try:
        return london_day(value) if len(value) == 24 else dt.date.fromisoformat(value).isoformat()
    except (ValueError, OverflowError):
        return ""


def words_of(value: object) -> tuple[str, ...]:
    """The texts of a list; none for anything else."""
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list) else ()


class Follower(Protocol):
    """A record, or a row of one, that names those it takes the place of."""

    id: Any
    follows: Any


F = TypeVar("F", bound=Follower)


def tips(records: Iterable[F]) -> list[F]:
    """Those that no other follows, in their order: one, or more where two were made apart."""
    known = list(records)
    followed = {earlier for record in known for earlier in words_of(record.follows)}
    return [record for record in known if record.id not in followed]
