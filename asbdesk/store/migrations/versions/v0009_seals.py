"""Second seals, time stamps, certificates that no longer count, and whom the landlord asks for the time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
REBUILD: tuple[str, ...] = ("later_seal", "withdrawn_list", "landlord")
"""Kinds to fill again from the journal: what a newer desk wrote about them may be here already."""

_TABLES = {
    "later_seals": (
        *("struck", "document", "what", "name", "at", "onto", "sealed", "sealed_key", "sealed_sha256"),
        "sealed_size",
    ),
    "withdrawn_lists": ("struck", "at", "crl", "number"),
}


def upgrade() -> None:
    for table, names in _TABLES.items():
        op.create_table(
            table,
            sa.Column("id", sa.Text(), primary_key=True),
            sa.Column("file", sa.Text(), index=True),
            *(sa.Column(name, sa.Text()) for name in names[:-1]),
            sa.Column(names[-1], sa.Integer()),
        )
    for name in ("time_authority", "time_root"):
        op.add_column("landlords", sa.Column(name, sa.Text()))
