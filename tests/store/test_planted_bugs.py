"""Bugs planted in the fold, in what `apply` skips and in the guards: the tests that hold the journal up find each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from asbdesk.model import Case
from asbdesk.model import journal as t
from asbdesk.store import check as checking
from asbdesk.store import projecting, schema
from asbdesk.store import work as working
from asbdesk.store.fold import Head, Version, fold
from asbdesk.store.vault import Store
from tests import builders as b
from tests.store.test_desks import blank, converge, folder

__all__ = ["blank", "folder"]  # fixtures shared with the desks
Fold = Callable[[Any], dict[str, list[Head]]]


def last_writer_wins(versions: Any) -> dict[str, list[Head]]:
    return {name: heads[:1] for name, heads in fold(versions).items()}


def forgets_what_was_replaced(versions: Any) -> dict[str, list[Head]]:
    return fold(Version(v.hlc, v.id, {f: s[:1] for f, s in v.sets.items()}, v.file) for v in versions)


def in_order_of_arrival(versions: Any) -> dict[str, list[Head]]:
    return {name: sorted(heads, key=lambda h: id(h)) for name, heads in fold(versions).items()}


def only_versions_seen_replace(versions: Any) -> dict[str, list[Head]]:
    kept: list[Version] = []  # a version is gone only if it came before the one that replaces it
    for version in versions:
        gone = {r for _, *replaced in version.sets.values() for r in replaced}
        kept = [
            Version(v.hlc, v.id, {f: s for f, s in v.sets.items() if not (v.id in gone and f in version.sets)}, v.file)
            for v in kept
        ]
        kept.append(Version(version.hlc, version.id, {f: s[:1] for f, s in version.sets.items()}, version.file))
    return fold(kept)


@pytest.mark.parametrize(
    "bug", [last_writer_wins, forgets_what_was_replaced, in_order_of_arrival, only_versions_seen_replace]
)
def test_a_bug_in_the_fold_is_found(bug: Fold, blank: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projecting, "fold", bug)
    with pytest.raises(AssertionError):
        converge(blank, folder, 1, 12)
        one_officer_has_no_conflict_with_himself(blank, folder)


def one_officer_has_no_conflict_with_himself(blank: Path, folder: Path) -> None:
    held = [Version(f"{i:016x}", f"e{i}", {"officer": [str(i), *([f"e{i - 1}"] if i else [])]}) for i in range(3)]
    _, conflicts = projecting.projected(("case", "x"), held)
    assert conflicts == []


def test_replacing_what_was_not_seen_is_found(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    case = store.do(b.open_case).value
    seen = store.ask(lambda s: s.get(Case, case).officer).as_of
    store.journal.session = "c" * 16 + ".01a1fd8abf38e51b7a"  # what follows counts as a colleague's
    store.do(b.hand_over, case, "smith")
    store.journal.session = "e" * 16 + ".01a1fd8abf38e51b7a"
    right = working.entry_sets

    def replaces_all(conn: Any, changes: Any, _as_of: int | None, session: str) -> Any:
        return right(conn, changes, None, session)

    def conflicts() -> int:
        with store.reader.connect() as conn:
            return len(conn.execute(sa.select(t.conflict)).all())

    with monkeypatch.context() as planted:
        planted.setattr("asbdesk.store.journal.entry_sets", replaces_all)
        store.do(b.hand_over, case, "jones", as_of=seen)
        assert conflicts() == 0  # the bug: smith's change is lost unseen
    store.journal.session = "f" * 16 + ".01a1fd8abf38e51b7a"
    store.do(b.hand_over, case, "jonas", as_of=seen)
    assert conflicts() == 1


def test_every_guard_is_missed_when_it_is_gone_or_altered(store: Store) -> None:
    def missed() -> list[str]:
        return [where for where, _ in checking._database(store, lambda *_: None)]

    guards = dict(schema.triggers())
    one = next(iter(guards))
    for some in ([one], list(guards)):
        with store.writer.begin() as conn:
            for guard in some:
                conn.exec_driver_sql(f'DROP TRIGGER "{guard}"')
        assert sorted(missed()) == sorted(some)
        with store.writer.begin() as conn:
            for guard in some:
                conn.exec_driver_sql(guards[guard].replace("BEFORE", "AFTER"))
        assert sorted(missed()) == sorted(some)
        with store.writer.begin() as conn:
            for guard in some:
                conn.exec_driver_sql(f'DROP TRIGGER "{guard}"')
                conn.exec_driver_sql(guards[guard])
        assert missed() == []
