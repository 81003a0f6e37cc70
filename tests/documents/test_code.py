"""The code at the foot of each page: read by a telephone, reckoned again from the file, and about nobody."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest

from asbdesk.documents import letter
from asbdesk.documents.code import Mark, digest, in_groups, kept, page_digest, read, text
from asbdesk.documents.plan import make
from asbdesk.documents.verify import verify
from tests.documents.builders import every_plan, plan, released
from tests.documents.letters import every_letter


def _pages(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [page_digest(page.Contents.read_bytes()) for page in opened.pages]


@pytest.mark.needs("pdftoppm", "zbarimg")
@pytest.mark.parametrize("large", [False, True])
def test_a_telephone_reads_it_from_every_page_as_printed(large: bool, tmp_path: Path) -> None:
    data = make(released(), layout="large" if large else "standard")
    (tmp_path / "plan.pdf").write_bytes(data)
    subprocess.run(["pdftoppm", "-r", "150", "-gray", tmp_path / "plan.pdf", tmp_path / "p"], check=True)
    said = f"ASB-2026-A0412 V1 {digest(_pages(data))}"
    for picture in sorted(tmp_path.glob("*.pgm")):
        done = subprocess.run(["zbarimg", "-q", "--raw", picture], capture_output=True, text=True, check=False)
        assert done.stdout.split("\n")[0].strip() == said, picture.name


def test_it_is_reckoned_from_the_finished_file_whatever_stands_in_it(sealed: bytes) -> None:
    for name, paper in every_plan().items():
        data = make(released(paper))
        with pikepdf.open(io.BytesIO(data)) as opened:
            assert kept(_pages(data)).encode() in opened.Root.Metadata.read_bytes(), name
    assert verify(sealed).code == digest(_pages(sealed))


def test_one_word_changes_it_and_the_seal_does_not(sealed: bytes) -> None:
    assert _pages(sealed) == _pages(make(released()))
    other = make(released(plan(told_us=("The banging goes on until after 3 in the morning.",))))
    assert digest(_pages(other)) != digest(_pages(sealed))


def test_the_mark_is_on_every_page_of_what_will_be_sealed_and_on_no_draft() -> None:
    def feet(pdf: bytes) -> list[bool]:
        done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
        lines = [page.rstrip().rsplit("\n", 1)[-1] for page in done.stdout.decode().split("\f")[:-1]]
        return ["Our mark: 7F3A 91C2 55D0 8E4B A6F1 20C9 3D77 B812" in line for line in lines]

    assert feet(make(released())) == [True, True]
    assert all(feet(letter.make(every_letter()["long"])))
    assert not any(feet(make(released(), draft=True)))
    assert not any(feet(make(released(), layout="large", to_read=True)))


def test_it_names_nobody_and_the_files_description_names_no_case() -> None:
    assert text(Mark("ASB-2026-A0412", "V2", ""), ["AB" * 32]).startswith("ASB-2026-A0412 V2 ")
    assert len(text(Mark("ASB-2026-A0412", "V2", ""), ["AB" * 32])) < 61, "more would make the dots smaller"
    assert "ASB" not in kept(["AB" * 32])


@pytest.mark.parametrize("said", ["", "ASB", "urn:isbn:123", "0" * 32, "g" * 32 + " PAGES"])
def test_what_is_no_code_of_ours_is_none(said: str) -> None:
    assert read(said) is None


def test_it_comes_back_as_it_was_kept() -> None:
    pages = ["AB" * 32, "CD" * 32]
    found = read(kept(pages))
    assert found is not None and (found.digest, found.pages) == (digest(pages), ("ABABABAB", "CDCDCDCD"))
    assert read(kept(["AB" * 32] * 500)).pages == ()  # type: ignore[union-attr]
    assert in_groups("ABCDEF01") == "ABCD EF01"
