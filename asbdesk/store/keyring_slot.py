"""Quick unlock: a random secret in the computer's keyring, asked for so that a keyring can never lock anyone out.

Keyrings hang behind a prompt, pretend to keep, raise what they do not declare, or are not there (STORE.md 4). So each
call runs in a thread that is left behind when it takes too long, only keyrings known to encrypt are used, what was
kept is read back, and every failure is a `KeyringAway` with a sentence, never an exception: the passphrase still works.
"""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from asbdesk.store.keys import Slots, WrongSecret

T = TypeVar("T")
SECONDS = 10.0  # long enough to answer the system's own prompt, short enough to turn to the passphrase
_USER = "store key"
ALLOWED = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.macOS.Keyring",
    }
)
"""Keyrings that encrypt under the user's sign-in. The null, failing, plain-text and third-party ones are refused."""


@dataclass(frozen=True)
class KeyringAway:
    """The keyring did not help. `why`: none, locked, hangs, empty, changed, refused, failed. `sentence` is for show."""

    why: str
    sentence: str


_SAYS = {
    "none": "This computer has no keyring that asbdesk can use, so it cannot be opened quickly here.",
    "locked": "The computer's keyring is locked.",
    "hangs": "The computer's keyring does not answer.",
    "empty": "The computer's keyring no longer holds the key for this desk.",
    "changed": "The computer's keyring holds another key than this desk's.",
    "refused": "The computer's keyring said it kept the key, and has not.",
    "failed": "The computer's keyring failed.",
}


class Keyring:
    """One store's entry in the computer's keyring.

    `find` gives the keyring to use, or None; only tests give another than `safe_keyring`.
    """

    def __init__(self, store: str, *, find: Callable[[], Any] | None = None, seconds: float = SECONDS) -> None:
        self._service = f"asbdesk {store}"  # one service for each store: Windows mixes up entries that share one
        self._find = find or safe_keyring
        self._seconds = seconds

    def keep(self) -> bytes | KeyringAway:
        """Put a new secret of 32 random bytes into the keyring, read it back, and return it."""
        secret = secrets.token_bytes(32)

        def work(keyring: Any) -> bytes | KeyringAway:
            keyring.set_password(self._service, _USER, secret.hex())
            return secret if keyring.get_password(self._service, _USER) == secret.hex() else away("refused")

        return self._ask(work)

    def fetch(self) -> bytes | KeyringAway:
        """The secret that was kept."""

        def work(keyring: Any) -> bytes | KeyringAway:
            kept = keyring.get_password(self._service, _USER)
            if not kept:
                return away("empty")
            return bytes.fromhex(kept) if re.fullmatch("[0-9a-f]{64}", kept) else away("changed")

        return self._ask(work)

    def forget(self) -> KeyringAway | None:
        """Take the secret out of the keyring; one that is gone already is fine."""

        def work(keyring: Any) -> KeyringAway | None:
            if keyring.get_password(self._service, _USER) is not None:
                keyring.delete_password(self._service, _USER)
            return None

        return self._ask(work)

    def _ask(self, work: Callable[[Any], T]) -> T | KeyringAway:
        """`work` with the keyring in a thread of its own, which is abandoned after `seconds`."""
        answer: list[T | KeyringAway] = []

        def run() -> None:
            try:
                keyring = self._find()
                answer.append(away("none") if keyring is None else work(keyring))
            except Exception as error:  # noqa: BLE001  a keyring raises what it likes (pywintypes.error, D-Bus errors)
                answer.append(away(_why(error)))

        # Not a thread pool: its threads are waited for when the program ends, and a hanging keyring must not hold it.
        thread = threading.Thread(target=run, name="keyring", daemon=True)
        thread.start()
        thread.join(self._seconds)
        return answer[0] if answer else away("hangs")


def safe_keyring() -> Any:
    """The system's keyring when it is one that encrypts, else None. May raise or hang: call it in the thread."""
    import keyring

    found = keyring.get_keyring()
    for each in getattr(found, "backends", None) or [found]:  # several that work come as a chain, best first
        if f"{type(each).__module__}.{type(each).__qualname__}" in ALLOWED:
            if type(each).__module__.endswith(".Windows"):
                each.persist = "local machine"  # the default follows the user to other computers
            return each
    return None


def away(why: str) -> KeyringAway:
    """Why the keyring did not help, with what to do instead."""
    return KeyringAway(why, f"{_SAYS[why]} Your passphrase opens the desk as always.")


def open_quickly(slots: Slots, keyring: Keyring | None = None) -> bytes | KeyringAway:
    """The store key by way of the keyring. Never raises."""
    if not slots.has("keyring"):
        return KeyringAway("none", "Quick unlock is not switched on for this desk. Use your passphrase.")
    secret = (keyring or Keyring(slots.store)).fetch()
    if isinstance(secret, KeyringAway):
        return secret
    try:
        return slots.open_keyring(secret)
    except WrongSecret:
        return away("changed")


def switch_on(path: Path, key: bytes, keyring: Keyring | None = None) -> KeyringAway | None:
    """Set up quick unlock for the store of the key file `path`; None when it works now. Raises UserError (disk)."""
    slots = Slots.load(path)
    secret = (keyring or Keyring(slots.store)).keep()
    if isinstance(secret, KeyringAway):
        return secret
    slots.put_keyring(key, secret)
    slots.save(path)
    return None


def switch_off(path: Path, keyring: Keyring | None = None) -> KeyringAway | None:
    """Take quick unlock away. The slot goes first, so that it is off even where the keyring does not answer."""
    slots = Slots.load(path)
    if slots.has("keyring"):
        slots.remove("keyring")
        slots.save(path)
    return (keyring or Keyring(slots.store)).forget()


def _why(error: Exception) -> str:
    from keyring import errors

    kinds = ((errors.NoKeyringError, "none"), (errors.KeyringLocked, "locked"), (errors.InitError, "locked"))
    return next((why for kind, why in kinds if isinstance(error, kind)), "failed")
