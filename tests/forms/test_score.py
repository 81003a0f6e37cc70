"""Points, levels, floors and what they require; incomplete is never low; a level changed by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asbdesk.forms.answers import unanswered
from asbdesk.forms.load import library, load_text
from asbdesk.forms.score import check_override, in_words, score

MATRIX = library()["risk_matrix"]
LEAST: dict[str, Any] = {q.id: min(q.options, key=lambda o: o.points).value for q in MATRIX.questions}
MOST: dict[str, Any] = {q.id: max(q.options, key=lambda o: o.points).value for q in MATRIX.questions}
FLAGS = ("violence", "weapon", "hate", "domestic_abuse", "suicidal_statement", "child_at_risk")
TODAY = "speak_to_supervisor_today"


def reach(points: int) -> dict[str, Any]:
    """Complete answers that come to exactly `points`, without the answers that lift the level by themselves."""
    lifting = {("q5", "now"), ("q8", "yes"), ("q10", "severe")}
    answers, left = dict(LEAST), points
    for question in MATRIX.questions:
        fitting = [o for o in question.options if o.points <= left and (question.id, o.value) not in lifting]
        best = max(fitting, key=lambda o: o.points)
        answers[question.id], left = best.value, left - best.points
    assert left == 0, f"{points} cannot be reached without a floor"
    return answers


def test_risk_matrix_is_the_fourteen_questions_from_0_to_41() -> None:
    assert len(MATRIX.questions) == 14
    assert MATRIX.out_of == 41
    assert [q.most for q in MATRIX.questions] == [3, 2, 2, 2, 6, 1, 4, 3, 3, 5, 3, 1, 3, 3]
    assert [[o.points for o in MATRIX.by_id[q].options] for q in ("q1", "q4", "q5", "q7", "q10", "q13", "q14")] == [
        [0, 1, 2, 3],
        [0, 1, 2],
        [0, 2, 4, 6],
        [0, 1, 3, 4],
        [0, 1, 2, 3, 5],
        [0, 1, 3],
        [0, 1, 2, 3],
    ]
    assert [(b.label, b.min, b.max, b.review_days) for b in MATRIX.bands] == [
        ("Standard", 0, 15, 28),
        ("Medium", 16, 28, 28),
        ("High", 29, 41, 14),
    ]
    assert MATRIX.banner == (
        "Starter content. Not a published or approved form. Replace with your partnership's matrix before live use."
    )
    assert [s.id for s in MATRIX.sections] == ["history", "vulnerability", "support"]
    assert all(q.required and q.face == "shared" for q in MATRIX.questions)


@pytest.mark.parametrize(("points", "band"), [(0, "standard"), (15, "standard"), (16, "medium"), (27, "medium")])
def test_points_reach_their_level(points: int, band: str) -> None:
    result = score(MATRIX, reach(points))
    assert (result.points, result.complete, result.computed, result.floors) == (points, True, band, ())


def test_the_edges_between_medium_and_high() -> None:
    answers = MOST | {"q5": "none", "q10": "some", "q8": "no"}  # 41 - 6 - 3 - 3 = 29
    high = score(MATRIX, answers)
    assert (high.points, high.computed) == (29, "high")
    assert high.required == ("support_offered", "safety_measure", "manager_sign_off", "multi_agency_considered")
    medium = score(MATRIX, answers | {"q6": "no"})
    assert (medium.points, medium.computed, medium.required) == (28, "medium", ("support_offered",))
    top = score(MATRIX, MOST)
    assert (top.points, top.computed) == (41, "high")


@pytest.mark.parametrize("flag", FLAGS)
def test_each_floor_lifts_to_medium_and_asks_for_the_supervisor(flag: str) -> None:
    result = score(MATRIX, LEAST, {flag})
    assert (result.points, result.computed) == (0, "medium")
    assert TODAY in result.required and "support_offered" in result.required
    assert result.floors[0].reason in in_words(result)


@pytest.mark.parametrize(("question", "answer"), [("q5", "now"), ("q8", "yes"), ("q10", "severe")])
def test_answers_lift_the_level_too(question: str, answer: str) -> None:
    result = score(MATRIX, LEAST | {question: answer})
    assert result.computed == "medium" and TODAY in result.required


def test_a_floor_never_lowers() -> None:
    assert score(MATRIX, MOST, {"weapon"}).computed == "high"


def test_what_happens_elsewhere_is_no_floor() -> None:
    assert score(MATRIX, LEAST, {"noise", "unheard_of"}).computed == "standard"


@pytest.mark.parametrize("word", ["not_asked", "wont_say", "dont_know", "not_alone"])
def test_an_answer_that_is_not_one_never_counts_as_no(word: str) -> None:
    result = score(MATRIX, LEAST | {"q9": unanswered(word)})
    assert (result.complete, result.missing, result.computed, result.level) == (False, ("q9",), None, None)
    assert in_words(result) == "Not complete yet: 1 question without an answer, so there is no level"


def test_incomplete_says_at_least_and_why() -> None:
    assert in_words(score(MATRIX, {}, {"weapon"})).startswith(
        "Not complete yet: at least Medium because there was a weapon"
    )
    sofar = score(MATRIX, MOST | {"q5": None, "q8": unanswered("wont_say"), "q10": {}})
    assert (sofar.points, sofar.computed, sofar.at_least) == (27, None, "medium")
    assert "already come to 27 points" in in_words(sofar)
    assert "support_offered" in sofar.required


def test_complete_and_lifted_says_so() -> None:
    assert in_words(score(MATRIX, LEAST)) == "Standard: 0 of 41 points"
    assert in_words(score(MATRIX, LEAST, {"weapon"})) == (
        "Medium: 0 of 41 points. At least Medium because: there was a weapon"
    )


def test_a_form_without_points_has_no_level() -> None:
    result = score(library()["vulnerability"], {})
    assert (result.complete, result.computed, result.at_least, result.out_of) == (False, None, None, 0)


def test_several_answers_add_up_and_one_that_stands_alone_does_not() -> None:
    form = load_text(
        """\
