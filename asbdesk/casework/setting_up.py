"""First start without a window: the answers of PRACTICE.md 22 become a store, its authority, and a recovery sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from asbdesk.casework.desk import Desk
from asbdesk.casework.identity import AUTHORITY_KEY, OFFICER_KEY, keep_secret
from asbdesk.casework.landlord import add_member, set_up_landlord
from asbdesk.clock import instant, today
from asbdesk.errors import UserError
from asbdesk.store.slot import KDF_FULL, Cost

if TYPE_CHECKING:
    from asbdesk.clock import Clock
    from asbdesk.documents.authority import Identity
    from asbdesk.paths import StorePaths


@dataclass(frozen=True)
class Answers:
    """What first start asked. `second` may be nobody yet: that is an answer."""

    landlord: str
    officer: str
    homes: int = 0
    job: str = ""
    number: str = ""
    hours: str = ""
    closed_number: str = ""
    second_name: str = ""
    second_number: str = ""


@dataclass(frozen=True)
class Made:
    """A new store, open, and what must be printed before it is forgotten."""

    desk: Desk
    code: str
    """The recovery code. Shown once, never kept."""
    answers: Answers
    made_on: str

    @property
    def recovery_sheet(self) -> bytes:
        """The recovery sheet as a PDF."""
        from asbdesk.documents.recovery_sheet import make

        told = self.answers
        return make(told.landlord, told.officer, self.code, self.made_on, holder=told.second_name)


def set_up(
    paths: StorePaths, clock: Clock, passphrase: str, answers: Answers, *, kdf: Cost = KDF_FULL, reserve: bool = True
) -> Made:
    """Make the store, the landlord's authority and the officer's certificate. Raises UserError in plain words."""
    from asbdesk.documents.authority import issue, new_authority
    from asbdesk.store import vault
    from asbdesk.store.disk import write_whole

    if not answers.landlord.strip() or not answers.officer.strip():
        raise UserError("Write what your landlord is called, and your name.")
    at = instant(clock.now())
    authority = new_authority(answers.landlord, at=at)
    officer = issue(authority, answers.officer, answers.landlord, at=at)
    store, code = vault.create(paths, passphrase, clock, kdf=kdf, reserve=reserve)
    desk = Desk(store)
    try:
        _write_down(desk, answers, authority, officer)
        write_whole(paths.authority, authority.cert_pem, "keep the landlord's authority")
    except BaseException:
        store.close()
        raise
    return Made(desk, code, answers, today(clock))


def _write_down(desk: Desk, answers: Answers, authority: Identity, officer: Identity) -> None:
    """The landlord and the officer as records; the private keys stay on this laptop."""
    with desk.store.journal.batch():
        desk.do(
            set_up_landlord,
            answers.landlord.strip(),
            answers.homes,
            closed_number=answers.closed_number,
            authority=authority.cert_pem.decode(),
            second=(answers.second_name, answers.second_number),
        )
        member = desk.do(
            add_member,
            answers.officer.strip(),
            job=answers.job,
            number=answers.number,
            hours=answers.hours,
            certificate=officer.cert_pem.decode(),
        ).value
        keep_secret(desk, AUTHORITY_KEY, authority.key_pem)
        keep_secret(desk, OFFICER_KEY, officer.key_pem)
    desk.store.set_member(member)
