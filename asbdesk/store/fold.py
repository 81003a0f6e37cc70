"""What a record's fields are, worked out from the entries about it: a pure function of a set of versions.

Why folded and never stored: order, repetition and gaps in what arrives cannot matter. Stored heads were tried and
doubled the file (FOUNDATION.md, Measured).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from asbdesk.model import kinds


class Version(NamedTuple):
    """What one entry says about one record: `sets` is `{field: [value, *replaced entry ids]}`."""

    hlc: str
    id: str
    sets: Mapping[str, Sequence[Any]]
    file: str = ""


class Head(NamedTuple):
    """A value that no other known version replaces."""

    hlc: str
    id: str
    value: Any


def fold(versions: Iterable[Version]) -> dict[str, list[Head]]:
    """The heads of every field, the latest first. One head is the value; several are a conflict."""
    gone: defaultdict[str, set[str]] = defaultdict(set)
    held: defaultdict[str, list[Head]] = defaultdict(list)
    for version in versions:
        for field, told in version.sets.items():
            if len(told) > 1:
                gone[field].update(told[1:])
            held[field].append(Head(version.hlc, version.id, told[0]))
    for field, replaced in gone.items():
        held[field] = [head for head in held[field] if head.id not in replaced]
    for heads in held.values():
        if len(heads) > 1:
            heads.sort(key=lambda h: h[:2], reverse=True)
    return dict(held)


def shown(kind: str, field: str, heads: Sequence[Head]) -> Any:
    """The value a desk shows: by the field's declared rule while several stand, otherwise the latest."""
    if not heads:
        return None
    rule = rules(kind).get(field) if len(heads) > 1 else None
    return RULES[rule]([h.value for h in heads]) if rule else heads[0].value


def edited_unseen(heads: Mapping[str, Sequence[Head]], versions: Sequence[Version]) -> list[Head]:
    """Edits that whoever crossed the record out had not seen, as heads of `struck` without a value; none where it
    stands, or where the entry is an old one that does not name what it saw. One laptop sees all that it wrote."""
    strikes = {h.id for h in heads.get("struck", ()) if h.value is not None}
    if not strikes:
        return []
    told = {v.id: v for v in versions}
    seen = {id for strike in strikes for id in told[strike].sets["struck"][1:]}
    if not any(set(told[id].sets) - {"struck"} for id in seen & told.keys()):
        return []
    edits = {h.id: Head(h.hlc, h.id, None) for name, some in heads.items() if name != "struck" for h in some}
    own = {strike.partition(".")[0] for strike in strikes}
    return [head for id, head in edits.items() if id not in seen and id.partition(".")[0] not in own]


def file_of(versions: Iterable[Version]) -> str:
    """The file a record lives in: that of its first version, so that it is the same on every desk."""
    return min(versions, key=lambda v: v[:2]).file


@cache
def known() -> dict[str, Any]:
    """Every record class by its kind: `model.kinds()`, looked up once."""
    return dict(kinds())


@cache
def rules(kind: str) -> dict[str, str]:
    """The fields of a kind that declare how a conflict shows (`info={"conflict": …}`)."""
    columns = known()[kind].__table__.columns if kind in known() else ()
    return {c.key: c.info["conflict"] for c in columns if "conflict" in c.info}


# ---- the declared rules: each takes the values of the heads, the latest first
_BANDS = {"standard": 1, "medium": 2, "high": 3}


def _higher(values: Sequence[Any]) -> Any:
    """The higher risk level, the flag that is up, the greater number; of lists, everything that either names."""
    if any(isinstance(v, list) for v in values):
        return _union([v for v in values if isinstance(v, list)])
    return max(values, key=_height)  # max keeps the first of equals: the latest


def _height(value: Any) -> tuple[int, int]:
    if value is None:
        return (0, 0)
    if isinstance(value, int):
        return (1, int(value))
    return (1, _BANDS.get(value, 0))


def _union(lists: Sequence[list[Any]]) -> list[Any]:
    found: dict[str, Any] = {}
    for values in lists:
        for value in values:
            found.setdefault(json.dumps(value, sort_keys=True), value)
    return list(found.values())


def _earlier(values: Sequence[Any]) -> Any:
    """The earlier date; a date before no date."""
    return min((v for v in values if v), default=values[0])


_STRICTNESS = {"everything": 4, "no": 4, "ask_first": 3, None: 1, "yes": 0}
"""Any other words are 2: more than nothing, less than a no. Nothing said is stricter than a yes."""


def _stricter(values: Sequence[Any]) -> Any:
    """The answer that discloses less."""
    return max(values, key=lambda v: _STRICTNESS.get(v, 2))


RULES: dict[str, Callable[[Sequence[Any]], Any]] = {"higher": _higher, "earlier": _earlier, "stricter": _stricter}
