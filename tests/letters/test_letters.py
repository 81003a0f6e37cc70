"""Letters as files of words: plain to read, complete, and refused in words where a file has a fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from asbdesk.letters.facts import FACTS
from asbdesk.letters.fill import GAP, asked, fill, missing
from asbdesk.letters.load import LetterError, library, load_text
from asbdesk.letters.tone import marks
from asbdesk.letters.wording import ALWAYS, Wording, condition, facts_in
from tests.documents.test_words import GRADE, LONGEST, grade, words_of

LETTERS = library()
EVERY = sorted(LETTERS)
FACTS_OF_ALL = {name: "Ann" for name in FACTS if FACTS[name].sort == "words"}
GIVEN = {
    "name": "Ms Rahima Begum", "officer": "Dami Okafor", "reference": "ASB-2026-A0412", "number": "0113 496 0127",
    "second": "Rosalind Hughes", "second_number": "0113 496 0131", "ombudsman": "yes", "complaint_number": "0113 1",
}  # fmt: skip


def sentences(letter: Wording) -> list[str]:
    texts = [letter.title, *(block.words for block in letter.blocks)]
    texts += [label for ask in letter.asks for _, label in ask.options if f"{{{ask.id}}}" in " ".join(texts)]
    plain = [re.sub(r"\{\w+\}", "Ann", text.replace("**", "")) for text in texts if text]
    return [part for text in plain for part in re.split(r"(?<=[.?!:])\s+", text) if part.strip()]


def test_every_letter_of_the_list_is_there() -> None:
    wanted = (
        *("acknowledgement", "passed_on", "appointment", "plan_cover", "update", "evidence_outcome", "agency_update"),
        *("other_person", "warning", "mediation_offer", "hate_support", "complaint_acknowledgement"),
        *("complaint_stage_one", "complaint_stage_two", "complaint_extension", "closing", "follow_up", "apology"),
    )
    assert {*wanted} <= {*EVERY} and not LETTERS.refused


@pytest.mark.parametrize("id", EVERY)
def test_the_reading_grade_is_at_most_five_and_no_sentence_is_long(id: str) -> None:
    said = sentences(LETTERS[id])
    assert grade(said) <= GRADE
    assert [text for text in said if len(words_of(text)) > LONGEST] == []


@pytest.mark.parametrize("id", EVERY)
def test_the_fixed_words_pass_the_checks_that_officers_words_must(id: str) -> None:
    """Nothing blames, and nothing of what is never on a resident's paper is in the words we wrote ourselves."""
    from asbdesk.documents.never_on_it import Around
    from asbdesk.documents.never_on_letter import refused

    given = "Please do not put yourself at risk to get proof."  # PRACTICE.md B2, word for word
    said = [("x", text) for text in sentences(LETTERS[id]) if text != given]
    assert marks(said) == ()
    assert refused(said, Around(), LETTERS[id].may_say) == ()


@pytest.mark.parametrize("id", EVERY)
def test_no_capitals_for_words(id: str) -> None:
    text = " ".join(sentences(LETTERS[id])).replace("ASB Case Review", "").replace("PO Box 152, Liverpool L33 7WQ", "")
    assert [word for word in words_of(text) if word.isupper() and len(word) > 1] == []


def test_the_acknowledgement_is_word_for_word_that_of_the_practice() -> None:
    facts = {**GIVEN, "speak_by": "2026-12-01", "how": "ring", "times": "after 6"}
    assert fill(LETTERS["acknowledgement"], facts, {}).plain.split("\n\n") == [
        "We have your report",
        "Dear Ms Rahima Begum",
        "Thank you for telling us. We are sorry that this is happening.",
        "Your case number is ASB-2026-A0412. Dami Okafor will look after it. "
        "Dami Okafor will speak to you by Tuesday 1 December.",
        "What happens next. We will listen to you. We will ask how this affects you and the people you live with. We "
        "ask so that we can keep you safe. Then we will make a plan with you. It will say what we will do, and by "
        "when.",
        "Until then. If you are in danger, ring 999. If it happens again, or gets worse, ring us on 0113 496 0127. If "
        "it is safe, write down the day, the time and what happened. Keep photos and messages. Please do not put "
        "yourself at risk to get proof.",
        "How we reach you. We will ring you after 6. Tell us if a time, a phone, or a letter is not safe for you. Tell "
        "us if you need another language, bigger print, or someone with you.",
        "If you have not heard from us by that day, ring Rosalind Hughes on 0113 496 0131. You should not have to "
        "chase us.",
        "Dami Okafor",
    ]


CLOSING = {
    "why": "stopped", "talked_on": "2026-11-20", "done": "We fitted a lock, 3 November\nWe rang each Friday",
    "second": "Rosalind Hughes", "second_number": "0113 496 0131", "object_by": "2026-12-01",
    "decide_by": "2026-12-15", "call_on": "2026-12-20",
}  # fmt: skip


