"""What rests on Today: cards planned for a day, and what is late and waits for somebody else."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
REBUILD: tuple[str, ...] = ("rest",)
"""Kinds to fill again from the journal: what a newer desk wrote about them may be here already."""
TEXT = "file struck at note history_id sort duty about until waits_for by"


def upgrade() -> None:
    columns = [sa.Column(name, sa.Text()) for name in TEXT.split()]
    op.create_table("rests", sa.Column("id", sa.Text(), primary_key=True), *columns, sa.Column("assumed", sa.Boolean()))
    op.create_index("ix_rests_file", "rests", ["file"])
