"""An organisation's roster in memory: keys for its root and its devices, and statements made after any others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from asbdesk.sync import sealing, statement
from asbdesk.sync.roster import Roster
from asbdesk.sync.statement import ROOT, Statement

AT = "2026-11-21T10:00:00.000Z"


class Organisation:
    """`all` holds every statement made. A device is named by one letter."""

    def __init__(self) -> None:
        self.root, self.recovery = sealing.sign_key_of(sealing.new_key()), sealing.box_key_of(sealing.new_key())
        self.id = statement.org_of(self.root.public)
        self.all: list[Statement] = []
        self.signs: dict[str, sealing.KeyPair] = {}
        found = self.say(ROOT, "found", [], root=self.root.public.hex(), recovery=self.recovery.public.hex())
        self.first = self.enrol(ROOT, "a", "head_office", [found])

    def say(self, by: str, kind: str, after: Sequence[Statement], **told: Any) -> Statement:
        private = self.root.private if by == ROOT else self.signs[by].private
        n = 1 + max((s.n for s in after), default=0)
        author = by if by == ROOT else device(by)
        prev = [s.hash for s in after]
        told = {"at": AT} | told
        data = statement.make(private, org=self.id, by=author, kind=kind, n=n, prev=prev, at=told.pop("at"), told=told)
        made = statement.read(data)
        self.all += [] if made in self.all else [made]
        return made

    def enrol(self, by: str, name: str, role: str, after: Sequence[Statement], **told: Any) -> Statement:
        sign, box = (
            self.signs.setdefault(name, sealing.sign_key_of(sealing.new_key())),
            sealing.box_key_of(sealing.new_key()),
        )
        given = {"member": f"member-{name}", "team": "", "letter": name.upper(), "role": role} | told
        public = {"sign": sign.public.hex(), "box": box.public.hex()}
        return self.say(by, "enrol", after, device=device(name), **public, **given)

    def role(self, by: str, name: str, role: str, after: Sequence[Statement]) -> Statement:
        return self.say(by, "role", after, device=device(name), role=role, team="")

    def revoke(self, by: str, name: str, after: Sequence[Statement], held: Sequence[str] = ()) -> Statement:
        return self.say(by, "revoke", after, device=device(name), held=[h[:20] for h in held], why="lost")

    def roster(self, *, without: Sequence[Statement] = ()) -> Roster:
        return Roster([s for s in self.all if s not in without], self.id)


def device(name: str) -> str:
    return name * 16
