"""Entries from elsewhere: folded, set aside or refused, and nothing dropped unsaid."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from asbdesk.clock import SetClock
from asbdesk.model import Case, Contact
from asbdesk.model import journal as t
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from asbdesk.store.entries import dumps
from asbdesk.store.incoming import sort_out
from asbdesk.store.vault import Store
from tests import builders as b
from tests.conftest import PASSPHRASE

AT = "2026-11-21T09:00:00.000Z"


def entry(k: int = 1, **more: Any) -> dict[str, Any]:
    body = {"id": f"{'c' * 16}.01a1fd8abf38e51b7a.{k}", "file": "case/c1", "do": "x", "by": "m1", "happened": AT}
    return {**body, "recorded": AT, "hlc": "01a1fdb2f8890000", "set": {"case/c1": {"title": ["t"]}}, **more}


def aside(store: Store) -> list[str]:
    with store.reader.connect() as conn:
        return list(conn.scalars(sa.select(t.set_aside.c.why)))


def test_an_entry_from_elsewhere_becomes_a_row_and_is_taken_once(store: Store) -> None:
    text = dumps(entry())
    heard: list[frozenset[tuple[str, str]]] = []
    store.journal.listeners.append(heard.append)
    assert store.journal.take_in([text, text]).new == 1
    assert store.journal.take_in([text]).new == 0
    assert b.texts(store) == [text]
    assert heard == [{("case/c1", "case")}]
    with store.reader.connect() as conn:
        assert conn.scalars(sa.select(t.due_stale.c.case)).all() == ["c1"]
        session = conn.execute(sa.select(t.session).where(t.session.c.device == "c" * 16)).one()
        assert session.member == "m1"
    assert store.ask(lambda s: s.get(Case, "c1").title).value == "t"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"set": {"case/c1": {"title": [5]}}}, "should be str"),
        ({"set": {"case/c1": {"practice": ["yes"]}}}, "should be bool"),
        ({"set": {"report/r1": {"behaviours": [{"a": 1}]}}}, "should be list"),
        ({"set": {"report/r1": {"hate": [["a"]]}}}, "should be dict"),
        ({"set": {"assessment/a1": {"score": [True]}}}, "should be int"),
        ({"set": {"assessment/a1": {"score": [2**53]}}}, "too large"),
        ({"set": {"novelty/a1": {"deep": [{"a": [2**60]}]}}}, "too large"),
        ({"set": {"case/c1": {"title": []}}}, "holds no value"),
        ({"set": {"case/c1": {"title": "t"}}}, "holds no value"),
        ({"set": {"case/c1": {"title": ["t", 5]}}}, "replaces something"),
        ({"set": {"case/c1": {"title": ["t", "anything"]}}}, "replaces something"),
        ({"set": {"case/c1": ["t"]}}, "not an object"),
        ({"set": {"no record": {}}}, "names no record"),
        ({"set": []}, "not an object"),
        ({"do": 5}, "do is missing"),
        ({"by": None}, "by is missing"),
        ({"happened": "yesterday"}, "not an instant"),
        ({"recorded": None}, "not an instant"),
    ],
)
def test_what_cannot_be_folded_is_set_aside_whole(store: Store, changed: dict[str, Any], why: str) -> None:
    text = dumps(entry(**changed))
    told = store.journal.take_in([text, dumps(entry(2))])
    assert (told.new, told.set_aside, told.refused) == (2, 1, [])
    assert why in aside(store)[0]
    assert text in b.texts(store)
    assert store.ask(lambda s: s.get(Case, "c1").title).value == "t"


def test_an_entry_written_another_way_is_set_aside(store: Store) -> None:
    assert store.journal.take_in([json.dumps(entry())]).set_aside == 1
    twice = dumps(entry(2)).replace('"do":"x"', '"do":"x","do":"x"')
    assert store.journal.take_in([twice]).set_aside == 1


@pytest.mark.parametrize(
    "text",
    [
        *("", "null", "[]", "5", "{", '{"a":1.5}', '{"a":NaN}', "[" * 100_000, '"\ud800"'),
        dumps({k: v for k, v in entry().items() if k != "id"}),
        dumps(entry(file="nowhere/x")),
        dumps(entry(file="case/../x")),
        dumps(entry(hlc=5)),
        dumps(entry(hlc="01A1FDB2F8890000")),
        dumps({**entry(), "id": "c.1"}),
        dumps({**entry(), "id": f"{'c' * 16}.01a1fd8abf38e51b7a.0"}),
        dumps({**entry(), "id": f"{'c' * 16}.01a1fd8abf38e51b7a.1 "}),
    ],
)
def test_what_is_no_entry_is_refused_with_its_place(store: Store, text: str) -> None:
    told = store.journal.take_in([dumps(entry()), text])
    assert told.new == 1 and [place for place, _ in told.refused] == [1]


NAMES = st.sampled_from(["id", "file", "hlc", "set", "do", "case/c1", "x"])
SIMPLE = st.none() | st.booleans() | st.integers() | st.text(max_size=5)


@given(st.recursive(SIMPLE, lambda x: st.lists(x, max_size=3) | st.dictionaries(NAMES, x, max_size=4), max_leaves=12))
def test_anything_at_all_is_sorted_without_a_crash(value: Any) -> None:
    found = sort_out([dumps(value), dumps(entry(set=value)), dumps(entry(set={"case/c1": value}))])
    assert len(found.entries) + len(found.refused) == 3


def test_kinds_and_fields_of_a_newer_version_are_kept_whole(store: Store) -> None:
    newer = entry(
        set={"novelty/n1": {"words": ["x"]}, "case/c1": {"title": ["t"], "novel": [{"a": [1]}]}}, extra="kept"
    )
    assert store.journal.take_in([dumps(newer)]).set_aside == 0
    assert b.texts(store) == [dumps(newer)]
    with store.reader.connect() as conn:
        assert {kind for (kind,) in conn.execute(sa.select(t.touch.c.kind))} == {"novelty", "case"}
    assert store.ask(lambda s: s.get(Case, "c1").title).value == "t"


def test_a_colleagues_whole_store_arrives_in_any_order(store: Store, blank_store: Any, tmp_path: Path) -> None:
    import shutil

    case = store.do(b.open_whole_case).value[0]
    for i in range(5):
        store.do(b.note_contact, case, str(i))
        store.do(b.hand_over, case, str(i))
    other_paths = StorePaths(Path(shutil.copytree(blank_store[0], tmp_path / "other")))
    other = vault.unlock(other_paths, SetClock("2026-11-21T10:00:00.000Z"), passphrase=PASSPHRASE)
    for text in reversed(b.texts(store)):
        other.journal.take_in([text])
    with store.reader.connect() as ours, other.reader.connect() as theirs:
        assert b.dump(ours, derived=False) == b.dump(theirs, derived=False)
    other.journal.catch_up()
    with store.reader.connect() as ours, other.reader.connect() as theirs:
        assert b.dump(ours) == b.dump(theirs)
    b.assert_whole(other)
    other.close()


def test_an_own_entry_passes_the_strict_check(store: Store) -> None:
    case = store.do(b.open_whole_case).value[0]
    done = store.do(b.report, case, "“words” £5 – ü", behaviours=["noise"], hate={"perceived_by": "victim"})
    assert done.act
    store.journal.undo(done.act)
    store.journal.viewed(f"case/{case}")
    found = sort_out(b.texts(store))
    assert not found.aside and not found.refused
    assert store.ask(lambda s: s.query(Contact).count()).value == 0
