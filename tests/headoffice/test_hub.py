"""The hub: what laptops sent, taken into PostgreSQL by the code that takes it in on a laptop."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from asbdesk.clock import SystemClock
from asbdesk.headoffice import hub
from asbdesk.model import journal as t
from asbdesk.store.fold import known
from asbdesk.store.vault import Store
from asbdesk.sync import founding, place
from asbdesk.sync.exchange import exchange
from tests import builders
from tests.headoffice.offices import Served


@pytest.fixture
def working(served: Served) -> Iterator[hub.Hub]:
    """A hub beside the service."""
    with hub.opened(served.folder, SystemClock()) as made:
        yield made


def rows(engine: sa.Engine, table: sa.Table) -> list[dict[str, object]]:
    with engine.connect() as conn:
        found = [dict(row) for row in conn.execute(sa.select(table)).mappings()]
    return sorted(found, key=lambda row: str([row[c.name] for c in table.primary_key.columns]))


def same_records(one: sa.Engine, other: sa.Engine) -> None:
    """Every record and everything that is derived of them is the same in both."""
    for table in (*(kind.__table__ for kind in known().values()), t.conflict, t.due, t.case_line):
        assert rows(one, table) == rows(other, table), table.name


def test_what_a_laptop_wrote_stands_in_postgresql(store: Store, served: Served, working: hub.Hub) -> None:
    case, _, _ = store.do(builders.open_whole_case).value
    assessment = store.do(builders.assess, case, "high").value
    store.do(builders.change_band, assessment, "medium")
    founding.create(store, served.url, served.begun.code)
    done = exchange(store, place.open_depot(store))
    assert (done.trouble, done.sent > 5) == (None, True)
    assert working.round()
    same_records(store.reader, working.desk.reader)
    assert not working.round()
