"""The whole case file: the kinds that came with it, and the columns that older kinds gained."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
REBUILD: tuple[str, ...] = (
    "acknowledgement",
    "agency",
    "agency_information",
    "agency_referral",
    "agency_request",
    "assessment",
    "case",
    "case_link",
    "case_review",
    "closing",
    "complaint",
    "complaint_declined",
    "contact",
    "court_order",
    "custody",
    "diary_entry",
    "disclosure",
    "enforcement",
    "evidence",
    "evidence_elsewhere",
    "finding",
    "graffiti",
    "handover",
    "hate_record",
    "involvement",
    "list_word",
    "manager_review",
    "move_request",
    "need_told",
    "not_hate",
    "now",
    "ombudsman_request",
    "order",
    "order_breach",
    "other_account",
    "other_person_decision",
    "plan_review",
    "plan_version",
    "police_report",
    "policy_profile",
    "professional_letter",
    "progress",
    "promise",
    "proportion",
    "redress",
    "reopening",
    "repair",
    "risk_action",
    "safeguarding_decision",
    "staff_bar",
    "subject_access",
    "triage",
    "waiver",
)
"""Kinds to fill again from the journal: what a newer desk wrote about them may be here already."""


def _columns(names: str, kind: Any) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind) for name in names.split()]


def _record(
    table: str,
    *,
    text: str = "",
    number: str = "",
    flag: str = "",
    json: str = "",
    index: str = "",
    happens: bool = True,
) -> None:
    """A record table; one of something that `happens` has a time, a note, and how a history calls it."""
    op.create_table(
        table,
        sa.Column("id", sa.Text(), primary_key=True),
        *_columns("file struck " + ("at note history_id " if happens else "") + text, sa.Text()),
        *_columns(number, sa.Integer()),
        *_columns(("assumed " if happens else "") + flag, sa.Boolean()),
        *_columns(json, sa.JSON()),
    )
    for column in ("file", *index.split()):
        op.create_index(f"ix_{table}_{column}", table, [column])


def _add(table: str, *, text: str = "", flag: str = "") -> None:
    for column in (*_columns(text, sa.Text()), *_columns(flag, sa.Boolean())):
        op.add_column(table, column)


def upgrade() -> None:
    _gained()
    _agencies()
    _happening()
    _landlord()
    _safety()
    _service()


def _gained() -> None:
    _add("assessments", text="note history_id", flag="assumed")
    _add("cases", text="place")
    _add("contacts", text="history_id")
    _add("evidence", text="fetches captured redacted_of history_id", flag="assumed")
    _add("involvements", text="updates")
    _add("other_person_decisions", text="at decided_by manager note history_id", flag="made assumed")
    _add("plan_versions", text="note history_id", flag="assumed")
    _add("promises", text="at note history_id", flag="assumed")


def _agencies() -> None:
    _record("agencies", text="name sort contact number email agreement ended", happens=False)
    _record("agency_information", text="agency", flag="risk")
    _record("agency_requests", text="agency due", flag="risk")
    _record("case_reviews", text="asked_of passed_on information_by by")
    _record("court_orders", text="what day against court")
    _record("order_breaches", text="order report")
    _record("police_reports", text="outcome reference officer report result")
    _record("professional_letters", text="from_ about sort evidence", flag="harm")
    _record("referrals", text="agency purpose person permission basis decided_by told_first came_from")


def _happening() -> None:
    _record("acknowledgements", text="to report method")
    _record("case_links", text="other why", index="other")
    _record("closings", text="reason form second object_by manager", flag="told other_told no_call", json="answers")
    _record("handovers", text="from_ to member")
    _record("manager_reviews", text="outcome of by")
    _record(
        "progress", text="about what day was result reason", number="stage", flag="told", json="items", index="about"
    )
    _record("reopenings", text="reason report")
    _record("triages", text="report outcome reason passed_to check_by", number="score", index="report")
    _record("waivers", text="duty about reason by second")


def _landlord() -> None:
    _record("list_words", text="list code words", number="order", flag="off", happens=False)
    _record("policy_profiles", text="version begins reason by", json="numbers", happens=False)


def _safety() -> None:
    _record(
        "disclosures",
        text=(
            "to about what known safe lead_told person_told corrected commissioner "
            "decision safe_how person_told_why_not"
        ),
    )
    _record("enforcements", text="tool reason look_again person proportion", flag="used")
    _record("findings", text="report person finding reason by", index="report person")
    _record(
        "hate_records",
        text="report perceived_by person victim who_knows must_not_know police support words_for_it",
        flag="hidden",
        json="strands",
        index="report",
    )
    _record("needs_told", text="person step by", flag="refused", json="what", index="person")
    _record("not_hate_decisions", text="report reason asked by", flag="officer_thinks")
    _record("now_cards", text="about danger told tonight next_try answered", json="raised_by")
    _record("other_accounts", text="person account health agrees support hears_by reports method")
    _record("proportions", text="person tool form decision by advice", json="answers")
    _record("risk_actions", text="what person service reason by", flag="declined")
    _record("safeguarding_decisions", text="person reason told by manager", flag="referred")
    _record("subject_access_requests", text="person scope")


def _service() -> None:
    _record("complaints", text="about by staff received handler wanted cause", json="points")
    _record("complaints_declined", text="reason by")
    _record("custody", text="evidence what by to sha256", index="evidence")
    _record(
        "diary_entries", text="evidence person began ended place seen who witnesses effect signed", index="evidence"
    )
    _record("evidence_elsewhere", text="who type keep_until")
    _record("graffiti", text="place evidence", flag="offensive")
    _record("move_requests", text="person sort why", flag="promised")
    _record("ombudsman_orders", text="what by", flag="recommendation")
    _record("ombudsman_requests", text="by")
    _record("plan_reviews", text="plan outcome again")
    _record("redress", text="complaint what reason by paid", number="pence", flag="accepted", json="aggravating")
    _record("repairs", text="what link due number told")
    _record("staff_bars", text="staff person reason contractor ended", flag="needed")
