"""Who belongs, as the roster in the depot says: read again whenever a statement has come."""

from __future__ import annotations

import threading

from asbdesk.clock import monotonic
from asbdesk.headoffice.objects import Objects
from asbdesk.sync import statement
from asbdesk.sync.depot import Marker
from asbdesk.sync.roster import Roster

SECONDS = 1.0
"""How old a worker's knowledge may be: another worker may have taken in a revocation."""


class Members:
    """The roster, for one worker."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._lock = threading.Lock()
        self._state: tuple[int, str] | None = None
        self._at, self._asked = 0.0, 0
        self._roster = Roster([], "")
        self.org = ""

    def look_again(self) -> None:
        """A statement has come: read the roster before the next answer, also while it is being read."""
        self._asked += 1
        self._at = 0.0

    def roster(self) -> Roster:
        """The roster, no older than SECONDS."""
        with self._lock:
            if monotonic() - self._at > SECONDS:
                asked, now = self._asked, monotonic()
                state = self._objects.heads(["roster"]).get("roster", (0, ""))
                if state != self._state:
                    self._roster = self._read()
                    self._state = state
                if asked == self._asked:
                    self._at = now
            return self._roster

    def _read(self) -> Roster:
        self.org = self._objects.setting("org") or ""
        found = self._objects.get(self._objects.area_names("roster"), None)
        return Roster([statement.read(kept.body) for _, kept in found if kept is not None], self.org)

    def at_hand(self, device: str) -> bool:
        """Whether this device belongs, as far as it is known without asking the database."""
        return monotonic() - self._at <= SECONDS and self._roster.role(device) is not None

    def public(self, device: str) -> bytes | None:
        """What this device's signatures are checked with; a revoked one's too, so that what it wrote is kept."""
        found = self.roster().sign_key(device)
        if found is None:
            self.look_again()
            found = self.roster().sign_key(device)
        return found

    def role(self, device: str) -> str | None:
        """A member's role; None for a stranger and for a laptop that was revoked."""
        found = self.roster().role(device)
        if found is None:
            self.look_again()
            found = self.roster().role(device)
        return found

    def refuses(self, data: bytes) -> str | None:
        """Why a statement is not taken, or None. Whether it counts is for everybody's own fold to say."""
        try:
            told = statement.read(data)
        except statement.Misread as error:
            return f"This statement of the roster cannot be read: {error}."
        if told.org != self.org:
            return "This statement is about another organisation."
        public = self._root(told) if told.by == statement.ROOT else self.public(told.by)
        if public is None or not told.is_signed_by(public):
            return "This statement was not signed by anybody who belongs."
        return None

    def _root(self, told: statement.Statement) -> bytes | None:
        key = told.told.get("root") if told.kind == "found" else self._objects.setting("root")
        public = bytes.fromhex(key or "")
        return public if key and statement.org_of(public) == self.org else None


def founding(marker: Marker, data: bytes) -> str | None:
    """The root's public key, hex, when `data` founds the marker's organisation; None when it does not."""
    try:
        told = statement.read(data)
    except statement.Misread:
        return None
    if told.kind != "found" or told.org != marker.org:
        return None
    root = bytes.fromhex(told.told["root"])
    return root.hex() if statement.org_of(root) == marker.org and told.is_signed_by(root) else None
