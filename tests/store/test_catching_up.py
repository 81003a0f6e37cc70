"""Lines that wait are worked out beside the officer's work: in slices, stopped and gone on with, never too old."""

from __future__ import annotations

import sys
import threading

import pytest
import sqlalchemy as sa

from asbdesk.model import Case, PolicyProfile, new_id
from asbdesk.model import journal as t
from asbdesk.store.catching_up import catch_up
from asbdesk.store.vault import Store
from asbdesk.store.work import Work, action
from tests import builders as b


@action("tests.renamed")
def rename(work: Work, case: str, title: str) -> None:
    work.get(Case, case).title = title


@action("policy.adopted")
def adopt(work: Work) -> None:
    work.add(PolicyProfile(id=new_id(), file="landlord/one", version="2", begins="2026-01-01", numbers={}))


def waiting(store: Store) -> int:
    with store.journal.reading() as conn:
        return conn.scalar(sa.select(sa.func.count()).select_from(t.due_stale)) or 0


def title(store: Store, case: str) -> str:
    with store.journal.reading() as conn:
        return str(conn.scalar(sa.select(t.case_line.c.title).where(t.case_line.c.case == case)))


@pytest.fixture
def cases(store: Store) -> list[str]:
    """Nine cases whose lines are gone and wait."""
    made = [store.do(b.open_case, f"ASB-2026-A{n:04d}").value for n in range(9)]

    def forget(conn: sa.Connection) -> None:
        conn.execute(t.case_line.delete())
        conn.execute(t.due_stale.insert(), [{"case": case} for case in made])

    store.journal.write_local(forget)
    return made


class Enough(Exception):
    """The officer locks the desk."""


def test_stopped_anywhere_it_goes_on_from_there(store: Store, cases: list[str]) -> None:
    said: list[tuple[int, int]] = []

    def told(done: int, of: int) -> None:
        said.append((done, of))
        if done == 6:
            raise Enough

    with pytest.raises(Enough):
        catch_up(store.journal, told, most=3)
    assert said == [(3, 9), (6, 9)]
    assert waiting(store) == 3
    assert catch_up(store.journal, lambda done, of: said.append((done, of)), most=3) == 3
    assert said[-1] == (3, 3)
    assert waiting(store) == 0
    assert catch_up(store.journal) == 0


def test_what_is_written_meanwhile_is_never_lost(store: Store, cases: list[str]) -> None:
    """While a slice is read, an officer changes a case of that slice."""
    left = iter(cases)

    def meanwhile(conn: object, cursor: object, statement: str, *rest: object) -> None:
        case = next(left, None) if "FROM touch" in statement else None
        if case is not None:
            store.do(rename, case, f"Renamed {case[-4:]}")

    sa.event.listen(store.reader, "before_cursor_execute", meanwhile)
    catch_up(store.journal, most=2)
    sa.event.remove(store.reader, "before_cursor_execute", meanwhile)
    assert waiting(store) == 0
    renamed = cases[: len(cases) - len(list(left))]
    assert len(renamed) > 1
    assert [title(store, case) for case in renamed] == [f"Renamed {case[-4:]}" for case in renamed]


def test_an_officer_who_keeps_writing_does_not_keep_it_from_ending(store: Store, cases: list[str]) -> None:
    ended = threading.Event()

    def work() -> None:
        catch_up(store.journal, most=3)
        ended.set()

    worker = threading.Thread(target=work)
    worker.start()
    count = 0
    while not ended.wait(0.001) and count < 500:
        store.do(rename, cases[count % 9], f"Renamed {count}")
        count += 1
    worker.join(20)
    assert ended.is_set()
    assert waiting(store) == 0


def test_turns_are_as_they_were_afterwards(store: Store, cases: list[str]) -> None:
    usual, meanwhile = sys.getswitchinterval(), []
    catch_up(store.journal, lambda done, of: meanwhile.append(sys.getswitchinterval()))
    assert meanwhile[0] < usual
    assert sys.getswitchinterval() == usual


def test_a_new_profile_waits_for_all_cases_at_once(store: Store) -> None:
    made = [store.do(b.open_case, f"ASB-2026-A{n:04d}").value for n in range(201)]
    store.do(adopt)
    assert waiting(store) == len(made)
    assert store.journal.catch_up() == len(made)
    assert waiting(store) == 0
