"""A step that only tests take: a batch change (which drops triggers unseen), a new column, a new kind's table."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "9001"
down_revision = "0012"
REBUILD = ("contact",)


def upgrade() -> None:
    with op.batch_alter_table("contacts") as table:
        table.add_column(sa.Column("mood", sa.Text()))
        table.alter_column("note", type_=sa.String())
    op.create_table("novelties", sa.Column("id", sa.Text(), primary_key=True), sa.Column("file", sa.Text()))
