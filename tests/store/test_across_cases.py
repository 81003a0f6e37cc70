"""One person named in several cases: the fourth report about them is seen wherever it is made, and what is done in one
case changes nothing that another owes."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from asbdesk.model import Contact, Enforcement, Involvement, ManagerReview, Person, Report, new_id
from asbdesk.model import journal as t
from asbdesk.store.journal import Work, action
from asbdesk.store.vault import Store
from tests import builders as b


@action("tests.wrote")
def write(work: Work, case: str, cls: Any, **fields: Any) -> str:
    record = new_id()
    work.add(cls(id=record, file=f"case/{case}", **fields))
    return record


@action("tests.named")
def named(work: Work, cases: list[str]) -> str:
    """Somebody whom these cases are about."""
    person = new_id()
    work.add(Person(id=person, file=f"person/{person}", name="A. N. Other"))
    for case in cases:
        work.add(Involvement(id=new_id(), file=f"case/{case}", person=person, role="alleged_perpetrator"))
    return person


def due(store: Store, case: str) -> dict[str, tuple[str, str]]:
    with store.reader.connect() as conn:
        rows = conn.execute(sa.select(t.due.c.key, t.due.c.code, t.due.c.state).where(t.due.c.case == case))
        return {key: (code, state) for key, code, state in rows}


@pytest.fixture
def two(store: Store) -> tuple[str, str, str, str, str]:
    """Two cases, their reporters, and the person both are about; three reports in the first."""
    one, first, _ = store.do(b.open_whole_case, "Ms Rahima Begum").value
    other, second, _ = store.do(b.open_whole_case, "Sam Hill").value
    person = store.do(named, [one, other]).value
    for n in (2, 3, 4):
        store.do(write, one, Report, by=first, received=f"2026-11-0{n}T10:00:00.000Z", about=[person])
    return one, first, other, second, person


def persistent(store: Store, case: str) -> list[str]:
    return [state for code, state in due(store, case).values() if code == "persistent_perpetrator"]


def test_the_fourth_report_is_seen_in_whichever_case_it_is_made(store: Store, two: tuple[str, ...]) -> None:
    one, _, other, second, person = two
    assert persistent(store, one) == persistent(store, other) == []
    store.do(write, other, Report, by=second, received="2026-11-05T10:00:00.000Z", about=[person])
    assert (persistent(store, one), persistent(store, other)) == ([], ["open"])
    store.do(write, one, ManagerReview, at="2026-11-06T10:00:00.000Z", outcome="Seen")
    assert persistent(store, other) == ["open"]
    store.do(write, other, ManagerReview, at="2026-11-06T10:00:00.000Z", outcome="Seen")
    assert persistent(store, other) == ["met"]


def test_a_report_written_down_late_counts_where_it_belongs_in_time(store: Store, two: tuple[str, ...]) -> None:
    one, _, other, second, person = two
    store.do(write, other, Report, by=second, received="2026-11-01T10:00:00.000Z", about=[person])
    assert (persistent(store, one), persistent(store, other)) == (["open"], [])


def test_what_is_done_in_one_case_makes_nothing_worse_in_another(store: Store, two: tuple[str, ...]) -> None:
    one, first, other, second, person = two
    store.do(write, other, Report, by=second, received="2026-11-05T10:00:00.000Z", about=[person])
    before = due(store, other)
    store.do(write, one, Contact, with_=first, at="2026-11-06T10:00:00.000Z", direction="out", made=True)
    store.do(write, one, Enforcement, at="2026-11-06T10:00:00.000Z", tool="warning_letter", used=True, person=person)
    store.do(write, one, Report, by=first, received="2026-11-07T10:00:00.000Z", about=[person], behaviours=["weapon"])
    assert due(store, other) == before
