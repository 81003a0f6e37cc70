"""Passphrases weighed: what a neighbour could guess is too weak, what is suggested is strong."""

from __future__ import annotations

import subprocess
import sys

import pytest

from asbdesk.errors import UserError
from asbdesk.store.passphrase import require, strength, suggested, words

NAMES = ("Jordan Okafor", "Riverside Homes")


@pytest.mark.parametrize(
    ("passphrase", "why"),
    [
        ("", "four words"),
        ("   ", "four words"),
        ("password", "many people"),
        ("Jordan Okafor 1", "name"),
        ("Riverside Homes 2026", "name"),
        ("jordan.okafor", "name"),
        ("19 June 1984", "easy to guess"),
        ("1234", "many people"),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", "Repeating"),
        ("blue house", "Add a word"),
    ],
)
def test_what_can_be_guessed_is_refused_with_a_reason(passphrase: str, why: str) -> None:
    found = strength(passphrase, NAMES)
    assert found.score < 3 and not found.enough and why in found.words
    with pytest.raises(UserError):
        require(passphrase, NAMES)


@pytest.mark.parametrize(
    "passphrase", ["gable kettle otter thunder", "Tr0ub4dor&3-xylem", "öde tasse wolke ﬁnk", "q" + "Zr7!" * 90]
)
def test_what_cannot_is_taken(passphrase: str) -> None:
    assert strength(passphrase, NAMES).enough
    require(passphrase, NAMES)


def test_a_refusal_never_repeats_what_was_typed() -> None:
    with pytest.raises(UserError) as refused:
        require("blue house", NAMES)
    assert "blue house" not in str(refused.value)


def test_four_words_are_suggested_from_over_a_thousand_and_are_strong() -> None:
    assert len(words()) > 1024 and all(word.isalpha() and word.islower() for word in words())
    for _ in range(20):
        assert len(suggested().split()) == 4 and strength(suggested(), NAMES).score == 4


def test_the_word_lists_are_loaded_only_when_a_passphrase_is_weighed() -> None:
    code = "import sys, asbdesk.store.passphrase, asbdesk.store.keyring_slot, asbdesk.store.keys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "zxcvbn" not in loaded and "keyring" not in loaded
