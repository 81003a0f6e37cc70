"""What the questions of a visit bring up by themselves: a report where nothing else was told, a home not safe tonight.

Whoever says late in a visit that they thought of ending their life, or why they are picked on, has told us, though
nobody wrote a word under "What has happened"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework import now, police, reports
from asbdesk.casework.people import involved
from asbdesk.casework.records import case_file, put
from asbdesk.casework.visit_answers import text_of
from asbdesk.model import Now, PoliceReport, Report

if TYPE_CHECKING:
    from asbdesk.casework.reports import Telling
    from asbdesk.casework.visit_actions import Finished
    from asbdesk.store.work import Work

ASKED = "Told on a visit, when we asked how to keep them safe."
"""The words of such a report where none were said that can be kept."""
OWN_VIEW = "Our own view on a visit: they did not say so themselves."
HARM = "suicidal_statement"
NOT_SAFE = {"safe_tonight": "not_safe_tonight", "home_secure": "home_open"}
"""The question that "no" answers → what cannot wait for a working day (PRACTICE.md 3)."""


def write_down(work: Work, done: Finished, told: Telling) -> None:
    """A report of what the gentle questions brought up, where this visit has none: hate, harm, abuse at home. What an
    earlier visit brought up, and stands in its report, is not told again."""
    fresh = set(told.serious) - _known(work, done.case)
    if done.answers.get("self_harm") == "yes" and HARM in told.serious:
        fresh.add(HARM)
    if not (fresh or told.hate or told.hate_signs):
        return
    named = {i.person or "" for i in involved(work.session, done.case) if i.role == "alleged_perpetrator"}
    about = tuple(named) if told.hate and len(named) == 1 else ()
    theirs = HARM in fresh or done.answers.get("abuse") == "yes" or (told.hate or {}).get("perceived_by") == "victim"
    words = told.words or text_of(done.answers, "hate_words") or (ASKED if theirs else OWN_VIEW)
    report = replace(told, words=words, serious=tuple(sorted(fresh)), about=about)
    reports.record_report(work, done.case, done.person, report)


def _known(work: Work, case: str) -> set[str]:
    """What earlier reports of the case say is serious."""
    earlier = work.select(sa.select(Report).where(Report.file == case_file(case), Report.struck.is_(None)))
    return {word for report in earlier for word in (*(report.serious or ()), *(report.behaviours or ()))}


def not_tonight(work: Work, done: Finished, said: now.Answers) -> None:
    """A door that will not close, or somebody who does not feel safe to stay, does not wait for a working day."""
    found = {what for question, what in NOT_SAFE.items() if done.answers.get(question) == "no"}
    asked = sa.select(Now).where(Now.file == case_file(done.case), Now.about == done.visit, Now.struck.is_(None))
    for card in work.select(asked):
        found -= set(card.raised_by or ())
    if found:
        now.raise_now(work, done.case, done.visit, sorted(found), answers=said)


POLICE = {"yes": "reported", "want_help": "offered", "not_now": "declined"}
"""What the resident says of the police settles the question; a no is kept. "Not sure" leaves it owed."""


def police_question(work: Work, done: Finished, report: str) -> None:
    """The police question as it was answered in this visit: said again differently, it is put right."""
    said = done.answers.get("police_told")
    outcome = POLICE.get(said) if isinstance(said, str) else None
    if outcome is None:
        return
    number = text_of(done.answers, "crime_number")
    standing = sa.select(PoliceReport).where(PoliceReport.report == report, PoliceReport.struck.is_(None))
    if known := work.select(standing):
        put(known[0], outcome=outcome, reference=number)
    else:
        police.settle(work, done.case, outcome, reference=number, report=report)
