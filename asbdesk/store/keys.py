"""The store's key, wrapped in slots, in one JSON file beside the database.

The key is 256 random bits; SQLCipher is opened with it raw. Each slot holds it wrapped by AES-256-GCM under a key that
one thing opens: the passphrase (Argon2id), a secret in the computer's keyring, the recovery sheet, head office's code
(`office_slot`); a kind this version does not know is kept as it is. All that a slot says of itself and the store's id
are bound to it, so a slot cannot be weakened, or moved to another store, without its refusing to open.
Turned down: SQLCipher's own passphrase (no second way in; a new passphrase would rewrite the whole database).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from asbdesk.errors import NotWhole, UserError
from asbdesk.store import disk
from asbdesk.store.copies import follow_slots
from asbdesk.store.recovery_code import RecoveryTypo as RecoveryTypo
from asbdesk.store.recovery_code import new_recovery_code, parse_recovery
from asbdesk.store.slot import KDF_FAST as KDF_FAST
from asbdesk.store.slot import KDF_FULL, KINDS, Cost, Slot, argon2id, canonical, hkdf, is_slot, new_slot, unwrap, wrap

VERSION = 1
_LIMIT = 1 << 20  # bytes; a whole file has about a thousand

OTHER_STORE = (
    "The key file and the database in {folder} do not belong together: the key was opened, and the database does not "
    "answer to it. Put back the slots.json that was beside this database, or restore a spare copy."
)


class SlotsMissing(NotWhole):
    """No key file where one should be."""


class SlotsDamaged(NotWhole):
    """The key file is cut short, altered, or not one."""


class WrongSecret(UserError):
    """The slot did not open with what was given."""

    def __init__(self, kind: str, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind


def new_key() -> bytes:
    """A new store key: 32 random bytes."""
    return secrets.token_bytes(32)


@dataclass
class Slots:
    """The slots of one store. Change it with `put_…` and `remove`, then `save`."""

    store: str
    """The store's id, 32 hex digits: also kept in the database, so that the two can be compared."""
    slots: list[Slot] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)
    """What a newer version wrote beside the slots; kept."""
    mended: str | None = None
    """Set by `load` when the spare copy had to be used: a sentence for the officer."""

    @classmethod
    def new(cls) -> Slots:
        return cls(secrets.token_hex(16))

    # ---- on the disk
    @classmethod
    def load(cls, path: Path) -> Slots:
        """Read the key file, or its spare copy where the file is missing or damaged (then `mended` says so).

        Raises SlotsMissing, SlotsDamaged, or UserError (newer version, unreadable).
        """
        try:
            return cls._read(path)
        except (SlotsMissing, SlotsDamaged) as trouble:
            try:
                slots = cls._read(before(path))
            except UserError:
                raise trouble from None
            state = "missing" if isinstance(trouble, SlotsMissing) else "damaged"
            slots.mended = f"The key file {path} was {state}. Its spare copy was whole and was used instead."
            with contextlib.suppress(UserError):
                disk.write_whole(path, slots._bytes(), "put the key file back")
            return slots

    @classmethod
    def _read(cls, path: Path) -> Slots:
        try:
            with path.open("rb") as stream:
                data = stream.read(_LIMIT + 1)
        except FileNotFoundError:
            raise SlotsMissing(
                f"The key file {path} is missing, and without it nothing can open the database. Copy slots.json back "
                "from the newest spare copy of this desk, then unlock as usual; or restore that copy."
            ) from None
        except OSError as error:
            raise disk.in_words(error, path, "read the key file") from None
        return cls._from(_whole(data, path), path)

    @classmethod
    def _from(cls, told: dict[str, Any], path: Path) -> Slots:
        store, slots = told.pop("store"), told.pop("slots")
        for name in ("what", "version"):
            told.pop(name)
        for slot in slots:
            if slot.get("store") != store:
                raise SlotsDamaged(
                    f"The key file {path} holds a key of another store. Copy slots.json back from the newest spare "
                    "copy of this desk, or restore that copy."
                )
        return cls(store, slots, told)

    def save(self, path: Path) -> None:
        """Write the file whole and synced, read it back, and bring the spare copy up to it. Raises UserError.

        While the new file is written the spare copy holds the former one; afterwards it holds the new one as well,
        because a passphrase that was replaced must open nothing.
        """
        data = self._bytes()
        former = _bytes_of(path)
        if former is not None and _is_whole(former, path):
            disk.write_whole(before(path), former, "keep a copy of the key file")
        disk.write_whole(path, data, "write the key file")
        if _bytes_of(path) != data:
            raise SlotsDamaged(f"{path} was not written as it should be; its former copy is {before(path)}.")
        disk.write_whole(before(path), data, "keep a copy of the key file")

    def _bytes(self) -> bytes:
        told = {**self.more, "what": "asbdesk key slots", "version": VERSION, "store": self.store, "slots": self.slots}
        return json.dumps({**told, "sum": _sum(told)}, indent=1, sort_keys=True, ensure_ascii=True).encode() + b"\n"

    # ---- what is in it
    def kinds(self) -> tuple[str, ...]:
        """The kinds of slot there are, those of newer versions too."""
        return tuple(str(slot.get("kind")) for slot in self.slots)

    def has(self, kind: str) -> bool:
        return kind in self.kinds()

    def remove(self, kind: str) -> None:
        """Take a kind of slot out; the last that this version can open is never taken. Raises UserError."""
        if not any(k in KINDS and k != kind for k in self.kinds()):
            raise UserError("This is the only way into the store that is left. Set another one first.")
        self.slots = [slot for slot in self.slots if slot.get("kind") != kind]

    # ---- passphrase
    def put_passphrase(self, key: bytes, passphrase: str, cost: Cost = KDF_FULL) -> None:
        """Set or replace the passphrase's slot. Its strength is for `passphrase.require` to judge."""
        slot = new_slot(self.store, "passphrase", kdf="argon2id", m=cost.memory, t=cost.passes, l=cost.lanes)
        self._put(slot, argon2id(passphrase, slot), key)

    def open_passphrase(self, passphrase: str) -> bytes:
        """The store key. Raises WrongSecret."""
        slot = self._find("passphrase", "No passphrase is set for this store. Use the recovery sheet.")
        opened = unwrap(argon2id(passphrase, slot), slot)
        if opened is None:
            raise WrongSecret("passphrase", "That is not the passphrase. Capital letters and spaces count.")
        return opened

    # ---- the computer's keyring
    def put_keyring(self, key: bytes, secret: bytes) -> None:
        """Set or replace the keyring's slot; `secret` is the 32 random bytes that the keyring holds."""
        slot = new_slot(self.store, "keyring")
        self._put(slot, hkdf(secret, slot), key)

    def open_keyring(self, secret: bytes) -> bytes:
        """The store key. Raises WrongSecret."""
        slot = self._find("keyring", "Quick unlock is not set up for this store. Use the passphrase.")
        opened = unwrap(hkdf(secret, slot), slot)
        if opened is None:
            raise WrongSecret(
                "keyring", "The computer's keyring holds another key than this store's. Use the passphrase."
            )
        return opened

    # ---- recovery sheet
    def put_recovery(self, key: bytes, code: str) -> None:
        """Set or replace the recovery sheet's slot by a `new_recovery_code()`; a former sheet opens nothing then."""
        slot = new_slot(self.store, "recovery")
        self._put(slot, hkdf(parse_recovery(code), slot), key)

    def open_recovery(self, code: str) -> bytes:
        """The store key. Raises RecoveryTypo (a slip, with the group) or WrongSecret (not this store's sheet)."""
        secret = parse_recovery(code)
        slot = self._find("recovery", "No recovery sheet was made for this store. Use the passphrase.")
        opened = unwrap(hkdf(secret, slot), slot)
        if opened is None:
            raise WrongSecret(
                "recovery",
                "This code is copied right, and belongs to another desk or to a sheet that was replaced since. "
                "Look for the newest sheet of this desk.",
            )
        return opened

    # ---- the pieces
    def _put(self, slot: Slot, wrapping: bytes, key: bytes) -> None:
        wrap(slot, wrapping, key)
        self.slots = [old for old in self.slots if old.get("kind") != slot["kind"]] + [slot]

    def _find(self, kind: str, otherwise: str) -> Slot:
        for slot in self.slots:
            if slot.get("kind") == kind:
                return slot
        raise WrongSecret(kind, otherwise)


