"""The words of a plan in other languages, as the landlord approved them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
REBUILD: tuple[str, ...] = ("approved_words",)
"""Kinds to fill again from the journal: what a newer desk wrote about them may be here already."""


def upgrade() -> None:
    op.create_table(
        "approved_words",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("file", sa.Text(), index=True),
        *(sa.Column(name, sa.Text()) for name in ("struck", "language", "hash", "by", "on")),
        sa.Column("texts", sa.JSON()),
    )
