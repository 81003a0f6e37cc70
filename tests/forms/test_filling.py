"""Filling in: what is open, what is missing, what a finished form keeps; and that no answers break it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asbdesk.forms.answers import UNANSWERED, is_unanswered, misfit, unanswered, word_of
from asbdesk.forms.definition import Form
from asbdesk.forms.filling import asked, finished_answers, is_private_now, missing, open_questions
from asbdesk.forms.load import library, load_text
from asbdesk.forms.score import in_words, score

FORM = load_text(
    """\
id: small
version: 1
title: Small
facts: [at_school]
sections:
  - id: one
    title: One
    questions:
      - {id: hurt, kind: yes_no, text: Has anyone hurt you?, private: true, required: true}
      - {id: who, kind: text, text: Who?, when: hurt == yes, private: true}
      - {id: hate, kind: yes_no, text: Is there a reason?, professional: true}
      - {id: many, kind: multi, text: Which?, options: [
          {value: a, label: A}, {value: b, label: B}, {value: none, label: None, exclusive: true}]}
      - {id: panel, kind: part, part: plan}
      - {id: kids, kind: number, text: How many children?, required: true}
  - id: two
    title: Two
    when: kids > 0
    questions:
      - {id: school, kind: text, text: Which school?, required: true}
      - {id: pick_up, kind: time, text: When?, when: at_school}
