"""A statement that the driver itself is sent: the rows that SQLAlchemy reads, as of the same moment."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from asbdesk.model import Contact, Report
from asbdesk.model.journal import local_setting as kept
from asbdesk.store.prepared import Prepared
from asbdesk.store.vault import Store


def test_it_reads_what_sqlalchemy_reads(store: Store) -> None:
    all_but = sa.select(kept.c.name, kept.c.value).where(kept.c.name != sa.bindparam("but")).order_by(kept.c.name)
    two = sa.select(kept.c.name, kept.c.value).where(kept.c.name.in_(["device", "store"]))

    def both(session: orm.Session, /, which: sa.Select[str, str], **named: str) -> tuple[list[object], list[object]]:
        theirs = session.connection().execute(which, named).all()
        return [*Prepared(which).rows(session, **named)], [*map(tuple, theirs)]

    for which, named in ((all_but, {"but": "device"}), (two, {})):
        ours, theirs = store.ask(both, which, **named).value
        assert ours == theirs != []


def test_it_reads_as_of_the_same_moment_as_what_was_read_before(store: Store) -> None:
    count = Prepared(sa.select(sa.func.count()).select_from(kept))

    def read(session: orm.Session) -> tuple[int, int]:
        before = count.rows(session)[0][0]
        store.drafts.remember("meanwhile", "written")
        return before, count.rows(session)[0][0]

    before, after = store.ask(read).value
    assert before == after == store.ask(count.rows).value[0][0] - 1


@pytest.mark.parametrize("column", [Contact.made, Report.hate])
def test_what_the_driver_has_otherwise_is_refused(store: Store, column: sa.ColumnElement[object]) -> None:
    with pytest.raises(TypeError, match="as the driver has it"):
        store.ask(Prepared(sa.select(column)).rows)
