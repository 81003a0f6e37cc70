"""Every document keeps PDF/UA-1 and PDF/A-2a, is sound, embeds its fonts, and draws nothing outside its margins."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from asbdesk.documents.paper import LAYOUTS
from asbdesk.documents.seal import seal
from tests.documents import vera
from tests.documents.builders import AT
from tests.documents.conftest import Keys
from tests.documents.own_language import LANGUAGES, in_two

DOTS = 50
MARGIN, TOP, FOOT, RULE = 46, 42, 60, 48
"""As in `documents.pages`, in points, written down again: these are what was promised."""


BEFORE_SEALING = ("plan-usual", "plan-ur-large", "letter-closing", "letter-long")
"""Judged before they are sealed too in the usual run: sealing leaves every byte of a paper as it is."""


@pytest.mark.needs("java")
def test_verapdf_passes_every_document(every_document: list[Path], long: bool) -> None:
    """Each as it leaves the desk; with --long each as it was before its seal, and before its second one, too."""
    later = {path.stem for path in every_document}
    files = [path for path in every_document if long or path.stem in BEFORE_SEALING or not _followed(path.stem, later)]
    assert vera.faults(files, "ua1", "2a") == []


def _followed(stem: str, every: set[str]) -> bool:
    """Is there the same paper with one thing more put on it?"""
    first = stem.removesuffix("-sealed").removesuffix("-twice")
    after = {stem: f"{stem}-sealed", f"{first}-sealed": f"{first}-twice", f"{first}-twice": f"{first}-raised"}
    return after[stem] in every


@pytest.mark.long
@pytest.mark.needs("java", "pdftoppm")
def test_every_layout_in_every_language_unsigned_and_sealed(keys: Keys, tmp_path: Path) -> None:
    files = []
    for language in LANGUAGES:
        for layout in LAYOUTS:
            made = in_two(language, layout)
            sealed = seal(made, keys.officer, keys.authority.cert_pem, reason="x", at=AT)
            for name, data in ((f"{language}-{layout}", made), (f"{language}-{layout}-sealed", sealed)):
                files.append(tmp_path / f"{name}.pdf")
                files[-1].write_bytes(data)
    assert vera.faults(files, "ua1", "2a") == []
    assert stray_ink(files, tmp_path) == []


@pytest.mark.needs("qpdf")
def test_qpdf_finds_nothing_wrong(every_document: list[Path]) -> None:
    for path in every_document:
        done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), path.name


@pytest.mark.needs("pdffonts")
def test_every_font_is_embedded_as_a_subset(every_document: list[Path]) -> None:
    for path in every_document:
        fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
        assert fonts and all("+Noto" in line and " yes yes yes " in line for line in fonts), (path.name, fonts)


@pytest.mark.needs("pdftoppm")
def test_no_ink_outside_the_margins_nor_on_the_foot(every_document: list[Path], tmp_path: Path) -> None:
    assert stray_ink(every_document, tmp_path) == []
    assert len([*tmp_path.glob("*.pgm")]) > len(every_document)


def stray_ink(files: list[Path], folder: Path) -> list[tuple[str, str]]:
    """Pages with ink where none belongs, and where that is. Their pictures stay in `folder`."""
    for path in files:
        subprocess.run(["pdftoppm", "-r", str(DOTS), "-gray", path, folder / path.stem], check=True)
    found = []
    for picture in sorted(folder.glob("*.pgm")):
        with Image.open(picture) as page:
            if (stray := _stray(page)) is not None:
                found.append((picture.name, stray))
    return found


def _stray(page: Image.Image) -> str | None:
    scale, (wide, high) = DOTS / 72, page.size
    edges = {
        "left": (0, 0, int((MARGIN - 2) * scale), high),
        "right": (int((596 - MARGIN + 3) * scale) + 1, 0, wide, high),
        "top": (0, 0, wide, int(10 * scale)),
        "above the foot": (0, high - int((FOOT - 2) * scale) + 1, wide, high - int((RULE + 3) * scale)),
        "bottom": (0, high - int(14 * scale), wide, high),
    }
    for name, box in edges.items():
        if ImageChops.invert(page.crop(box).convert("L")).getbbox():
            return name
    return None
