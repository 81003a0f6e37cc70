"""The first look and the hate form keep their answers as they were given; who agreed how often we speak at a high
level; the landlord's own working days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
REBUILD: tuple[str, ...] = ("contact_agreement", "hate_record", "policy_profile", "triage")
"""Kinds to fill again from the journal: what a newer desk wrote about them may be here already."""


def upgrade() -> None:
    for table in ("triages", "hate_records"):
        op.add_column(table, sa.Column("form", sa.Text()))
        op.add_column(table, sa.Column("answers", sa.JSON()))
    op.add_column("contact_agreements", sa.Column("agreed_by", sa.Text()))
    op.add_column("policy_profiles", sa.Column("working_days", sa.JSON()))
