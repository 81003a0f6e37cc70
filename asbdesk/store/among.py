"""Whether a column is one of many values, with all of them bound as one: `IN` with a thousand places costs a
thousand times a place, in SQLAlchemy and again in the database."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _Many(sa.TypeDecorator[Any]):
    """Texts or whole numbers as one value: an array for PostgreSQL, JSON for SQLite."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, whole: bool = False) -> None:
        super().__init__()
        self.whole = whole

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(sa.ARRAY(sa.BigInteger() if self.whole else sa.Text()))
        return dialect.type_descriptor(sa.Text())

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        return list(value) if dialect.name == "postgresql" else json.dumps(list(value))


class _Among(FunctionElement[Any]):
    type = sa.types.NullType()  # as a Boolean it would be spelt “… = 1” for SQLite, which then uses no index
    inherit_cache = True
    name = "among"


@compiles(_Among, "sqlite")
def _in_json(element: _Among, compiler: SQLCompiler, **how: Any) -> str:
    column, values = element.clauses
    return f"{compiler.process(column, **how)} IN (SELECT value FROM json_each({compiler.process(values, **how)}))"


@compiles(_Among, "postgresql")
def _any_of(element: _Among, compiler: SQLCompiler, **how: Any) -> str:
    column, values = element.clauses
    return f"{compiler.process(column, **how)} = ANY({compiler.process(values, **how)})"


def among(column: Any, values: str | Collection[Any]) -> sa.ColumnElement[bool]:
    """`column` is one of `values`, or of those bound later under this name. Texts or whole numbers, none NULL."""
    kind = _Many(isinstance(column.type, sa.Integer))
    bound = sa.bindparam(values, type_=kind) if isinstance(values, str) else sa.bindparam(None, values, type_=kind)
    return _Among(column, bound)
