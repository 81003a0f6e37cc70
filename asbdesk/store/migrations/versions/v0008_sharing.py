"""What left us, and to whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
REBUILD: tuple[str, ...] = ("share",)
"""Kinds to fill again from the journal: what a newer desk wrote about them may be here already."""

_TEXTS = (
    *("struck", "at", "note", "history_id", "way", "to", "person", "purpose", "permission", "basis", "decided_by"),
    *("until", "sha256", "override", "ended"),
)


def upgrade() -> None:
    op.create_table(
        "shares",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("file", sa.Text(), index=True),
        *(sa.Column(name, sa.Text()) for name in _TEXTS),
        *(sa.Column(name, sa.Boolean()) for name in ("assumed", "encrypted")),
        *(sa.Column(name, sa.JSON()) for name in ("what", "evidence", "overridden")),
        sa.Column("size", sa.Integer()),
    )
