"""Enrolment on both sides: an invitation made, answered by a laptop that asks to join, and admitted by six words."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.clock import instant, parse_instant, today
from asbdesk.errors import UserError
from asbdesk.model import Member, new_id
from asbdesk.model.journal import local_secret
from asbdesk.store.recovery_code import spell
from asbdesk.store.roles import AUDITOR, HEAD_OFFICE, MANAGER, OFFICER
from asbdesk.sync import certificates, held, invitation, keys, names, place, roster, sealing
from asbdesk.sync.invitation import CODE_GROUPS, DAYS, Invitation, Misread, Request
from asbdesk.sync.members import admit_member, landlord
from asbdesk.sync.place import ASKED, Org, Place

if TYPE_CHECKING:
    from asbdesk.store.vault import Store

INVITED = (OFFICER, MANAGER, HEAD_OFFICE, AUDITOR)
"""Roles that somebody can be invited to; the service is enrolled when its place is made."""
_INVITATION, _REQUEST = "invitation:", "join:"
"""Beginnings of the names in `local_secret`: what was invited with its code, and requests that came."""

NOT_HEAD_OFFICE = "Only a head-office laptop can do this. This one works as {role}."


# ---- head office invites
@dataclass(frozen=True)
class Invited:
    """`file`: the invitation's bytes, one way; `code`: the one-time code, another way."""

    id: str
    file: bytes
    code: str
    until: str


def invite(store: Store, role: str, *, team: str = "", member: str = "") -> Invited:
    """Invite somebody, or (`member`) give somebody who works here another laptop. UserError where this desk may not."""
    if role not in INVITED:
        raise UserError(f"There is no role {role}. Choose one of {', '.join(INVITED)}.")
    org = see_that_this_is_head_office(store)
    with store.reader.connect() as conn:
        name = landlord(conn)[1]
        if member and conn.scalar(sa.select(Member.id).where(Member.id == member)) is None:
            raise UserError(f"There is no member {member}. See `asbdesk members`.")
    number = secrets.randbits(20 * CODE_GROUPS)
    code = spell(number, CODE_GROUPS)
    until = instant(store.clock.now() + dt.timedelta(days=DAYS))

    def write(conn: sa.Connection) -> bytes:
        own = keys.device_keys(conn)
        made = Invitation(
            new_id(), org.id, org.root, store.journal.device, own.sign.public.hex(), own.box.public.hex(), name, role,
            team, member, until, org.place,
        )  # fmt: skip
        kept = {"role": role, "team": team, "member": member, "until": until, "code": code}
        keys.keep(conn, _INVITATION + made.id, json.dumps(kept).encode())
        return made.file(own.sign.private)

    file = store.journal.write_local(write)
    return Invited(json.loads(file)["id"], file, code, until)


def see_that_this_is_head_office(store: Store) -> Org:
    """The organisation, where this desk may write its roster. UserError otherwise."""
    org = place.org_of(store)
    with store.reader.connect() as conn:
        role = roster.Roster.load(conn, org.id).role(store.journal.device)
    if role != HEAD_OFFICE:
        raise UserError(NOT_HEAD_OFFICE.format(role=(role or "no member").replace("_", " ")))
    return org


# ---- a laptop asks
@dataclass(frozen=True)
class Asked:
    """What a laptop that asked to join shows: the six words to read out, and whom it asked."""

    request: str
    words: tuple[str, ...]
    landlord: str
    role: str
    where: str


