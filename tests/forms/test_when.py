"""Conditions: what they mean, and that no text at all makes the parser do anything but answer or refuse."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asbdesk.forms.when import KEYWORDS, Compare, Group, Not, When, WhenError, comparisons, parse

HOLDS: list[tuple[str, dict[str, Any], bool]] = [
    ("q1 == yes", {"q1": "yes"}, True),
    ("q1 == yes", {"q1": "no"}, False),
    ("q1 == yes", {}, False),
    ("q1 != yes", {}, True),
    ("q1 != yes", {"q1": "yes"}, False),
    ("q1 == dont_know", {"q1": {"unanswered": "dont_know"}}, True),
    ("q1 == no", {"q1": {"unanswered": "wont_say"}}, False),
    ("q1", {"q1": "yes"}, True),
    ("q1", {"q1": "no"}, False),
    ("q1", {"q1": {"unanswered": "dont_know"}}, False),
    ("q1", {"q1": ""}, False),
    ("alone", {"alone": True}, True),
    ("alone", {"alone": False}, False),
    ("room.alone == yes and not child_hears", {"room.alone": True, "child_hears": "no"}, True),
    ("room.alone == yes and not child_hears", {"room.alone": True, "child_hears": True}, False),
    ("q1 has threats", {"q1": ["noise", "threats"]}, True),
    ("q1 has threats", {"q1": ["noise"]}, False),
    ("q1 has threats", {"q1": {"unanswered": "not_asked"}}, False),
    ("q1 in (a, b)", {"q1": "b"}, True),
    ("q1 in (a, b)", {"q1": "c"}, False),
    ("children > 0", {"children": 2}, True),
    ("children > 0", {"children": 0}, False),
    ("children > 0", {"children": "2"}, False),
    ("children <= 3", {"children": {"unanswered": "dont_know"}}, False),
    ("q1 == 14", {"q1": "14"}, True),
    ("a or b and c", {"a": "yes"}, True),
    ("(a or b) and c", {"a": "yes"}, False),
    ("not a or b", {"b": "yes", "a": "yes"}, True),
    ("not (a or b)", {"b": "yes"}, False),
    ("not not a", {"a": "yes"}, True),
]


@pytest.mark.parametrize(("text", "values", "holds"), HOLDS)
def test_what_a_condition_means(text: str, values: dict[str, Any], holds: bool) -> None:
    assert parse(text).holds(values) is holds


REFUSED = [
    *("", "  ", "q1 =", "q1 == ", "== yes", "and", "q1 and", "q1 or or q2", "(q1", "q1)", "q1 in a", "q1 in ()"),
    *(
        "q1 in (a,)",
        "q1 < yes",
        "q1 ==  == yes",
        "q1; drop",
        "__import__('os')",
        "q1 == 'yes'",
        "Q1 == yes",
        "q1.",
        "1 == 1",
    ),
    *(
        "has",
        "q1 has",
        "not",
        "q1 == and",
        "(" * 50 + "q1" + ")" * 50,
        "not " * 60 + "q1",
        "q1 == yes " * 60,
        "q1 == é",
    ),
]


@pytest.mark.parametrize("text", REFUSED)
def test_bad_grammar_is_refused_with_a_mend(text: str) -> None:
    with pytest.raises(WhenError) as refused:
        parse(text)
    assert refused.value.what and refused.value.mend


words = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True).filter(lambda w: w not in KEYWORDS)
numbers = st.integers(0, 99).map(str)
atoms = st.one_of(
    st.builds(Compare, words),
    st.builds(lambda n, op, w: Compare(n, op, (w,)), words, st.sampled_from(["==", "!=", "has"]), words | numbers),
    st.builds(lambda n, op, w: Compare(n, op, (w,)), words, st.sampled_from(["<", "<=", ">", ">="]), numbers),
    st.builds(lambda n, w: Compare(n, "in", tuple(w)), words, st.lists(words, min_size=1, max_size=3)),
)
whens: st.SearchStrategy[When] = st.recursive(
    atoms,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(
            lambda j, p: Group(j, tuple(p)), st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3)
        )
    ),
    max_leaves=4,
)
values = st.dictionaries(
    words,
    st.one_of(st.none(), st.text(max_size=5), st.integers(), st.booleans(), st.lists(st.text(max_size=3), max_size=3))
    | st.fixed_dictionaries({"unanswered": st.sampled_from(["not_asked", "wont_say", "dont_know", "not_alone"])}),
)


@given(whens, values)
def test_what_is_written_out_reads_back_the_same(when: When, given_values: dict[str, Any]) -> None:
    text = str(when)
    if len(text) > 400:
        return
    again = parse(text)
    assert again.holds(given_values) is when.holds(given_values)
    assert {t.name for t in comparisons(again)} == {t.name for t in comparisons(when)}
    assert str(parse(str(again))) == str(again)


@given(st.text(max_size=60) | st.text("abq1 ()<>=!,.nothadirx_", max_size=60))
def test_no_text_breaks_the_parser(text: str) -> None:
    try:
        when = parse(text)
    except WhenError:
        return
    assert when.holds({}) in (True, False)
