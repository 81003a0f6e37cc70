"""What sync signs and seals: fixed answers that every version must read, and nothing else that opens."""

from __future__ import annotations

import hmac

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from asbdesk.sync import sealing
from asbdesk.sync.sealing import Unsealable

KEY = bytes(range(32))
BOX = bytes(range(32, 64))
CONTEXT = b"org/dev/1/0/key"

SIGNED = (
    "12d7d46079d747d9f9d235d55103d582d41f53c429547ed2d910c172e6a11fb7"
    "c5b921bdbbe3be74695bd3917d36e60f859896a14e95387368bc949bf17ead02"
)
BLOCK = (
    "01000102030405060708090a0b0c0d0e0f57ca7284c030d1576459c4c669535c55f49c8de669b354ea6d345ffbaa75230b"
    "68b2e7ce1736f1bd7eeee29b8c65a60811ecaaa52591c1cb9f"
)
BOXED = "01be93660ecaba2a720767029a37299afd662c3ab8e511bfaaaad7f8c152e43b4ed56feda9bb28041785fadadcd3fc97cf2c51d660"


def test_fixed_answers() -> None:
    pair = sealing.sign_key_of(KEY)
    assert pair.public.hex() == "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
    assert sealing.sign(KEY, "asbdesk/segment/1", b"header").hex() == SIGNED
    assert sealing.verify(pair.public, bytes.fromhex(SIGNED), "asbdesk/segment/1", b"header")
    assert sealing.open_block(KEY, bytes.fromhex(BLOCK), CONTEXT) == b"one line\n"
    assert sealing.box_key_of(BOX).public.hex() == "358072d6365880d1aeea329adf9121383851ed21a28e3b75e965d0d2cd166254"
    assert sealing.open_with(BOX, bytes.fromhex(BOXED), b"grant") == b"keys"
    assert (
        sealing.mac(KEY, "asbdesk/join/1", b"request").hex()
        == "c2a1c10725966516e0d08965f9d6695a054a8d20fba3f8ccdb252026f2f60dcc"
    )
    assert (
        sealing.derived(KEY, "asbdesk/code/1", b"x").hex()
        == "f780a20f981c1af0294c59d959dd7d44034dd8823123e37191976e682754e84e"
    )


def test_a_block_is_what_its_description_says() -> None:
    """Opened again by hand with the standard library's HMAC: HKDF-SHA512, the commitment, AES-256-GCM."""
    sealed = bytes.fromhex(BLOCK)
    salt, committed, ciphertext = sealed[1:17], sealed[17:49], sealed[49:]
    extracted = hmac.digest(salt, KEY, "sha512")
    expanded = hmac.digest(extracted, b"asbdesk/block/1\0" + CONTEXT + b"\x01", "sha512")
    assert expanded[32:] == committed
    assert AESGCM(expanded[:32]).decrypt(bytes(12), ciphertext, CONTEXT) == b"one line\n"


def test_a_signature_is_for_one_purpose_one_key_and_one_text() -> None:
    pair, other = sealing.sign_key_of(sealing.new_key()), sealing.sign_key_of(sealing.new_key())
    signature = sealing.sign(pair.private, "a", b"text")
    assert sealing.verify(pair.public, signature, "a", b"text")
    for public, signed, domain, data in (
        (other.public, signature, "a", b"text"),
        (pair.public, signature, "b", b"text"),
        (pair.public, signature, "a", b"texts"),
        (pair.public, signature[:-1], "a", b"text"),
        (pair.public, b"", "a", b"text"),
        (b"short", signature, "a", b"text"),
        (bytes(32), bytes(64), "a", b"text"),
    ):
        assert not sealing.verify(public, signed, domain, data)
    with pytest.raises(ValueError, match="domain"):
        sealing.sign(pair.private, "a\0", b"text")


def test_a_block_opens_with_its_key_in_its_place_alone() -> None:
    key = sealing.new_key()
    sealed = sealing.seal_block(key, b"plain" * 100, CONTEXT)
    assert len(sealed) == 500 + sealing.BLOCK_COST
    assert sealing.open_block(key, sealed, CONTEXT) == b"plain" * 100
    assert sealing.seal_block(key, b"plain" * 100, CONTEXT) != sealed
    for where in range(len(sealed)):
        altered = sealed[:where] + bytes([sealed[where] ^ 1]) + sealed[where + 1 :]
        with pytest.raises(Unsealable):
            sealing.open_block(key, altered, CONTEXT)
    for wrong in (sealed[:40], b"", sealed + b"\0"):
        with pytest.raises(Unsealable):
            sealing.open_block(key, wrong, CONTEXT)
    with pytest.raises(Unsealable, match="another key"):
        sealing.open_block(sealing.new_key(), sealed, CONTEXT)
    with pytest.raises(Unsealable, match="another place"):
        sealing.open_block(key, sealed, CONTEXT + b"!")
    with pytest.raises(Unsealable, match="newer"):
        sealing.open_block(key, b"\x02" + sealed[1:], CONTEXT)


def test_a_box_opens_for_its_owner_alone() -> None:
    box, other = sealing.box_key_of(sealing.new_key()), sealing.box_key_of(sealing.new_key())
    sealed = sealing.seal_to(box.public, b"keys", b"info")
    assert sealing.open_with(box.private, sealed, b"info") == b"keys"
    for private, data, info in (
        (other.private, sealed, b"info"),
        (box.private, sealed, b"other"),
        (box.private, sealed[:-1], b"info"),
        (box.private, sealed[:5], b"info"),
        (box.private, b"", b"info"),
        (box.private, b"\x07" + sealed[1:], b"info"),
        (box.private, b"\x01" + bytes(len(sealed) - 1), b"info"),
    ):
        with pytest.raises(Unsealable):
            sealing.open_with(private, data, info)
    with pytest.raises(ValueError):
        sealing.seal_to(b"no key", b"keys", b"info")


def test_secrets_of_two_sides() -> None:
    assert sealing.same(sealing.mac(KEY, "a", b"x"), sealing.mac(KEY, "a", b"x"))
    assert not sealing.same(sealing.mac(KEY, "a", b"x"), sealing.mac(KEY, "b", b"x"))
    assert sealing.derived(KEY, "a") != sealing.derived(KEY, "b")
    assert len(sealing.new_key()) == 32 and len(sealing.new_id()) == 32
