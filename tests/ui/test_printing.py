"""Which pages, how many, and where: asked in words; nothing is printed, and nothing written down, by mistake."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from asbdesk.errors import UserError
from asbdesk.ui import printing
from asbdesk.ui.print_dialog import NO_PRINTER, PrintDialog, Printed, chosen_pages


def paper(pages: int = 1) -> bytes:
    """A PDF whose pages say which they are."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    for page in range(1, pages + 1):
        canvas.drawString(100, 700, f"This is page {page}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    ("words", "of", "pages"),
    [
        ("", 3, (1, 2, 3)),
        ("2", 3, (2,)),
        ("1-2, 4", 4, (1, 2, 4)),
        ("3, 1 to 2,", 3, (1, 2, 3)),
        (" 2 – 3 ; 2", 3, (2, 3)),
    ],
)
def test_pages_as_people_write_them(words: str, of: int, pages: tuple[int, ...]) -> None:
    assert chosen_pages(words, of) == pages


@pytest.mark.parametrize("words", ["0", "4", "2-1", "one", "1-", "-1", "1,,2", "99999", "1 2", "²"])
def test_pages_that_are_not_there_are_said(words: str) -> None:
    with pytest.raises(UserError, match="pages 1 to 3"):
        chosen_pages(words, 3)


@pytest.mark.parametrize(
    ("printed", "words"), [(Printed(1, 1), "1 page"), (Printed(2, 1), "2 pages"), (Printed(2, 3), "2 pages, 3 copies")]
)
def test_what_was_printed_in_words(printed: Printed, words: str) -> None:
    assert printed.words == words


@pytest.fixture
def dialog(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrintDialog]:
    """Where the print service does not answer."""
    monkeypatch.setenv("CUPS_SERVER", "/nowhere")
    parent = QWidget()
    qtbot.addWidget(parent)
    yield PrintDialog(parent, paper(pages=3), "Paper")


def test_without_a_printer_it_says_what_to_do(dialog: PrintDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.state.text() == NO_PRINTER, timeout=20_000)
    assert not dialog.go.isEnabled() and dialog.printed is None


def test_the_preview_is_what_comes_out(dialog: PrintDialog, qtbot: QtBot) -> None:
    assert dialog.view.pages == 3 and dialog.count.text() == "3 pages, just as you see them here."
    qtbot.keyClicks(dialog.pages, "1, 3")
    assert dialog.view.pages == 2 and dialog.count.text() == "2 pages, just as you see them here."
    assert "page 2" not in dialog.view.view.accessibleDescription()
    qtbot.keyClicks(dialog.pages, "0")
    assert dialog.view.pages == 2 and "pages 1 to 3" in dialog.asked[1].problem.text()


@pytest.mark.parametrize("copies", ["0", "x", "", "²"])
def test_a_number_of_copies_that_is_none(dialog: PrintDialog, copies: str) -> None:
    dialog.copies.setText(copies)
    dialog.print_now()
    assert dialog.printed is None and dialog.asked[2].problem.text() == "Write a number from 1 to 99."


@pytest.mark.needs("lp")
def test_a_printer_that_is_off_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", "/nowhere")
    with pytest.raises(UserError, match=r"Save the paper|save the paper"):
        printing.send_to_queue(paper(), printing.Wishes("desk"))
