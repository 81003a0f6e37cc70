"""A file's objects read as pyHanko reads them: whatever is written in another way than the plainest is left to it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader

from asbdesk.documents.authority import issue
from asbdesk.documents.reading import reading
from asbdesk.documents.seal import SECOND, seal
from tests.documents.builders import AT
from tests.documents.conftest import Keys
from tests.documents.own_language import in_two

ODD = (
    b"<< /A (a\\(b\\) \\101\\\\) /B <feff00e9> /C <0> /D [1 -2 +3 .5 -0.25 true null 4 0 R] /E#20F /G >>",
    b"<< /A (broken\\\nover two lines (and nested)) /B 1 % a remark\n /C <</D<</E[[]]>>>> >>",
    b"<< /A 1 /A 2 >>",
    b"[ 1 0 R2 ]",
    b"4 0 R",
    b"<< /A (open >>",
    b"[" * 60 + b"]" * 60,
)


def _same(ours: Any, theirs: Any) -> None:
    assert type(ours) is type(theirs)
    if isinstance(theirs, dict):
        assert list(ours) == list(theirs)
        for key in theirs:
            _same(ours.raw_get(key), theirs.raw_get(key))
        assert getattr(ours, "encoded_data", None) == getattr(theirs, "encoded_data", None)
    elif isinstance(theirs, list):
        for mine, other in zip(ours.iterate(), theirs.iterate(), strict=True):
            _same(mine, other)
    elif isinstance(theirs, generic.IndirectObject):
        assert (ours.idnum, ours.generation) == (theirs.idnum, theirs.generation)
    elif not isinstance(theirs, generic.NullObject):
        assert ours == theirs and getattr(ours, "autodetected_encoding", 0) == getattr(
            theirs, "autodetected_encoding", 0
        )


def test_every_object_of_every_part_of_a_sealed_file_reads_as_pyhanko_reads_it(keys: Keys) -> None:
    once = seal(in_two("ur"), keys.officer, keys.authority.cert_pem, reason="As (agreed) \\ é", at=AT)
    second = issue(keys.authority, "Rosalind Hughes", "Wharram Homes", at=AT)
    data = seal(once, second, keys.authority.cert_pem, reason="Read", at=AT, field=SECOND)
    ours, theirs = reading(data), PdfFileReader(io.BytesIO(data))
    for part in range(theirs.xrefs.total_revisions):
        for ref in theirs.xrefs.explicit_refs_in_revision(part):
            _same(*(one.get_object(generic.Reference(ref.idnum, ref.generation, one), part) for one in (ours, theirs)))


@pytest.mark.parametrize("object_", ODD)
def test_what_is_written_oddly_reads_as_pyhanko_reads_it_or_is_refused_by_both(object_: bytes) -> None:
    head = b"%PDF-1.7\n"
    lists = (
        b"xref\n0 2\n0000000000 65535 f \n%010d 00000 n \ntrailer\n<< /Size 2 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
    )
    body = b"1 0 obj\n" + object_ + b"\nendobj\n"
    data = head + body + lists % (len(head), len(head) + len(body))
    answers = []
    for read in (reading, lambda pdf: PdfFileReader(io.BytesIO(pdf))):
        try:
            reader = read(data)
            answers.append(reader.get_object(generic.Reference(1, 0, reader)))
        except (PdfReadError, ValueError, AttributeError) as error:
            answers.append(type(error))
    if isinstance(answers[1], type):
        assert answers[0] is answers[1]
    else:
        _same(*answers)
