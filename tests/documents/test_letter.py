"""A letter on paper: what shows in an envelope's window, its order for a screen reader, and nothing that tells."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pikepdf
import pytest

from asbdesk.documents import give_along
from asbdesk.documents.letter import make
from asbdesk.documents.preview import flattened
from asbdesk.documents.seal import seal
from asbdesk.documents.verify import verify
from asbdesk.letters.load import library
from tests.documents.builders import AT
from tests.documents.conftest import Keys
from tests.documents.letters import every_letter, given, letter
from tests.documents.test_plan import pages_of, text_of

GOLDEN = Path(__file__).with_name("golden")
LETTERS = every_letter()
pytestmark = pytest.mark.needs("pdftotext", "pdfinfo")


@pytest.mark.parametrize("id", sorted(library()))
def test_the_whole_letter_comes_out_in_its_order(id: str) -> None:
    text = text_of(make(LETTERS[id]))
    wanted = [part.plain.replace("\n", " ") for part in LETTERS[id].what.text.parts]
    places = [text.find(re.sub(r"\s+", " ", each)) for each in wanted]
    assert -1 not in places and places == sorted(places)


def test_nothing_but_name_and_address_stands_in_the_window() -> None:
    """A DL window: 20 to 110 mm from the left, 45 to 85 mm from the top, on a sheet folded in three."""
    area = [str(round(mm / 25.4 * 72)) for mm in (12, 42, 120, 52)]
    flags = [piece for pair in zip(("-x", "-y", "-W", "-H"), area, strict=True) for piece in pair]
    for id, each in LETTERS.items():
        done = subprocess.run(
            ["pdftotext", "-l", "1", *flags, "-", "-"], input=make(each), capture_output=True, check=True
        )
        assert done.stdout.decode().split("\f")[0].split("\n")[: len(each.what.address)] == list(each.what.address), id
        assert len([line for line in done.stdout.decode().split() if line.strip("\f")]) == sum(
            len(line.split()) for line in each.what.address
        ), id


def test_a_usual_letter_takes_one_page() -> None:
    for id in ("acknowledgement", "appointment", "other_person", "warning", "apology", "update", "plan_cover"):
        assert pages_of(make(LETTERS[id])) == 1, id


def test_the_end_does_not_stand_alone() -> None:
    for id in LETTERS:
        with pikepdf.open(io.BytesIO(make(LETTERS[id]))) as pdf:
            if len(pdf.pages) == 1:
                continue
            out = io.BytesIO()
            del pdf.pages[: len(pdf.pages) - 1]
            pdf.save(out)
        assert len(text_of(out.getvalue()).split()) > 25, id


@pytest.mark.parametrize("name", ["closing", "other_person"])
def test_the_structure_is_that_of_the_golden_file(name: str) -> None:
    done = subprocess.run(["pdfinfo", "-struct-text", "-"], input=make(LETTERS[name]), capture_output=True, check=True)
    golden = GOLDEN / f"letter-{name}-struct-text.txt"
    assert done.stdout.decode() == golden.read_text(encoding="utf-8")


def test_the_files_own_description_tells_nothing() -> None:
    for id, each in LETTERS.items():
        with pikepdf.open(io.BytesIO(make(each))) as pdf:
            said = pdf.Root.Metadata.read_bytes() + b" ".join(bytes(value) for value in pdf.docinfo.values())
        assert b"asb" not in said.lower() and b"Begum" not in said and b"complaint" not in said.lower(), id


def test_nothing_of_the_other_household_in_a_letter_to_the_other_person() -> None:
    for id in ("other_person", "warning"):
        text = text_of(make(LETTERS[id]))
        assert not re.search(r"asb|begum|report|complain|neighbours", text, re.I)


def test_a_sealed_letter_is_whole_and_looks_as_it_did(keys: Keys) -> None:
    plain = make(LETTERS["update"])
    data = seal(plain, keys.officer, keys.authority.cert_pem, reason="Letter", at=AT)
    assert verify(data, keys.authority.cert_pem).whole
    assert text_of(flattened(data)) == text_of(plain)
    assert not verify(data.replace(b"Wharram", b"Wharran", 1), keys.authority.cert_pem).whole


def test_what_is_shown_before_it_is_sent_breaks_its_pages_alike() -> None:
    for id, each in LETTERS.items():
        shown, sent = make(each, not_sent=True), make(each)
        assert pages_of(shown) == pages_of(sent), id
        assert "Not sent yet" in text_of(shown) and "This copy is locked" not in text_of(shown)


def test_a_letter_that_is_handed_over_has_no_address() -> None:
    from dataclasses import replace

    each = letter(library()["update"])
    assert "Harrow Court" not in text_of(make(replace(each, what=replace(each.what, address=()))))


# ---- to give along
def test_the_diary_sheet_is_one_page_with_a_worked_example_and_room() -> None:
    data = give_along.diary_sheet(given())
    text = text_of(data)
    assert pages_of(data) == 1 and "Loud music with a deep beat" in text and "You do not have to get proof." in text


def test_the_contact_card_says_nothing_of_what_it_is_about() -> None:
    data = give_along.contact_card(given())
    text = text_of(data)
    assert "Ring Dami Okafor on 0113 496 0127." in text and "In danger: 999." in text
    assert not re.search(r"asb|wharram|behaviour|report|case", text, re.I)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert b"asb" not in (pdf.Root.Metadata.read_bytes() + b"".join(bytes(v) for v in pdf.docinfo.values())).lower()


def test_what_happens_next_is_one_page() -> None:
    data = give_along.what_next(given())
    assert pages_of(data) == 1 and "Ring 0113 496 0160." in text_of(data)
