"""What a landlord says that it learned from a determination of the Ombudsman."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
REBUILD: tuple[str, ...] = ("learning_statement",)
"""Kinds to fill again from the journal: what a newer desk wrote about them may be here already."""


def upgrade() -> None:
    op.create_table(
        "learning_statements",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("file", sa.Text(), index=True),
        *(sa.Column(name, sa.Text()) for name in ("struck", "at", "note", "history_id")),
        *(sa.Column(name, sa.Text()) for name in ("found", "wrong", "differently", "agreed_by")),
        sa.Column("assumed", sa.Boolean()),
        sa.Column("changes", sa.JSON()),
    )
