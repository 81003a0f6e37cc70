"""A sealed paper is raised by a real authority's time stamp: nothing before it changes, and what it shows is said."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from asbdesk.clock import parse_instant
from asbdesk.documents.authority import certificate, issue, new_authority
from asbdesk.documents.known import new_list, read, trust_file
from asbdesk.documents.plan import make
from asbdesk.documents.preview import flattened
from asbdesk.documents.seal import SECOND, seal
from asbdesk.documents.stamp import NoStamp, address_of, ask, time_stamp
from asbdesk.documents.verify import Verdict, verify
from asbdesk.errors import UserError
from tests.documents.builders import released
from tests.documents.conftest import Keys
from tests.documents.time_authority import TimeAuthority, time_authority

pytestmark = pytest.mark.needs("openssl")
THEN, LATER = "2026-03-02T09:00:00.000Z", "2026-03-02T09:10:00.000Z"
"""Before the authority's own, real, time."""


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TimeAuthority]:
    with time_authority(tmp_path_factory.mktemp("tsa")) as here:
        yield here


@pytest.fixture(scope="module")
def own(clock: TimeAuthority) -> Keys:
    authority = new_authority("Wharram Homes", at=THEN)
    return Keys(authority, issue(authority, "Dami Okafor", "Wharram Homes", at=THEN))


@pytest.fixture(scope="module")
def twice(own: Keys) -> bytes:
    """A plan sealed by two officers."""
    second = issue(own.authority, "Rosalind Hughes", "Wharram Homes", at=THEN)
    once = seal(make(released()), own.officer, own.authority.cert_pem, reason="As agreed", at=THEN)
    return seal(once, second, own.authority.cert_pem, reason="Read by a manager", at=LATER, field=SECOND)


@pytest.fixture(scope="module")
def raised(twice: bytes, clock: TimeAuthority) -> bytes:
    return time_stamp(twice, clock.address)[0]


def test_every_byte_that_was_there_stays(twice: bytes, raised: bytes, own: Keys) -> None:
    assert raised.startswith(twice) and twice.startswith(make(released()))
    assert len(raised) - len(twice) < 20_000
    assert verify(twice, own.authority.cert_pem).passes


def test_who_answers_is_seen_before_it_is_named(clock: TimeAuthority) -> None:
    found = ask(clock.address)
    assert (found.name, found.root) == ("Local Time", clock.root)
    assert abs((parse_instant(found.at).timestamp()) - _now()) < 120


def _now() -> float:
    from asbdesk.clock import milliseconds

    return milliseconds() / 1000


def test_whole_by_both_in_their_order_and_by_when(raised: bytes, own: Keys, clock: TimeAuthority) -> None:
    verdict = verify(raised, trust_file(own.authority.cert_pem, b"", [clock.root]))
    assert verdict.passes and verdict.seals == (("Dami Okafor", THEN), ("Rosalind Hughes", LATER))
    assert [(name, known) for name, _, known in verdict.stamps] == [("Local Time", True)]
    said = " ".join(verdict.words)
    assert "Time stamp of Local Time" in said and "That is whom this landlord asks for the time." in said
    assert "no time stamp" not in said


def test_an_authority_that_nobody_named_shows_nothing_of_the_time(raised: bytes, own: Keys) -> None:
    verdict = verify(raised, own.authority.cert_pem)
    assert verdict.passes and [known for _, _, known in verdict.stamps] == [False]
    assert "This desk does not know that authority" in " ".join(verdict.words)


@pytest.mark.needs("pdfsig")
def test_another_program_finds_every_seal_valid(raised: bytes, tmp_path: Path) -> None:
    """veraPDF and qpdf judge such papers among every document (test_standards)."""
    (tmp_path / "raised.pdf").write_bytes(raised)
    done = subprocess.run(["pdfsig", tmp_path / "raised.pdf"], capture_output=True, text=True, check=False)
    assert done.stdout.count("Signature is Valid.") == 2, done.stdout  # it knows no time stamps
    assert "Total document signed" in done.stdout and len(flattened(raised)) > 10_000


def test_what_is_changed_after_the_time_stamp_shows(raised: bytes, own: Keys) -> None:
    _none_slips_through(raised, own, 10)
    assert not verify(raised + b"x", own.authority.cert_pem).whole
    assert not verify(raised[:-400], own.authority.cert_pem).whole


@pytest.mark.long
def test_a_thousand_flipped_bits_of_a_raised_paper(raised: bytes, own: Keys) -> None:
    _none_slips_through(raised, own, 1000)


def _none_slips_through(data: bytes, own: Keys, count: int) -> None:
    chance = random.Random(5)
    for place in chance.sample([n for n in range(len(data)) if not _in_a_room(data, n)], count):
        changed = bytearray(data)
        changed[place] ^= 1 << chance.randrange(8)
        assert not verify(bytes(changed), own.authority.cert_pem).whole, place


def _in_a_room(data: bytes, place: int) -> bool:
    """Within the last signature's own bytes, which nothing after it covers."""
    start = data.index(b"<", data.rindex(b"/Contents <"))
    return start <= place <= data.index(b">", start)


