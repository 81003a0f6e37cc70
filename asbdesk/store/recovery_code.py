"""The code on the recovery sheet: 160 random bits in eight groups, each of which can be checked by itself.

A group is four Crockford base32 characters and a fifth that checks them and the group's place, so that a slip of the
pen is told apart from the wrong sheet, and the officer is told which group to look at. The check is a weighted sum in
GF(32): it finds every single wrong character, every swap of two characters in a group, and groups out of order.
"""

from __future__ import annotations

import re
import secrets

from asbdesk.errors import UserError

GROUPS = 8
_LENGTH = 5
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U
_READ_AS = str.maketrans("OIL", "011")
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


class RecoveryTypo(UserError):
    """What was typed cannot be any recovery code: a slip, not the wrong sheet. `group` is 1 to 8 where known."""

    def __init__(self, sentence: str, group: int | None = None) -> None:
        super().__init__(sentence)
        self.group = group


def new_recovery_code() -> str:
    """A new code as it is printed: `XXXXX-XXXXX-…`, eight groups of five. Keep it nowhere but on paper."""
    return spell(secrets.randbits(20 * GROUPS), GROUPS)


def spell(number: int, groups: int) -> str:
    """A number of 20 bits to a group (at most eight), as it is printed or read out."""
    values = [(number >> (5 * i)) & 31 for i in range(4 * groups - 1, -1, -1)]
    fours = (values[4 * g : 4 * g + 4] for g in range(groups))
    return "-".join("".join(_LETTERS[v] for v in (*four, _check(g, four))) for g, four in enumerate(fours))


def parse_recovery(text: str) -> bytes:
    """The 20 secret bytes of a recovery sheet's code as typed: see `parse_code`."""
    return parse_code(text, GROUPS)


def parse_code(text: str, count: int) -> bytes:
    """What a code of `count` groups spells: small letters, any spaces or dashes, O for 0, I or L for 1 are fine.

    Raises RecoveryTypo naming the group to look at.
    """
    groups = _groups(text, count)
    number = 0
    for place, group in enumerate(groups):
        values = [_LETTERS.index(letter) for letter in group]
        if values[4] != _check(place, values[:4]):
            raise RecoveryTypo(
                f"The {_PLACES[place]} group, {group}, was not copied right. Compare it with the sheet.",
                place + 1,
            )
        for value in values[:4]:
            number = number * 32 + value
    return number.to_bytes((20 * count + 7) // 8, "big")


def is_last_group(code: str, typed: str) -> bool:
    """Whether `typed` is the last group of `code`: how set-up proves that the sheet was printed and can be read."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper().translate(_READ_AS)) == code[-_LENGTH:]


def _groups(text: str, count: int) -> list[str]:
    """`count` groups of five known letters, or RecoveryTypo. Groups are taken as typed where they were set apart."""
    typed = re.sub(r"[^\w]+|_+", " ", text.upper()).translate(_READ_AS).split()
    apart = typed if len(typed) == count else None
    joined = "".join(typed)
    for place, letter in enumerate(joined):
        if letter not in _LETTERS:
            group = next((i for i, g in enumerate(typed) if letter in g), 0) if apart else place // _LENGTH
            raise RecoveryTypo(
                f"“{letter}” is never used on a recovery sheet. Look at the {_place(group)} group.", group + 1
            )
    if apart:
        for place, group_text in enumerate(apart):
            if len(group_text) != _LENGTH:
                raise RecoveryTypo(
                    f"The {_PLACES[place]} group, {group_text}, has {len(group_text)} characters. "
                    f"Each group on the sheet has {_LENGTH}.",
                    place + 1,
                )
    groups = [joined[i : i + _LENGTH] for i in range(0, len(joined), _LENGTH)]
    if len(joined) != count * _LENGTH:
        wrong = _first_wrong(groups, count)
        look = f" Look at the {_PLACES[wrong]} group first." if wrong is not None and joined else ""
        raise RecoveryTypo(
            f"The code has {count} groups of {_LENGTH}, which is {count * _LENGTH} characters; "
            f"this is {len(joined)}.{look}",
            None if wrong is None else wrong + 1,
        )
    return groups


def _first_wrong(groups: list[str], count: int) -> int | None:
    for place, group in enumerate(groups[:count]):
        values = [_LETTERS.index(letter) for letter in group]
        if len(values) != _LENGTH or values[4] != _check(place, values[:4]):
            return place
    return len(groups) if len(groups) < count else None


def _place(group: int) -> str:
    return _PLACES[group] if group < GROUPS else "last"


def _check(place: int, four: list[int]) -> int:
    """x·d0 + x²·d1 + x³·d2 + x⁴·d3 + place, in GF(2⁵) modulo x⁵ + x² + 1."""
    total = 0
    for value in reversed(four):
        total = _times_x(total ^ value)
    return total ^ (place + 1)


def _times_x(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 32 else value
