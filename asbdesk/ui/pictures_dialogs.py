"""Pictures of the dialogs, and of taking on a list of invented cases, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QDialog, QWidget

from asbdesk.ui.door import Sheet
from asbdesk.ui.widgets.layout import column, holder
from asbdesk.ui.widgets.pdf_preview import PdfPreview

if TYPE_CHECKING:
    from asbdesk.ui.frame import Frame

Drawing = tuple[str, QWidget]
PAGE = 400
"""Milliseconds for the pages of a PDF."""
CODE = "23G9S-6SK3W-J0V4E-C4DBA-GPMER-9BHB0-3FXBA-ETKAE"
"""Opens nothing: for the picture of the recovery sheet's page."""
CHECKED = "The list said: high risk, last contact on Tuesday 3 November, loud music."
SAID = (
    ("problem", "The stick is full. What you wrote is kept here. Put in another one, and copy again."),
    ("warning", "3 folders in recordings were left out. Add each of them by itself."),
    ("done", "The contact is written down."),
    ("note", "Sam’s laptop has not been heard of since Friday."),
)
LIST = (
    "Tenant,Property,RAG,Last contact,Remarks\n"
    "Ms Ada Invented,1 Example Row,Red,3/11/2026,Loud music\n"
    "Mr Bo Invented,2 Example Row,Purple,12/11/2026,\n"
    "Mx Cy Invented,3 Example Row,,,Rubbish on the stairs\n"
)


def dialogs(frame: Frame) -> Iterator[Drawing]:
    """Every dialog, one after another."""
    for name, dialog in (*_asking(frame), *_papers(frame)):
        dialog.show()
        frame.desk.errands.wait(20)
        if dialog.findChild(PdfPreview) is not None:
            _wait(PAGE)
        yield name, dialog
        dialog.close()
        dialog.deleteLater()


def _wait(milliseconds: int) -> None:
    """Pages of a PDF are drawn beside, and nothing tells when they are."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _done(frame: Frame) -> None:
    """What is worked out beside is done, and told."""
    frame.desk.errands.wait(20)
    QCoreApplication.processEvents()


def _asking(frame: Frame) -> tuple[tuple[str, QDialog], ...]:
    from asbdesk.casework.landlord import numbers
    from asbdesk.casework.release import Refused
    from asbdesk.casework.sharing import Terms
    from asbdesk.casework.way_out import InTheWay
    from asbdesk.documents.never_on_it import Finding
    from asbdesk.ui.asking import Question
    from asbdesk.ui.keys import KeysSheet
    from asbdesk.ui.screens.case.leaving import StopDialog
    from asbdesk.ui.screens.case.share import PasswordDialog
    from asbdesk.ui.screens.new_sheet import SheetDialog
    from asbdesk.ui.screens.numbers import NumbersSheet

    why = "Mr Stroud must not learn who reported him."
    name = Finding("The letter, line 2", "Ms Begum", why, "Leave the name out.")
    home = Finding("The letter, line 5", "Flat 12", "It says where she is.", "Leave the address out.")
    never = InTheWay("The letter", "a complaint", "You are the one complained of.", "Ask your manager.", final=True)
    terms = Terms("police", "To keep her safe", "law", "2026-12-04", person="PC Imran Shah")
    printer = "A shared printer may keep what it prints, and others may pick it up. Stand by it, or use another."
    return (
        ("keys", KeysSheet(frame)),
        ("numbers", NumbersSheet(frame, frame.desk.read(numbers))),
        ("question", Question(frame, "Is the printer safe?", printer, "Print")),
        ("stop", StopDialog(frame, Refused("Mr Stroud", (name,)))),
        ("stop-several", StopDialog(frame, Refused("Mr Stroud", (name, home)))),
        ("stop-final", StopDialog(frame, Refused("Mr Stroud", (never,)))),
        ("password", PasswordDialog(frame, Path("pack for the police.pdf"), terms, "meadow-lantern-4-otter")),
        ("new-sheet", SheetDialog(frame, Sheet(CODE, b""))),
    )


def _papers(frame: Frame) -> tuple[tuple[str, QDialog], ...]:
    from asbdesk.casework.languages import Offer, languages, sample
    from asbdesk.ui.print_dialog import PrintDialog
    from asbdesk.ui.screens.case.paper import PaperDialog
    from asbdesk.ui.screens.case.plan_forms import PlanForms

    desk = frame.desk.desk
    known = languages(desk)
    pdf = sample(desk, known[0].code)
    return (
        ("plan-forms", PlanForms(frame, known, Offer())),
        ("paper", PaperDialog(frame, pdf, known[0].english)),
        ("print", PrintDialog(frame, pdf, "Plan")),
    )


def taking_on(frame: Frame) -> Iterator[Drawing]:
    """A list: its columns, and what would be made of it."""
    from asbdesk.ui.screens.case.taken_on import TakenOnPage
    from asbdesk.ui.screens.take_on import TakeOnPage

    page = TakeOnPage(frame)
    frame.open_over(page)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "cases.csv"
        file.write_text(LIST, encoding="utf-8")
        page.read(file)
        _done(frame)
        yield "take-on-columns", frame
        page.look_through()
        _done(frame)
        yield "take-on-found", frame
    frame.close_over()
    frame.open_over(TakenOnPage(frame, "", ("", CHECKED)))
    yield "take-on-check", frame
    frame.close_over()


def banners(frame: Frame) -> Iterator[Drawing]:
    """Today with each word that may stand over it; `frame` is in no window afterwards."""
    from asbdesk.ui.widgets.banner import Banner

    frame.go("today")
    size, banner = frame.size(), Banner()
    over = holder(column(banner, (frame, 1), gap=0), "root")
    over.resize(size)
    over.show()
    for kind, words in SAID:
        banner.say(kind, words, (lambda: None) if kind == "done" else None)
        yield f"banner-{kind}", over
    banner.hide()
    frame.setParent(None)
    over.close()
    over.deleteLater()
