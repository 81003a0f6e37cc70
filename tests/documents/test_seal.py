"""The seal: valid for other programs too, made at the time it was told, in the one place kept for it."""

from __future__ import annotations

import io
import os
import subprocess
from pathlib import Path

import pikepdf
import pytest

from asbdesk.documents.authority import Identity, certificate, common_name, fingerprint, issue, new_authority
from asbdesk.documents.plan import make
from asbdesk.documents.preview import flattened
from asbdesk.documents.seal import seal
from asbdesk.errors import UserError
from tests.documents.builders import AT, released
from tests.documents.conftest import Keys


@pytest.mark.needs("pdfsig", "certutil")
def test_pdfsig_says_valid_and_trusts_the_authority(sealed: bytes, keys: Keys, tmp_path: Path) -> None:
    store, plan, authority = tmp_path / "nss", tmp_path / "plan.pdf", tmp_path / "authority.pem"
    store.mkdir()
    plan.write_bytes(sealed)
    authority.write_bytes(keys.authority.cert_pem)
    for command in (["-N", "--empty-password"], ["-A", "-n", "authority", "-t", "CT,C,C", "-i", str(authority)]):
        subprocess.run(["certutil", *command, "-d", f"sql:{store}"], check=True, capture_output=True)
    done = subprocess.run(
        ["pdfsig", "-nssdir", f"sql:{store}", plan],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TZ": "Europe/London"},
    )
    assert "Signature is Valid." in done.stdout and "Certificate is Trusted." in done.stdout, done.stdout + done.stderr
    assert "Total document signed" in done.stdout and "Signing Time: Nov 23 2026 15:02:00" in done.stdout


def test_sealing_only_adds(sealed: bytes) -> None:
    assert sealed.startswith(make(released()))


def test_only_seals_and_stamps_may_follow(sealed: bytes) -> None:
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        reference = pdf.Root.Perms.DocMDP.Reference[0]
        assert (reference.TransformMethod, reference.TransformParams.P) == ("/DocMDP", 2)


def test_the_copy_for_the_screen_shows_the_padlock_and_the_ink(sealed: bytes) -> None:
    copy = flattened(sealed)
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert not any("/Annots" in page and len(page.Annots) for page in pdf.pages)
        drawn = [page for page in pdf.pages if "/XObject" in page.Resources]
        assert drawn, "the padlock is part of the page now"
    assert len(copy) > 10_000


def test_flattening_what_is_no_pdf_is_said_in_words() -> None:
    with pytest.raises(UserError, match="damaged, or is not a PDF"):
        flattened(b"%PDF-1.4 nonsense")


@pytest.mark.parametrize("what", ["draft", "sealed", "broken"])
def test_what_cannot_be_sealed_is_said_in_words(what: str, sealed: bytes, keys: Keys) -> None:
    data = {"draft": make(released(), draft=True), "sealed": sealed, "broken": b"%PDF-1.7 and no more"}[what]
    with pytest.raises(UserError, match="no place for a seal, or has one already"):
        seal(data, keys.officer, keys.authority.cert_pem, reason="x", at=AT)


def test_certificates_say_who_and_for_how_long(keys: Keys) -> None:
    authority, officer = certificate(keys.authority.cert_pem), certificate(keys.officer.cert_pem)
    assert common_name(keys.authority.cert_pem) == "Wharram Homes authority"
    assert common_name(keys.officer.cert_pem) == "Dami Okafor"
    assert (authority.not_valid_after_utc.year, officer.not_valid_after_utc.year) == (2046, 2031)
    officer.verify_directly_issued_by(authority)
    assert len(fingerprint(keys.authority.cert_pem).split()) == 8
    assert len(keys.officer.key_pem) < 300


@pytest.mark.parametrize("name", ["", "x" * 300, "Éamonn Ó Súilleabháin", "  two\nlines  ", "ঢাকা"])
def test_any_name_makes_a_certificate(name: str) -> None:
    authority = new_authority(name, at=AT)
    certificate(issue(authority, name, name, at=AT).cert_pem).verify_directly_issued_by(certificate(authority.cert_pem))


def test_a_key_is_never_in_what_prints(keys: Keys) -> None:
    assert "PRIVATE" not in repr(keys.officer) and "PRIVATE" not in str(keys)


def test_what_is_no_authority_is_said_in_words() -> None:
    with pytest.raises(UserError, match=r"authority\.pem"):
        fingerprint(b"hello")
    with pytest.raises(UserError, match="not of a kind"):
        issue(Identity(b"", _rsa()), "A", "B", at=AT)


def _rsa() -> bytes:
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(65537, 2048)
    return key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
