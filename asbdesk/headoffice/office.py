"""One worker's whole service: its folder, its database, its members, and what they may do there."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from asbdesk.clock import Clock, instant, monotonic
from asbdesk.headoffice.members import Members, founding
from asbdesk.headoffice.objects import Objects
from asbdesk.headoffice.place import OfficeFolder
from asbdesk.headoffice.sessions import Sessions
from asbdesk.headoffice.taking import Refused, Taking
from asbdesk.store.roles import HEAD_OFFICE
from asbdesk.sync import names, sealing
from asbdesk.sync.depot import Marker
from asbdesk.sync.scope import covers_all

MET_SECONDS = 60.0
WRONG_CODE = "This is not the code that the service was made with. It stands in the file first-laptop.txt there."
NOT_FOUNDED = "This does not found an organisation. Bring asbdesk up to date on this laptop, then try again."
OTHER_ORG = "This head-office service belongs to another organisation."


@dataclass
class Office:
    """The service of one folder. Every method may wait for the database."""

    folder: OfficeFolder
    objects: Objects
    members: Members
    sessions: Sessions
    taking: Taking
    clock: Clock
    known_marker: dict[str, Any] | None = None
    _met: dict[str, float] = field(default_factory=dict)

    # ---- who may ask
    def marker(self) -> dict[str, Any] | None:
        """What this place is; None before it was founded. It never changes afterwards."""
        org, created = self.objects.setting("org"), self.objects.setting("created")
        if org is not None and created is not None:
            self.known_marker = {"org": org, "format": 1, "created": created}
        return self.known_marker

    def authority(self) -> bytes:
        """The certificate that laptops hold the fingerprint of."""
        return self.folder.authority.read_bytes()

    def hub_public(self) -> dict[str, str]:
        """The hub's name and public keys, for the desk that enrols it."""
        keys = self.folder.keys
        sign, box = sealing.sign_key_of(keys.sign).public, sealing.box_key_of(keys.box).public
        return {"device": keys.device, "sign": sign.hex(), "box": box.hex(), "landlord": self.folder.settings.landlord}

    def let_in(self, device: str, challenge: str, signature: bytes) -> str | None:
        """A token for a member that signed a challenge; None for anybody else."""
        public = self.members.public(device)
        if public is None or self.members.role(device) is None:
            return None
        if not self.sessions.answered(self.members.org, device, challenge, signature, public):
            return None
        self._note(device)
        return self.sessions.token(device)

    def _note(self, device: str) -> None:
        """When a laptop was here last: written now and then, not each time."""
        now = monotonic()
        if now - self._met.get(device, -MET_SECONDS) >= MET_SECONDS:
            self._met[device] = now
            self.objects.met(device, instant(self.clock.now()))

    def scope(self, device: str) -> str | None:
        """Whose grants count when blocks are handed out: the device's, or None for a role that is handed all."""
        found = self.members.roster().device(device)
        return None if found is not None and covers_all(found) else device

    # ---- founding
    def found(self, told: dict[str, Any]) -> None:
        """Make this the place of an organisation: once, with the code that was made with the service.

        Again for the same organisation is no harm, and is how a lost database is begun anew. Raises Refused.
        """
        marker, first = _marker(told.get("marker")), _bytes(told.get("first"))
        if not self._is_code(told.get("code")):
            raise Refused(403, WRONG_CODE)
        root = founding(marker, first) if marker else None
        if marker is None or root is None:
            raise Refused(422, NOT_FOUNDED)
        if not self.objects.settle("org", marker.org):
            raise Refused(409, OTHER_ORG)
        self.objects.settle("created", marker.created)
        self.objects.settle("root", root)
        self.members.org = marker.org
        for one in (first, *map(_bytes, _list(told.get("roster")))):
            self._found_line(one)

    def _found_line(self, data: bytes) -> None:
        from asbdesk.sync import statement

        try:
            number = statement.read(data).n
        except statement.Misread:
            raise Refused(422, NOT_FOUNDED) from None
        self.taking.put(names.roster_line(number, data), data, "")

    def _is_code(self, code: object) -> bool:
        try:
            held = self.folder.first_laptop.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return False
        told = next((line.partition(":")[2].strip() for line in held if line.startswith("Code:")), "")
        return isinstance(code, str) and bool(told) and secrets.compare_digest(code.encode(), told.encode())

    # ---- what a member may ask
    def heads(self) -> dict[str, tuple[int, str]]:
        """What is held in each area but packs: who gave keys to others sees whether they lie there still."""
        found = self.objects.heads()
        return {area: held for area, held in found.items() if not area.startswith("blob/")}

    def remove(self, gone: Collection[str], device: str) -> int:
        """Take away what may go: requests that head office answered, the device's own older bundles of keys, packs of
        erased evidence. Raises Refused for what counts for ever.

        Packs are taken away by head office's laptops and the hub, which know the order; a laptop that obeys it too is
        told nothing else, because it has nothing more to do.
        """
        told = {name: names.read(name) for name in gone}
        if any(parts is None or parts.kind not in ("join", "keys", "blob") for parts in told.values()):
            raise Refused(403, "Head office keeps this: it is not for a laptop to take away.")
        if self.members.role(device) != HEAD_OFFICE:
            told = {name: parts for name, parts in told.items() if parts is not None and parts.device == device}
        return self.objects.remove(list(told))


def open_office(folder: OfficeFolder, objects: Objects, clock: Clock) -> Office:
    """The service of a folder, over an open pool."""
    keys = folder.keys
    members = Members(objects)
    members.org = objects.setting("org") or ""
    sessions = Sessions(keys.session, clock)
    return Office(folder, objects, members, sessions, Taking(objects, members, keys, clock), clock)


def _marker(told: object) -> Marker | None:
    if not isinstance(told, dict) or told.get("format") != 1:
        return None
    org, created = told.get("org"), told.get("created")
    return Marker(org, 1, created) if isinstance(org, str) and isinstance(created, str) else None


def _bytes(told: object) -> bytes:
    try:
        return bytes.fromhex(told) if isinstance(told, str) else b""
    except ValueError:
        return b""


def _list(told: object) -> list[Any]:
    return told if isinstance(told, list) and len(told) <= 1000 else []
