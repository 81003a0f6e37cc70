"""What a set of the roster's statements comes to: a pure function of the set, whatever order they came in.

A statement counts when its author was head office in the statements before it (`prev`), and no revocation of the
author stands that did not know of it: of a revocation and a grant made apart, the revocation wins. Of two desks that
revoke each other the one enrolled first wins, and the root, on paper, over both.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from asbdesk.store.roles import HEAD_OFFICE, WEAKEST
from asbdesk.sync import statement
from asbdesk.sync.statement import ROOT, Statement

KEPT = 64
"""Earlier standings kept at hand."""


@dataclass
class Standing:
    """What some statements come to; numbers are places in `Statements.all`."""

    recovery: bytes = b""
    enrolled: dict[str, int] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    roles: dict[str, tuple[int, ...]] = field(default_factory=dict)
    revoked: dict[str, tuple[int, ...]] = field(default_factory=dict)
    accepted: dict[str, frozenset[str]] = field(default_factory=dict)
    orders: dict[str, int] = field(default_factory=dict)
    reader: str = ""


class Statements:
    """The statements of one organisation that are whole, in an order in which none stands before its own."""

    def __init__(self, known: Iterable[Statement], org: str) -> None:
        self.all = _whole({s.hash: s for s in known if s.org == org})
        self.index = {s.hash: i for i, s in enumerate(self.all)}
        self._before: list[int] = []
        self._allowed: list[bool] = []
        self._author: list[int] = []
        self._root = b""
        self._kept: OrderedDict[int, Standing] = OrderedDict()
        reached, running = 0, Standing()
        for i, s in enumerate(self.all):
            before = self.reach(s.prev)
            self._before.append(before)
            if before == reached:  # after all the others: nothing is concurrent, so nothing is folded again
                self._look_at(i, running)
            else:
                self._look_at(i, self._fold(before))
            reached |= 1 << i
            if before | 1 << i == reached and self._allowed[i]:
                self._apply(i, running)
            else:
                running = self._fold(reached)
        self.heads = self._find_heads()
        self.now = running

    def at(self, heads: Collection[str]) -> Standing:
        """What stood at these heads."""
        mask = self.reach(heads)
        if mask not in self._kept:
            self._kept[mask] = self._fold(mask)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return self._kept[mask]

    def given(self, device: str, standing: Standing) -> tuple[str, str]:
        """A device's role and team: of several given at the same time the weakest."""
        given = (self.all[r].told for r in standing.roles[device])
        return min(((t["role"], t["team"]) for t in given), key=lambda g: (WEAKEST.index(g[0]), g[1]))

    def reach(self, hashes: Collection[str]) -> int:
        """These statements and all before them, as bits."""
        reach = 0
        for i in (self.index[h] for h in hashes if h in self.index):
            reach |= self._before[i] | 1 << i
        return reach

    def _find_heads(self) -> tuple[str, ...]:
        before = 0
        for held in self._before:
            before |= held
        return tuple(sorted(s.hash for i, s in enumerate(self.all) if not before >> i & 1))

    def _look_at(self, i: int, before: Standing) -> None:
        """Note whether the author was head office in what came before, and signed it; and where they were enrolled."""
        s = self.all[i]
        self._author.append(before.enrolled.get(s.by, -1))
        if s.by == ROOT:
            if s.kind == "found":
                self._root = bytes.fromhex(s.told["root"])
            self._allowed.append(bool(self._root) and s.is_signed_by(self._root))
            return
        belongs = s.by in before.enrolled and s.by not in before.revoked
        rightly = belongs and self.given(s.by, before)[0] == HEAD_OFFICE
        key = self.all[before.enrolled[s.by]].told["sign"] if rightly else ""
        self._allowed.append(rightly and s.is_signed_by(bytes.fromhex(key)))

    def _fold(self, mask: int) -> Standing:
        members = [i for i in range(mask.bit_length()) if mask >> i & 1 and self._allowed[i]]
        revokes = self._standing_revocations(members)
        standing = Standing()
        for i in members:
            if i in revokes or (self.all[i].kind != "revoke" and self._stands(i, revokes)):
                self._apply(i, standing)
        return standing

    def _standing_revocations(self, members: list[int]) -> list[int]:
        found: list[int] = []
        for i in sorted((i for i in members if self.all[i].kind == "revoke"), key=lambda i: (self._author[i], i)):
            if self._stands(i, found):
                found.append(i)
        return found

    def _stands(self, i: int, revokes: list[int]) -> bool:
        """Whether no revocation of the author stands that did not know of this statement; nor of who enrolled them."""
        by = self.all[i].by
        if by == ROOT:
            return True
        if any(self.all[r].told["device"] == by and r != i and not self._before[r] >> i & 1 for r in revokes):
            return False
        return self._stands(self._author[i], revokes)

    def _apply(self, i: int, standing: Standing) -> None:
        s = self.all[i]
        told, device = s.told, s.told.get("device", "")
        if s.kind == "found":
            standing.recovery = standing.recovery or bytes.fromhex(told["recovery"])
        elif s.kind == "enrol" and device not in standing.enrolled:
            taken = told["letter"] in standing.letters.values()
            standing.enrolled[device], standing.roles[device] = i, (i,)
            standing.letters[device] = told["letter"] + (device[0].upper() if taken else "")
        elif s.kind == "role" and device in standing.enrolled:
            apart = tuple(r for r in standing.roles[device] if not self._before[i] >> r & 1)
            standing.roles[device] = (*apart, i)
        elif s.kind == "revoke":
            standing.revoked[device] = (*standing.revoked.get(device, ()), i)
        elif s.kind == "accept":
            standing.accepted[device] = standing.accepted.get(device, frozenset()) | frozenset(told["segments"])
        elif s.kind == "erase":
            standing.orders.setdefault(told["order"], i)
        elif s.kind == "reader":
            standing.reader = max(standing.reader, told["schema"])


def _whole(known: dict[str, Statement]) -> list[Statement]:
    """Statements with all before them here and rightly numbered."""
    found: dict[str, Statement] = {}
    for s in sorted(known.values(), key=lambda s: (s.n, s.hash)):
        founds = s.kind == "found" and s.by == ROOT and statement.org_of(bytes.fromhex(s.told["root"])) == s.org
        whole = all(p in found for p in s.prev) and s.n == 1 + max(
            (found[p].n for p in s.prev if p in found), default=0
        )
        if whole and (founds or (s.prev and s.kind != "found")):
            found[s.hash] = s
    return list(found.values())
