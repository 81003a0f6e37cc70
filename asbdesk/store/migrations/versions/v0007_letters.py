"""Letters, kept as they were sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
REBUILD: tuple[str, ...] = ("letter_sent",)
"""Kinds to fill again from the journal: what a newer desk wrote about them may be here already."""

_TEXTS = (
    *("struck", "at", "note", "history_id", "letter", "version", "title", "person", "to", "text", "form", "about"),
    *("how", "went_on", "sealed", "sealed_key", "sealed_sha256", "override", "override_by"),
)


def upgrade() -> None:
    op.create_table(
        "letters",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("file", sa.Text(), index=True),
        *(sa.Column(name, sa.Text()) for name in _TEXTS),
        *(sa.Column(name, sa.Boolean()) for name in ("assumed", "large")),
        *(sa.Column(name, sa.JSON()) for name in ("answers", "overridden")),
        sa.Column("sealed_size", sa.Integer()),
    )
    op.create_index("ix_letters_person", "letters", ["person"])
