"""The invitation file, and the request to join that answers it: their bytes, and the six words both sides read out.

The file goes one way (e-mail, a stick), the code another (telephone, paper). The request proves that whoever sent it
had both, by a MAC under the code; the six words prove to people that no keys were exchanged on the way.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from asbdesk.clock import Clock, parse_instant, today
from asbdesk.errors import UserError
from asbdesk.store.entries import dumps
from asbdesk.store.passphrase import words
from asbdesk.store.recovery_code import RecoveryTypo, parse_code
from asbdesk.sync import sealing, statement
from asbdesk.sync.place import Place

DAYS = 7
"""How long an invitation stands."""
CODE_GROUPS = 5
"""Groups of the one-time code: 100 random bits."""
WORDS = 6
_WHAT = "asbdesk invitation"
_SIGNED, _MAC, _NAME = "asbdesk/invitation/1", "asbdesk/join/1", "asbdesk/join/name/1"
LARGEST = 1 << 16

NO_INVITATION = "{file}: this is not an invitation of asbdesk, or it did not arrive whole. Ask for it to be sent again."


class Misread(ValueError):
    """Bytes that are no request to join; str() says what is wrong."""


@dataclass(frozen=True)
class Invitation:
    """What the file says. `root`, `admin_sign`, `admin_box`: public keys, hex; `until`: an instant; `member`: somebody
    who works here already and gets another laptop, or empty."""

    id: str
    org: str
    root: str
    admin: str
    admin_sign: str
    admin_box: str
    landlord: str
    role: str
    team: str
    member: str
    until: str
    place: Place

    def file(self, private: bytes) -> bytes:
        """The invitation file's bytes, signed by the desk that invites."""
        told = asdict(self)
        return (json.dumps({"what": _WHAT, "v": 1, **told, "signature": self._sign(private)}, indent=1) + "\n").encode()

    def _sign(self, private: bytes) -> str:
        return sealing.sign(private, _SIGNED, dumps(asdict(self)).encode()).hex()


def read_invitation(data: bytes, file: str) -> Invitation:
    """An invitation file's bytes. UserError when it is none, or was altered."""
    try:
        told = json.loads(data[:LARGEST].decode())
        signature = bytes.fromhex(told.pop("signature"))
        right = told.pop("what") == _WHAT and told.pop("v") == 1
        found = Invitation(**{**told, "place": Place(**told["place"])})
        names_text = all(isinstance(v, str) for k, v in asdict(found).items() if k != "place")
        signed = sealing.verify(bytes.fromhex(found.admin_sign), signature, _SIGNED, dumps(asdict(found)).encode())
        ours = statement.org_of(bytes.fromhex(found.root)) == found.org
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UserError(NO_INVITATION.format(file=file)) from None
    if not (right and names_text and signed and ours):
        raise UserError(NO_INVITATION.format(file=file))
    return found


def see_that_it_is_good(told: Invitation, clock: Clock) -> None:
    """UserError for an invitation that has run out, by this laptop's clock."""
    if clock.now() > parse_instant(told.until):
        raise UserError(
            f"This invitation ran out on {told.until[:10]}; this laptop's clock says that it is {today(clock)}. If the "
            "clock is right, ask head office for a new one. If it is not, set it, and try again."
        )


def code_bytes(code: str) -> bytes:
    """The secret of a one-time code as typed. RecoveryTypo names the group to look at."""
    return parse_code(code, CODE_GROUPS)


# ---- the answer
@dataclass(frozen=True)
class Request:
    """A laptop that asks to join. `sign`, `box`: its public keys, hex; `sealed`: its officer's name and what goes on
    papers, for head office's eyes alone."""

    id: str
    invitation: str
    org: str
    device: str
    member: str
    sign: str
    box: str
    sealed: str
    mac: str

    def data(self) -> bytes:
        """The request's bytes in the depot."""
        return dumps({"v": 1, **asdict(self)}).encode()

    def _told(self) -> bytes:
        return dumps({name: value for name, value in asdict(self).items() if name != "mac"}).encode()

    def is_answer_to(self, code: bytes) -> bool:
        """Whether who sent it had the invitation's one-time code."""
        return sealing.same(bytes.fromhex(self.mac), _mac(code, self._told()))


def _mac(code: bytes, told: bytes) -> bytes:
    return sealing.mac(sealing.derived(code, _MAC), _MAC, told)


def make_request(
    invitation: Invitation, code: bytes, *, device: str, member: str, sign: bytes, box: bytes, told: dict[str, str]
) -> Request:
    """The answer to an invitation; `told`: the officer's `name` and what else papers say, sealed to who invited."""
    sealed = sealing.seal_to(bytes.fromhex(invitation.admin_box), dumps(told).encode(), _name_info(invitation.id))
    made = Request(
        sealing.new_id(), invitation.id, invitation.org, device, member, sign.hex(), box.hex(), sealed.hex(), ""
    )
    return Request(**{**asdict(made), "mac": _mac(code, made._told()).hex()})


def _name_info(invitation: str) -> bytes:
    return f"{_NAME}\0{invitation}".encode()


def read_request(data: bytes) -> Request:
    """A request's bytes. Raises Misread."""
    try:
        told = json.loads(data[:LARGEST].decode())
        version = told.pop("v")
        found = Request(**told)
        lengths = {"sign": 64, "box": 64, "mac": 64, "id": 32, "org": 32, "invitation": 32, "device": 16}
        right = all(isinstance(v, str) for v in asdict(found).values()) and version == 1
        fits = right and all(len(getattr(found, name)) == length for name, length in lengths.items())
        for name in ("sign", "box", "mac", "sealed"):
            bytes.fromhex(getattr(found, name))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Misread("not a request to join") from None
    if not fits:
        raise Misread("not a request to join")
    return found


def open_told(request: Request, box_private: bytes) -> dict[str, str]:
    """What the request says to head office. Raises Misread."""
    try:
        plain = sealing.open_with(box_private, bytes.fromhex(request.sealed), _name_info(request.invitation))
        told: Any = json.loads(plain.decode())
    except (sealing.Unsealable, ValueError):
        raise Misread("it was written for another head-office laptop") from None
    if not isinstance(told, dict) or not all(isinstance(v, str) and len(v) <= 2000 for v in told.values()):
        raise Misread("what it says cannot be read")
    return told


def six_words(root: str, admin_sign: str, request: Request) -> tuple[str, ...]:
    """Six words over all the keys involved: equal on both sides, or somebody stood between."""
    told = "\0".join((root, admin_sign, request.id, request.device, request.member, request.sign, request.box))
    number = int.from_bytes(sha256(b"asbdesk/words/1\0" + told.encode()).digest(), "big")
    known, found = words(), []
    for _ in range(WORDS):
        number, place = divmod(number, len(known))
        found.append(known[place])
    return tuple(found)


def same_words(typed: str, expected: Sequence[str]) -> bool:
    """Whether these are the words, however they were typed."""
    return "".join(c if c.isalpha() else " " for c in typed.lower()).split() == list(expected)


__all__ = ["Invitation", "Misread", "RecoveryTypo", "Request"]
