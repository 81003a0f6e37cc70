from __future__ import annotations
from pathlib import Path
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.journeys.stranger import Stranger, a_day, sits_down, KEY, CTRL, wait
OUT = Path("/tmp/w/D/png")

def paste(d, text):
    QApplication.clipboard().setText(text)
    d.press(KEY.Key_V, CTRL)

def shot(d, name):
    top = QApplication.activeModalWidget() or d.opened.window
    for _ in range(5): QApplication.processEvents()
    top.grab().save(str(OUT / f"{name}.png"))

@pytest.fixture
def day(practice_folder, tmp_path, qapp):
    with a_day(practice_folder, tmp_path / "d") as s:
        yield s

def test_agencies(day):
    d = day
    d.open_case("Begum")
    d.add("refer to")
    d.choose("Which agency?", "Another agency")
    d.fill("Which one?", "Harbour Women's Aid")
    d.choose("Do we work with them again?", "Yes")
    d.fill("Whom do we speak to there?", "Iman Invented")
    d.fill("Their number", "01632 960170")
    d.fill("What do we ask them to do?", "Ring her at work and offer a safety plan")
    d.choose("What did they say about us", "Yes")
    shot(d, "refer")
    d.saved("The referral is written down.")
    d.part("Agencies")
    shot(d, "agencies-part")
    d.button("Agencies we work with")
    shot(d, "agencies-page")
    d.fill("Harbour Women's Aid: Telephone", "01632 960171")
    d.fill("Add an agency", "Exampleton Police")
    d.pick("What kind of agency", "Police")
    d.button("Add this agency")
    d.fill("Exampleton Police: Telephone", "101")
    shot(d, "agencies-page2")
    d.press(KEY.Key_Escape)
    d.part("Agencies")
    assert "01632 960171" in d.reads(), d.reads()
    d.add("An agency asks us")
    d.choose("Which agency?", "Exampleton Police")
    d.choose("Is it about somebody's safety?", "Yes")
    d.fill("What do they ask?", "Who lives there")
    d.saved()
    shot(d, "agency-asks")
    print(d.reads()[-1500:])

def test_leak(day):
    d = day
    d.open_case("Begum")
    d.add("must not be told")
    d.choose("Whom does it protect?", "Begum")
    d.choose("Who must not be told?", "Somebody else")
    d.find("Who is it?"); paste(d, "José Álvarez-O'Neill (Joey Neil)")
    d.choose("What must they not be told?", "One thing")
    d.fill("Which thing?", "Oak House")
    shot(d, "rule")
    d.saved("The rule stands")
    shot(d, "rule-case")
    d.add("refer to")
    d.choose("Which agency?", "Another agency")
    d.fill("Which one?", "Mr Jose ONeill")
    d.fill("What do we ask them to do?", "She is at oak house")
    d.choose("What did they say about us", "Yes")
    def stop():
        shot(d, "stop")
        d.button("Let it out")
        shot(d, "stop2")
        d.write("The court asked")
        d.button("Let it out")
    with d.asked(stop):
        d.save()
    shot(d, "after")
    d.part("Agencies")
    print(d.reads()[:3000])
