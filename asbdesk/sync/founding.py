"""Founding an organisation, or meeting somewhere else: what `depot create` does."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.clock import instant
from asbdesk.errors import UserError
from asbdesk.model import sync as q
from asbdesk.model.journal import local_secret
from asbdesk.store.roles import HEAD_OFFICE, HUB
from asbdesk.sync import certificates, keys, kit, place, roster, sealing
from asbdesk.sync.depot import DepotAway, Marker, NotThere
from asbdesk.sync.members import give_role, landlord
from asbdesk.sync.place import FOLDER, MEMBER, Org, Place
from asbdesk.sync.statement import ROOT

if TYPE_CHECKING:
    from asbdesk.store.vault import Store


NO_LETTER = "ZZZ"
"""The letter of the service, which opens no cases."""


@dataclass(frozen=True)
class Founded:
    """`new`: an organisation was founded, and its kit (`code`) must be printed; else only the place is another."""

    org: str
    where: str
    new: bool
    code: str


def create(store: Store, where: str, code: str = "") -> Founded:
    """Make a folder or a head-office service (with the code it was made with) the place where this desk meets others.

    A desk that works by itself founds its organisation by it; another goes on meeting there. Raises UserError.
    """
    with store.reader.connect() as conn:
        org, (landlord_id, _) = place.read(conn), landlord(conn)
    meeting = place.place_of(where)
    if org is not None:
        return _move(store, org, meeting, code)
    made = kit.new()
    _found(store, made, meeting, code, f"landlord/{landlord_id}")
    return Founded(made.org, meeting.where, True, made.code)


def needs_code(store: Store, where: str) -> bool:
    """Whether meeting there wants the code that a service was made with: not where colleagues meet there already."""
    meeting = place.place_of(where)
    if meeting.kind == FOLDER:
        return False
    with store.reader.connect() as conn:
        org = place.read(conn)
        office = org is not None and roster.Roster.load(conn, org.id).role(store.journal.device) == HEAD_OFFICE
    return org is None or (office and not _is_ours(store, org.id, meeting))


def _is_ours(store: Store, org: str, meeting: Place) -> bool:
    """Whether a service is this organisation's already, with the hub that it has now in the roster."""
    if meeting.kind == FOLDER:
        return False
    from asbdesk.sync import service

    with contextlib.suppress(DepotAway, NotThere), store.reader.connect() as conn:
        hub = roster.Roster.load(conn, org).role(service.hub(meeting.where).device)
        return hub == HUB and place.open_place(store, meeting).marker().org == org
    return False


def _move(store: Store, org: Org, meeting: Place, code: str) -> Founded:
    with store.reader.connect() as conn:
        role = roster.Roster.load(conn, org.id).role(store.journal.device)
    if role == HEAD_OFFICE and not _is_ours(store, org.id, meeting):
        _make_place(store, org.id, meeting, code)
    elif place.open_place(store, meeting).marker().org != org.id:
        raise UserError(f"{meeting.where} belongs to another organisation. Look at what head office wrote.")
    place.move(store, meeting)
    return Founded(org.id, meeting.where, False, "")


def _found(store: Store, made: kit.Kit, meeting: Place, code: str, file: str) -> None:
    at, me = instant(store.clock.now()), store.journal.device
    member = store.journal.member

    def write(conn: sa.Connection) -> str:
        _forget(conn)  # what a founding that was broken off left
        own = keys.device_keys(conn)
        for kind, told in (
            ("found", {"root": made.root.public.hex(), "recovery": made.recovery.public.hex()}),
            ("enrol", {"device": me, "member": member, "sign": own.sign.public.hex(), "box": own.box.public.hex(),
                       "role": HEAD_OFFICE, "team": "", "letter": "A"}),
        ):  # fmt: skip
            roster.declare(conn, made.root.private, ROOT, made.org, kind, at, **told)
        keys.keep(conn, kit.SECRET, made.code.encode())
        certificates.share_authority(conn)
        keys.key_for(conn, file, at)
        return roster.Roster.load(conn, made.org).devices()[0].letter

    # the place is tried first: where it cannot be made, nothing is founded
    with contextlib.ExitStack() as undo:
        undo.callback(store.journal.write_local, _forget)
        letter = store.journal.write_local(write)
        _make_place(store, made.org, meeting, code)
        undo.pop_all()
    store.do(give_role, member, HEAD_OFFICE)
    place.belong(store, Org(made.org, made.root.public.hex(), meeting, MEMBER, HEAD_OFFICE, letter=letter))
    from asbdesk.sync.publish import first_time

    first_time(store.journal)


def _forget(conn: sa.Connection) -> None:
    for table in (q.roster_line, q.file_key, q.key_due, q.key_fresh):
        conn.execute(table.delete())
    conn.execute(local_secret.delete().where(local_secret.c.name == kit.SECRET))


def _make_place(store: Store, org: str, meeting: Place, code: str) -> None:
    if meeting.kind == FOLDER:
        from asbdesk.sync.folder import create as create_folder

        create_folder(Path(meeting.where), org, store.clock)
        return
    from asbdesk.sync import service

    hub = service.hub(meeting.where)
    at = instant(store.clock.now())

    def write(conn: sa.Connection) -> list[bytes]:
        now = roster.Roster.load(conn, org)
        if now.device(hub.device) is None:
            told = {"device": hub.device, "member": sealing.new_id(), "sign": hub.sign.hex(), "box": hub.box.hex()}
            private, me = keys.device_keys(conn).sign.private, store.journal.device
            roster.declare(conn, private, me, org, "enrol", at, **told, role=HUB, team="", letter=NO_LETTER)
        return [data for _, data in roster.lines(conn)]

    first, *others = store.journal.write_local(write)
    service.found(meeting.where, code, Marker(org, 1, at), first, others)


# ---- the kit, until it is on paper
def kit_code(store: Store) -> str:
    """The kit's code while it still lies on this laptop; empty once it is put away."""
    with store.reader.connect() as conn:
        return (keys.secret(conn, kit.SECRET) or b"").decode()


def kit_sheet(store: Store) -> bytes:
    """The kit as a PDF to print twice and put away. UserError once it was."""
    code = kit_code(store)
    if not code:
        raise UserError("The kit was printed and put away. It lies on no laptop any more.")
    from asbdesk.clock import today
    from asbdesk.documents.organisation_kit import make

    with store.reader.connect() as conn:
        name = landlord(conn)[1]
    return make(name, code, today(store.clock))


def kit_is_put_away(store: Store, last_group: str) -> None:
    """The paper is printed and can be read (its last group proves it): the code leaves this laptop. UserError else."""
    from asbdesk.store.recovery_code import is_last_group

    code = kit_code(store)
    if code and not is_last_group(code, last_group):
        raise UserError("That is not the last group on the paper. Read it again.")
    gone = local_secret.delete().where(local_secret.c.name == kit.SECRET)
    store.journal.write_local(lambda conn: conn.execute(gone))
