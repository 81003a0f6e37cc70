"""Head office's slot: a one-time code over the telephone opens the store whose passphrase was forgotten, offline.

The code is worked out from the challenge in the slot and a secret that head office was given when this desk was open.
The secret lies in the encrypted store and with head office, not in the slot: who steals the laptop has the challenge
and nothing to answer it with. Once used, the slot is gone; the open desk makes another, with another challenge.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from asbdesk.clock import Clock, instant
from asbdesk.errors import UserError
from asbdesk.paths import StorePaths
from asbdesk.store.copies import follow_slots
from asbdesk.store.in_use import alone
from asbdesk.store.keys import Slots, WrongSecret
from asbdesk.store.recovery_code import parse_code, spell
from asbdesk.store.slot import KDF_FULL, Cost, Slot, hkdf, new_slot, unwrap, wrap
from asbdesk.store.tries import Tries

KIND = "headoffice"
CODE_GROUPS, CHALLENGE_GROUPS = 5, 2
"""Groups of the code (100 bits) and of the challenge (40 bits)."""
USED = "opened_by_head_office"
"""What the key file says beside its slots from the use of a code until the journal has it."""


def new_challenge() -> str:
    """What the lock screen shows and is read out to head office."""
    return spell(secrets.randbits(20 * CHALLENGE_GROUPS), CHALLENGE_GROUPS)


def parse_challenge(text: str) -> str:
    """A challenge as it was read out, in its one spelling. Raises RecoveryTypo."""
    return spell(int.from_bytes(parse_code(text, CHALLENGE_GROUPS), "big"), CHALLENGE_GROUPS)


def put(slots: Slots, key: bytes, code: str, challenge: str, letter: str, lost: int = 0) -> None:
    """Set or replace the slot: `code` answers `challenge`; `letter` tells head office which desk rings; `lost`: how
    many of head office's laptops had been lost when it was made."""
    slot = new_slot(slots.store, KIND, challenge=challenge, letter=letter, lost=lost)
    wrap(slot, hkdf(parse_code(code, CODE_GROUPS), slot), key)
    slots.slots = [*(old for old in slots.slots if old.get("kind") != KIND), slot]


def challenge(slots: Slots) -> tuple[str, str]:
    """`(challenge, letter)` to read out to head office; empty where there is no such slot."""
    slot = _find(slots)
    return (str(slot.get("challenge", "")), str(slot.get("letter", ""))) if slot else ("", "")


def stands(slots: Slots, lost: int) -> bool:
    """Whether there is such a slot, made since the last of head office's laptops was lost."""
    slot = _find(slots)
    return slot is not None and slot.get("lost") == lost


def _find(slots: Slots) -> Slot | None:
    return next((slot for slot in slots.slots if slot.get("kind") == KIND), None)


def is_code(text: str) -> bool:
    """Whether what was typed is as long as head office's code, and not as long as the recovery sheet's."""
    return sum(letter.isalnum() for letter in text) <= 5 * (CODE_GROUPS + 1)


def use(paths: StorePaths, code: str, new: str, clock: Clock, *, kdf: Cost = KDF_FULL) -> None:
    """Set a new passphrase by head office's code, which opens nothing afterwards.

    Raises RecoveryTypo (a slip), WrongSecret (not the answer to this desk's challenge), TooSoon, InUse or UserError;
    then nothing has changed.
    """
    tries = Tries(paths.folder / "tries.json", clock)
    tries.check()
    with alone(paths):
        try:
            _use(paths, code, new, instant(clock.now()), kdf)
        except WrongSecret:
            tries.wrong()
            raise
    tries.right()


def _use(paths: StorePaths, code: str, new: str, at: str, kdf: Cost) -> None:
    slots = Slots.load(paths.slots)
    slot = _find(slots)
    if slot is None:
        raise UserError("Head office was never given a way into this desk. Use the recovery sheet.")
    key = unwrap(hkdf(parse_code(code, CODE_GROUPS), slot), slot)
    if key is None:
        raise WrongSecret(
            KIND, "This code is copied right, and is not the answer to what this desk shows now. Ask again."
        )
    slots.put_passphrase(key, new, kdf)
    slots.remove(KIND)
    slots.more[USED] = at
    _save(slots, paths.slots)


def written_down(path: Path) -> None:
    """The journal has it that a code was used."""
    slots = Slots.load(path)
    if slots.more.pop(USED, None) is not None:
        _save(slots, path)


def _save(slots: Slots, path: Path) -> None:
    slots.save(path)
    follow_slots(path, slots.store)
