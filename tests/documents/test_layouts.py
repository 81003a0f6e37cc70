"""The plan's layouts and languages: nothing is lost in any of them, English stands beside each, a draft says so."""

from __future__ import annotations

import io
import re
import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from asbdesk.documents import pocket_card
from asbdesk.documents.bilingual import in_language, own_words, to_put
from asbdesk.documents.fonts import for_narrow, markup
from asbdesk.documents.paper import LAYOUTS, Step
from asbdesk.documents.plan import make
from asbdesk.documents.words import same_facts, words
from asbdesk.errors import UserError
from tests.documents import builders
from tests.documents.builders import plan, released
from tests.documents.own_language import LANGUAGES, TOLD, in_two, own, urdu
from tests.documents.test_plan import GOLDEN, _sizes, pages_of, text_of
from tests.documents.test_words import LONGEST, grade, words_of

pytestmark = pytest.mark.needs("pdftotext", "pdfinfo", "pdftoppm")
_STEERING = re.compile("[\u200b\u200e\u200f\u202a-\u202e]")


def lines_of(data: bytes) -> str:
    """The text in the order of the page, as a reader copies it, without the signs that steer direction."""
    done = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
    return re.sub(r"\s+", " ", _STEERING.sub("", done.stdout.decode()))


def words_in(text: str) -> set[str]:
    return {unicodedata.normalize("NFC", word) for word in re.findall(r"[^\s.,:;!?؟،۔।()*“”\"]+", text)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_sentence_with_its_facts(language: str) -> None:
    for id_ in ("plan", "pocket_card"):
        own_file = words(id_, language)
        same_facts(own_file, words(id_), f"{id_}.{language}")
        assert own_file.name and own_file.english and own_file.language == language
        english = words(id_)
        same = [place for place, said in own_file.plain.items() if said == english.plain[place]]
        assert not [place for place in same if not re.fullmatch(r"[\W\d_]*(\{\w+\}[\W\d_]*)*", english.plain[place])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_second_language_comes_out_as_it_went_in(language: str) -> None:
    text = lines_of(in_two(language))
    say = words("plan", language)
    for place in (
        "ring.language",
        "told.words",
        "ours.late",
        "yours.hard",
        "talk.harm",
        "unhappy.tell",
        "signing.free",
    ):
        lost = words_in(say.bare(place)) - words_in(text)
        assert not lost, (place, lost)
    assert "0113 496 0127" in text and "Would you like this in another language" in text


@pytest.mark.parametrize("layout", LAYOUTS)
def test_english_stands_beside_it_and_each_page_says_that_it_is_a_draft(layout: str) -> None:
    data = in_two("ur", layout)
    text = text_of(data)
    assert text.count("Urdu: draft, not approved") == pages_of(data)
    assert "They are not approved yet. The English words count." in text
    for heading in ("Who to ring", "What we will do", "If you are not happy with us", "About this copy"):
        assert heading in text
    approved = text_of(in_two("ur", layout, approved=True))
    assert "draft" not in approved.lower()


def test_what_nobody_put_into_the_language_says_so() -> None:
    data = in_two("ur")
    english_only = words("plan", "ur").bare("own.only_english")
    text = lines_of(data)
    assert words_in(TOLD) <= words_in(text) and words_in(english_only) <= words_in(text)
    whole = in_language(urdu(), words("plan", "ur"))
    assert whole.told_us == (TOLD,) and whole.wants == (english_only,)
    assert whole.ours[0].what == words("plan", "ur").phrases[plan().ours[0].what]


def test_a_phrase_carries_its_day_into_the_language() -> None:
    say = words("plan", "ur")
    told = own_words("Decide what we can do next, and tell you by Friday 4 December", plan(), say)
    assert "جمعہ 4 دسمبر" in told and "Friday" not in told


def test_what_is_left_to_put_is_asked_for_once() -> None:
    paper = urdu(cannot=(Step("We cannot move you", help="We cannot move you"),))
    asked = dict(to_put(paper, words("plan", "ur")))
    assert asked[plan().told_us[0]] == TOLD and asked["We cannot move you"] == ""
    assert plan().ours[0].what not in asked, "the language's own phrases say that"


def test_a_number_among_words_from_the_right_keeps_its_order() -> None:
    card = text_of(pocket_card.make(released(urdu()), own=own("ur")))
    assert card.count("0113 496 0127") == 2 and card.count("2026-A0412") == 2


def test_easy_to_read_is_short_large_and_has_a_picture_for_each_part() -> None:
    data = make(released(), layout="easy")
    say = words("plan")
    easy = [
        say.bare(place, **dict.fromkeys(say.facts(place), "Ann")) for place in say.plain if place.startswith("easy.")
    ]
    sentences = [part for text in easy for part in re.split(r"(?<=[.?!:])\s+", text) if part.strip()]
    assert grade(sentences) <= 4 and max(len(words_of(text)) for text in sentences) <= min(15, LONGEST)
    assert min(_sizes(data) - {9.0, 12.0, 13.0}) >= 16
    text = text_of(data)
    for words_ in ("Are you in danger now? Ring 999.", "You do not have to sign.", "Fit a new front door lock"):
        assert words_ in text


@pytest.mark.parametrize("layout", LAYOUTS)
def test_sixty_actions_none_and_names_of_two_hundred_letters(layout: str, tmp_path: Path) -> None:
    from tests.documents.test_standards import stray_ink

    plans = builders.every_plan()
    mixed = "Ring 0113 496 0127 (Dami) مرحبا بك 42% বাংলা ABC-12 ਪੰਜਾਬੀ (اردو: 10:30) "
    plans["mixed"] = urdu(told_us=(mixed * 9,), resident="فاطمة Begum " * 9, own=((mixed.strip(), "لفظ" * 90),))
    which = {"large": ("sixty-actions",), "easy": ("mixed", "empty"), "standard": ("long", "mixed", "no-actions")}
    for name in which[layout]:
        data = in_two("ur", layout, replace(plans[name], language="ur"))
        (tmp_path / f"{name}.pdf").write_bytes(data)
        if name == "sixty-actions":
            assert all(f"hole, {n} " in text_of(data) for n in range(15))
    assert stray_ink(sorted(tmp_path.glob("*.pdf")), tmp_path) == []


def test_a_layout_that_is_none_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="no layout called “tiny”"):
        make(released(), layout="tiny")


def test_text_from_the_right_says_itself_in_its_own_order() -> None:
    with pikepdf.open(io.BytesIO(in_two("ur"))) as pdf:
        elements = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/StructElem"]
        said = {str(each.ActualText) for each in elements if "/ActualText" in each}
        languages = {str(each.Lang) for each in elements if "/Lang" in each}
    assert words("plan", "ur").plain["told.words"] in said and languages == {"ur"}


def test_a_screen_reader_hears_both_languages_in_order() -> None:
    """As `pdfinfo -struct-text` reads the tags; look at the change before accepting it."""
    done = subprocess.run(["pdfinfo", "-struct-text", "-"], input=in_two("pl"), capture_output=True, check=True)
    heard = [line for line in done.stdout.decode().splitlines() if not re.search(r"/BBox|/Placement|Object \d", line)]
    assert heard == (GOLDEN / "polish-struct-text.txt").read_text(encoding="utf-8").splitlines()


def test_a_step_and_its_day_stay_on_one_page() -> None:
    steps = plan(ours=plan().ours * 6)
    for data in (make(released(steps), layout="large"), in_two("pl", "large")):
        done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True)
        tops = [page.split() for page in done.stdout.decode().split("\f")]
        assert len(tops) > 4 and not any(words[:1] in (["Who:"], ["By"], ["Kto:"], ["Do"]) for words in tops)


def test_a_date_stays_on_one_line_but_in_a_narrow_cell() -> None:
    assert markup("by Monday 2 March") == "by Monday\N{NO-BREAK SPACE}2\N{NO-BREAK SPACE}March"
    assert for_narrow(markup("Monday 2 March")) == "Monday 2\N{NO-BREAK SPACE}March"
