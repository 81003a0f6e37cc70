"""A segment's bytes: read as written, whole or thin; whatever else lies there is Misread and nothing worse."""

from __future__ import annotations

import contextlib
import hashlib
import json
import struct
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asbdesk import paths
from asbdesk.sync import blocks, sealing, segment
from asbdesk.sync.headers import Misread
from tests.sync.memory_depot import thin

PAIR = sealing.sign_key_of(bytes(range(32)))
KEY = bytes(range(32, 64))
ORG, DEVICE, KEY_ID = "0f" * 16, "a" * 16, "ab" * 16
TEXTS = ['{"by":"","do":"viewed","file":"case/1"}', '{"note":"a\\nb – ünd £"}']
WORDS: dict[str, Any] = {
    "org": ORG, "dev": DEVICE, "seq": 7, "prev": "1" * 64, "roster": ["2" * 64], "app": "0.3.0", "schema": "0004",
    "seen": {"b" * 16: [3, "4" * 64]}, "chain": [12, "5" * 64], "something_new": {"deep": [1]},
    "packs": [["blob/66/" + "6" * 32 + ".pak", KEY_ID, [["7" * 64, 0, 1, 0, 99]]]],
}  # fmt: skip


def made(**other: Any) -> segment.Segment:
    sealed = [blocks.pack([*TEXTS, str(i)], KEY, blocks.context(ORG, DEVICE, 7, i, KEY_ID)) for i in range(3)]
    return segment.make({**WORDS, **other}, [(KEY_ID, 3, b) for b in sealed], segment.sign_with(PAIR.private))


def signed(header: Any) -> bytes:
    """A header as an enrolled laptop gone bad might sign it, without blocks."""
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    return segment.WHOLE + struct.pack(">I", len(raw)) + raw + sealing.sign(PAIR.private, segment.DOMAIN, raw)


def test_a_segment_is_read_as_it_was_made() -> None:
    one = made()
    found = segment.parse(one.data())
    assert found == one and found.whole and found.signed_by(PAIR.public)
    assert not found.signed_by(sealing.sign_key_of(sealing.new_key()).public)
    assert found.hash == hashlib.sha256(found.header_bytes).hexdigest()
    assert (found.header.seq, found.header.seen, found.header.app) == (7, {"b" * 16: (3, "4" * 64)}, "0.3.0")
    assert found.header.raw["something_new"] == {"deep": [1]}
    for index, block in enumerate(found.blocks):
        assert block is not None and found.header.blocks[index].sha256 == blocks.digest(block)
        assert blocks.unpack(block, KEY, blocks.context(ORG, DEVICE, 7, index, KEY_ID)) == [*TEXTS, str(index)]


@pytest.mark.parametrize("keep", [{0}, {1, 2}, set(), {2}])
def test_a_thin_one_has_the_blocks_kept_and_verifies(keep: set[int]) -> None:
    one = made()
    data = thin(one.data(), keep)
    found = segment.parse(data)
    assert found.signed_by(PAIR.public) and found.hash == one.hash and not found.whole
    assert [i for i, block in enumerate(found.blocks) if block is not None] == sorted(keep)
    assert found.data() == data == thin(data, keep)
    assert thin(one.data(), {0, 1, 2}) == one.data()


def test_a_block_opens_in_its_place_alone() -> None:
    sealed = made().blocks[0]
    assert sealed is not None
    for place in (
        blocks.context(ORG, DEVICE, 7, 1, KEY_ID),
        blocks.context(ORG, DEVICE, 8, 0, KEY_ID),
        blocks.context("1f" * 16, DEVICE, 7, 0, KEY_ID),
        blocks.context(ORG, "b" * 16, 7, 0, KEY_ID),
    ):
        with pytest.raises(sealing.Unsealable):
            blocks.unpack(sealed, KEY, place)


def test_a_block_that_swells_is_stopped() -> None:
    import zlib

    packer = zlib.compressobj(9, zdict=blocks._dictionary())
    bomb = packer.compress(bytes(blocks.LARGEST_BLOCK + 1)) + packer.flush()
    for packed in (bomb, b"not packed at all", bomb[:100], b""):
        with pytest.raises(blocks.BlockUnreadable):
            blocks.unpack(sealing.seal_block(KEY, packed, b"x"), KEY, b"x")
    packer = zlib.compressobj(9, zdict=blocks._dictionary())
    torn = packer.compress(b"\xff\xfe") + packer.flush()
    with pytest.raises(blocks.BlockUnreadable):
        blocks.unpack(sealing.seal_block(KEY, torn, b"x"), KEY, b"x")


