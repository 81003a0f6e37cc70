"""The system's randomness by a seed: ids, keys, salts, and what a box is sealed with, the same in every process."""

from __future__ import annotations

import hmac
import os
import random
import secrets
import struct
from contextlib import ExitStack
from unittest import mock

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from asbdesk.sync import sealing

KEM = b"KEM" + struct.pack(">H", 0x20)
SUITE = b"HPKE" + struct.pack(">HHH", 0x20, 1, 2)
"""RFC 9180: X25519, HKDF-SHA256, AES-256-GCM."""


class Seeded:
    """From `start` to `stop` nothing is random but by this seed."""

    def __init__(self, seed: int) -> None:
        self._source, self._patches = random.Random(seed), ExitStack()

    def start(self) -> None:
        source = self._source
        told = {"token_bytes": lambda n=32: source.randbytes(n), "token_hex": lambda n=32: source.randbytes(n).hex()}
        told["randbits"] = source.getrandbits
        self._patches.enter_context(mock.patch.multiple(secrets, **told))
        self._patches.enter_context(mock.patch.object(os, "urandom", source.randbytes))
        self._patches.enter_context(mock.patch.object(sealing, "seal_to", self.seal_to))

    def stop(self) -> None:
        self._patches.close()

    def __enter__(self) -> None:
        self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def seal_to(self, box_public: bytes, plain: bytes, info: bytes) -> bytes:
        """`sealing.seal_to` (HPKE, base mode), whose own key `cryptography` makes where no seed reaches."""
        own = X25519PrivateKey.from_private_bytes(self._source.randbytes(32))
        public = own.public_key().public_bytes_raw()
        shared = _extract(KEM, b"", b"eae_prk", own.exchange(X25519PublicKey.from_public_bytes(box_public)))
        shared = _expand(KEM, shared, b"shared_secret", public + box_public, 32)
        context = b"\0" + _extract(SUITE, b"", b"psk_id_hash", b"") + _extract(SUITE, b"", b"info_hash", info)
        secret = _extract(SUITE, shared, b"secret", b"")
        key, nonce = (_expand(SUITE, secret, what, context, size) for what, size in ((b"key", 32), (b"base_nonce", 12)))
        return sealing._BOX_SUITE + public + AESGCM(key).encrypt(nonce, plain, b"")


def _extract(suite: bytes, salt: bytes, label: bytes, told: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + told, "sha256")


def _expand(suite: bytes, secret: bytes, label: bytes, info: bytes, size: int) -> bytes:
    return hmac.digest(secret, struct.pack(">H", size) + b"HPKE-v1" + suite + label + info + b"\1", "sha256")[:size]