def join(store: Store, told: Invitation, code: str, officer: dict[str, str], meeting: Place | None = None) -> Asked:
    """Ask to join with an empty store. `officer`: `name`, and what papers say (`job`, `number`, `hours`).

    Asking again with the same invitation is no harm. Raises RecoveryTypo, or UserError: the invitation has run out,
    this desk belongs somewhere already, or has cases of its own. The request is put by `ask`.
    """
    secret = invitation.code_bytes(code)
    with store.reader.connect() as conn:
        org = place.read(conn)
    if org is not None:
        if org.asked_with is None or org.asked_with["invitation"]["id"] != told.id:
            raise UserError(f"This desk belongs to an organisation already, and meets it at {org.place.where}.")
        if _asked_with(org)[1].is_answer_to(secret):
            return asked(store)  # else it was asked with a wrong code, and is asked again with this one
    place.see_that_it_is_empty(store)
    invitation.see_that_it_is_good(told, store.clock)
    member = told.member or new_id()

    def write(conn: sa.Connection) -> Request:
        own = keys.device_keys(conn)
        words = {**officer, "certificate_for": certificates.new_officer_key(conn)}
        device = store.journal.device
        public = {"sign": own.sign.public, "box": own.box.public}
        return invitation.make_request(told, secret, device=device, member=member, told=words, **public)

    request = store.journal.write_local(write)
    with_ = {"invitation": asdict(told), "request": asdict(request), "officer": officer}
    meeting = meeting or told.place
    place.belong(store, Org(told.org, told.root, meeting, ASKED, told.role, told.team, "", with_))
    store.set_member(member)
    return asked(store)


def asked(store: Store) -> Asked:
    """What this laptop shows while it waits to be admitted. UserError where it waits for nothing."""
    org = place.org_of(store)
    told, request = _asked_with(org)
    words = invitation.six_words(told.root, told.admin_sign, request)
    return Asked(request.id, words, told.landlord, told.role, org.place.where)


def _asked_with(org: Org) -> tuple[Invitation, Request]:
    if org.asked_with is None:
        raise UserError("This desk was admitted already.")
    told = dict(org.asked_with["invitation"])
    return Invitation(**{**told, "place": Place(**told["place"])}), Request(**org.asked_with["request"])


def request_due(store: Store) -> tuple[str, bytes] | None:
    """This laptop's own request, to be put until it is admitted: its name and bytes. None for a member."""
    with store.reader.connect() as conn:
        org = place.read(conn)
    if org is None or org.state != ASKED:
        return None
    request = _asked_with(org)[1]
    return names.join_request(request.id), request.data()


# ---- head office looks at who asks
@dataclass(frozen=True)
class Waiting:
    """Somebody who asks to join. `why`: why they cannot be admitted here, or empty; `words`: six, to compare."""

    id: str
    name: str
    role: str
    team: str
    device: str
    words: tuple[str, ...]
    why: str = ""


def take_request(store: Store, name: str, data: bytes) -> str | None:
    """Keep a request that came; why not, or None. Whether it is answered is for a person to say."""
    parts = names.read(name)
    try:
        request = invitation.read_request(data)
    except Misread as error:
        return str(error)
    if parts is None or parts.kind != "join" or parts.hash != request.id or request.org != place.org_of(store).id:
        return "of another organisation, or under another name"
    store.journal.write_local(lambda conn: keys.keep(conn, _REQUEST + request.id, data))
    return None


def waiting(store: Store) -> tuple[Waiting, ...]:
    """Everybody who asks to join and was not admitted yet."""
    with store.reader.connect() as conn:
        org = place.read(conn)
        if org is None:
            return ()
        now = roster.Roster.load(conn, org.id)
        return tuple(_waiting(conn, store, org, r) for r in _requests(conn) if now.device(r.device) is None)


def _requests(conn: sa.Connection) -> Iterator[Request]:
    c = local_secret.c
    which = sa.select(c.value).where(c.name.startswith(_REQUEST)).order_by(c.name)
    for data in conn.scalars(which):
        with suppress(Misread):
            yield invitation.read_request(data)