def test_the_dictionary_is_the_one_that_old_blocks_were_packed_with() -> None:
    found = (paths.resources() / "sync" / "dictionary-1.txt").read_bytes()
    assert hashlib.sha256(found).hexdigest() == "b728421d8e91aec9763fcb9700f3d78c8513f1ff90bef52601164562d9b33ca6"


def test_bytes_cut_or_altered_anywhere_are_misread() -> None:
    for data in (made().data(), thin(made().data(), {1})):
        for cut in range(0, len(data), 7):
            with pytest.raises(Misread):
                segment.parse(data[:cut])
        with pytest.raises(Misread):
            segment.parse(data + b"\0")
        for where in range(len(data)):
            altered = data[:where] + bytes([data[where] ^ 0x15]) + data[where + 1 :]
            try:
                found = segment.parse(altered)
            except Misread:
                continue
            assert not found.signed_by(PAIR.public) or found.blocks != made().blocks


WRONG: list[tuple[str, Any]] = [
    ("org", 7), ("org", "0F" * 16), ("dev", "A" * 16), ("dev", None), ("seq", 0), ("seq", True), ("seq", "7"),
    ("seq", 2**60), ("prev", "1"), ("roster", "x"), ("roster", [1]), ("roster", ["2" * 64] * 65), ("app", "a b"),
    ("app", 1), ("schema", ["x"]), ("seen", []), ("seen", {"b": [1, "4" * 64]}), ("seen", {"b" * 16: [1]}),
    ("seen", {"b" * 16: ["1", "4" * 64]}), ("seen", {"b" * 16: [0, "4" * 64]}), ("chain", [1]), ("chain", {}),
    ("blocks", None), ("blocks", [[]]), ("blocks", [[KEY_ID, 1, 100, "x"]]), ("blocks", [[KEY_ID, 0, 100, "1" * 64]]),
    ("blocks", [[KEY_ID, 1, 3, "1" * 64]]), ("blocks", [[KEY_ID, 1, 1 << 40, "1" * 64]]), ("blocks", [1] * 20_001),
    ("blocks", [[KEY_ID, 1, True, "1" * 64]]), ("packs", {}), ("packs", [[1, 2, 3]]), ("packs", [["x", KEY_ID, []]]),
    ("packs", [["blob/66/" + "6" * 32 + ".pak", KEY_ID, [["7" * 64, 1, 1, 0, 9]]]]), ("v", "1"), ("v", None),
]  # fmt: skip


@pytest.mark.parametrize(("word", "value"), WRONG)
def test_a_signed_header_with_a_wrong_word_is_misread(word: str, value: Any) -> None:
    assert segment.parse(signed({"v": 1, **WORDS, "blocks": []})).blocks == ()
    with pytest.raises(Misread) as caught:
        segment.parse(signed({"v": 1, **WORDS, "blocks": [], word: value}))
    assert not caught.value.newer


def test_a_header_that_is_no_header_is_misread() -> None:
    for raw in (b"", b"[]", b"null", b"{", b"[" * 100_000, b'{"v":1.0}', b'{"v":NaN}', b"\xff", b"1" * 5000):
        with pytest.raises(Misread):
            segment.parse(signed(raw))
    too_large = segment.WHOLE + struct.pack(">I", (4 << 20) + 1) + bytes(5 << 20)
    with pytest.raises(Misread, match="too large"):
        segment.parse(too_large)


def test_what_a_newer_version_wrote_is_told_apart() -> None:
    for data in (signed({"v": 2}), b"ASBSEG9\n" + bytes(100)):
        with pytest.raises(Misread) as caught:
            segment.parse(data)
        assert caught.value.newer


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["1" * 64, KEY_ID, DEVICE]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from([*WORDS, "v", "blocks"]), JSON, max_size=5))
def test_no_signed_header_raises_anything_but_misread(other: dict[str, Any]) -> None:
    with contextlib.suppress(Misread):
        segment.parse(signed({"v": 1, **WORDS, "blocks": [], **other}))


@settings(max_examples=300)
@given(st.binary(max_size=300), st.sampled_from([b"", segment.WHOLE, segment.THIN]))
def test_no_bytes_raise_anything_but_misread(data: bytes, start: bytes) -> None:
    with pytest.raises(Misread):
        segment.parse(start + data)
