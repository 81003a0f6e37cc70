"""What `apply` and `rebuild` send is no driver's own SQL: head office runs the same code on PostgreSQL."""

from __future__ import annotations

import inspect

import pytest
from sqlalchemy.dialects import postgresql

from asbdesk.model import kinds
from asbdesk.store import apply, fold, projecting, undo, work
from asbdesk.store.projecting import _upsert


@pytest.mark.parametrize("module", [apply, fold, projecting, work, undo])
def test_no_driver_sql(module: object) -> None:
    source = inspect.getsource(module)  # type: ignore[arg-type]
    for own in ("exec_driver_sql", "sa.text(", "PRAGMA", "sqlite_master"):
        assert own not in source


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_a_record_is_written_in_postgresqls_words(kind: str) -> None:
    said = str(_upsert("postgresql", kind).compile(dialect=postgresql.dialect()))
    assert "ON CONFLICT (id) DO UPDATE SET" in said