id: several
version: 1
title: Several
sections:
  - id: one
    title: One
    questions:
      - id: q
        kind: multi
        text: Which?
        options:
          - {value: a, label: A, points: 2}
          - {value: b, label: B, points: 3}
          - {value: none, label: None, points: 0, exclusive: true}
bands: [{key: low, label: Low, min: 0, max: 2}, {key: high, label: High, min: 3, max: 5}]
""",
        "several.yaml",
    )
    assert form.out_of == 5
    assert score(form, {"q": ["a", "b", "a"]}).points == 5
    assert score(form, {"q": ["none"]}).computed == "low"
    assert not score(form, {"q": ["a", "none"]}).complete


# ---- more is never less
answers = st.fixed_dictionaries(
    {q.id: st.sampled_from([o.value for o in q.options] + [None]) for q in MATRIX.questions}  # type: ignore[list-item]
)
flags = st.frozensets(st.sampled_from(FLAGS))


@given(answers, flags, st.sampled_from(MATRIX.questions), st.sampled_from(FLAGS))
def test_a_worse_answer_or_one_more_flag_never_lowers_the_level(
    given_answers: dict[str, Any], given_flags: frozenset[str], question: Any, flag: str
) -> None:
    before = score(MATRIX, given_answers, given_flags)
    now = question.option(given_answers[question.id])
    for option in question.options:
        if now is None or option.points >= now.points:
            after = score(MATRIX, given_answers | {question.id: option.value}, given_flags | {flag})
            assert after.points >= before.points
            assert after.rank(after.level) >= before.rank(before.level)
            assert after.rank(after.level) >= 1


@given(answers, flags)
def test_incomplete_is_never_shown_low(given_answers: dict[str, Any], given_flags: frozenset[str]) -> None:
    result = score(MATRIX, given_answers, given_flags)
    assert result.complete is (not result.missing)
    if not result.complete:
        assert result.level != "standard" and result.computed is None
        assert "Standard" not in in_words(result)
    assert 0 <= result.points <= result.out_of == 41


# ---- the officer's level
OVERRIDES = [
    ("medium", "", "", []),
    ("high", "", "", ["Say why"]),
    ("high", "he came back last night", "", []),
    ("standard", "", "", ["Say why", "needs someone who agrees"]),
    ("standard", "moved away", "", ["needs someone who agrees"]),
    ("standard", "  ", "Jo Hill", ["Say why"]),
    ("standard", "moved away", "Jo Hill", []),
    ("terrible", "x", "y", ["Choose one of the levels: Standard, Medium, High"]),
    ("", "x", "y", ["Choose one of the levels"]),
]


@pytest.mark.parametrize(("band", "reason", "approver", "problems"), OVERRIDES)
def test_a_level_by_hand(band: str, reason: str, approver: str, problems: list[str]) -> None:
    said = check_override(score(MATRIX, reach(20)), band, reason, approver)
    assert len(said) == len(problems)
    assert all(part in sentence for part, sentence in zip(problems, said, strict=True))


def test_a_level_by_hand_while_incomplete_is_never_the_lowest() -> None:
    nothing = score(MATRIX, {})
    assert "not complete" in check_override(nothing, "standard", "I think so", "Jo Hill")[0]
    assert check_override(nothing, "medium", "he is back", "") == []
    lifted = score(MATRIX, {}, {"weapon"})
    assert check_override(lifted, "medium", "", "") == []
    assert len(check_override(lifted, "standard", "", "")) == 3
