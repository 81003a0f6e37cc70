"""The first tables: the journal, every record kind, what is derived, what is local."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
REBUILD: tuple[str, ...] = ()
"""Kinds to fill again from the journal once this step is taken."""


def _columns(names: str, kind: Any) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind) for name in names.split()]


def _whole_key(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), primary_key=True, autoincrement=False)


def _text_key(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), primary_key=True)


def _record(table: str, *, text: str = "", number: str = "", flag: str = "", json: str = "", index: str = "") -> None:
    """A record table: an id, the file it lives in, struck or not, and its fields; nothing but indexes beside."""
    op.create_table(
        table,
        _text_key("id"),
        *_columns("file struck " + text, sa.Text()),
        *_columns(number, sa.Integer()),
        *_columns(flag, sa.Boolean()),
        *_columns(json, sa.JSON()),
    )
    for column in ("file", *index.split()):
        op.create_index(f"ix_{table}_{column}", table, [column])


def upgrade() -> None:
    _journal()
    _derived()
    _local()
    _people()
    _cases()
    _events()
    _plans()
    _landlord()


def _journal() -> None:
    op.create_table("session", _whole_key("n"), *_columns("id device member", sa.Text()), sa.UniqueConstraint("id"))
    op.create_table(
        "entry",
        _whole_key("n"),
        *_columns("session k", sa.Integer()),
        *_columns("file hlc", sa.Text()),
        *_columns("leaf link", sa.LargeBinary()),
        sa.UniqueConstraint("session", "k", name="entry_once"),
    )
    op.create_index("entry_file", "entry", ["file", "n"])
    op.create_table("body", _whole_key("n"), sa.Column("salt", sa.LargeBinary()), sa.Column("text", sa.Text()))
    op.create_table("touch", _text_key("kind"), _text_key("id"), _whole_key("n"), sqlite_with_rowid=False)
    op.create_index("touch_entry", "touch", ["n"])
    op.create_table("set_aside", _whole_key("n"), sa.Column("why", sa.Text()))
    op.create_table("erased", _text_key("file"), *_columns("order_id at", sa.Text()))


def _derived() -> None:
    op.create_table(
        "conflict",
        *(_text_key(name) for name in ("kind", "id", "field")),
        sa.Column("heads", sa.JSON()),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "due",
        _text_key("case"),
        _text_key("key"),
        *_columns("code theme about about_id arose due_on at met_on written", sa.Text()),
        *_columns("waived state why source officer", sa.Text()),
        sqlite_with_rowid=False,
    )
    op.create_index("due_officer", "due", ["officer", "state", "due_on"])
    op.create_index("due_open", "due", ["due_on", "state"])
    op.create_table("due_stale", _text_key("case"), sqlite_with_rowid=False)
    op.create_table(
        "case_line",
        _text_key("case"),
        *_columns("reference title stream status band officer reporter address", sa.Text()),
        *_columns("search opened updated next_due next_code", sa.Text()),
        sa.Column("due_count", sa.Integer()),
        sqlite_with_rowid=False,
    )
    op.create_index("case_line_list", "case_line", ["status", "officer", "next_due"])


def _local() -> None:
    op.create_table(
        "form_run",
        _text_key("id"),
        *_columns("case form hash step question started saved", sa.Text()),
        sa.Column("as_of", sa.Integer()),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_form_run_case", "form_run", ["case"])
    op.create_table(
        "draft",
        *(_text_key(name) for name in ("form_run", "question")),
        sa.Column("value", sa.JSON()),
        sa.Column("saved", sa.Text()),
        sqlite_with_rowid=False,
    )
    op.create_table("local_setting", _text_key("name"), sa.Column("value", sa.Text()), sqlite_with_rowid=False)
    op.create_table("local_secret", _text_key("name"), sa.Column("value", sa.LargeBinary()), sqlite_with_rowid=False)


def _people() -> None:
    _record(
        "adjustments",
        text="person what asked_on made_on refused_why",
        index="person",
    )
    _record(
        "homes",
        text="address postcode uprn landlord_ref tenure owner",
    )
    _record(
        "households",
        text="home person since until",
        number="children",
        index="home",
    )
    _record(
        "persons",
        text="name phone email language born home tenure",
        flag="interpreter reachable",
        index="home",
    )
    _record(
        "vulnerabilities",
        text="person what said_by told_on note makes_easier ended",
        index="person",
    )
    _record(
        "warnings",
        text="about event decided_by told review_on ended",
        json="what_to_do",
        index="about",
    )


def _cases() -> None:
    _record(
        "cases",
        text=(
            "reference title stream category status opened closed close_reason officer team home imported_from history"
        ),
        flag="practice",
        index="reference home",
    )
    _record(
        "contact_agreements",
        text="person method number times how_often days safe if_someone_answers review_on",
        json="do_not",
    )
    _record(
        "disclosure_rules",
        text="about not_to not_to_name what why ended",
    )
    _record(
        "involvements",
        text="person role of note key",
        index="person",
    )
    _record(
        "other_person_decisions",
        text="about outcome look_again may_speak may_know must_not_say feel_safe meanwhile",
    )
    _record(
        "permissions",
        text="person body answer what_for until asked_on",
    )


def _events() -> None:
    _record(
        "contacts",
        text="with_ at direction method note next_by visit",
        flag="made answered needs_reply dissatisfied assumed",
        json="told",
        index="with_",
    )
    _record(
        "evidence",
        text="received from_ type name note blob key sha256 media reviewed decision visit",
        number="count size",
        flag="offered_not_taken",
    )
    _record(
        "promises",
        text="to what by made_on kept_on",
    )
    _record(
        "reports",
        text="received by channel to words happened place same_as logged visit history_id",
        flag="hate_signs dissatisfied assumed",
        json="behaviours serious about hate",
        index="by",
    )
    _record(
        "visits",
        text="with_ started ended form left_early left_why out_safe",
        flag="by_phone",
        json="going_in room answers copy",
    )


def _plans() -> None:
    _record(
        "actions",
        text="plan owner who what help by until code done_on note history_id",
        flag="about_other moved_told",
    )
    _record(
        "assessments",
        text="of at by method form form_title computed band reason approver trigger visit",
        number="score out_of",
        flag="complete",
        json="answers floors follows",
        index="of",
    )
    _record(
        "plan_versions",
        text=(
            "number at person next_contact review_on signing signing_note sealed sealed_key sealed_sha256 "
            "copy_given copy_how visit"
        ),
        number="sealed_size",
        flag="agreed",
        json="follows content",
    )
    _record(
        "signatures",
        text="plan role name at language",
        json="strokes",
    )


def _landlord() -> None:
    _record(
        "form_texts",
        text="form version hash text",
    )
    _record(
        "landlords",
        text="name desk_letter closed_number authority second_name second_number adopted_on",
        number="homes",
    )
    _record(
        "members",
        text="name job number hours role certificate left_on",
    )
    _record(
        "useful_numbers",
        text="what name number night",
        flag="none_here",
    )