def test_the_closing_letter_says_all_of_the_practice() -> None:
    text = fill(LETTERS["closing"], GIVEN, CLOSING).plain
    for said in (
        "We talked on Friday 20 November. This letter says why we are closing your case, and what you can do if you do "
        "not agree.",
        "Why. You told us that it has stopped.",
        "What we did.\n\n• We fitted a lock, 3 November\n• We rang each Friday",
        "What we did not do, or did late. We did what we said.",
        "Closing your case does not mean that we did not believe you.",
        "If it starts again, ring us on 0113 496 0127. You do not have to start from the beginning. We keep what you "
        "told us.",
        "We will ring you on or near Sunday 20 December, to ask how things are. Tell us if you would rather we did "
        "not.",
        "If you do not agree, tell Rosalind Hughes by Tuesday 1 December on 0113 496 0131. Rosalind Hughes did not "
        "decide this. Rosalind Hughes will look at it again and tell you by Tuesday 15 December.",
        "The Housing Ombudsman can look at how we did our job. It is free. Ring 0300 111 3000.",
        "This is called an ASB Case Review.",
    ):
        assert said in text
    assert "Housing Ombudsman" not in fill(LETTERS["closing"], {**GIVEN, "ombudsman": ""}, CLOSING).plain


@pytest.mark.parametrize(
    ("why", "more", "said"),
    [
        ("not_since", {"not_since": "2026-10-01"}, "It has not happened since Thursday 1 October."),
        ("not_enough", {}, "We looked for proof and did not find enough to act on."),
        ("not_asb", {"body": "Mill Advice"}, "This is who can help: Mill Advice."),
        ("asked_us", {}, "You asked us to stop. You can change your mind."),
        ("not_reached", {"tried_on": "1, 5 and 9 May"}, "We tried to reach you on 1, 5 and 9 May and could not."),
        ("moved", {}, "You have moved."),
        ("passed_on", {"leads": "The council", "contact": "J Lee, 0113 2"}, "Your contact there is J Lee, 0113 2."),
        ("other", {"reason": "We agreed on it."}, "Why. We agreed on it."),
    ],
)
def test_each_reason_for_closing(why: str, more: dict[str, str], said: str) -> None:
    answers = {**CLOSING, "why": why, **more}
    assert said in fill(LETTERS["closing"], GIVEN, answers).plain
    assert missing(LETTERS["closing"], GIVEN, answers) == ()
    for name in more:
        assert name in missing(LETTERS["closing"], GIVEN, {**answers, name: ""})


@pytest.mark.parametrize("id", ["complaint_stage_one", "complaint_stage_two"])
def test_an_answer_to_a_complaint_has_all_that_the_code_asks_for(id: str) -> None:
    """Stage, definition, decision, reasons, remedy, what is outstanding, and the way on (6.9 and 6.20)."""
    answers = {
        "points": "You did not ring", "decision": "part", "reasons": "We rang once.", "went_wrong": "We rang late.",
        "remedy": "£50 by 1 May", "still_to_do": "A new door by June", "object_by": "2026-12-20",
    }  # fmt: skip
    text = fill(LETTERS[id], GIVEN, answers).plain
    for said in ("stage ", "You did not ring", "in part", "We rang once.", "£50 by 1 May", "A new door by June"):
        assert said in text
    assert "Housing Ombudsman" in text and ("stage 2" in text)
    assert missing(LETTERS[id], GIVEN, answers) == ()
    assert "remedy" in missing(LETTERS[id], GIVEN, {**answers, "remedy": ""})


def test_no_letter_to_the_other_person_says_that_somebody_told_us() -> None:
    for id in ("other_person", "warning"):
        text = " ".join(sentences(LETTERS[id])).lower()
        assert not re.search(r"report|complain|neighbour|someone told|were told|resident|victim|alleg", text), id


def test_what_is_not_known_is_a_gap_and_named() -> None:
    letter = LETTERS["update"]
    assert GAP in fill(letter, {}, {}).plain
    assert {"next_steps", "speak_by", "how", "name", "number"} <= set(missing(letter, {}, {}))


def test_questions_open_by_what_was_answered() -> None:
    letter = LETTERS["agency_update"]
    assert "means" not in {ask.id for ask in asked(letter, GIVEN, {})}
    assert "means" in {ask.id for ask in asked(letter, GIVEN, {"answered": "yes"})}


def test_facts_cannot_write_the_letter() -> None:
    letter = load_text(letter_text('  - "We rang {body}."'), "x.yaml")
    assert fill(letter, {**GIVEN, "body": "{officer} **you** & <b>"}, {}).parts[0].plain == (
        "We rang {officer} **you** & <b>."
    )


