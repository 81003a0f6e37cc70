"""How people and homes are named in a text: in parts, in initials, by a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

TITLES = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "sir", "lady", "the", "and"])


def parts_of(name: str) -> list[str]:
    """The words of a name, small, without titles."""
    return [part for part in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", name.casefold()) if part not in TITLES]


def of_name(name: str, own: set[str]) -> Iterator[re.Pattern[str]]:
    """Each part of a name, in any case; initials (J.S., J S, JS, Mr S) as capitals."""
    parts = parts_of(name)
    words = [re.escape(part) for part in parts if len(part) > 1 and part not in own]
    if words:
        yield re.compile(rf"\b(?:{'|'.join(words)})(?:['’]s)?\b", re.I)
    if len(parts) > 1:
        first, last = re.escape(parts[0][0].upper()), re.escape(parts[-1][0].upper())
        yield re.compile(rf"\b{first}\.? ?{last}\b(?![’'])\.?")
    if parts and parts[-1] not in own:
        yield re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.? {re.escape(parts[-1][0].upper())}\b")


def of_address(address: str, own: str) -> Iterator[re.Pattern[str]]:
    """Parts with a number in them, and that number after "flat", "number" and the like."""
    mine = {" ".join(part.casefold().split()) for part in own.split(",")}
    own_numbers = set(re.findall(r"\d+[a-z]?", own.casefold()))
    for part in address.split(","):
        plain = " ".join(part.casefold().split())
        if not plain or plain in mine or not re.search(r"\d", plain):
            continue
        yield re.compile(rf"\b{re.escape(plain)}\b".replace(r"\ ", r"\s+"), re.I)
        number = re.search(r"\d+[a-z]?", plain)
        if number and number.group() not in own_numbers:
            yield re.compile(rf"\b(?:flat|number|no\.?|house|door|apartment|room|unit)\s*{number.group()}\b", re.I)


def may_be_same(one: str, other: str) -> bool:
    """Could two names be of one person, one of them written shorter: "Mr Stroud", "Kester Stroud (neighbour)"?"""
    parts, its = ({*parts_of(name.partition("(")[0])} for name in (one, other))
    return bool(parts and its) and (parts <= its or its <= parts)


def speaks_of(text: str, names: Iterable[str], addresses: Iterable[str]) -> bool:
    """Does a text name one of these people, or say where one of them lives?"""
    patterns = [pattern for name in names for pattern in of_name(name, set())]
    patterns += [pattern for address in addresses for pattern in of_address(address, "")]
    return any(pattern.search(text) for pattern in patterns)
