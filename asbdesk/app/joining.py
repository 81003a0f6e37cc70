"""A new desk that answers an invitation: a store without a landlord of its own, its sheet, and the request to join."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from asbdesk.casework.desk import Desk
from asbdesk.clock import Clock, london_day, long_day, parse_instant, today
from asbdesk.errors import UserError
from asbdesk.paths import StorePaths, read_given
from asbdesk.ui.door import Invitation, Joining, Sheet

if TYPE_CHECKING:
    from asbdesk.sync import invitation
    from asbdesk.sync.place import Place


def look_at(file: Path, clock: Clock) -> Invitation:
    """What an invitation file says. Raises UserError for one that cannot be read, or has run out."""
    from asbdesk.sync.place import FOLDER

    told = _read(file)
    if clock.now() > parse_instant(told.until):
        day = long_day(london_day(told.until))
        raise UserError(f"This invitation ran out on {day}. Ask for a new one.")
    where = _meeting(told, file, "")
    folder = where.where if where.kind == FOLDER else ""
    until = long_day(london_day(told.until))
    return Invitation(told.landlord, told.role, until, folder, not folder or _is_ours(Path(folder)))


def join(paths: StorePaths, clock: Clock, answers: Joining, cost: dict[str, Any]) -> tuple[Desk, Sheet]:
    """Make the store and ask to join. Raises UserError; a store made for it is used again the next time."""
    from asbdesk.documents.recovery_sheet import make
    from asbdesk.store import vault
    from asbdesk.store.keys import renew_recovery
    from asbdesk.sync import enrolment, invitation

    told = _read(answers.file)
    invitation.code_bytes(answers.code)
    if paths.exists():  # the last try came so far
        store = vault.unlock(paths, clock, passphrase=answers.passphrase)
        code = renew_recovery(paths.slots, store.key)
    else:
        store, code = vault.create(paths, answers.passphrase, clock, **cost)
    try:
        officer = {"name": answers.officer, "number": answers.number, "hours": answers.hours}
        enrolment.join(store, told, answers.code, officer, _meeting(told, answers.file, answers.folder))
    except BaseException:
        store.close()
        raise
    return Desk(store), Sheet(code, make(told.landlord, answers.officer, code, today(clock)))


def _read(file: Path) -> invitation.Invitation:
    from asbdesk.sync.invitation import LARGEST, read_invitation

    try:
        data = read_given(file, LARGEST)
    except OSError as error:
        why = error.strerror or "it cannot be opened"
        raise UserError(f"{file.name}: {why}. Choose the invitation file, its name ends in .asborg.") from error
    return read_invitation(data, file.name)


def _meeting(told: invitation.Invitation, file: Path, folder: str) -> Place:
    """Where to meet: the folder as it is called on this laptop, the one in the invitation, or the one it lies in."""
    from asbdesk.sync.place import FOLDER, Place

    if told.place.kind != FOLDER:
        return told.place
    if folder:
        return Place(FOLDER, str(Path(folder).expanduser().absolute()))
    beside = file.absolute().parent
    return told.place if _is_ours(Path(told.place.where)) or not _is_ours(beside) else Place(FOLDER, str(beside))


def _is_ours(folder: Path) -> bool:
    from asbdesk.sync.names import MARKER

    return (folder / MARKER).is_file()
