"""Sharing from the window: a pack by its form, its password shown once, and what stands in the way said first."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
import sqlalchemy as sa
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from asbdesk.casework import contacts
from asbdesk.casework.cases import case_page
from asbdesk.casework.parts import part
from asbdesk.casework.people import NewPerson, add_to_case, involved, reporter_of
from asbdesk.casework.records import case_of
from asbdesk.casework.release import Refused, release_out
from asbdesk.casework.way_out import in_the_way, plan_leaving
from asbdesk.model import PlanVersion
from asbdesk.ui.screens.case import own_pages, share
from asbdesk.ui.screens.case.adding import open_menu
from asbdesk.ui.screens.case.leaving import StopDialog
from asbdesk.ui.screens.case.share import PasswordDialog, SharePage, open_share
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.text import Text
from tests.ui.conftest import Opened
from tests.ui.test_parts import first_case, more_of


def fill(page: SharePage, to: str = "Exampleton Police") -> None:
    told = [o.value for q in page.form_.questions if q.id == "told" for o in q.options]
    for question, value in (
        ("agency", "other"),
        ("agency_name", to),
        ("receiver", "PC Invented"),
        ("purpose", "To look into the assault."),
        ("permission", "yes"),
        ("basis", "A crime to prevent."),
        ("until", "2027-01-31"),
        ("told", told[:2]),
    ):
        page.answered(question, value)


class Chosen(SharePage):
    """Writes where it is told to, and remembers the password."""

    place: Path
    password = ""

    def ask_place(self, name: str) -> Path | None:
        assert name.endswith("for Exampleton Police.pdf")
        return self.place

    def say_password(self, place: Path, terms: object, password: str) -> None:
        self.password = password


def test_a_pack_is_made_by_its_form_and_stands_in_the_log(opened: Opened, tmp_path: Path) -> None:
    frame, case = opened.window.frame, first_case(opened)
    assert frame is not None
    page = Chosen(frame, case)
    page.place = tmp_path / "pack.pdf"
    fill(page)
    page.finish()
    with pikepdf.open(page.place, password=page.password) as pdf:
        assert len(pdf.pages) >= 1
    cards = frame.desk.read(part("sharing").cards, case, frame.desk.today)
    assert cards[0].title == "A share pack: PC Invented, Exampleton Police"


def test_it_is_found_from_agencies_the_log_and_the_list_of_adding(opened: Opened, qtbot: QtBot) -> None:
    frame, case = opened.window.frame, first_case(opened)
    assert frame is not None
    for name in ("agencies", "sharing"):
        tab = more_of(opened, case, name)
        assert any(w.accessibleName() == "Make a share pack" for w in tab.findChildren(Button))
    menu = open_menu(frame, case)
    menu.search.setText("share pack")
    menu.search.returnPressed.emit()
    qtbot.waitUntil(lambda: isinstance(frame.over, SharePage))
    frame.close_over()


def test_what_stands_in_the_way_is_said_and_a_reason_is_asked(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    frame, case = opened.window.frame, first_case(opened)
    assert frame is not None
    desk = frame.desk
    reporter = desk.read(reporter_of, case)
    assert reporter is not None
    desk.do(add_to_case, case, NewPerson(name="Mr Alun Invented"), "alleged_perpetrator")
    other = [i.person for i in desk.read(involved, case) if i.role == "alleged_perpetrator"][-1]
    desk.do(contacts.do_not_disclose, case, reporter.id, other)
    asked: list[str] = []

    def answer(reason: str) -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        def go() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, StopDialog)
            asked.append(dialog.accessibleName())
            if not reason:
                dialog.reject()
                return
            dialog.go.click()
            assert dialog.isVisible(), "a reason is asked first"
            dialog.words.setPlainText(reason)
            dialog.go.click()

        QTimer.singleShot(50, go)

    answer("")
    own_pages.export_to(frame, case, tmp_path / "out")
    assert not (tmp_path / "out").exists() and "Mr Alun Invented must not be told anything" in asked[0]
    answer("For the court")
    own_pages.export_to(frame, case, tmp_path / "out")
    assert (tmp_path / "out" / "history.json").exists()
    cards = desk.read(part("sharing").cards, case, desk.today)
    assert "because For the court" in " ".join(cards[0].lines)


def test_the_password_is_shown_large_and_read_out(opened: Opened, tmp_path: Path) -> None:
    from asbdesk.casework.sharing import Terms

    frame = opened.window.frame
    assert frame is not None
    terms = Terms("Police", "To know", "yes", "2027-01-31", person="PC Invented")
    dialog = PasswordDialog(frame, tmp_path / "pack.pdf", terms, "copper lantern ship")
    words = [w.text() for w in dialog.findChildren(Text)]
    assert "copper lantern ship" in words and any("Ring PC Invented on a number you know" in w for w in words)
    assert isinstance(dialog, QDialog)
    dialog.deleteLater()


def test_a_copied_password_is_forgotten_and_what_was_copied_since_stays(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(share, "COPIED_FOR", 20)
    clipboard = QApplication.clipboard()
    share._copy("copper lantern ship")
    assert clipboard.text() == "copper lantern ship"
    qtbot.waitUntil(lambda: clipboard.text() == "")
    share._copy("copper lantern ship")
    clipboard.setText("something else")
    qtbot.wait(60)
    assert clipboard.text() == "something else"


def test_a_form_half_filled_is_kept(opened: Opened) -> None:
    frame, case = opened.window.frame, first_case(opened)
    assert frame is not None
    page = open_share(frame, case)
    page.answered("purpose", "half")
    page.finish()
    assert frame.over is page
    frame.close_over()
    assert open_share(frame, case).values["purpose"] == "half"
    assert frame.desk.read(case_page, case, frame.desk.today).line.id == case
    frame.close_over()


@pytest.mark.parametrize("name", ["agencies", "sharing"])
def test_own_pages_belong_to_a_part(name: str) -> None:
    assert part(name).name in own_pages.OWN_PAGES


def test_a_plan_is_looked_at_again_before_it_is_printed(opened: Opened) -> None:
    """A rule that came after it was locked: the print is refused, naming who and what."""
    frame = opened.window.frame
    assert frame is not None
    desk = frame.desk
    plan, case, reader = desk.read(_sealed_plan)
    assert desk.read(in_the_way, desk.read(plan_leaving, plan, desk.member)) == ()
    other = desk.do(add_to_case, case, NewPerson(name="Mr Alun Invented"), "affected").value
    about = next(i.person for i in desk.read(involved, case) if i.role == "affected" and i.person != reader)
    desk.do(contacts.do_not_disclose, case, about, reader, what="ring")
    with pytest.raises(Refused, match="must not be told “ring” about"):
        desk.read(release_out, desk.read(plan_leaving, plan, desk.member), None, "print", "")
    assert other


def _sealed_plan(session: Session) -> tuple[str, str, str]:
    plan = session.scalars(sa.select(PlanVersion).where(PlanVersion.sealed.is_not(None)).limit(1)).one()
    return plan.id, case_of(plan), plan.person or ""
