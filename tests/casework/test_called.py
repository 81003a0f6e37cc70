"""What an officer may type for something that can be added: its own words, others for it, a slip of the tongue."""

from __future__ import annotations

import pytest

from asbdesk.casework.called import LOOSE, NOT, limit, rank, typed_parts
from asbdesk.casework.parts import parts


def called(words: str) -> set[str]:
    """Ids of the adds that are offered for these words."""
    typed = typed_parts(words)
    ranked = {a.id: rank(a.title, each.title, a.id, typed) for each in parts() for a in (*each.adds, *each.follows)}
    below = limit(ranked.values())
    best = min(ranked.values())
    return {id for id, at in ranked.items() if at == best < below}


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("MARAC referral", "agency_refer"),
        ("children's services", "agency_refer"),
        ("sick leave", "hand_over"),
        ("dangerous dog", "warning"),
        ("a knife", "warning"),
        ("CPN", "tool"),
        ("weekly call", "contact_agreed"),
        ("the BSL interpreter", "adjustment"),
        ("fly tipping", "graffiti"),
        ("lost laptop", "data_reached"),
        ("mutual exchange", "move"),
        ("holding response", "complaint"),
        ("deceased", "person_left"),
        ("councillor's letter", "letter_elsewhere"),
        ("chaser", "agency_chase"),
        ("witness statements", "evidence_paper"),
        ("evicted", "person_left"),
    ],
)
def test_an_officers_word_finds_it(words: str, id: str) -> None:
    assert id in called(words)


def test_what_fits_in_no_word_is_not_offered_and_the_nearest_is() -> None:
    assert called("xylophone") == set()
    assert rank("A warning", "", "warning", typed_parts("warning of the xylophone")) == LOOSE + 1
    assert limit([NOT, LOOSE + 2, LOOSE + 1]) == LOOSE + 2


def test_an_abbreviation_before_another_word_stands_for_itself() -> None:
    assert rank("They report each other", "", "", typed_parts("ot report")) >= LOOSE


def test_small_words_say_nothing_unless_they_are_its_own() -> None:
    assert called("we told it to the police’s officer") == called("told police officer")
    assert called("put it right") == {"redress"}
