"""A landlord's own words: kept as a file, in force in the next letter, taken back; and written by head office alone."""

from __future__ import annotations

import pytest

from asbdesk.casework.desk import Desk
from asbdesk.casework.letters import wording
from asbdesk.casework.own_letters import keep_letter_file, letters, open_letter_file, shipped_again
from asbdesk.letters.editing import LetterFile, worded
from asbdesk.letters.load import shared_words

WORDS = "We are writing to tell you where we are."


def reworded(desk: Desk, letter: str = "update") -> LetterFile:
    file = open_letter_file(desk, letter)
    words = [WORDS, *(p.words for p in file.paragraphs[1:])]
    return worded(file, file.wording.title, words, shared_words(desk.store.paths.own_letters)[0])


def test_own_words_are_in_force_and_are_found_again(desk: Desk) -> None:
    assert not any(each.own for each in letters(desk))
    keep_letter_file(desk, reworded(desk))
    assert [each.id for each in letters(desk) if each.own] == ["update"]
    assert wording(desk, "update").blocks[0].words == WORDS and wording(desk, "update").version == "1.1"
    keep_letter_file(desk, reworded(desk))
    assert wording(desk, "update").version == "1.2"


def test_a_file_of_another_name_is_the_one_worded_on(desk: Desk) -> None:
    folder = desk.store.paths.own_letters
    keep_letter_file(desk, reworded(desk))
    (folder / "update.yaml").rename(folder / "where we are.yml")
    keep_letter_file(desk, reworded(desk))
    assert [path.name for path in folder.iterdir()] == ["where we are.yml"]


def test_back_to_the_shipped_words_and_nothing_is_lost(desk: Desk) -> None:
    assert not shipped_again(desk, "update")
    keep_letter_file(desk, reworded(desk))
    assert shipped_again(desk, "update")
    assert wording(desk, "update").version == "1" and not any(each.own for each in letters(desk))
    assert WORDS in (desk.store.paths.own_letters / "update.before").read_text(encoding="utf-8")


def test_a_broken_file_of_its_own_does_not_stand_in_the_way(desk: Desk) -> None:
    folder = desk.store.paths.own_letters
    folder.mkdir()
    (folder / "update.yaml").write_text("id: update\n", encoding="utf-8")
    assert open_letter_file(desk, "update").wording.version == "1"


@pytest.mark.parametrize("letter", ["update", "closing"])
def test_a_letter_opened_is_the_one_in_use(desk: Desk, letter: str) -> None:
    assert open_letter_file(desk, letter).wording.blocks == wording(desk, letter).blocks
