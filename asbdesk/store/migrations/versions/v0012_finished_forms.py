"""Short forms of a case kept as they were filled in, and the registers that a landlord keeps of itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
REBUILD: tuple[str, ...] = ("finished_form", "register_entry")
"""Kinds to fill again from the journal: what a newer desk wrote about them may be here already."""

SHARED = ("struck", "at", "note", "history_id", "definition", "by")


def upgrade() -> None:
    for table, own in (("finished_forms", ("form",)), ("register_entries", ("register", "follows"))):
        op.create_table(
            table,
            sa.Column("id", sa.Text(), primary_key=True),
            sa.Column("file", sa.Text(), index=True),
            *(sa.Column(name, sa.Text()) for name in (*SHARED, *own)),
            *((sa.Column("about", sa.Text(), index=True),) if table == "finished_forms" else ()),
            sa.Column("assumed", sa.Boolean()),
            sa.Column("answers", sa.JSON()),
        )
