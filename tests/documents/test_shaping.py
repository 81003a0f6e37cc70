"""Text in any script: each word in its place, its marks on it, long words within the line, and nothing lost."""

from __future__ import annotations

import re

import pytest

from asbdesk.documents.glyphs import Used, drawn_only, read
from asbdesk.documents.scripts import LATIN, script_of
from asbdesk.documents.shaping import Run, in_pieces, levels, places, shape, words

PAIRS = {
    "pa": "ਨੂੰ ਪੜ੍ਹ ਕੇ",
    "bn": "কর্মকর্তা স্ত্রী ক্ষতি",
    "gu": "ક્ષમા સ્ત્રી પ્રશ્ન",
    "ar": "لا تقلق فوراً الإسكان",
    "ur": "بچّہ والدین کہ",
}


def runs_of(text: str, language: str) -> list[Run]:
    return [run for word in words(text, (False,) * len(text), script_of(language)) for run in word.runs]


@pytest.mark.parametrize("language", PAIRS)
def test_every_sign_is_said_once_and_every_glyph_is_there(language: str) -> None:
    runs = runs_of(PAIRS[language], language)
    assert "".join(run.text for run in runs) == PAIRS[language].replace(" ", "")
    assert all(glyph.id for run in runs for glyph in run.glyphs), "no empty box"


@pytest.mark.parametrize("language", PAIRS)
def test_glyphs_advance_as_far_as_they_were_shaped_to(language: str) -> None:
    """Two moves side by side must not become one number: the marks would fly off the page."""
    for run in runs_of(PAIRS[language], language):
        used = Used()
        code = drawn_only(used, [(0.0, run)], 10, 0) or read(used, [(0.0, run)], 10, 0)
        shown = [part for array in re.findall(r"\[(.*?)\] TJ", code) for part in re.findall(r"<\w+>|-?[\d.]+", array)]
        natural = {f"<{number:04X}>": wide for _, _, _, wides in used for number, wide in enumerate(wides, 1)}
        moved = sum(natural[part] if part.startswith("<") else -float(part) for part in shown)
        assert moved == pytest.approx(run.width, abs=1)


def test_a_telephone_number_keeps_its_order_among_words_from_the_right() -> None:
    text = "فون 0113\N{NO-BREAK SPACE}496\N{NO-BREAK SPACE}0127 پر"
    runs = [run for run in runs_of(text, "ur") if run.level % 2 == 0]
    assert [run.text for run in runs] == ["0113 496 0127"]


def test_the_first_word_stands_furthest_to_the_right() -> None:
    runs = runs_of("ایک دو تین", "ur")
    at = places(runs)
    assert at == sorted(at, reverse=True)


def test_brackets_stay_with_what_they_hold() -> None:
    assert set(levels("a (b) c", False)) == {0}
    level = levels("اب (abc) جد", True)
    assert level[0] == 1 and level[4] == 2 and level[3] == level[7] == 1


@pytest.mark.parametrize("language", ["ur", "bn", "pl"])
def test_a_long_word_comes_apart_within_the_line(language: str) -> None:
    letter = {"ur": "لفظ", "bn": "ক্ষ", "pl": "ł"}[language]
    found = words(letter * 90, (False,) * len(letter * 90), script_of(language))
    pieces = [piece for word in found for piece in in_pieces(word, 5000)]
    assert max(piece.width for piece in pieces) <= 5000
    assert "".join(run.text for piece in pieces for run in piece.runs) == letter * 90


def test_what_one_font_lacks_is_sought_in_the_others() -> None:
    faces = {run.face[0] for run in runs_of("Ring বাংলা اردو", "en")}
    assert faces == {"NotoSans", "NotoSansBengali", "NotoNaskhArabic"}
    assert shape("a", ("NotoSans", False), 0).plain and script_of("xx") is LATIN
