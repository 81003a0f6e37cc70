"""The pocket card says nothing that tells; the recovery sheet holds the code, and nobody who need not be on it."""

from __future__ import annotations

import io

import pikepdf
import pytest

from asbdesk.documents import pocket_card, recovery_sheet
from tests.documents.builders import CODE, plan, released
from tests.documents.test_plan import pages_of, text_of

pytestmark = pytest.mark.needs("pdftotext")


def test_the_card_says_whom_to_ring_and_when_we_speak_and_no_more() -> None:
    text = text_of(pocket_card.make(released())).strip()
    said = "Ring 0113 496 0127. Ask for Dami Okafor. Case 2026-A0412. "
    assert text == said + "We will speak on Friday 27 November, 10:00. In danger: 999."


def test_the_card_without_a_day_to_speak() -> None:
    assert "We will speak" not in text_of(pocket_card.make(released(plan(speak=None))))


def test_not_even_the_files_description_says_what_the_card_is_about() -> None:
    data = pocket_card.make(released())
    with pikepdf.open(io.BytesIO(data)) as pdf:
        said = pdf.Root.Metadata.read_bytes() + b" ".join(bytes(value) for value in pdf.docinfo.values())
    assert b"asb" not in said.lower() and b"Wharram" not in said and b"Begum" not in said


def test_the_recovery_sheet_is_one_page_with_the_code_in_groups() -> None:
    data = recovery_sheet.make(
        "Wharram Homes", "Dami Okafor", CODE, "2026-11-21", store="019a-77-c4d1", holder="R. Hughes"
    )
    text = text_of(data)
    assert pages_of(data) == 1 and " ".join(CODE.split("-")) in text
    assert "Store c4d1." in text and "Give one copy to R. Hughes." in text
    assert "Saturday 21 November 2026" in text


def test_the_recovery_sheet_where_nobody_keeps_the_envelope_yet() -> None:
    text = text_of(recovery_sheet.make("Wharram Homes", "Dami Okafor", CODE, "2026-11-21"))
    assert "someone you trust at work" in text and "Store" not in text
