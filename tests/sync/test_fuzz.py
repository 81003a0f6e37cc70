"""Garbage for every reader, raw and validly signed: nothing but the refusals they announce, and nothing applied."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Callable
from typing import Any

import pytest

from asbdesk.sync import blocks, names, sealing, segment, statement
from asbdesk.sync.headers import Misread
from asbdesk.sync.roster import Roster
from tests.sync.garbage import as_bytes, seeds, spoilt, strange
from tests.sync.memory_depot import thin
from tests.sync.organisation import Organisation, device

KEY, ORG, KEY_ID = b"f" * 32, "a" * 32, "b" * 32
SIGN = sealing.sign_key_of(sealing.new_key())
FEW, MANY = 5000, 100_000


@pytest.fixture
def tries(long: bool) -> int:
    return MANY if long else FEW


def a_segment(texts: list[str]) -> segment.Segment:
    sealed = [
        (KEY_ID, len(texts), blocks.pack(texts, KEY, blocks.context(ORG, device("a"), 1, i, KEY_ID))) for i in range(3)
    ]
    words: dict[str, Any] = {
        "org": ORG, "dev": device("a"), "seq": 1, "prev": segment.FIRST, "roster": ["c" * 64], "app": "1",
        "schema": "4",
        "seen": {device("b"): [4, "d" * 64]}, "chain": [5, "e" * 64],
        "packs": [[names.pack(b"p"), KEY_ID, [["1" * 64, 0, 1, 0, 9]]]],
    }  # fmt: skip
    return segment.make(words, sealed, segment.sign_with(SIGN.private))


def test_spoilt_segments_are_misread_and_no_worse(tries: int) -> None:
    made = a_segment(["{}"])
    forms = made.data(), thin(made.data(), {1})
    assert all(segment.parse(form).header == made.header for form in forms)
    for chance in seeds(tries):
        form = chance.choice(forms)
        only(lambda form=form, chance=chance: segment.parse(spoilt(form, chance)), Misread)


def test_a_signed_header_of_any_shape_is_read_or_misread(tries: int) -> None:
    made = a_segment(["{}"])
    right = 0
    for chance in seeds(tries):
        header = as_bytes(strange(made.header.raw, chance), chance)
        data = segment.WHOLE + struct.pack(">I", len(header)) + header + bytes(64) + b"".join(map(bytes, made.blocks))  # type: ignore[arg-type]
        found = only(lambda data=data: segment.parse(data), Misread)
        if found is not None:
            right += 1
            assert segment.parse(found.data()) == found
    assert right, "everything was refused: the garbage is too coarse"


def test_spoilt_statements_are_misread_and_no_worse(tries: int) -> None:
    org = Organisation()
    enrolled = org.enrol("a", "b", "officer", [org.first])
    org.revoke("a", "b", [enrolled], ["f" * 64])
    datas = [statement.MAGIC + struct.pack(">I", len(s.signed)) + s.signed + s.signature for s in org.all]
    assert [statement.read(data).hash for data in datas] == [s.hash for s in org.all]
    for chance in seeds(tries):
        data = chance.choice(datas)
        only(lambda data=data, chance=chance: statement.read(spoilt(data, chance)), statement.Misread)
        body = strange(a_body(chance.choice(org.all)), chance)
        signed = as_bytes(body, chance)
        made = statement.MAGIC + struct.pack(">I", len(signed)) + signed + sealing.sign(SIGN.private, "x", signed)
        only(lambda made=made: statement.read(made), statement.Misread)


def test_a_strange_statement_of_head_office_breaks_nobodys_roster(tries: int) -> None:
    org = Organisation()
    enrolled = org.enrol("a", "b", "officer", [org.first])
    plain = org.roster()
    read = 0
    for chance in seeds(tries // 2):
        body = strange(a_body(chance.choice(org.all)), chance)
        if isinstance(body, dict) and chance.random() < 0.8:
            body |= {"org": org.id, "by": device("a"), "n": enrolled.n + 1, "prev": [enrolled.hash]}
        signed = as_bytes(body, chance)
        signature = sealing.sign(org.signs["a"].private, statement.DOMAIN, signed)
        data = statement.MAGIC + struct.pack(">I", len(signed)) + signed + signature
        found = only(lambda data=data: statement.read(data), statement.Misread)
        if found is not None:
            read += 1
            roster = Roster([*org.all, found], org.id)
            assert {d.device for d in roster.devices()} >= {d.device for d in plain.devices()}
            assert roster.role(device("a")) or roster.is_revoked(device("a")) or found.kind in ("role", "revoke")
            assert all(roster.sign_key(d.device) and roster.role(d.device) != "" for d in roster.devices())
            assert roster.orders() is not None
            assert roster.next_number() > 0
    assert read > tries // 100, "everything was refused: the garbage is too coarse"


def a_body(made: statement.Statement) -> dict[str, Any]:
    head = {"v": 1, "org": made.org, "by": made.by, "kind": made.kind, "at": made.at, "n": made.n}
    return {**head, "prev": list(made.prev), **made.told}


def test_spoilt_blocks_do_not_open(tries: int) -> None:
    place = blocks.context(ORG, device("a"), 1, 0, KEY_ID)
    sealed = blocks.pack(["{}", "{}"], KEY, place)
    assert blocks.unpack(sealed, KEY, place) == ["{}", "{}"]
    for chance in seeds(tries):
        bad = spoilt(sealed, chance)
        if bad != sealed:
            only(lambda bad=bad: blocks.unpack(bad, KEY, place), sealing.Unsealable, opens=False)
        inside = sealing.seal_block(KEY, spoilt(b"\x78\xda" + chance.randbytes(90), chance), place)
        only(lambda inside=inside: blocks.unpack(inside, KEY, place), blocks.BlockUnreadable)


def test_a_block_that_swells_is_stopped() -> None:
    place = blocks.context(ORG, device("a"), 1, 0, KEY_ID)
    huge = blocks.pack(["\0" * (blocks.LARGEST_BLOCK + 1)], KEY, place)
    assert len(huge) < 100_000
    with pytest.raises(blocks.BlockUnreadable, match="too large"):
        blocks.unpack(huge, KEY, place)


def only(work: Callable[[], Any], *refusals: type[Exception], opens: bool = True) -> Any:
    """What `work` answers; None when it refuses in a way it announced. Anything else it raises fails the test."""
    with contextlib.suppress(*refusals):
        found = work()
        assert opens, "it opened"
        return found
    return None
