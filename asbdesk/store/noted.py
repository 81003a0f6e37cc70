"""Small facts that this laptop keeps for itself, by name: local settings, neither journalled nor sent."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from asbdesk.model import journal as t


def noted(conn: sa.Connection, name: str) -> str | None:
    """What was noted, or None."""
    return conn.scalar(sa.select(t.local_setting.c.value).where(t.local_setting.c.name == name))


def note(values: Mapping[str, str], conn: sa.Connection) -> None:
    """Note these, in place of what was noted."""
    conn.execute(t.local_setting.delete().where(t.local_setting.c.name.in_(values)))
    conn.execute(t.local_setting.insert(), [{"name": name, "value": value} for name, value in values.items()])