def test_empty_lines_make_paragraphs() -> None:
    letter = load_text(letter_text('  - "**Why.** {reason}"'), "x.yaml")
    parts = fill(letter, {**GIVEN, "reason": "One.\n\nTwo."}, {}).parts
    assert [part.plain for part in parts] == ["Why. One.", "Two."]


# ---- files
def letter_text(blocks: str, more: str = "") -> str:
    head = "id: x\nversion: 1\nname: X\ntitle: X\nto: resident\nsource: a test\n"
    return f"{head}{more}blocks:\n{blocks}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "x.yaml, line 1: it does not begin with"),
        ("- a", "x.yaml, line 1: it does not begin with"),
        ("a: [", "x.yaml, line 1: it cannot be read"),
        ("id: x\nid: y", "x.yaml, line 2: it cannot be read"),
        ("id: x", "“blocks” is missing"),
        (letter_text("  - 'Ring {nobody}.'"), "x.yaml, line 8: there is no fact “nobody”"),
        (letter_text("  - 'Ring {0}.'"), "x.yaml, line 8: a brace is open"),
        (letter_text("  - 'Ring {number'"), "x.yaml, line 8: a brace is open"),
        (letter_text("  - 'Ring **9.'"), "x.yaml, line 8: stars for bold come in pairs"),
        (letter_text("  - {words: a, when: or b}"), "line 8: “or b” is no condition"),
        (letter_text("  - {words: a, when: sunny}"), "line 8: there is no fact “sunny”"),
        (letter_text("  - {items: sunny}"), "line 8: there is no fact “sunny”"),
        (letter_text("  - {use: sunny}"), "line 8: there are no shared words “sunny”"),
        (letter_text("  - 3"), "line 8: it is no paragraph"),
        (letter_text("  []"), "“blocks” holds no paragraphs"),
        (letter_text("  - a", "colour: red\n"), "line 7: “colour” means nothing here"),
        (letter_text("  - a").replace("to: resident", "to: all"), "line 5: nobody is called “all”"),
        (letter_text("  - a", "asks: [{id: q, kind: poem, text: A}]\n"), "line 7: there is no kind “poem”"),
        (letter_text("  - a", "asks: [{id: q, kind: single, text: A}]\n"), "line 7: answers to choose from"),
        (letter_text("  - a", "asks: 3\n"), "line 7: the questions are no list"),
    ],
)
def test_a_faulty_letter_is_refused_with_its_line_and_what_to_do(text: str, said: str) -> None:
    with pytest.raises(LetterError, match=re.escape(said)):
        load_text(text, "x.yaml")


def test_a_landlords_own_letter_takes_the_place_and_a_broken_one_is_said(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(letter_text("  - Our own words.").replace("id: x", "id: follow_up"), "utf-8")
    (tmp_path / "broken.yaml").write_text("id: [", "utf-8")
    (tmp_path / "shared.yaml").write_text("danger:\n  - Ring 112.\n", "utf-8")
    made = library(tmp_path)
    assert made["follow_up"].own and made["follow_up"].blocks[0].words == "Our own words."
    assert "Ring 112." in [block.words for block in made["update"].blocks] or any(
        block.words == "Ring 112." for block in made["agency_update"].blocks
    )
    assert len(made.refused) == 1 and "broken.yaml, line 1" in str(made.refused[0])


def test_too_large_and_not_text(tmp_path: Path) -> None:
    (tmp_path / "large.yaml").write_bytes(b"#" * 70_000)
    (tmp_path / "bytes.yaml").write_bytes(b"id: \xff")
    said = " ".join(str(error) for error in library(tmp_path).refused)
    assert "larger than 64 KiB" in said and "not UTF-8" in said


def test_conditions() -> None:
    made = condition("hate and not welfare")
    assert made.holds({"hate": "yes"}) and not made.holds({"hate": "yes", "welfare": "yes"})
    assert made.names == {"hate", "welfare"} and ALWAYS.holds({})
    assert facts_in("Ring {number} and {second}") == {"number", "second"}


# ---- tone
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It was only banter.", "banter"),
        ("There was a misunderstanding between you.", "misunderstanding"),
        ("You failed to engage with us.", "You failed"),
        ("As we told you, this takes time.", "As we told you"),
        ("We are sorry if you felt that.", "sorry if you"),
        ("It is a cultural difference.", "cultural difference"),
        ("You allege that he shouted.", "allege"),
    ],
)
def test_words_that_blame_or_dismiss_are_marked(text: str, word: str) -> None:
    assert word in [mark.words for mark in marks([("Why", text)])]


def test_the_landlords_own_words_are_marked_too() -> None:
    (mark,) = marks([("Why", "Our valued customer knows.")], {"a": "valued customer"})
    assert mark.words == "valued customer" and "own list" in mark.why
    assert marks([("Why", "We rang you twice.")]) == ()
