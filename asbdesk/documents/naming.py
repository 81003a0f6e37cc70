"""How people and homes are named in a text: in parts, in initials, by a number; with accents or without, closed up or
with a hyphen, by another name that stands in brackets."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from asbdesk.spelling import APOSTROPHES, search_text

TITLES = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "sir", "lady", "the", "and"])
NO_NAMES = TITLES | frozenset(["nee", "was", "formerly", "once", "now", "also", "known", "as", "aka", "born", "or"])
"""Words beside a name that are no part of it."""
PLAIN_WORDS = frozenset(
    re.findall(
        r"\w+",
        """will may rose mark hope grace joy bill frank rich april june august summer dawn eve faith young long
        white black brown green king cook day way love best price page hall wood hill west north moon sky
        art miles ray gene sue pat rob drew chase grant penny ivy lily amber""",
    )
)
"""Names that are words as well: names only with a capital."""
_LOOSE = "\u0300-\u036f\u064b-\u0652\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff"
"""Signs that stand upon a letter or are not seen at all: a name is the same name with them."""
_CLOSED_FROM = 5
"""Letters from which a word may have an apostrophe in it that its name lacks: shorter ones read as "I'll", "she'd"."""
_HYPHENS = r"\-‐‑–"
_BEFORE = r"(?<!\w)"
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]?")


def parts_of(name: str) -> list[str]:
    """The words of a name as they are searched: small, without accents, hyphens and titles."""
    return [part for part, _ in _words(_BRACKETS.sub(" ", name)) if part not in TITLES]


def _also(name: str) -> list[str]:
    """The words of other names in brackets: "(née Jones)", "(Annie)"; not "(neighbour)", what somebody is."""
    inside = [word for found in _BRACKETS.findall(name) for word in found.split() if not word[:1].islower()]
    return [part for part, _ in _words(" ".join(inside)) if part not in NO_NAMES]


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """The words of a text as they are searched; whether it is written with an apostrophe."""
    for word in "".join(c if _in_word(c) else " " for c in text).split():
        part = search_text(word)
        if part:
            yield part, any(sign in word for sign in APOSTROPHES)


def _in_word(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LM" or sign in APOSTROPHES


def of_name(name: str, own: set[str]) -> Iterator[re.Pattern[str]]:
    """Each part of a name, in any case and however it is spelled; initials (J.S., J S, JS, Mr S) as capitals."""
    main, also = _BRACKETS.sub(" ", name), set(_also(name))
    written = [*_words(main), *(each for each in _words(" ".join(_BRACKETS.findall(name))) if each[0] in also)]
    words = [_spelled(*each) for each in written if len(each[0]) > 1 and each[0] not in {*own, *TITLES}]
    if words:
        one = f"(?:{'|'.join(dict.fromkeys(words))})[{_LOOSE}]*+"
        yield re.compile(rf"{one}(?:[{_HYPHENS}]{one})*(?:[{APOSTROPHES}]s)?(?!\w)", re.I)
    parts = parts_of(name)
    if len(parts) > 1:
        yield _initials(parts[0], parts[-1])
    if len(parts) > 2:
        yield _initials(*parts)
    if parts and parts[-1] not in own:
        yield re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.? {_capital(parts[-1][0])}\b")


def of_words(said: str) -> re.Pattern[str]:
    """Words or a number that must not be told, however they are spelled and spaced."""
    signs = [_letter(sign) for sign in search_text(said) if unicodedata.category(sign)[0] in "LMN"]
    return re.compile(_BEFORE + r"[\W_]*".join(signs) if signs else r"(?!)", re.I)


def _initials(*parts: str) -> re.Pattern[str]:
    signs = r"\.? ?".join(_capital(part[0]) for part in parts)
    return re.compile(rf"\b{signs}\b(?![’'])\.?")


def _spelled(part: str, apostrophe: bool) -> str:
    """One word of a name as a pattern."""
    between = f"[{_LOOSE}{APOSTROPHES}]*" if apostrophe or len(part) >= _CLOSED_FROM else f"[{_LOOSE}]*"
    first = f"[{_LOOSE}{APOSTROPHES} ]*" if apostrophe else between
    if part in PLAIN_WORDS:
        return rf"(?-i:{_BEFORE}(?:{part.capitalize()}|{part.upper()}))"
    letters = [_letter(sign) for sign in part]
    whole = letters[0] + first + between.join(letters[1:]) if len(letters) > 1 else letters[0]
    whole = whole.replace(f"{_letter('s')}{between}{_letter('s')}", f"(?:ß|{_letter('s')}{between}{_letter('s')})")
    return f"{_BEFORE if part[0].isalpha() and part.isalnum() else ''}{whole}"


@cache
def _letter(sign: str) -> str:
    """A letter with whatever accent."""
    like = _accented().get(sign, "")
    return f"[{sign}{like}]" if like else re.escape(sign)


@cache
def _capital(sign: str) -> str:
    like = "".join(c.upper() for c in _accented().get(sign, "") if len(c.upper()) == 1)
    return f"[{re.escape(sign.upper())}{like}]" if sign.upper() != sign else re.escape(sign)


@cache
def _accented() -> dict[str, str]:
    """Each plain letter, and the small ones that read as it without their accents."""
    found: defaultdict[str, str] = defaultdict(str)
    for code in (*range(0xDF, 0x250), *range(0x1E00, 0x1F00)):
        sign, plain = chr(code), search_text(chr(code))
        if sign.islower() and len(plain) == 1 and plain != sign:
            found[plain] += sign
    return found


def of_address(address: str, own: str) -> Iterator[re.Pattern[str]]:
    """Parts with a number in them, and that number after "flat", "number" and the like; a house that has only a name;
    the postcode, unless it is one's own."""
    mine = {_plain(part) for part in own.split(",")}
    own_numbers = set(re.findall(r"\d+[a-z]?", own.casefold()))
    parts = _lines(address)
    for place, part in enumerate(parts):
        if part in mine or not (re.search(r"\d", part) or (place == 0 and " " in part)):
            continue
        words = r"[\s,]+".join(_in_address(word) for word in part.split())
        yield re.compile(rf"\b{words}\b", re.I)
        number = re.search(r"\d+[a-z]?", part)
        if number and number.group() not in own_numbers:
            yield re.compile(rf"\b(?:flat|number|no\.?|house|door|apartment|room|unit)\s*{number.group()}\b", re.I)
    postcode = _POSTCODE.search(address)
    if postcode and not re.search(_closed(postcode), own, re.I):
        yield re.compile(rf"\b{_closed(postcode)}\b", re.I)


