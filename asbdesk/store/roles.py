"""What each role may write: one rule for the desk that writes and for every desk that reads it.

Why here and so small: an entry beyond its author's role is kept and shown as not effective by everybody, so the desk
itself must refuse the same before it is written, or it would differ from all others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OFFICER, MANAGER, HEAD_OFFICE, HUB, AUDITOR = ROLES = ("officer", "manager", "head_office", "hub", "auditor")
WEAKEST = (AUDITOR, OFFICER, MANAGER, HUB, HEAD_OFFICE)
"""Of two roles given at the same time by two desks, the one further to the left counts."""

READS_ALONE = {AUDITOR, HUB}
OF_HEAD_OFFICE = {"landlord", "policy_profile", "withdrawn_list"}
"""Kinds that only head office writes: they change what is owed in every case."""
OF_MANAGERS = {"list_word", "approved_words", "register_entry"}
"""Kinds that a manager may write too."""
OWN = {"name", "number", "hours", "job"}
"""What anybody may change in their own member record."""


def exceeds(role: str, member: str, sets: Mapping[str, Mapping[str, Any]]) -> str | None:
    """Why this role may not write these fields (`{kind/id: {field: …}}`), in words; None when it may."""
    if role == HEAD_OFFICE or not sets:
        return None
    if role in READS_ALONE:
        return "An auditor reads and writes nothing." if role == AUDITOR else "The service writes nothing in a case."
    for what, fields in sets.items():
        kind, _, record = what.partition("/")
        if kind in OF_HEAD_OFFICE or (kind == "form_text" and "published" in fields):
            return "Only head office may change this, because it counts for every case."
        if kind in OF_MANAGERS and role != MANAGER:
            return "Only a manager or head office may change this."
        if kind == "member" and (record != member or not set(fields) <= OWN):
            return "Only head office may change who works here and in which role."
    return None
