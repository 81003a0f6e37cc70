"""The copy in the resident's hand: shown and printed with the ink, saved as sealed, given in a safe way."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from asbdesk.casework.desk import Desk
from asbdesk.documents.preview import flattened
from asbdesk.documents.verify import verify
from asbdesk.errors import UserError
from asbdesk.model import Case, PlanVersion
from asbdesk.store.work import Work, action
from asbdesk.ui import printing
from asbdesk.ui.screens.visit.copy_panel import CopyPanel
from asbdesk.ui.screens.visit.screen import VisitScreen
from asbdesk.ui.widgets import pdf_preview
from tests.ui.visit import living


def panel_of(screen: VisitScreen) -> CopyPanel:
    found = screen.page.leading()
    assert isinstance(found, CopyPanel)
    return found


def ink_pixels(image: QImage) -> int:
    """Pixels in the colour of the drawn ink, a dark blue that the printed words do not have."""
    converted = image.convertToFormat(QImage.Format.Format_RGB888)  # kept: its bits go with it
    raw = bytes(converted.constBits())
    pixels = zip(raw[0::3], raw[1::3], raw[2::3], strict=False)
    return sum(abs(red - 16) < 14 and abs(green - 36) < 14 and abs(blue - 58) < 14 for red, green, blue in pixels)


def pictures(data: bytes) -> list[QImage]:
    document, _buffer = pdf_preview.open_pdf(data)
    return [document.render(page, QSize(480, 680)) for page in range(document.pageCount())]


def test_the_preview_shows_the_ink(signed: VisitScreen) -> None:
    panel = panel_of(signed)
    assert panel.preview.pages >= 1
    assert sum(ink_pixels(image) for image in pictures(panel._flat)) > 40
    assert "Your plan" in panel.preview.view.accessibleDescription()


def test_printed_to_pdf_the_ink_is_there(signed: VisitScreen, tmp_path: Path) -> None:
    assert signed.path.sealed is not None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    pages = printing.draw_pages(flattened(signed.path.sealed.pdf), printer)
    printed = (tmp_path / "printed.pdf").read_bytes()
    images = pictures(printed)
    assert len(images) == pages
    assert sum(ink_pixels(image) for image in images) > 40


def test_what_is_saved_is_the_sealed_file_itself(signed: VisitScreen, desk: Desk, tmp_path: Path) -> None:
    panel_of(signed).save_to(tmp_path / "plan.pdf")
    assert signed.path.sealed is not None
    saved = (tmp_path / "plan.pdf").read_bytes()
    assert saved == signed.path.sealed.pdf
    assert verify(saved, desk.store.paths.authority.read_bytes()).whole
    assert "not locked away" in signed.banner.words()


@action("case.moved_to_welfare")
def _to_welfare(work: Work, case: str) -> None:
    work.get(Case, case).stream = "domestic_abuse"


def test_in_a_welfare_case_no_file_leaves_before_a_safe_way_is_recorded(
    signed: VisitScreen, desk: Desk, tmp_path: Path
) -> None:
    desk.do(_to_welfare, signed.path.case)
    panel_of(signed).save_to(tmp_path / "plan.pdf")
    assert not (tmp_path / "plan.pdf").exists() and "until a safe way is recorded" in signed.banner.words()
    signed.path.set_safe_way("Ring at work")
    panel_of(signed).save_to(tmp_path / "plan.pdf")
    assert (tmp_path / "plan.pdf").exists()


def test_a_place_that_cannot_be_written_is_said(signed: VisitScreen, tmp_path: Path) -> None:
    panel_of(signed).save_to(tmp_path / "no such folder" / "plan.pdf")
    assert "could not save the copy" in signed.banner.words()


@pytest.mark.parametrize("form", ["large", "pocket_card"])
def test_large_print_and_the_pocket_card(qtbot: QtBot, signed: VisitScreen, form: str) -> None:
    panel = panel_of(signed)
    panel.form.choose(form)
    living.wait(signed, qtbot)
    assert panel._shown.startswith(b"%PDF")
    assert signed.path.sealed is not None
    assert panel._shown != signed.path.sealed.pdf


def test_how_they_got_it_is_written_down(signed: VisitScreen, desk: Desk) -> None:
    panel = panel_of(signed)
    panel._give()
    assert "choose how they get their copy" in signed.banner.words()
    panel.way.choose("kept")
    panel.note.setText("At the office, after two")
    panel._give()
    how = desk.read(lambda s: s.query(PlanVersion).one().copy_how)
    assert how
    assert "kept for you" in panel.given.text()


def test_no_plan_no_copy_and_still_a_way_out(qtbot: QtBot, screen: VisitScreen) -> None:
    living.go_in(screen)
    screen.go("out")
    qtbot.waitUntil(lambda: "There is no plan to give yet" in living.words_on(screen))
    screen.onward()
    assert screen.visit.mine
    with qtbot.waitSignal(screen.ended):
        screen.onward()


def test_a_file_that_is_no_pdf_is_a_sentence() -> None:
    with pytest.raises(UserError, match="cannot be shown"):
        pdf_preview.open_pdf(b"no PDF at all")


def test_no_queue_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(UserError, match="no print queue"):
        printing.send_to_queue(b"%PDF", printing.Wishes("none"))
