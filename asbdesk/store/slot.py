"""One slot: the store's key wrapped under what one thing opens, and the shape a slot must have."""

from __future__ import annotations

import base64
import json
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from asbdesk.errors import UserError

KINDS = ("passphrase", "keyring", "recovery", "headoffice")  # the kinds this version opens

Slot = dict[str, Any]


@dataclass(frozen=True)
class Cost:
    """What one try of a passphrase costs: KiB of memory, passes over it, lanes."""

    memory: int
    passes: int
    lanes: int


KDF_FULL = Cost(64 * 1024, 3, 4)  # about half a second on a cheap laptop (STORE.md 4)
KDF_FAST = Cost(64, 1, 1)  # for tests that are about something else


def new_slot(store: str, kind: str, **how: str | int) -> Slot:
    """A slot that holds nothing yet: what it says of itself, `store`'s id, and a random salt."""
    return {"v": 1, "store": store, "kind": kind, **how, "salt": _b64(secrets.token_bytes(16))}


def wrap(slot: Slot, wrapping: bytes, key: bytes) -> None:
    """Put the store key (32 bytes) into `slot`, bound to all that the slot says of itself."""
    if len(key) != 32:
        raise ValueError("a store key has 32 bytes")
    nonce = secrets.token_bytes(12)
    slot.update(nonce=_b64(nonce), sealed=_b64(AESGCM(wrapping).encrypt(nonce, key, _bound(slot))))


def is_slot(slot: object) -> bool:
    """The shape of a slot this version opens, its cost within reason; of other kinds only that they are named."""
    if not isinstance(slot, dict) or not isinstance(slot.get("kind"), str):
        return False
    if slot["kind"] not in KINDS:
        return True
    try:
        sizes = [len(base64.b64decode(slot[name], validate=True)) for name in ("salt", "nonce", "sealed")]
    except (KeyError, TypeError, ValueError):
        return False
    if sizes != [16, 12, 48]:
        return False
    if slot["kind"] != "passphrase":
        return True
    m, t, lanes = slot.get("m"), slot.get("t"), slot.get("l")
    if slot.get("kdf") != "argon2id" or type(m) is not int or type(t) is not int or type(lanes) is not int:
        return False
    return 1 <= lanes <= 64 and 8 * lanes <= m <= 4 * 1024 * 1024 and 1 <= t <= 1000


def canonical(told: dict[str, Any]) -> bytes:
    """`told` as the bytes that are summed and bound: sorted names, no spaces, ASCII."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def _bound(slot: Slot) -> bytes:
    """What is bound to the wrapped key: all that the slot says of itself, the store's id among it."""
    return canonical({name: value for name, value in slot.items() if name not in ("sealed", "nonce")})


def unwrap(wrapping: bytes, slot: Slot) -> bytes | None:
    """The store key, or None when `wrapping` is not what the slot was wrapped under, or the slot was altered."""
    try:
        return AESGCM(wrapping).decrypt(_unb64(slot["nonce"]), _unb64(slot["sealed"]), _bound(slot))
    except InvalidTag:
        return None


def argon2id(passphrase: str, slot: Slot) -> bytes:
    """The 32 bytes a passphrase opens the slot with. Raises UserError (too little memory)."""
    spelled = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    salt = _unb64(slot["salt"])
    try:
        kdf = Argon2id(salt=salt, length=32, iterations=slot["t"], lanes=slot["l"], memory_cost=slot["m"])
        return kdf.derive(spelled)
    except MemoryError:
        raise UserError(
            "This computer has too little free memory to check a passphrase. Close other programs."
        ) from None


def hkdf(secret: bytes, slot: Slot) -> bytes:
    """The 32 bytes a random secret opens the slot with; it needs no slow derivation, it cannot be guessed."""
    info = b"asbdesk " + str(slot["kind"]).encode()
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=_unb64(slot["salt"]), info=info).derive(secret)


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _unb64(text: str) -> bytes:
    return base64.b64decode(text)
