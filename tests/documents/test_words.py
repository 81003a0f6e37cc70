"""The fixed sentences: plain enough for anybody, and a faulty catalogue is refused in words."""

from __future__ import annotations

import re

import pytest
from ruamel.yaml import YAML

from asbdesk.documents.words import Words, load_text, same_facts, words
from asbdesk.errors import UserError
from asbdesk.paths import resources
from tests.documents.own_language import LANGUAGES

CATALOGUES = (
    *("plan", "pocket_card", "recovery_sheet", "learning_sheet", "lessons"),
    *("letter", "diary_sheet", "contact_card", "what_next", "common_page"),
)
LONGEST = 25
GRADE = 5.0


def sentences(catalogue: Words) -> list[str]:
    """Every sentence, its facts filled in with a short word."""
    found: list[str] = []
    for name in catalogue.plain:
        text = catalogue.bare(name, **dict.fromkeys(catalogue.facts(name), "Ann"))
        found += [part for part in re.split(r"(?<=[.?!:])\s+", text) if part.strip()]
    return found


def words_of(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]+(?:['’][a-z]+)?|\d+", text)


def syllables(word: str) -> int:
    """A simple count: runs of vowels, without a silent e at the end."""
    lower = word.lower()
    if lower.isdigit():
        return 1
    runs = len(re.findall(r"[aeiouy]+", lower))
    silent = lower.endswith("e") and not lower.endswith(("le", "ee")) and runs > 1
    return max(1, runs - silent)


def grade(texts: list[str]) -> float:
    """Flesch-Kincaid grade."""
    every = [word for text in texts for word in words_of(text)]
    return 0.39 * len(every) / len(texts) + 11.8 * sum(map(syllables, every)) / len(every) - 15.59


@pytest.mark.parametrize("name", CATALOGUES)
def test_the_reading_grade_is_at_most_five(name: str) -> None:
    assert grade(sentences(words(name))) <= GRADE


@pytest.mark.parametrize("name", CATALOGUES)
def test_no_sentence_is_over_twenty_five_words(name: str) -> None:
    assert [text for text in sentences(words(name)) if len(words_of(text)) > LONGEST] == []


def test_the_grade_would_notice_officialese() -> None:
    assert grade(["The aforementioned complainant is required to facilitate documentation of incidents."]) > 15


@pytest.mark.parametrize("name", CATALOGUES)
def test_no_capitals_for_words_and_no_short_forms(name: str) -> None:
    text = " ".join(sentences(words(name))).replace("ASB Case Review", "")
    assert [word for word in words_of(text) if word.isupper() and len(word) > 1] == []


def test_facts_cannot_become_markup() -> None:
    said = words("plan").say("ring.officer_any_time", officer="<b>A & B</b>", number="0113 496 0127")
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in said and "0113\N{NO-BREAK SPACE}496\N{NO-BREAK SPACE}0127" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("words: [", "line 1"),
        ("id: x", "“words:”, which is missing"),
        ("words: {a: {b: 3}}", "x.yaml, a.b: a sentence is missing or is not text"),
        ("words: {a: ''}", "a sentence is missing"),
        ("words: {a: 'Ring {number'}", "a brace is open"),
        ("words: {a: 'Ring {0}'}", "needs a plain name"),
        ("words: {a: 'Ring {n.x}'}", "needs a plain name"),
        ("words: {a: 'Ring **{number}'}", "come in pairs"),
        ("- a", "which is missing"),
    ],
)
def test_a_faulty_catalogue_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(UserError, match=re.escape(said)):
        load_text(text, "x.yaml")


def test_another_language_has_the_same_sentences_and_facts() -> None:
    own = load_text("words: {a: 'Ring {number}.', b: 'Yes.'}", "own.yaml")
    with pytest.raises(UserError, match=r"x\.yaml, b: this sentence is missing"):
        same_facts(load_text("words: {a: 'Zadzwon {number}.'}", "x.yaml"), own, "x.yaml")
    with pytest.raises(UserError, match="It needs: number"):
        same_facts(load_text("words: {a: 'Zadzwon.', b: 'Tak.'}", "x.yaml"), own, "x.yaml")


def test_a_language_that_is_not_there_is_said_in_words() -> None:
    with pytest.raises(UserError, match="not there in this language"):
        words("plan", "xx")


def test_the_languages_are_complete_against_each_other_and_the_action_library() -> None:
    """Each knows every sentence of the paper, and every phrase that any of them knows or that a plan is offered."""
    offered = YAML(typ="safe").load((resources() / "picklists" / "actions.yaml").read_text(encoding="utf-8"))
    phrases = {step[key] for step in offered for key in ("words", "help", "until", "who") if step.get(key)}
    read = {code: words("plan", code) for code in LANGUAGES}
    phrases |= {said for one in read.values() for said in one.phrases}
    english = words("plan", "en")
    for code, one in read.items():
        assert set(english.plain) <= set(one.plain), code
        assert phrases - set(one.phrases) == set(), code
        assert all(own.strip() and own != said for said, own in one.phrases.items()), code
        facts = {
            said: own for said, own in one.phrases.items() if re.findall(r"{\w+}", said) != re.findall(r"{\w+}", own)
        }
        assert facts == {}, code
        assert set(words("pocket_card", code).plain) >= set(words("pocket_card", "en").plain), code
