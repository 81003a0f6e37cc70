"""Whether a copy is whole is answered in plain words, whatever is done to the file."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

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

FLIPS = 150


def test_whole_by_whom_when_and_under_which_authority(sealed: bytes, keys: Keys) -> None:
    verdict = verify(sealed, keys.authority.cert_pem)
    assert verdict.passes and verdict.known_authority is True
    assert (verdict.signer, verdict.at, verdict.authority) == ("Dami Okafor", AT, "Wharram Homes authority")
    assert verdict.words[0] == "This file is whole: nothing was changed since it was locked (sealed)."
    said = " ".join(verdict.words)
    assert "Locked (sealed) by Dami Okafor on Monday 23 November 2026 at 15:02, as the laptop's clock said." in said
    assert "It has no time stamp: when it was locked, only the laptop's clock says." in said
    assert f"Behind the lock (seal) stands: Wharram Homes authority. Its mark: {verdict.fingerprint}." in said
    assert "As far as is known here, Dami Okafor may lock papers: their certificate was not withdrawn." in said
    assert "That is the authority of this desk." in said and "What its pages show comes to the same." in said


def test_without_an_authority_the_mark_is_there_to_compare(sealed: bytes) -> None:
    verdict = verify(sealed)
    assert verdict.passes and verdict.known_authority is None and "compare the mark" in " ".join(verdict.words)


def test_another_authority_of_the_same_name_does_not_pass(sealed: bytes) -> None:
    verdict = verify(sealed, new_authority("Wharram Homes", at=AT).cert_pem)
    assert verdict.whole and not verdict.passes and verdict.known_authority is False
    assert "not the authority of this desk" in " ".join(verdict.words)


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


def _added(data: bytes, change: Callable[[Any], None]) -> bytes:
    """`data` with a revision appended after the seal, as an editor would."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _put(writer: Any, where: Any, key: str, value: Any) -> None:
    where.get_object()[key] = value
    writer.update_container(where.get_object())


def _updated(data: bytes) -> bytes:
    from pyhanko.pdf_utils import generic

    turned = generic.NumberObject(180)
    return _added(data, lambda writer: _put(writer, writer.root["/Pages"]["/Kids"][0], "/Rotate", turned))


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
        (lambda data: make(released()), "This file is not locked (sealed)."),
        (lambda data: data + b"\n% a remark", "something was added after it was locked (sealed)"),
        (_updated, "something was added after it was locked (sealed)"),
        (_rewritten, "not whole"),
        (lambda data: data.replace(b"/ByteRange [0", b"/ByteRange [1", 1), "not whole"),
    ],
)
def test_everything_else_is_a_plain_sentence(sealed: bytes, done: object, words: str) -> None:
    verdict = verify(done(sealed))  # type: ignore[operator]
    assert not verdict.whole and not verdict.passes and words in verdict.words[0]


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (_updated, "The file has 3 parts; part 3 was added after it was locked, and changes page 1."),
        (_updated, "As Dami Okafor locked it on Monday 23 November 2026 at 15:02, it still lies inside whole"),
        (lambda data: _field_renamed(data), "part 3 was added after it was locked, and changes field “Seal”."),
        (lambda data: data + b"\n% a remark", "11 signs stand behind the end of what was locked."),
        (lambda data: _page_redrawn(data), "What was drawn on page 2 is not as it was when the code on its pages was"),
    ],
)
def test_what_changed_is_told_as_far_as_it_can_be(sealed: bytes, done: object, words: str) -> None:
    verdict = verify(done(sealed))  # type: ignore[operator]
    assert not verdict.whole and words in " ".join(verdict.words[1:]), verdict.words


def _field_renamed(data: bytes) -> bytes:
    from pyhanko.pdf_utils import generic

    return _added(
        data, lambda writer: _put(writer, writer.root["/AcroForm"]["/Fields"][0], "/TU", generic.pdf_string("x"))
    )


def _page_redrawn(data: bytes) -> bytes:
    from pyhanko.pdf_utils import generic

    def redraw(writer: Any) -> None:
        page = writer.root["/Pages"]["/Kids"][1].get_object()
        fresh = writer.add_object(generic.StreamObject(stream_data=page["/Contents"].data.replace(b"Tj", b"Tj ", 1)))
        _put(writer, page, "/Contents", fresh)

    return _added(data, redraw)


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


def _elsewhere(data: bytes, count: int, seed: int) -> list[int]:
    """Places in the bytes that a seal covers."""
    room = _seal_room(data)
    return random.Random(seed).sample([n for n in range(len(data)) if n not in room], count)


def test_every_flipped_bit_in_what_was_sealed_is_noticed(
    sealed: bytes, keys: Keys, capfd: pytest.CaptureFixture[str]
) -> None:
    _none_slips_through(sealed, _elsewhere(sealed, FLIPS, 20261123), keys)
    assert capfd.readouterr() == ("", "")


@pytest.mark.long
def test_a_thousand_flipped_bits(sealed: bytes, keys: Keys) -> None:
    _none_slips_through(sealed, _elsewhere(sealed, 1000, 20261125), keys)


def _none_slips_through(data: bytes, places: list[int], keys: Keys) -> None:
    chance = random.Random(1)
    for place in places:
        assert not _flipped(data, place, chance.randrange(8), keys).whole, place


def test_every_flipped_bit_in_the_seal_itself_is_noticed(sealed: bytes, keys: Keys) -> None:
    """Also in the parts of it that no signature covers."""
    _none_slips_through(sealed, random.Random(20261124).sample(_seal_room(sealed), FLIPS), keys)


def _flipped(data: bytes, place: int, bit: int, keys: Keys) -> Verdict:
    changed = bytearray(data)
    changed[place] ^= 1 << bit
    return verify(bytes(changed), keys.authority.cert_pem)


@given(st.binary(max_size=400))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    assert not verify(b"%PDF-1.7\n" + data).whole
