"""What cannot wait: the questions open with the report, stand first on Today, and go once they are answered."""

from __future__ import annotations

from asbdesk.casework.today import today
from asbdesk.ui.screens.case.now import NowPage
from asbdesk.ui.screens.new_report import NewReport
from tests.ui.conftest import Opened


def test_a_report_of_violence_asks_at_once_and_stands_first_until_answered(opened: Opened) -> None:
    frame = opened.window.frame
    assert frame is not None
    before = len(frame.desk.read(today, frame.desk.member, frame.desk.today).now)
    frame.new_report()
    page = opened.window.findChild(NewReport)
    assert page is not None
    for question, value in {"words": "He hit me.", "name": "Mr Farrow", "address": "1 Mill Fold"}.items():
        page.values[question] = value
    page.values["behaviours"] = ["violence"]
    page.finish()
    asked = opened.window.findChild(NowPage)
    assert asked is not None
    asked.finish()
    now = frame.desk.read(today, frame.desk.member, frame.desk.today).now
    assert len(now) == before + 1 and now[0].do == "now", "an empty answer is none"
    asked.values = {"danger": "No", "tonight": "His brother stays", "next_try": "10:30, the out-of-hours number"}
    asked.finish()
    assert len(frame.desk.read(today, frame.desk.member, frame.desk.today).now) == before + 1, "nobody was reached yet"
    frame.answer_now(asked.case)
    again = next(p for p in opened.window.findChildren(NowPage) if p is not asked)
    assert again.values["tonight"] == "His brother stays", "nobody is asked twice"
    again.values["told"] = "Rosalind Hughes, 10:31"
    again.finish()
    assert len(frame.desk.read(today, frame.desk.member, frame.desk.today).now) == before