def before(path: Path) -> Path:
    """Where the spare copy of the key file lies."""
    return path.with_name(path.name + ".before")


def change_passphrase(
    path: Path, new: str, *, old: str | None = None, recovery: str | None = None, cost: Cost = KDF_FULL
) -> bytes:
    """Set a new passphrase by the old one or the recovery sheet; the store key. Offline, under the store's lock.

    Raises RecoveryTypo, WrongSecret, SlotsMissing, SlotsDamaged or UserError; then nothing has changed.
    """
    slots = Slots.load(path)
    if recovery is not None:
        key = slots.open_recovery(recovery)
    elif old is not None:
        key = slots.open_passphrase(old)
    else:
        raise ValueError("the old passphrase or the recovery code is needed")
    slots.put_passphrase(key, new, cost)
    slots.save(path)
    follow_slots(path, slots.store)
    return key


def renew_recovery(path: Path, key: bytes) -> str:
    """A new recovery sheet's code; the former sheet opens nothing from now on. Raises UserError."""
    slots, code = Slots.load(path), new_recovery_code()
    slots.put_recovery(key, code)
    slots.save(path)
    follow_slots(path, slots.store)
    return code


def _whole(data: bytes, path: Path) -> dict[str, Any]:
    """The file's content when every part of it is as it should be. Raises SlotsDamaged, or UserError when newer."""
    try:
        told = json.loads(data) if len(data) <= _LIMIT else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or told.get("what") != "asbdesk key slots":
        raise _damaged(path, "cut short, or not a key file" if data else "empty")
    if isinstance(told.get("version"), int) and told["version"] > VERSION:
        raise UserError(
            f"The key file {path} was written by a newer asbdesk. Install the newest version on this computer."
        )
    if told.pop("sum", None) != _sum(told) or told.get("version") != VERSION:
        raise _damaged(path, "altered")
    store, slots = told.get("store"), told.get("slots")
    if not isinstance(store, str) or not isinstance(slots, list) or not all(is_slot(s) for s in slots):
        raise _damaged(path, "altered")
    return told


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise disk.in_words(error, path, "read the key file") from None


def _is_whole(data: bytes, path: Path) -> bool:
    try:
        return bool(_whole(data, path))
    except UserError:
        return False


def _damaged(path: Path, how: str) -> SlotsDamaged:
    return SlotsDamaged(
        f"The key file {path} is {how}. Copy slots.json back from the newest spare copy of this desk, then unlock as "
        "usual; or restore that copy. The database itself has not been touched."
    )


def _sum(told: dict[str, Any]) -> str:
    """Finds damage by accident; damage on purpose is found by the slots themselves."""
    return hashlib.sha256(canonical(told)).hexdigest()