""",
    "small.yaml",
)
PRIVATE = {"alone": True, "safe_to_talk": "yes", "child_hears": False, "interpreter": "none"}


def ids(questions: Any) -> list[str]:
    return [q.id for q in questions]


ROOMS = [
    (PRIVATE, True),
    (PRIVATE | {"interpreter": "professional"}, True),
    (PRIVATE | {"interpreter": None}, True),
    (PRIVATE | {"interpreter": "other"}, False),
    (PRIVATE | {"alone": "no"}, False),
    (PRIVATE | {"safe_to_talk": {"unanswered": "dont_know"}}, False),
    (PRIVATE | {"child_hears": True}, False),
    ({k: v for k, v in PRIVATE.items() if k != "child_hears"}, False),
    ({}, False),
]


@pytest.mark.parametrize(("facts", "private"), ROOMS)
def test_private_questions_need_a_private_room(facts: dict[str, Any], private: bool) -> None:
    assert is_private_now(facts) is private
    assert ("hurt" in ids(open_questions(FORM, {}, facts))) is private
    kept = finished_answers(FORM, {}, facts)
    assert kept["hurt"] == unanswered("not_asked" if private else "not_alone")


def test_hate_is_asked_of_everyone_but_not_through_a_cousin() -> None:
    assert "hate" in ids(open_questions(FORM, {}, PRIVATE | {"child_hears": True}))
    cousin = PRIVATE | {"interpreter": "other"}
    assert "hate" not in ids(open_questions(FORM, {}, cousin))
    assert finished_answers(FORM, {}, cousin)["hate"] == unanswered("not_alone")


def test_what_was_said_in_private_is_kept_when_somebody_comes_in() -> None:
    answers = {"hurt": "yes", "who": "my brother"}
    someone = PRIVATE | {"alone": False}
    assert ids(open_questions(FORM, answers, someone)) == ["hate", "many", "panel", "kids"]
    kept = finished_answers(FORM, answers, someone)
    assert (kept["hurt"], kept["who"]) == ("yes", "my brother")


def test_a_question_no_longer_asked_is_left_out_and_does_not_open_others() -> None:
    answers = {"kids": 2, "school": "St Anne", "pick_up": "15:10"}
    assert ids(open_questions(FORM, answers, PRIVATE | {"at_school": True}))[-2:] == ["school", "pick_up"]
    kept = finished_answers(FORM, answers | {"kids": 0}, PRIVATE)
    assert "school" not in kept and "pick_up" not in kept and "panel" not in kept
    assert kept["kids"] == 0


def test_what_is_missing_is_what_must_still_be_asked() -> None:
    assert ids(missing(FORM, {}, PRIVATE)) == ["hurt", "kids"]
    said = {"hurt": unanswered("wont_say"), "kids": unanswered("dont_know")}
    assert ids(missing(FORM, said, PRIVATE)) == []
    assert ids(missing(FORM, {"hurt": unanswered("not_asked"), "kids": -1}, PRIVATE)) == ["hurt", "kids"]
    assert ids(missing(FORM, {"kids": 1}, {})) == ["school"]


def test_the_four_answers_that_are_not_answers_stay_apart() -> None:
    kept = [
        finished_answers(FORM, {"kids": unanswered(w)}, PRIVATE)["kids"] for w in ("not_asked", "wont_say", "dont_know")
    ]
    assert [word_of(value) for value in kept] == ["not_asked", "wont_say", "dont_know"]
    assert finished_answers(FORM, {"kids": 0}, PRIVATE)["kids"] == 0
    assert not is_unanswered(0)
    with pytest.raises(KeyError):
        unanswered("no")


MISFITS = [
    ("hurt", "maybe", "Choose"),
    ("hurt", {"unanswered": "whatever"}, "Choose"),
    ("hurt", {}, "Choose"),
    ("many", ["a", "none"], "stands alone"),
    ("many", ["a", "z"], "Choose"),
    ("many", "a", "Choose"),
    ("kids", "two", "whole number"),
    ("kids", True, "whole number"),
    ("kids", -1, "smallest"),
    ("kids", 2**60, "too large"),
    ("school", 5, "in words"),
    ("school", "x" * 100_001, "longer"),
    ("pick_up", "3pm", "time"),
    ("pick_up", "24:00", "time"),
]


@pytest.mark.parametrize(("id", "value", "said"), MISFITS)
def test_a_value_that_cannot_stand_is_told_in_a_sentence(id: str, value: Any, said: str) -> None:
    assert said in misfit(FORM.by_id[id], value)


def test_dates_are_real_days() -> None:
    day = load_text(FORM.text.replace("kind: time", "kind: date"), "d.yaml").by_id["pick_up"]
    assert misfit(day, "2028-02-29") == ""
    for wrong in ("2027-02-29", "1.2.2027", "20270201", "0001-01-01", "", 5)[:4]:
        assert "not a date" in misfit(day, wrong)


def test_an_answer_that_cannot_stand_opens_nothing() -> None:
    """Found by the test below: "a" beside "none" is no answer, so what depends on "a" is not asked."""
    form = SHIPPED["vulnerability"]
    answers = {"easier": ["language", "nothing"], "easier_language": "Bengali"}
    assert finished_answers(form, answers, PRIVATE)["easier"] == unanswered("not_asked")
    assert "easier_language" not in finished_answers(form, answers, PRIVATE)


# ---- any answers at all
SHIPPED = library()
junk = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=8),
    st.lists(st.text(max_size=4), max_size=3),
    st.lists(st.lists(st.integers(), max_size=2), max_size=2),
    st.dictionaries(
        st.sampled_from(["unanswered", "x"]), st.sampled_from([*UNANSWERED, "odd"]) | st.integers(), max_size=2
    ),
)


def answers_for(form: Form) -> st.SearchStrategy[dict[str, Any]]:
    """Answers an officer could give to some questions, with some that no screen would."""
    said = st.sampled_from([unanswered(word) for word in UNANSWERED])

    def one(question: Any) -> st.SearchStrategy[tuple[str, Any]]:
        value = st.text(max_size=5) | st.integers(0, 9)
        if question.options:
            chosen = st.sampled_from([o.value for o in question.options])
            value = st.lists(chosen, max_size=3) if question.kind == "multi" else chosen
        return st.tuples(st.just(question.id), value | said | junk)

    return st.lists(st.sampled_from(form.questions).flatmap(one), max_size=16).map(dict)


rooms = st.fixed_dictionaries(
    {},
    optional={
        "alone": st.booleans() | st.sampled_from(["yes", "no"]),
        "safe_to_talk": st.booleans(),
        "child_hears": st.booleans() | st.sampled_from(["yes", "no"]),
        "interpreter": st.sampled_from([None, "none", "professional", "other"]),
        "urgent": st.booleans(),
    },
)


@given(st.data())
def test_no_answers_break_a_form_and_what_is_kept_is_what_was_asked(data: st.DataObject) -> None:
    form = SHIPPED[data.draw(st.sampled_from(sorted(SHIPPED)))]
    answers, facts = data.draw(answers_for(form)), data.draw(rooms)
    kept = finished_answers(form, answers, facts)
    was_asked = [q.id for q in asked(form, answers, facts) if q.kind != "part"]
    assert list(kept) == was_asked
    assert all(not misfit(form.by_id[id], value) for id, value in kept.items())
    assert {q.id for q in missing(form, answers, facts)} <= {q.id for q in open_questions(form, answers, facts)}
    in_words(score(form, answers, frozenset(), facts))


@given(st.data())
def test_a_finished_form_is_finished(data: st.DataObject) -> None:
    """Finishing twice gives the same: nothing kept closes or opens a question."""
    form = SHIPPED[data.draw(st.sampled_from(sorted(SHIPPED)))]
    facts = data.draw(rooms)
    kept = finished_answers(form, data.draw(answers_for(form)), facts)
    assert finished_answers(form, kept, facts) == kept
