"""Putting right what was written down: the new words stand, and the old ones stay in the chronology."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.chronology import day_text
from asbdesk.casework.records import case_file
from asbdesk.errors import UserError
from asbdesk.model import Contact, Report
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work

MOST = 40
"""Reports and contacts offered, the newest first."""


@dataclass(frozen=True)
class Written:
    """Something whose words can be put right. `kind` is `report` or `contact`."""

    kind: str
    id: str
    at: str
    title: str
    """"Report, Tue 17 Nov, 15:30"."""
    words: str


@action("report.corrected")
def correct_words(work: Work, report: str, words: str) -> None:
    """Other words for a report. Raises UserError for none at all."""
    work.get(Report, report).words = _said(words)


@action("contact.corrected")
def correct_note(work: Work, contact: str, note: str) -> None:
    """Another note for a contact. Raises UserError for none at all."""
    work.get(Contact, contact).note = _said(note)


def _said(words: str) -> str:
    if not words.strip():
        raise UserError("Write what it should say. What was written before stays in the chronology.")
    return words.strip()


def correctable(session: Session, case: str, today: str) -> tuple[Written, ...]:
    """What was written in a case and can be put right, the newest first."""
    file = case_file(case)
    reports = session.scalars(
        sa.select(Report).where(Report.file == file, Report.struck.is_(None), Report.received.is_not(None))
    )
    contacts = session.scalars(
        sa.select(Contact).where(Contact.file == file, Contact.struck.is_(None), Contact.at.is_not(None))
    )
    found = [_written("report", r.id, r.received or "", r.words, today) for r in reports]
    found += [_written("contact", c.id, c.at or "", c.note, today) for c in contacts]
    return tuple(sorted(found, key=lambda w: (w.at, w.id), reverse=True)[:MOST])


def _written(kind: str, id: str, at: str, words: str | None, today: str) -> Written:
    title = "Report" if kind == "report" else "Contact"
    return Written(kind, id, at, f"{title}, {day_text(at, today)}", words or "")
