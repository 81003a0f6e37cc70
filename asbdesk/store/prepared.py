"""Selects that are spelled once and sent by the driver itself: what is read at every click.

SQLAlchemy's own way to the driver and back takes as long as a small read; of its work only the spelling is wanted here.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from asbdesk.store.engine import OneForAll

_NAMED = OneForAll(paramstyle="named")


class Prepared:
    """A select of texts and whole numbers, which the driver has as they are. TypeError, when first read, for others.
    A list that is handed over comes as JSON (`casework.records.listed`)."""

    def __init__(self, which: sa.Select[*tuple[Any, ...]]) -> None:
        self._which = which

    @cached_property
    def _spelled(self) -> tuple[str, dict[str, Any]]:
        for column in self._which.selected_columns:
            if column.type.dialect_impl(_NAMED).result_processor(_NAMED, None) is not None:
                raise TypeError(f"{column} is not read as the driver has it")
        spelled = self._which.compile(dialect=_NAMED, compile_kwargs={"render_postcompile": True})
        return spelled.string, spelled.params

    def rows(self, session: orm.Session, /, **named: Any) -> list[tuple[Any, ...]]:
        """What it finds, in the transaction of a Session on one connection."""
        assert isinstance(session.bind, sa.Connection)
        return self.on(session.bind, **named)

    def on(self, conn: sa.Connection, /, **named: Any) -> list[tuple[Any, ...]]:
        """What it finds on a connection."""
        if not conn.in_transaction():
            conn.begin()
        text, usual = self._spelled
        driver: Any = conn.connection.driver_connection
        found: list[tuple[Any, ...]] = driver.execute(text, usual | named).fetchall()
        return found
