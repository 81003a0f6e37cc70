"""The demo's plan in Urdu and English, large, sealed twice and time-stamped, before every judge."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from asbdesk.documents.verify import verify
from tests.documents import vera
from tests.documents.test_layouts import lines_of, words_in
from tests.documents.time_authority import time_authority
from tests.test_cli import asbdesk


@pytest.mark.long
@pytest.mark.needs("java", "qpdf", "openssl", "pdftotext", "pdfsig")
def test_in_urdu_and_english_large_sealed_twice_and_time_stamped(tmp_path: Path) -> None:
    with time_authority(tmp_path) as authority:
        form = ("--layout", "large", "--language", "ur", "--time-authority", authority.address)
        done = asbdesk("demo", "--out", tmp_path / "out", "--no-window", "--no-pictures", *form)
    assert done.returncode == 0, done.stderr
    plan = tmp_path / "out" / "plan.pdf"
    assert vera.faults([plan], "ua1", "2a") == []
    assert subprocess.run(["qpdf", "--check", plan], capture_output=True, check=False).returncode == 0
    said = subprocess.run(["pdfsig", "-nocert", plan], capture_output=True, text=True, check=False).stdout
    assert said.count("Signature is Valid") == 2 and "Total document signed" in said
    verdict = verify(plan.read_bytes(), (tmp_path / "out" / "authority.pem").read_bytes())
    assert verdict.whole and any("Time stamp of" in words for words in verdict.words)
    text = lines_of(plan.read_bytes())
    assert words_in("مجھے سیڑھیوں پر مارا گیا") <= words_in(text) and "I was hit on the stairs." in text
