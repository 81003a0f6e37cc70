"""Lists in their order from an index: cases by what is due, Today's count, steps under Now, hate; a person's homes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
REBUILD: tuple[str, ...] = ()


def upgrade() -> None:
    op.drop_index("due_officer", "due", if_exists=True)
    op.create_index("due_officer", "due", ["officer", "state", "due_on", "code", "about_id"])
    op.create_index("case_line_due", "case_line", ["status", "next_due", "reference"], if_not_exists=True)
    op.create_index("case_line_all", "case_line", ["next_due", "reference"], if_not_exists=True)
    op.create_index("ix_households_person", "households", ["person"], if_not_exists=True)
    _some("actions_now", "actions", "id", "code = 'now'")
    _some("reports_hate", "reports", "received", "hate IS NOT NULL")


def _some(name: str, table: str, column: str, where: str) -> None:
    """An index of those rows alone."""
    which = sa.text(where)
    op.create_index(name, table, [column], if_not_exists=True, sqlite_where=which, postgresql_where=which)
