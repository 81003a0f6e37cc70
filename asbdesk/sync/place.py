"""Where this desk meets the others, and what it is among them: one local setting, `org`."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.errors import UserError
from asbdesk.model import Case, Landlord
from asbdesk.store.noted import note, noted
from asbdesk.sync import keys

if TYPE_CHECKING:
    from asbdesk.store.vault import Store
    from asbdesk.sync.depot import Depot
    from asbdesk.sync.told import Stop

SETTING = "org"
LETTER = "desk_letter"
"""The setting that holds the letter of this desk's case references, once it was given one."""
FOLDER, SERVICE = "folder", "service"
ASKED, MEMBER, REVOKED = "asked", "member", "revoked"

ALONE = "This desk works by itself: it has no place to meet others. Make one with `asbdesk depot create`."


LOST_IN = (
    "This desk has a landlord of its own, {name}, and {cases} of its own, so it cannot join as it is. Nothing of it is "
    "changed or lost. So its cases come along: "
    "1. Join with a new store beside this one: asbdesk --store NEW join FILE --code-file CODE. "
    "2. When head office has admitted it: asbdesk --store NEW sync. "
    "3. asbdesk --store NEW bring THIS, where THIS is the folder of this store; then sync again. "
    "What happened, and when, comes along, with photographs and sealed papers, encrypted all the way; each case gets a "
    "number of this organisation. Keep this store until you have looked at each case in the new one."
)


@dataclass(frozen=True)
class Place:
    """`kind`: `folder` or `service`; `where`: the folder, or the address with what its certificate is known by."""

    kind: str
    where: str


@dataclass(frozen=True)
class Org:
    """The organisation this desk belongs to, or has asked to. `root`: its public key, hex; `state`: `asked`,
    `member` or `revoked`; `asked_with`: what a desk that has asked needs until it is admitted; `needs`: the oldest step
    of the store's tables that may still write."""

    id: str
    root: str
    place: Place
    state: str
    role: str
    team: str = ""
    letter: str = ""
    asked_with: dict[str, Any] | None = None
    needs: str = ""


def place_of(where: str) -> Place:
    """A folder, or head office's address, as it is typed."""
    if where.startswith(("https://", "http://")):
        return Place(SERVICE, where)
    return Place(FOLDER, str(Path(where).expanduser().absolute()))


def read(conn: sa.Connection) -> Org | None:
    """What is kept, or None for a desk that works by itself."""
    text = noted(conn, SETTING)
    if text is None:
        return None
    told = json.loads(text)
    return Org(**{**told, "place": Place(**told["place"])})


def keep(conn: sa.Connection, org: Org) -> None:
    """Keep it in place of what was kept."""
    kept = {SETTING: json.dumps(asdict(org), sort_keys=True)}
    note(kept | ({LETTER: org.letter} if org.letter else {}), conn)


def org_of(store: Store) -> Org:
    """The organisation of an open store. UserError for a desk that works by itself."""
    with store.reader.connect() as conn:
        found = read(conn)
    if found is None:
        raise UserError(ALONE)
    return found


def belong(store: Store, org: Org) -> None:
    """Keep what this desk is, and let its journal know: what is written from now on waits to be sent."""
    store.journal.write_local(lambda conn: keep(conn, org))
    store.journal.sending, store.journal.role, store.journal.needs = True, org.role, org.needs


def move(store: Store, place: Place) -> Org:
    """Meet somewhere else from now on."""
    org = replace(org_of(store), place=place)
    belong(store, org)
    return org


def open_depot(store: Store, stop: Stop | None = None) -> Depot:
    """The place to meet. Raises UserError for a desk that works by itself; the depot says when it is away. `stop`:
    asked while a folder does not answer."""
    return open_place(store, org_of(store).place, stop)


def open_place(store: Store, place: Place, stop: Stop | None = None) -> Depot:
    """One place as this desk sees it."""
    if place.kind == FOLDER:
        from asbdesk.sync.awaited import Awaited
        from asbdesk.sync.folder import FolderDepot

        return Awaited(FolderDepot(Path(place.where), store.journal.device), stop)
    from asbdesk.sync.service import ServiceDepot

    with store.reader.connect() as conn:
        org = read(conn)
        private = keys.secret(conn, keys.SIGN)
    if org is None or private is None:
        raise UserError(ALONE)
    return ServiceDepot(place.where, org.id, store.journal.device, private)


def see_that_it_is_empty(store: Store) -> None:
    """UserError where this desk has a landlord or cases of its own."""
    with store.reader.connect() as conn:
        name = conn.scalar(sa.select(Landlord.name).limit(1))
        cases = conn.scalar(sa.select(sa.func.count()).select_from(Case)) or 0
    if name is not None or cases:
        raise UserError(LOST_IN.format(name=name or "unnamed", cases=f"{cases} cases" if cases != 1 else "1 case"))
