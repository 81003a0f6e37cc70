"""A letter's paragraphs worded anew: every shipped letter opens, changes, and is still the letter it was."""

from __future__ import annotations

import pytest

from asbdesk.letters.editing import LetterFile, example, opened, worded
from asbdesk.letters.fill import GAP, fill
from asbdesk.letters.load import SHARED, LetterError, read, shared_words
from asbdesk.paths import resources

SHIPPED = sorted(path.stem for path in (resources() / "letters").glob("*.yaml") if path.stem != SHARED)
WORDS = shared_words()[0]


def file_of(letter: str) -> LetterFile:
    path = resources() / "letters" / f"{letter}.yaml"
    return opened(read(path), path.name, WORDS)


def words_of(file: LetterFile) -> list[str]:
    return [paragraph.words for paragraph in file.paragraphs]


@pytest.mark.parametrize("letter", SHIPPED)
def test_what_is_not_worded_anew_stays(letter: str) -> None:
    file = file_of(letter)
    again = worded(file, file.wording.title, words_of(file), WORDS)
    assert again.paragraphs == file.paragraphs
    assert (again.wording.blocks, again.wording.asks, again.wording.fits) == (
        (file.wording.blocks, file.wording.asks, file.wording.fits)
    )
    assert again.text.startswith(file.text[:20])  # the note at its head too


@pytest.mark.parametrize("letter", SHIPPED)
def test_every_letter_reads_whole_with_examples(letter: str) -> None:
    file = file_of(letter)
    assert GAP not in fill(file.wording, example(file.wording, "2026-12-01"), {}).plain


def test_words_are_replaced_taken_out_and_added() -> None:
    file = file_of("update")
    words = words_of(file)
    words[0] = "Here is  where\nwe are, says {officer}."
    words[-2] = ""
    made = worded(file, "Your case now", [*words, "We are here."], WORDS)
    assert made.wording.title == "Your case now"
    assert made.paragraphs[0].words == "Here is where we are, says {officer}."
    assert words_of(made)[-1] == "We are here." and len(made.paragraphs) == len(file.paragraphs)
    assert file.paragraphs[-2].words not in made.text
    assert made.paragraphs[1].only == "“What did we do?” is answered"  # its condition stays


@pytest.mark.parametrize(("was", "then"), [("1", "1.1"), ("1.1", "1.2"), ("2.9", "2.10"), ("3.x", "3.1")])
def test_each_wording_is_a_version_on(was: str, then: str) -> None:
    file = file_of("update")
    older = opened(file.text.replace("version: 1", f'version: "{was}"'), file.name, WORDS)
    assert worded(older, "Now", words_of(older), WORDS).wording.version == then


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Ring {nobody}.", "there is no fact “nobody”"),
        ("Ring {officer.", "a brace is open"),
        ("Ring **999.", "stars for bold come in pairs"),
    ],
)
def test_what_cannot_be_used_is_said(words: str, said: str) -> None:
    file = file_of("update")
    with pytest.raises(LetterError, match=said):
        worded(file, "Now", [words, *words_of(file)[1:]], WORDS)


def test_a_letter_keeps_a_paragraph() -> None:
    file = opened("id: a\nversion: 1\nname: A\ntitle: A\nto: anyone\nsource: x\nblocks:\n  - One.\n", "a.yaml", WORDS)
    with pytest.raises(LetterError, match="at least one paragraph"):
        worded(file, "A", [""], WORDS)


@pytest.mark.parametrize(
    "words", ["- a dash", "a: colon", "# a note", "'quotes' and \"more\"", "yes", "1.5", "@at", "%d"]
)
def test_words_that_yaml_would_read_otherwise_stay_words(words: str) -> None:
    file = file_of("update")
    assert worded(file, "Now", [words, *words_of(file)[1:]], WORDS).paragraphs[0].words == words
