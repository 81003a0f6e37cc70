"""All of sync's cryptography, in one place to review: signatures, sealed blocks, and boxes only one device can open.

Why so: every piece is the `cryptography` package's; here stands only how the pieces are put together. A block has a
fresh key (HKDF of the file's key, a random salt and its context), so that the nonce can stay zero and a restored or
copied laptop cannot use one twice; and it carries a commitment to that key, because AES-GCM alone opens under two.
Turned down: counters for nonces (restoring a copy repeats them) and age files (a second stack; one recipient of many
could not be dropped). Fixed answers stand in the tests: what is written here must be readable for ever.
"""

from __future__ import annotations

import hmac
import secrets
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_SIZE = 32
SIGNATURE_SIZE = 64
BLOCK_COST = 65
"""How many bytes a sealed block is longer than what it holds."""

_BLOCK_FORM = b"\x01"
_SALT, _COMMITMENT, _TAG = 16, 32, 16
_BOX_SUITE = b"\x01"
_ONCE = bytes(12)  # the nonce: a block's key is used for that block alone


class Unsealable(ValueError):
    """What is sealed cannot be opened: another key, altered bytes, another place than it was sealed for, or a form
    that this version does not know. str() says which, as far as it can be told."""


class KeyPair(NamedTuple):
    """Raw bytes, 32 each. `private` stays in the encrypted store."""

    private: bytes
    public: bytes


def new_key() -> bytes:
    """32 random bytes: a file's key."""
    return secrets.token_bytes(KEY_SIZE)


def new_id() -> str:
    """32 random hex digits: the name of a key, an organisation, a request."""
    return secrets.token_hex(16)


# ---- signatures (Ed25519)
def sign_key_of(private: bytes) -> KeyPair:
    """What a device, or the organisation's root, signs with: the pair of a private key (32 bytes)."""
    public = Ed25519PrivateKey.from_private_bytes(private).public_key()
    return KeyPair(private, public.public_bytes_raw())


def sign(private: bytes, domain: str, data: bytes) -> bytes:
    """64 bytes over `data`. `domain` says what is signed (`asbdesk/segment/1`), so that it cannot pass for another."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(_framed(domain, data))


def verify(public: bytes, signature: bytes, domain: str, data: bytes) -> bool:
    """Whether `signature` is the owner's over just this. Anything misshapen is no signature."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _framed(domain, data))
    except (InvalidSignature, ValueError):
        return False
    return True


def _framed(domain: str, data: bytes) -> bytes:
    if not domain or "\0" in domain:
        raise ValueError("a domain is text without a zero")
    return domain.encode() + b"\0" + data


# ---- sealed blocks (HKDF-SHA512, AES-256-GCM, committed to their key)
def seal_block(key: bytes, plain: bytes, context: bytes) -> bytes:
    """Seal under a file's key (32 bytes). `context` names the place it stands in, and must be given to open it."""
    return _seal(key, plain, context, secrets.token_bytes(_SALT))


def _seal(key: bytes, plain: bytes, context: bytes, salt: bytes) -> bytes:
    block_key, commitment = _block_key(key, salt, context)
    return b"".join((_BLOCK_FORM, salt, commitment, AESGCM(block_key).encrypt(_ONCE, plain, context)))


def open_block(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """What `seal_block` sealed. Raises Unsealable."""
    if len(sealed) < BLOCK_COST:
        raise Unsealable("too short to be a sealed block")
    if sealed[:1] != _BLOCK_FORM:
        raise Unsealable("sealed in a form that needs a newer version")
    salt, committed = sealed[1 : 1 + _SALT], sealed[1 + _SALT : 1 + _SALT + _COMMITMENT]
    block_key, commitment = _block_key(key, salt, context)
    if not hmac.compare_digest(commitment, committed):
        raise Unsealable("sealed under another key, or for another place")
    try:
        return AESGCM(block_key).decrypt(_ONCE, sealed[1 + _SALT + _COMMITMENT :], context)
    except InvalidTag:
        raise Unsealable("its bytes were altered") from None


def _block_key(key: bytes, salt: bytes, context: bytes) -> tuple[bytes, bytes]:
    if len(key) != KEY_SIZE:
        raise ValueError("a file's key has 32 bytes")
    made = HKDF(hashes.SHA512(), KEY_SIZE + _COMMITMENT, salt, b"asbdesk/block/1\0" + context).derive(key)
    return made[:KEY_SIZE], made[KEY_SIZE:]


# ---- boxes (HPKE base mode: X25519, HKDF-SHA256, AES-256-GCM)
def box_key_of(private: bytes) -> KeyPair:
    """What a device receives keys with: the pair of a private box key (32 bytes)."""
    return KeyPair(private, X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw())


def seal_to(box_public: bytes, plain: bytes, info: bytes) -> bytes:
    """Seal so that only the holder of the box's private key can open it; `info` must be given to open it.

    It says nothing of who sealed it: what must be known to come from somebody is signed as well. ValueError when
    `box_public` is no public key.
    """
    public = X25519PublicKey.from_public_bytes(box_public)
    return _BOX_SUITE + _suite().encrypt(plain, public, info=info)


def open_with(box_private: bytes, sealed: bytes, info: bytes) -> bytes:
    """What `seal_to` sealed. Raises Unsealable."""
    if sealed[:1] != _BOX_SUITE:
        raise Unsealable("sealed in a form that needs a newer version")
    try:
        return _suite().decrypt(sealed[1:], X25519PrivateKey.from_private_bytes(box_private), info=info)
    except (InvalidTag, ValueError):
        raise Unsealable("sealed for another device, or its bytes were altered") from None


def _suite() -> hpke.Suite:
    return hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


# ---- secrets that two sides share
def mac(key: bytes, domain: str, data: bytes) -> bytes:
    """32 bytes (HMAC-SHA256) that only who has `key` can make."""
    return hmac.digest(key, _framed(domain, data), "sha256")


def same(one: bytes, other: bytes) -> bool:
    """Whether two secrets are equal, without telling by the time taken how far they agree."""
    return hmac.compare_digest(one, other)


def derived(key: bytes, domain: str, context: bytes = b"") -> bytes:
    """A 32-byte key for one purpose out of another secret of at least 80 random bits (HKDF-SHA256)."""
    return HKDF(hashes.SHA256(), KEY_SIZE, None, _framed(domain, context)).derive(key)
