"""Whether a copy is whole is answered in plain words, whatever is done to the file."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asbdesk.documents import verify as checking
from asbdesk.documents.authority import issue, new_authority
from asbdesk.documents.plan import make
from asbdesk.documents.seal import seal
from asbdesk.documents.verify import Verdict, verify, verify_file
from asbdesk.errors import UserError
from tests.documents.builders import AT, released
from tests.documents.conftest import Keys

FLIPS = 300


def test_whole_by_whom_when_and_under_which_authority(sealed: bytes, keys: Keys) -> None:
    verdict = verify(sealed, keys.authority.cert_pem)
    assert verdict.passes and verdict.known_authority is True
    assert (verdict.signer, verdict.at, verdict.authority) == ("Dami Okafor", AT, "Wharram Homes authority")
    assert verdict.words[0] == "This file is whole: nothing was changed since it was sealed."
    assert "Dami Okafor on Monday 23 November 2026 at 15:02" in verdict.words[1]
    assert verdict.fingerprint in verdict.words[2]


def test_without_an_authority_the_mark_is_there_to_compare(sealed: bytes) -> None:
    verdict = verify(sealed)
    assert verdict.passes and verdict.known_authority is None and "compare the mark" in verdict.words[3]


def test_another_authority_of_the_same_name_does_not_pass(sealed: bytes) -> None:
    verdict = verify(sealed, new_authority("Wharram Homes", at=AT).cert_pem)
    assert verdict.whole and not verdict.passes and verdict.known_authority is False
    assert "not the authority of this desk" in verdict.words[3]


def test_a_seal_under_an_authority_that_did_not_issue_it(keys: Keys) -> None:
    stranger = new_authority("Wharram Homes", at=AT)
    forged = issue(stranger, "Dami Okafor", "Wharram Homes", at=AT)
    data = seal(make(released()), forged, keys.authority.cert_pem, reason="x", at=AT)
    for authority in (None, keys.authority.cert_pem):
        verdict = verify(data, authority)
        assert not verdict.whole and "did not issue it" in verdict.words[0]


def test_a_seal_from_before_its_certificate(keys: Keys) -> None:
    data = seal(make(released()), keys.officer, keys.authority.cert_pem, reason="x", at="2016-01-01T09:00:00.000Z")
    assert "not for that day" in verify(data).words[0]


def _updated(data: bytes) -> bytes:
    """`data` with a revision appended after the seal, as an editor would."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Rotate"] = generic.NumberObject(180)
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _rewritten(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (lambda data: b"", "This file is empty."),
        (lambda data: b"Dear Ms Begum", "This file is not a PDF."),
        (lambda data: b"\x89PNG\r\n" * 1000, "This file is not a PDF."),
        (lambda data: b"%PDF-1.7\n" + b"\x00" * 5000, "its end is missing"),
        (lambda data: data[:-300], "its end is missing"),
        (lambda data: data[: len(data) // 2], "its end is missing"),
        (lambda data: make(released()), "This file is not sealed."),
        (lambda data: data + b"\n% a remark", "something was added after it was sealed"),
        (_updated, "something was added after it was sealed"),
        (_rewritten, "not whole"),
        (lambda data: data.replace(b"/ByteRange [0", b"/ByteRange [1", 1), "not whole"),
    ],
)
def test_everything_else_is_a_plain_sentence(sealed: bytes, done: object, words: str) -> None:
    verdict = verify(done(sealed))  # type: ignore[operator]
    assert not verdict.whole and not verdict.passes and words in verdict.words[0]


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.truncate(checking.LARGEST + 1)
    assert "far too large" in verify_file(path).words[0]


def test_a_file_that_cannot_be_opened_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be opened"):
        verify_file(tmp_path / "nothing.pdf")
    with pytest.raises(UserError, match="does not hold an authority"):
        verify(b"%PDF-", b"not an authority")


def test_a_file_on_disk(sealed: bytes, tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(sealed)
    assert verify_file(tmp_path / "plan.pdf").passes


def _seal_room(sealed: bytes) -> range:
    start = sealed.index(b"<", sealed.rindex(b"/Contents <"))
    return range(start, sealed.index(b">", start) + 1)


def test_every_flipped_bit_in_what_was_sealed_is_noticed(
    sealed: bytes, keys: Keys, capfd: pytest.CaptureFixture[str]
) -> None:
    room, chance = _seal_room(sealed), random.Random(20261123)
    outside = [n for n in range(len(sealed)) if n not in room]
    for place in chance.sample(outside, FLIPS):
        assert not _flipped(sealed, place, chance.randrange(8), keys).whole, place
    assert capfd.readouterr() == ("", "")


def test_every_flipped_bit_in_the_seal_itself_is_noticed(sealed: bytes, keys: Keys) -> None:
    """Also in the parts of it that no signature covers."""
    chance = random.Random(20261124)
    for place in chance.sample(_seal_room(sealed), FLIPS):
        assert not _flipped(sealed, place, chance.randrange(8), keys).whole, place


def _flipped(data: bytes, place: int, bit: int, keys: Keys) -> Verdict:
    changed = bytearray(data)
    changed[place] ^= 1 << bit
    return verify(bytes(changed), keys.authority.cert_pem)


@given(st.binary(max_size=400))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    assert not verify(b"%PDF-1.7\n" + data).whole


def test_a_later_time_stamp_leaves_the_seal_whole(sealed: bytes, keys: Keys) -> None:
    """Raising the seal to B-T with a connection, here by pyHanko's own stand-in for a time-stamp service."""
    from asn1crypto import keys as forms
    from asn1crypto import x509
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric import rsa
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfTimeStamper
    from pyhanko.sign.timestamps import DummyTimeStamper

    key = rsa.generate_private_key(65537, 2048)
    der = key.private_bytes(form.Encoding.DER, form.PrivateFormat.PKCS8, form.NoEncryption())
    service = DummyTimeStamper(x509.Certificate.load(_stamp_certificate(key)), forms.PrivateKeyInfo.load(der))
    out = PdfTimeStamper(service).timestamp_pdf(IncrementalPdfFileWriter(io.BytesIO(sealed)), "sha256")
    stamped = out.getvalue()
    assert stamped.startswith(sealed)
    assert verify(stamped, keys.authority.cert_pem).passes
    assert not verify(stamped + b"x", keys.authority.cert_pem).whole


def _stamp_certificate(key: object) -> bytes:
    import datetime as dt

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Time")])
    begins = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 7)  # type: ignore[attr-defined]
        .not_valid_before(begins)
        .not_valid_after(begins + dt.timedelta(days=9000))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())  # type: ignore[arg-type]
    )
    return made.public_bytes(Encoding.DER)
