"""The recovery sheet's code: whatever a hand does to it is told as a slip, with the group to look at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asbdesk.store.recovery_code import RecoveryTypo, is_last_group, new_recovery_code, parse_recovery

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PLACES = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"]


def test_a_code_is_eight_groups_of_five_and_160_bits() -> None:
    code = new_recovery_code()
    assert [len(group) for group in code.split("-")] == [5] * 8
    assert len(parse_recovery(code)) == 20
    assert len({new_recovery_code() for _ in range(50)}) == 50


@pytest.mark.parametrize("join", ["-", " ", "", "\n", " - ", "–", "_", " . "])
def test_it_may_be_typed_in_any_case_and_with_any_gaps(join: str) -> None:
    code = new_recovery_code()
    typed = join.join(code.lower().split("-")).replace("0", "o").replace("1", "l")
    assert parse_recovery(f"  {typed} ") == parse_recovery(code)


@given(st.integers(0, 39), st.sampled_from(LETTERS))
def test_one_wrong_letter_names_its_group(place: int, letter: str) -> None:
    code = new_recovery_code().replace("-", "")
    if code[place] == letter:
        return
    with pytest.raises(RecoveryTypo) as slip:
        parse_recovery(code[:place] + letter + code[place + 1 :])
    assert slip.value.group == place // 5 + 1 and PLACES[place // 5] in str(slip.value)


@given(st.integers(0, 7), st.integers(0, 3))
def test_two_letters_swapped_name_their_group(group: int, place: int) -> None:
    groups = new_recovery_code().split("-")
    mine = groups[group]
    swapped = mine[:place] + mine[place + 1] + mine[place] + mine[place + 2 :]
    if swapped == mine:
        return
    with pytest.raises(RecoveryTypo) as slip:
        parse_recovery("-".join([*groups[:group], swapped, *groups[group + 1 :]]))
    assert slip.value.group == group + 1


@given(st.integers(0, 7), st.integers(0, 7))
def test_groups_in_the_wrong_order_are_found(one: int, other: int) -> None:
    groups = new_recovery_code().split("-")
    if groups[one] == groups[other]:
        return
    groups[one], groups[other] = groups[other], groups[one]
    with pytest.raises(RecoveryTypo):
        parse_recovery("-".join(groups))


def test_a_letter_left_out_or_never_used_names_the_group() -> None:
    groups = new_recovery_code().split("-")
    with pytest.raises(RecoveryTypo, match=r"third group, .*has 4 characters"):
        parse_recovery("-".join([*groups[:2], groups[2][:4], *groups[3:]]))
    with pytest.raises(RecoveryTypo, match=r"“U” is never used.*fourth group"):
        parse_recovery("-".join([*groups[:3], "U" + groups[3][1:], *groups[4:]]))
    with pytest.raises(RecoveryTypo, match=r"40 characters; this is 35. Look at the eighth"):
        parse_recovery("-".join(groups[:7]))
    with pytest.raises(RecoveryTypo, match="this is 39"):
        parse_recovery("".join(groups)[:12] + "".join(groups)[13:])
    with pytest.raises(RecoveryTypo, match="this is 0"):
        parse_recovery("  ")


@given(st.text(max_size=60))
def test_anything_at_all_is_a_code_or_a_slip(text: str) -> None:
    with pytest.raises(RecoveryTypo):
        parse_recovery(text)


def test_the_last_group_proves_the_sheet_was_read() -> None:
    code = new_recovery_code()
    assert is_last_group(code, f" {code[-5:].lower()} ")
    assert not is_last_group(code, code[:5] if code[:5] != code[-5:] else "AAAAA")
    assert not is_last_group(code, "")
