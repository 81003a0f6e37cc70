"""Columns written alone come to the same rows as rows written whole, whatever came before and in whatever order."""

from __future__ import annotations

import random
from typing import Any

import pytest
import sqlalchemy as sa

from asbdesk.model import Report
from asbdesk.store.entries import dumps
from asbdesk.store.projecting import ALIKE, MANY, _changes_of
from asbdesk.store.vault import Store
from tests import builders as b

SESSIONS = [f"{device * 16}.01a1fd8abf38e51b7a" for device in "jk"]
AT = "2026-11-21T09:00:00.000Z"
REPORTS = [f"{n:032x}" for n in range(24)]


def named(k: int) -> str:
    """The id of the k-th entry: two laptops write in turn."""
    return f"{SESSIONS[k % 7 % 2]}.{k}"


def entry(k: int, report: str, told: dict[str, list[Any]], case: str = "c1", hlc: int = 0) -> str:
    body = {"id": named(k), "file": f"case/{case}", "do": "x", "by": "m1", "happened": AT, "recorded": AT}
    return dumps(body | {"hlc": f"{hlc or k:016x}", "set": {f"report/{report}": told}})


class Writing:
    """Entries about a few reports, each replacing some of what went before it of a field, or nothing."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.k = 0
        self.said: dict[tuple[str, str], list[str]] = {}

    def about(self, report: str, names: tuple[str, ...], case: str = "c1") -> str:
        self.k += 1
        me, told = named(self.k), {}
        for name in names:
            before = self.said.setdefault((report, name), [])
            of_it = [i for (about, _), some in self.said.items() if about == report for i in some]
            known = of_it if name == "struck" else before  # crossing out names all that was seen
            seen = known if self.chance.random() < 0.9 else known[: self.chance.randrange(len(known) + 1)]
            told[name] = [self.value(name), *(i for i in seen if i != me)]
            before.append(me)
        return entry(self.k, report, told, case, self.chance.randrange(1, 999))

    def value(self, name: str) -> Any:
        return [self.chance.choice("abc")] if name == "behaviours" else f"{self.chance.choice('abc')}{self.k}"


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_changes_comes_to_the_rows_of_a_rebuild(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    writing = Writing(chance)
    store.journal.take_in(writing.about(report, ("channel", "to", "words")) for report in REPORTS[2:])
    late: list[str] = []
    for _ in range(8):
        names = chance.choice([("to",), ("to", "words"), ("behaviours",), ("none_known",), ("channel", "none_known")])
        now: list[str] = []
        for report in REPORTS:
            more = ("struck",) if chance.random() < 0.05 else ()
            text = writing.about(report, (*names, *more), "c2" if chance.random() < 0.05 else "c1")
            (late if chance.random() < 0.1 else now).append(text)
        if chance.random() < 0.5:
            now, late = [*late, *now], []
        store.journal.take_in(now)
        b.assert_whole(store)
    store.journal.take_in(late)
    b.assert_whole(store)


def test_a_row_that_is_not_there_is_written_whole(store: Store) -> None:
    store.journal.take_in([entry(k, report, {"words": ["first"]}) for k, report in enumerate(REPORTS, 1)])

    def without(conn: sa.Connection) -> list[Any]:
        from asbdesk.store.apply import take
        from asbdesk.store.engine import APPLYING, gate
        from asbdesk.store.incoming import sort_out

        with gate(conn, APPLYING):
            conn.execute(sa.delete(Report).where(Report.id == REPORTS[3]))
        later = [entry(50 + k, report, {"to": ["visited"]}) for k, report in enumerate(REPORTS)]
        take(conn, sort_out(later).entries)
        return list(conn.execute(sa.select(Report.words, Report.to)))

    assert store.journal.rehearse(without) == [("first", "visited")] * len(REPORTS)


def test_many_that_say_the_same_fields_are_written_as_others_are(store: Store) -> None:
    some = [f"{n:032x}" for n in range(MANY + 3)]
    texts = [entry(k, one, {"behaviours": [["noise"]], "none_known": ["x"]}) for k, one in enumerate(some, 1)]
    texts += [entry(200 + k, f"f{k:031x}", {"words": [str(k)]}) for k in range(5)]
    assert store.journal.take_in(texts).new == MANY + 8
    b.assert_whole(store)
    with store.reader.connect() as conn:
        told = conn.execute(sa.select(Report.behaviours, Report.words).order_by(Report.id)).all()
    assert told == [(["noise"], None)] * (MANY + 3) + [(None, str(k)) for k in range(5)]


def test_only_the_columns_that_change_are_named(store: Store) -> None:
    assert len(REPORTS) >= ALIKE
    changes = _changes_of("report", ("behaviours", "to"))
    text, _ = changes._make(store.writer.dialect)
    assert changes.names == ("to", "behaviours") and text.count("?") == 3