def _waiting(conn: sa.Connection, store: Store, org: Org, request: Request) -> Waiting:
    kept = keys.secret(conn, _INVITATION + request.invitation)
    if kept is None:
        why = "Another head-office laptop made this invitation: admit it there."
        return Waiting(request.id, "", "", "", request.device, (), why)
    told = json.loads(kept)
    own_sign, own_box = keys.secret(conn, keys.SIGN) or b"", keys.secret(conn, keys.BOX) or b""
    admin = sealing.sign_key_of(own_sign).public.hex()
    words = invitation.six_words(org.root, admin, request)
    shown = Waiting(request.id, "", told["role"], told["team"], request.device, words)
    if not request.is_answer_to(invitation.code_bytes(told["code"])):
        return Waiting(**{**vars(shown), "why": "It was not made with the code of its invitation. Do not admit it."})
    try:
        said = invitation.open_told(request, own_box)
    except Misread as error:
        return Waiting(**{**vars(shown), "why": f"It cannot be read: {error}."})
    return Waiting(**{**vars(shown), "name": said.get("name", ""), "why": _why_not(conn, store, told, request)})


def _why_not(conn: sa.Connection, store: Store, told: dict[str, str], request: Request) -> str:
    if told.get("used"):
        return "Its invitation was used already. Make a new one."
    if store.clock.now() > parse_instant(told["until"]):
        return f"Its invitation ran out on {told['until'][:10]}. Make a new one."
    known = conn.scalar(sa.select(Member.id).where(Member.id == request.member))
    return "It asks in the name of somebody who works here already." if known and told["member"] != known else ""


# ---- head office admits
@dataclass(frozen=True)
class Admitted:
    """Who belongs from now on."""

    device: str
    member: str
    name: str
    role: str
    letter: str


def admit(store: Store, request_id: str) -> Admitted:
    """Admit who asks, their six words compared: a line in the roster, a Member record, a certificate; the keys follow
    with the next exchange. UserError where it may not be."""
    org = see_that_this_is_head_office(store)
    found = next((w for w in waiting(store) if w.id == request_id), None)
    if found is None:
        raise UserError(f"Nobody asks to join under {request_id}. See `asbdesk admit`.")
    if found.why:
        raise UserError(f"This laptop cannot be admitted. {found.why}")
    at = instant(store.clock.now())
    with store.reader.connect() as conn:
        request = next(r for r in _requests(conn) if r.id == request_id)
        said = invitation.open_told(request, keys.secret(conn, keys.BOX) or b"")
        certificate = certificates.issue_to(conn, said.get("name", ""), said.get("certificate_for", ""), at)
        file = f"landlord/{landlord(conn)[0]}"
    told = {name: said.get(name, "") for name in ("name", "job", "number", "hours")} | {"certificate": certificate}
    with store.journal.batch():
        store.do(admit_member, request.member, file, found.role, told)
        letter = store.journal.write_local(lambda conn: _enrol(conn, store, org, found, request, at))
    return Admitted(request.device, request.member, found.name, found.role, letter)


def _enrol(conn: sa.Connection, store: Store, org: Org, found: Waiting, request: Request, at: str) -> str:
    now = roster.Roster.load(conn, org.id)
    told = {"device": request.device, "member": request.member, "sign": request.sign, "box": request.box}
    told |= {"role": found.role, "team": found.team, "letter": now.free_letter()}
    private = keys.device_keys(conn).sign.private
    roster.declare(conn, private, store.journal.device, org.id, "enrol", at, **told)
    kept = json.loads(keys.secret(conn, _INVITATION + request.invitation) or b"{}")
    keys.keep(conn, _INVITATION + request.invitation, json.dumps({**kept, "used": today(store.clock)}).encode())
    return told["letter"]


def answered(conn: sa.Connection, now: roster.Roster) -> list[str]:
    """Requests of laptops that are in the roster: they need not be kept, nor lie in the depot."""
    return [request.id for request in _requests(conn) if now.device(request.device) is not None]


def let_lie(conn: sa.Connection) -> list[str]:
    """Requests in the depot, by name, that nobody here waits to answer: thrown away, or no requests at all."""
    kept = {names.join_request(request.id) for request in _requests(conn)}
    return sorted(held.names_in(conn, "join") - kept)


def forget(store: Store, requests: Collection[str]) -> None:
    """Throw requests away: answered ones, or one that was not theirs."""
    gone = local_secret.delete().where(local_secret.c.name.in_([_REQUEST + request for request in requests]))
    store.journal.write_local(lambda conn: conn.execute(gone))
