"""What a laptop keeps of its exchange with others, and what was decided where two of them differed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
REBUILD: tuple[str, ...] = ("appointment", "conflict_decision", "form_text")
"""Kinds to fill again from the journal: what a newer desk wrote about them may be here already."""


def _key(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), primary_key=True)


def _number(name: str, *, key: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), primary_key=key, autoincrement=False if key else "auto")


def _texts(names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text()) for name in names.split()]


def _numbers(names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer()) for name in names.split()]


def _bytes(names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.LargeBinary()) for name in names.split()]


def upgrade() -> None:
    op.add_column("form_texts", sa.Column("published", sa.Boolean()))
    _segments()
    _keys()
    _evidence()
    _decisions()
    _appointments()
    op.create_table(
        "search_row",
        _key("kind"),
        _key("id"),
        *_numbers("row"),
        *_texts("file"),
        sa.UniqueConstraint("row"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sync_run",
        _number("n", key=True),
        *_texts("began ended place trouble"),
        *_numbers("sent received applied waiting refused conflicts bytes_out bytes_in"),
    )


def _segments() -> None:
    op.create_table("unsent", _number("n", key=True))
    op.create_table(
        "segment",
        _key("device"),
        _number("seq", key=True),
        _key("hash"),
        *_texts("name state why at put_at received_at"),
        *_bytes("header signature receipt"),
        sqlite_with_rowid=False,
    )
    op.create_index("segment_state", "segment", ["state"])
    op.create_table(
        "block",
        _key("device"),
        _number("seq", key=True),
        _key("hash"),
        _number("idx", key=True),
        *_texts("key_id state why"),
        *_numbers("entries"),
        *_bytes("bytes"),
    )
    op.create_index("block_key", "block", ["key_id", "state"])
    op.create_index("block_wrong", "block", ["state"], sqlite_where=sa.text("state = 'refused'"))


def _keys() -> None:
    op.create_table(
        "file_key",
        _key("key_id"),
        *_texts("file made by"),
        *_numbers("epoch"),
        *_bytes("key"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_file_key_file", "file_key", ["file"])
    op.create_table("key_given", _key("device"), _key("key_id"), sqlite_with_rowid=False)
    op.create_table("key_due", _key("key_id"), sqlite_with_rowid=False)
    op.create_table("roster_line", _key("hash"), *_numbers("n"), *_texts("name"), *_bytes("bytes"))
    op.create_table("object_seen", _key("name"), *_texts("state why at"))
    op.create_table("area_held", _key("area"), *_numbers("count"), *_texts("digest"), sqlite_with_rowid=False)
    op.create_table("put_due", _key("name"), sqlite_with_rowid=False)
    op.create_table("key_fresh", _key("key_id"), sqlite_with_rowid=False)
    op.create_table("handed_file", _key("file"), *_texts("case at"), sqlite_with_rowid=False)
    op.create_index("ix_handed_file_case", "handed_file", ["case"])
    op.create_table("handed_entry", _number("n", key=True), *_bytes("salt"))
    op.create_table("handed_key", _key("key_id"), *_texts("file"), sqlite_with_rowid=False)
    op.create_index("ix_handed_key_file", "handed_key", ["file"])


def _evidence() -> None:
    op.create_table(
        "pack_part",
        _key("blob"),
        _number("part", key=True),
        _key("pack"),
        *_numbers("parts start size"),
        *_texts("state"),
        sqlite_with_rowid=False,
    )
    op.create_index("pack_part_pack", "pack_part", ["pack"])
    op.create_index("pack_part_state", "pack_part", ["state"])
    op.create_table(
        "evidence_move",
        _key("blob"),
        _key("way"),
        *_texts("state file why asked at"),
        *_numbers("size done"),
    )
    op.create_index("evidence_move_state", "evidence_move", ["way", "state"])


def _appointments() -> None:
    op.create_table("appointments", _key("id"), *_texts("file struck day time how with_ officer note off"))
    for column in ("file", "day"):
        op.create_index(f"ix_appointments_{column}", "appointments", [column])


def _decisions() -> None:
    op.create_table(
        "conflict_decisions",
        _key("id"),
        *_texts("file struck at note history_id about field raised_by since kept reason by"),
        sa.Column("assumed", sa.Boolean()),
        sa.Column("heads", sa.JSON(none_as_null=True)),
    )
    op.create_index("ix_conflict_decisions_file", "conflict_decisions", ["file"])
    op.create_index("ix_conflict_decisions_about", "conflict_decisions", ["about"])
    which = sa.text("code = 'conflict'")
    op.create_index("due_conflict", "due", ["case"], if_not_exists=True, sqlite_where=which, postgresql_where=which)
