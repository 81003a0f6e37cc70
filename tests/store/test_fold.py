"""Heads are a pure function of a set of versions; what a conflict shows follows the field's declared rule."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asbdesk.model import kinds
from asbdesk.store.fold import Head, Version, edited_unseen, fold, rules, shown

VERSIONS = st.lists(
    st.builds(
        lambda i, hlc, value, replaced: Version(f"{hlc:016x}", f"e{i}", {"f": [value, *(f"e{r}" for r in replaced)]}),
        st.integers(0, 5),
        st.integers(0, 2),
        st.sampled_from(["a", "b", None]),
        st.lists(st.integers(0, 5), max_size=3),
    ),
    unique_by=lambda v: v.id,
)


@given(VERSIONS, st.randoms(use_true_random=False))
def test_order_does_not_matter(versions: list[Version], chance: Any) -> None:
    assert fold(versions) == fold(chance.sample(versions, len(versions)))


@given(VERSIONS)
def test_a_head_is_what_no_version_replaces(versions: list[Version]) -> None:
    replaced = {r for v in versions for r in v.sets["f"][1:]}
    heads = fold(versions).get("f", [])
    assert {h.id for h in heads} == {v.id for v in versions} - replaced
    assert heads == sorted(heads, key=lambda h: h[:2], reverse=True)


def test_a_later_version_may_come_before_the_one_it_replaces() -> None:
    later, earlier = Version("2", "e2", {"f": ["b", "e1"]}), Version("1", "e1", {"f": ["a"]})
    assert fold([later, earlier]) == {"f": [Head("2", "e2", "b")]}
    assert fold([later]) == {"f": [Head("2", "e2", "b")]}


def heads(*values: Any) -> list[Head]:
    return [Head(f"{9 - i}", f"e{i}", value) for i, value in enumerate(values)]


@pytest.mark.parametrize(
    ("kind", "field", "values", "stands"),
    [
        ("assessment", "band", ("standard", "high", "medium"), "high"),
        ("assessment", "band", (None, "standard"), "standard"),
        ("assessment", "band", ("unknown words", "standard"), "standard"),
        ("report", "dissatisfied", (False, True), True),
        ("report", "dissatisfied", (None, False), False),
        ("household", "children", (1, 3, None), 3),
        ("report", "serious", (["a"], ["b", "a"], None), ["a", "b"]),
        ("report", "serious", (None, []), []),
        ("promise", "by", ("2026-12-01", "2026-11-25", None), "2026-11-25"),
        ("promise", "by", (None, "2026-12-01"), "2026-12-01"),
        ("promise", "by", (None, None), None),
        ("permission", "answer", ("yes", "ask_first", "no"), "no"),
        ("permission", "answer", ("yes", "ask_first"), "ask_first"),
        ("permission", "answer", ("yes", None), None),
        ("disclosure_rule", "what", ("new address", "everything"), "everything"),
        ("disclosure_rule", "what", (None, "new address"), "new address"),
        ("disclosure_rule", "what", ("who spoke to us", "new address"), "who spoke to us"),
        ("case", "officer", ("the latest", "earlier"), "the latest"),
        ("case", "officer", (), None),
        ("case", "officer", (None,), None),
    ],
)
def test_what_a_conflict_shows(kind: str, field: str, values: tuple[Any, ...], stands: Any) -> None:
    assert shown(kind, field, heads(*values)) == stands


@given(st.permutations(["standard", "medium", "high", None]))
def test_the_higher_level_shows_whatever_came_last(values: list[Any]) -> None:
    assert shown("assessment", "band", heads(*values)) == "high"


def test_one_value_stands_as_it_is() -> None:
    assert shown("permission", "answer", heads("yes")) == "yes"


def test_every_declared_rule_is_one_there_is() -> None:
    found = {(kind, field): rule for kind in kinds() for field, rule in rules(kind).items()}
    assert set(found.values()) == {"higher", "earlier", "stricter"}
    assert found["assessment", "band"] == "higher"
    assert rules("a kind of a newer version") == {}


@pytest.mark.parametrize(
    ("strike", "edit", "shows"),
    [
        (("undone", "a.1.1"), "b.1.1", ["b.1.1"]),
        (("undone", "a.1.1", "b.1.1"), "b.1.1", []),
        (("undone",), "b.1.1", []),
        (("undone", "a.1.1"), "c.1.1", []),
        ((None, "a.1.1"), "b.1.1", []),
    ],
    ids=["unseen", "seen", "an old entry that names nothing", "the same laptop", "put back"],
)
def test_an_edit_that_was_not_seen_stands_against_crossing_out(strike: Any, edit: str, shows: list[str]) -> None:
    made = Version("1", "a.1.1", {"words": ["one"], "at": ["now"]})
    versions = [made, Version("3", "c.1.9", {"struck": strike}), Version("2", edit, {"words": ["two", "a.1.1"]})]
    assert [h.id for h in edited_unseen(fold(versions), versions)] == shows
