"""What is looked at before an object is kept: its hash, its form, who signed it. Nothing is believed but signatures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from asbdesk.clock import Clock, instant
from asbdesk.headoffice.limits import MOST_JOINING, TooMuch, too_large
from asbdesk.headoffice.members import Members
from asbdesk.headoffice.objects import Objects, Placed, Stored
from asbdesk.headoffice.place import HubKeys
from asbdesk.sync import bundle, invitation, names, segment, session_words
from asbdesk.sync.headers import Misread
from asbdesk.sync.scope import covers_all


class Refused(Exception):
    """It is not taken. `sentence` is for the officer; `code`: HTTP's number for it."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True)
class Taking:
    """Takes objects in for one organisation."""

    objects: Objects
    members: Members
    hub: HubKeys
    clock: Clock

    def put(self, name: str, data: bytes, device: str) -> tuple[Placed, bytes]:
        """Keep an object that `device` (empty: somebody who wants to join) sends; the signed receipt for it.

        Raises Refused, TooMuch.
        """
        told = names.read(name)
        if told is None:
            raise Refused(400, "This is not the name of anything that laptops exchange.")
        too_large(told.kind, len(data))
        if told.kind != "join" and names.digest(data) != told.hash:
            raise Refused(422, "It did not arrive as it was sent. It is sent again.")
        stored = _LOOKS[told.kind](self, told, data)
        sha256 = hashlib.sha256(data).hexdigest()
        at = instant(self.clock.now())
        placed = self.objects.put(name, stored, size=len(data), sha256=sha256, by=device, at=at)
        self._afterwards(told, data)
        receipt = session_words.Receipt(self.members.org, self.hub.device, name, sha256, placed.received_at)
        return placed, session_words.make_receipt(self.hub.sign, receipt)

    def _afterwards(self, told: names.Name, data: bytes) -> None:
        if told.kind == "keys":
            found = bundle.read(data)
            giver = self.members.roster().device(found.by)
            by = None if giver is not None and covers_all(giver) else found.by  # nobody gives himself what he lacks
            for device in {found.to, found.by}:  # who gives a key has it, and may have made it
                self.objects.grant(device, found.ids, by)
        elif told.kind == "roster":
            self.members.look_again()

    def _segment(self, told: names.Name, data: bytes) -> Stored:
        try:
            found = segment.parse(data)
        except Misread as error:
            raise Refused(422, f"This segment cannot be read: {error}.") from None
        header = found.header
        if (header.device, header.seq) != (told.device, told.number):
            raise Refused(422, "This segment is not the one that its name says.")
        if header.org != self.members.org:
            raise Refused(403, "This was written for another organisation, so head office does not take it.")
        public = self.members.public(header.device)
        if public is None:
            raise Refused(409, "Head office does not know yet the laptop that wrote this. It is sent again later.")
        if not found.signed_by(public):
            raise Refused(422, "This was not signed by the laptop that it says wrote it.")
        blocks = tuple((line.key_id, block) for line, block in zip(header.blocks, found.blocks, strict=True))
        return Stored(found.signature + found.header_bytes, blocks, found.hash)

    def _roster(self, told: names.Name, data: bytes) -> Stored:
        if why := self.members.refuses(data):
            raise Refused(422, why)
        return Stored(data)

    def _keys(self, told: names.Name, data: bytes) -> Stored:
        try:
            found = bundle.read(data)
        except bundle.Misread as error:
            raise Refused(422, f"This bundle of keys cannot be read: {error}.") from None
        if (found.org, found.to) != (self.members.org, told.device):
            raise Refused(422, "This bundle of keys is not for whom its name says.")
        public = self.members.public(found.by)
        if public is None or not found.is_signed_by(public):
            raise Refused(422, "This bundle of keys was not signed by anybody who belongs.")
        return Stored(data)

    def _pack(self, told: names.Name, data: bytes) -> Stored:
        return Stored(data)

    def _join(self, told: names.Name, data: bytes) -> Stored:
        """Whether it is answered is for a person to say; that it is a request to this organisation can be seen."""
        try:
            found = invitation.read_request(data)
        except invitation.Misread:
            raise Refused(422, "This is not a request to join.") from None
        if (found.org, found.id) != (self.members.org, told.hash):
            raise Refused(422, "This asks another organisation to let it in.")
        held, _ = self.objects.heads(["join"]).get("join", (0, ""))
        if held >= MOST_JOINING:
            raise TooMuch("Too many laptops wait to be let in. Ask head office to look at those first.", 3600)
        return Stored(data)


_LOOKS: dict[str, Callable[[Taking, names.Name, bytes], Stored]] = {
    "dev": Taking._segment,
    "roster": Taking._roster,
    "keys": Taking._keys,
    "blob": Taking._pack,
    "join": Taking._join,
}


def data_of(name: str, stored: Stored) -> bytes:
    """An object's bytes as they are handed out: a segment thin where blocks were kept back."""
    if not name.startswith("dev/"):
        return stored.body
    signature, header = stored.body[:64], stored.body[64:]
    return segment.assemble(header, signature, [block for _, block in stored.blocks])