def test_a_seal_may_follow_a_time_stamp(own: Keys, clock: TimeAuthority) -> None:
    once = seal(make(released()), own.officer, own.authority.cert_pem, reason="As agreed", at=THEN)
    stamped = time_stamp(once, clock.address)[0]
    second = issue(own.authority, "Rosalind Hughes", "Wharram Homes", at=THEN)
    both = seal(stamped, second, own.authority.cert_pem, reason="Read", at=LATER, field=SECOND)
    verdict = verify(both, trust_file(own.authority.cert_pem, b"", [clock.root]))
    assert verdict.passes and len(verdict.seals) == 2 and len(verdict.stamps) == 1


# ---- what goes wrong on the way
@pytest.mark.parametrize(
    ("answer", "words", "away"),
    [
        ((503, b"later"), "answered 503", True),
        ((404, b"nothing here"), "answered 404", False),
        ((200, b"<html>a page</html>"), "no time stamp", False),
        ((200, b""), "no time stamp", False),
        ((200, b"\x30" * 70_000), "no time stamp", False),
    ],
)
def test_what_is_no_answer_is_said_in_words(
    clock: TimeAuthority, twice: bytes, answer: tuple[int, bytes], words: str, away: bool
) -> None:
    clock.broken = answer
    try:
        with pytest.raises(NoStamp, match=words) as told:
            time_stamp(twice, clock.address)
    finally:
        clock.broken = None
    assert told.value.away is away


def test_an_answer_to_another_question_is_none(clock: TimeAuthority, twice: bytes, tmp_path: Path) -> None:
    subprocess.run(
        ["openssl", "ts", "-query", "-digest", "00" * 32, "-sha256", "-cert", "-out", tmp_path / "q"], check=True
    )
    clock.broken = (200, clock.answer((tmp_path / "q").read_bytes()))
    try:
        with pytest.raises(NoStamp):
            time_stamp(twice, clock.address)
    finally:
        clock.broken = None


def test_nobody_there_is_tried_again(twice: bytes) -> None:
    with pytest.raises(NoStamp, match="cannot be reached now") as told:
        time_stamp(twice, "http://127.0.0.1:9/tsa")
    assert told.value.away


@pytest.mark.parametrize("typed", ["", "timestamp.example", "ftp://x/y", "file:///etc/passwd", "http://me:secret@x/"])
def test_what_is_no_address_is_said_in_words(typed: str) -> None:
    with pytest.raises(UserError, match="beginning with https"):
        address_of(typed)


def test_what_is_no_pdf_cannot_be_stamped(clock: TimeAuthority) -> None:
    with pytest.raises(UserError, match="damaged, or is not a PDF"):
        time_stamp(b"%PDF-1.4 nonsense", clock.address)


# ---- certificates that were withdrawn
def _verdict(data: bytes, own: Keys, clock: TimeAuthority, since: str) -> Verdict:
    serial = certificate(own.officer.cert_pem).serial_number
    crl = new_list(own.authority, {serial: since}, 1, at=since)
    return verify(data, trust_file(own.authority.cert_pem, crl, [clock.root]))


def test_a_seal_from_after_its_certificate_was_withdrawn_is_refused(
    twice: bytes, raised: bytes, own: Keys, clock: TimeAuthority
) -> None:
    for data in (twice, raised):
        verdict = _verdict(data, own, clock, "2026-03-01T00:00:00.000Z")
        assert verdict.whole and verdict.refused and not verdict.passes
        assert verdict.words[0] == "Do not rely on this file: the lock (seal) of Dami Okafor does not count."
        assert "This lock is later, so it is refused." in " ".join(verdict.words)


def test_an_older_seal_stands_and_a_time_stamp_bears_it_out(
    twice: bytes, raised: bytes, own: Keys, clock: TimeAuthority
) -> None:
    shown = _verdict(raised, own, clock, "2046-01-01T00:00:00.000Z")
    assert shown.passes and "The time stamp shows that this lock is older, so it stands." in " ".join(shown.words)
    said = _verdict(twice, own, clock, "2046-01-01T00:00:00.000Z")
    assert said.passes and "only the laptop's clock bears it out" in " ".join(said.words)
    stranger = verify(raised, trust_file(own.authority.cert_pem, _crl(own)))
    assert "only the laptop's clock bears it out" in " ".join(stranger.words)


def _crl(own: Keys) -> bytes:
    serial = certificate(own.officer.cert_pem).serial_number
    return new_list(own.authority, {serial: "2046-01-01T00:00:00.000Z"}, 1, at=THEN)


def test_the_list_names_its_day_for_those_who_are_not_on_it(twice: bytes, own: Keys) -> None:
    crl = new_list(own.authority, {7: THEN}, 1, at=LATER)
    said = " ".join(verify(twice, trust_file(own.authority.cert_pem, crl)).words)
    assert "As far as is known here (list of Monday 2 March 2026), Dami Okafor may lock papers: their" in said


def test_a_list_that_somebody_else_signed_is_refused(own: Keys) -> None:
    crl = new_list(new_authority("Wharram Homes", at=THEN), {7: THEN}, 1, at=THEN)
    with pytest.raises(UserError, match="not the landlord's own"):
        read(trust_file(own.authority.cert_pem, crl))


@pytest.mark.needs("openssl")
def test_other_programs_read_the_list(own: Keys, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes(own.authority.cert_pem)
    (tmp_path / "crl.pem").write_bytes(_crl(own))
    done = subprocess.run(
        ["openssl", "crl", "-in", "crl.pem", "-CAfile", "ca.pem", "-noout", "-text"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "verify OK" in done.stderr and "Revocation Date: Jan  1 00:00:00 2046" in done.stdout
