"""The practice desk, and the visit that should have happened."""

from __future__ import annotations

import io

import pikepdf

from asbdesk.casework.cases import case_page, list_cases
from asbdesk.casework.desk import Desk
from asbdesk.casework.today import today
from asbdesk.documents.verify import verify
from asbdesk.exchange.practice import FIRST, fill_numbers, live_the_visit, load_practice_desk, practice_case
from asbdesk.store.files import Files


def test_the_lists_look_alive_and_a_second_load_adds_nothing(desk: Desk) -> None:
    assert len(load_practice_desk(desk)) == 7
    assert load_practice_desk(desk) == ()
    view = desk.read(today, desk.member, desk.today)
    assert len(view.late_or_due) >= 4 and any(card.welfare for card in view.late_or_due)
    titles = {line.title for line in desk.read(list_cases).lines}
    assert {"Assault, then smashed windows", "Welfare"} <= titles and "A worried call" not in titles


def test_the_visit_that_should_have_happened(desk: Desk) -> None:
    fill_numbers(desk)
    made = live_the_visit(desk)
    verdict = verify(made.pdf, desk.store.paths.authority.read_bytes())
    assert verdict.whole and verdict.known_authority
    page = desk.read(case_page, desk.read(practice_case, FIRST), desk.today)
    assert page.line.band == "high" and page.open_visit is None
    assert [e.name for e in page.evidence] == ["kitchen-window.png", "footage-from-her-phone.mp4"]
    assert (
        page.plans[0].sealed and page.plans[0].signing_text == "Signed" and "left with them" in page.plans[0].copy_text
    )
    whats = {a.what for a in page.plans[0].actions}
    assert (
        "Make your broken window or door safe today" in whats and "Talk with you about help for the children" in whats
    )
    assert len(pikepdf.open(io.BytesIO(made.pdf)).pages) == 2, "one sheet, both sides"
    assert page.chronology[0].title == "Visit ended: out and safe"
    assert "Children at home" in page.people[0].needs
    assert not any("Stroud" in text for text in map(str, page.plans))


def test_nothing_of_the_resident_lies_readable_in_the_store(desk: Desk) -> None:
    live_the_visit(desk)
    assert isinstance(desk.files, Files)
    for file in desk.store.paths.folder.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert b"Rahima" not in data and b"Begum" not in data, file.name