_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.I)
_SHORT: dict[str, str] = dict(
    re.findall(
        r"(\w+) (\w+\??)",
        "road rd, street st, avenue ave?, lane ln, close cl, court ct, drive dr, place pl, square sq, gardens gdns, "
        "crescent cres, terrace terr?, house hse",
    )
)
"""How the words of an address are written short."""
_LONG = {short.rstrip("?"): word for word, short in _SHORT.items()} | {"ave": "avenue", "terr": "terrace"}


def _plain(part: str) -> str:
    return " ".join(_POSTCODE.sub(" ", part).casefold().split())


def _lines(address: str) -> list[str]:
    """The parts between the commas, small, without the postcode; a number alone goes with what comes after it."""
    found: list[str] = []
    for part in filter(None, map(_plain, address.split(","))):
        alone = found and re.fullmatch(r"\d+[a-z]?", found[-1])
        found[-1:] = [f"{found[-1]} {part}"] if alone else [*found[-1:], part]
    return found


def _in_address(word: str) -> str:
    long = _LONG.get(word.rstrip("."), word)
    return rf"(?:{long}|{_SHORT[long]}\.?)" if long in _SHORT else re.escape(word)


def _closed(postcode: re.Match[str]) -> str:
    return rf"{postcode.group(1)}\s*{postcode.group(2)}"


def may_be_same(one: str, other: str) -> bool:
    """Could two names be of one person, one of them written shorter: "Mr Stroud", "K. Stroud", "Kester Stroud
    (neighbour)", or with the other name in brackets of "Ms Anna Stroud (née Jones)"?"""
    first, second = parts_of(one), parts_of(other)
    return _within(first, [*second, *_also(other)]) or _within(second, [*first, *_also(one)])


def _within(parts: list[str], others: list[str]) -> bool:
    """Whether each word stands among the others, or is the initial of one: at least a whole word, or two initials."""
    whole = [part for part in parts if len(part) > 1]
    initials = [part for part in parts if len(part) == 1]
    left = [other for other in others if other not in whole]
    told = all(any(other.startswith(initial) for other in left) for initial in initials)
    enough = bool(whole) or len(initials) > 1 or parts == others
    return bool(parts) and enough and set(whole) <= set(others) and told


def speaks_of(text: str, names: Iterable[str], addresses: Iterable[str]) -> bool:
    """Does a text name one of these people, or say where one of them lives?"""
    return any(pattern.search(text) for pattern in _looked_for(tuple(names), tuple(addresses)))


@lru_cache(64)  # a case is looked through line by line for the same few people
def _looked_for(names: tuple[str, ...], addresses: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    patterns = [pattern for name in names for pattern in of_name(name, set())]
    return (*patterns, *(pattern for address in addresses for pattern in of_address(address, "")))
