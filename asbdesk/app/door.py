"""The real door to a store. The store is imported by the methods that need it: none before first paint."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asbdesk import settings as kept
from asbdesk.clock import Clock, monotonic, parse_instant, short_moment, today
from asbdesk.errors import UserError
from asbdesk.paths import StorePaths
from asbdesk.settings import Settings
from asbdesk.ui.door import CopyLine, DoorState, FormFault, Invitation, Joining, Note, SetUp, Sheet, Strength, Told

if TYPE_CHECKING:
    from threading import Event

    from asbdesk.casework.desk import Desk
    from asbdesk.store.keyring_slot import Keyring
    from asbdesk.store.slot import Cost

PATIENCE = 4.0
"""Seconds to wait for a store that the process before this one is just letting go."""


class StoreDoor:
    """`ui.door.Door` on a real store. `kdf` and `keyring` are the usual ones unless a test hands in others."""

    def __init__(
        self,
        paths: StorePaths,
        clock: Clock,
        *,
        again: Callable[[], object],
        kdf: Cost | None = None,
        keyring: Keyring | None = None,
    ) -> None:
        self.paths, self.clock = paths, clock
        self._again, self._kdf, self._keyring = again, kdf, keyring
        self.desk: Desk | None = None
        self._faults: tuple[FormFault, ...] = ()

    # ---- known without opening
    def state(self) -> DoorState:
        told = self.settings()
        days = None
        if told.newest_copy is not None:
            days = (self.clock.now() - parse_instant(told.newest_copy)).days
        if not self.paths.exists():
            return DoorState("new", copy_days=days)
        if not self.paths.slots.exists() or not self.paths.database.exists():
            return DoorState("problem", self._missing(), copy_days=days)
        return DoorState("locked", quick=told.quick_unlock, copy_days=days)

    def _missing(self) -> str:
        lost = self.paths.database if self.paths.slots.exists() else self.paths.slots
        return (
            f"A file of your desk is missing: {lost}. Nothing else was changed. Put it back if you know where it is, "
            "or restore your newest copy: it brings its own keys, and your passphrase of that day."
        )

    def warm(self) -> None:
        """After first paint: bring in what unlocking needs, and say what is wrong with the store before it is tried."""
        from asbdesk.store.keys import Slots
        from asbdesk.store.trouble import look_at

        if self.paths.exists():
            Slots.load(self.paths.slots)
            look_at(self.paths)
        from sqlalchemy.orm import configure_mappers

        import asbdesk.casework.today
        import asbdesk.store.vault  # noqa: F401

        configure_mappers()

    def settings(self) -> Settings:
        return kept.load(self.paths.settings)[0]

    def change_settings(self, **fields: Any) -> str:
        if not self.paths.folder.exists():
            return ""
        return kept.save(replace(self.settings(), **fields), self.paths.settings) or ""

    # ---- the first start
    def strength(self, passphrase: str, about: tuple[str, ...] = ()) -> Strength:
        from asbdesk.store.passphrase import strength

        found = strength(passphrase, about)
        return Strength(found.score, found.words, found.enough)

    def set_up(self, answers: SetUp) -> tuple[Desk, Sheet]:
        from asbdesk.casework.setting_up import Answers, set_up

        given = Answers(
            answers.landlord,
            answers.officer,
            answers.homes or 0,
            number=answers.number,
            hours=answers.hours,
            closed_number=answers.closed,
            second_name=answers.checker,
            second_number=answers.checker_number,
        )
        made = set_up(self.paths, self.clock, answers.passphrase, given, **self._cost())
        self.desk = made.desk
        if answers.quick:
            self.set_quick(made.desk, True)
        return made.desk, Sheet(made.code, made.recovery_sheet)

    def invitation(self, file: Path) -> Invitation:
        """What an invitation file says. Raises UserError for a file that is none, or has run out."""
        from asbdesk.app.joining import look_at

        return look_at(file, self.clock)

    def join(self, answers: Joining) -> tuple[Desk, Sheet]:
        """A new desk that asks to join; it is open, and waits to be admitted."""
        from asbdesk.app.joining import join

        self.desk, sheet = join(self.paths, self.clock, answers, self._cost())
        if answers.quick:
            self.set_quick(self.desk, True)
        return self.desk, sheet

    def _cost(self) -> dict[str, Any]:
        return {} if self._kdf is None else {"kdf": self._kdf}

    # ---- copies
    def place_problem(self, folder: Path) -> str:
        """Why the spare copy cannot go there, in words; empty when it can."""
        from asbdesk.app import spare

        return spare.problem(self.paths, folder)

    def place_note(self, folder: Path) -> str:
        """What to know of a folder that may be used all the same; empty when there is nothing."""
        from asbdesk.app import spare

        return spare.note(self.paths, folder)

    def make_copy(self, desk: Desk, folder: Path, told: Told, stop: Event | None = None) -> Path:
        from asbdesk.store.backup import backup

        return backup(desk.store, folder, progress=told, stop=stop).folder

    def copies(self, folder: Path) -> tuple[CopyLine, ...]:
        """The whole copies in `folder`, newest first; the folder itself when it is one."""
        from asbdesk.store import copies

        try:
            found = [copies.read(folder)]
        except UserError:
            found = copies.copies(folder)
        return tuple(CopyLine(c.folder, short_moment(c.made), c.folder.name) for c in found)

    def restore(self, copy: Path) -> str:
        from asbdesk.store.restore import restore

        return restore(copy, self.paths, self.clock).sentence

    # ---- opening
    def wait(self) -> float:
        from asbdesk.store.tries import Tries

        return Tries(self.paths.folder / "tries.json", self.clock).wait()

    def unlock(self, passphrase: str) -> Desk:
        return self._open(passphrase=passphrase)

    def unlock_quickly(self) -> Desk:
        return self._open(keyring=self._keyring or True)

    def _open(self, **secret: Any) -> Desk:
        from asbdesk.app.calling import calling_forward
        from asbdesk.casework.desk import Desk
        from asbdesk.store.vault import unlock

        self._wait_for_the_one_before()
        with calling_forward(self.paths):
            self.desk = Desk(unlock(self.paths, self.clock, **secret))
        return self.desk

    def _wait_for_the_one_before(self) -> None:
        """Locking starts this process before the other has ended: give it a moment, then let `unlock` say so."""
        from filelock import FileLock, Timeout

        until = monotonic() + PATIENCE
        while monotonic() < until:
            try:
                with FileLock(self.paths.lock).acquire(timeout=0):
                    return
            except (Timeout, OSError):
                time.sleep(0.1)

    def recover(self, code: str, new: str) -> Desk:
        from asbdesk.store.vault import set_passphrase

        self._wait_for_the_one_before()
        set_passphrase(self.paths, new, recovery=code, **self._cost())
        return self._open(passphrase=new)

    def challenge(self) -> tuple[str, str]:
        """What to read out to head office, and the letter of this desk; empty where head office has no way in."""
        from asbdesk.store.keys import Slots
        from asbdesk.store.office_slot import challenge

        return challenge(Slots.load(self.paths.slots))

    def open_by_head_office(self, code: str, new: str) -> Desk:
        """Open with the one-time code that head office read out, and a new passphrase."""
        from asbdesk.store.office_slot import use

        self._wait_for_the_one_before()
        use(self.paths, code, new, self.clock, **self._cost())
        return self._open(passphrase=new)

    def prove(self, passphrase: str) -> bool:
        """Is this the passphrase of the desk that is open? For a covered screen; wrong ones slow down there too."""
        from asbdesk.store.keys import Slots, WrongSecret
        from asbdesk.store.tries import Tries

        tries = Tries(self.paths.folder / "tries.json", self.clock)
        tries.check()
        try:
            Slots.load(self.paths.slots).open_passphrase(passphrase)
        except WrongSecret:
            tries.wrong()
            return False
        tries.right()
        return True

    # ---- while it is open
    def set_passphrase(self, old: str, new: str) -> None:
        from asbdesk.store.keys import change_passphrase
        from asbdesk.store.slot import KDF_FULL

        change_passphrase(self.paths.slots, new, old=old, recovery=None, cost=self._kdf or KDF_FULL)

    def new_sheet(self, desk: Desk, passphrase: str) -> Sheet:
        """A new recovery sheet, for whoever knows the passphrase; the former one opens nothing from then on."""
        from asbdesk.documents.recovery_sheet import make
        from asbdesk.store.keys import renew_recovery

        if not self.prove(passphrase):
            raise UserError("That is not the passphrase. The recovery sheet you have goes on working.")
        told = desk.landlord
        code = renew_recovery(self.paths.slots, desk.store.key)
        pdf = make(told.name, told.officer, code, today(self.clock), holder=told.second_name)
        return Sheet(code, pdf)

    # ---- what the desk has to say about itself
    def catch_up(self, desk: Desk, told: Told) -> int:
        """What is due in the cases whose lines wait, worked out again; how many they were."""
        return desk.store.journal.catch_up(told)

    def tidy(self, desk: Desk) -> None:
        """Once after each unlock: see to what is late, and look at the landlord's own forms and letters."""
        from asbdesk.app.notes import faults

        desk.store.tidy()
        self._faults = faults(self.paths)

    def form_faults(self) -> tuple[FormFault, ...]:
        return self._faults

    def notes(self, desk: Desk) -> tuple[Note, ...]:
        """What should be known of this desk and this laptop now. Cheap: read whenever Today is drawn."""
        from asbdesk.app.notes import notes

        return notes(self.paths, desk.store, self._faults)

    def trust_clock(self, desk: Desk) -> None:
        """The officer says that the clock is right."""
        desk.store.journal.trust_clock()

    def set_quick(self, desk: Desk, on: bool) -> str:
        """Switch the computer's sign-in on or off; why it cannot be, in words, or empty."""
        from asbdesk.store.keyring_slot import switch_off, switch_on

        away = None
        if on:
            away = switch_on(self.paths.slots, desk.store.key, self._keyring)
        else:
            switch_off(self.paths.slots, self._keyring)
        problem = self.change_settings(quick_unlock=on and away is None)
        return away.sentence if away is not None else problem

    def lock(self) -> None:
        """Let go of the store and start afresh: nothing stays in memory. The caller then ends this process."""
        if self.desk is not None:
            self.desk.store.close()
            self.desk = None
        self._again()
