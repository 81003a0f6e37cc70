"""For whose eyes a case file is: what of it is about somebody else, must not be told, or may be shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import people, release
from asbdesk.casework.casefile.hiding import ABUSE, HATE, HIDING, REACHED, close, of_people, reachable, untold
from asbdesk.casework.records import case_file
from asbdesk.casework.way_out import texts_in
from asbdesk.documents.casefile import Chapter, Exhibit, Front, Line, Table
from asbdesk.documents.words import words
from asbdesk.model import Case, Evidence, Letter, Person, PlanVersion, kinds

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.model import DisclosureRule

NAME_OUT = "[name left out]"
ABOUT_FIELDS = ("by", "with_", "from_", "person", "victim", "of", "to")
"""Fields that say whose a record is. Whom a report speaks about does not take it from whoever reported."""
THEIRS = frozenset(
    (
        *("case", "report", "contact", "promise", "appointment", "evidence", "diary_entry", "plan_version", "action"),
        *("plan_review", "assessment", "letter_sent", "repair", "graffiti", "complaint", "complaint_declined"),
        *("redress", "move_request", "need_told", "adjustment", "vulnerability", "acknowledgement", "closing"),
        *("reopening", "handover", "risk_action", "progress", "agency_referral", "case_review", "ombudsman_request"),
        *("order", "subject_access", "custody", "contact_agreement", "permission", "signature", "visit", "waiver"),
        *("household", "involvement", "triage", "evidence_elsewhere", "staff_bar"),
    )
)
"""Kinds of record that may stand in the resident's own copy, where they are not somebody else's."""


@dataclass
class Eyes:
    """One reader's eyes. Each method gives what they may see, or None; `left` counts what they may not, and why."""

    mine: bool = False
    """The resident's own copy: records of others, and kinds that are ours alone, are left out."""
    others: re.Pattern[str] | None = None
    """Names and homes of others, where they are taken out."""
    hidden: re.Pattern[str] | None = None
    """Whoever something must not be told about: a text that speaks of them is left out whole."""
    third: frozenset[str] = frozenset()
    owners: Mapping[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    """Record → its kind, and whose it is."""
    known: frozenset[str] = frozenset()
    """Numbers and addresses of the resident's own and of ours."""
    welfare: bool = False
    """The resident's own copy of a case of abuse at home: no paper says so."""
    left: Counter[str] = field(default_factory=Counter)

    def words(self, text: str) -> str:
        """A text as they may read it."""
        if not text:
            return text
        if self.hidden is not None and self._must_not(text):
            self.left["It speaks of what, or of whom, they or others must not read"] += 1
            return release.LEFT_OUT
        if self.others is None:
            return text
        found = self.others.sub(NAME_OUT, text)
        found = REACHED.sub(lambda m: m.group() if close(m.group()) in self.known else NAME_OUT, found)
        if found != text:
            self.left["It names somebody else"] += 1
        return found

    def _must_not(self, text: str) -> bool:
        assert self.hidden is not None
        at_home = (self.mine and HATE.search(text)) or (self.welfare and ABUSE.search(text))
        return bool(at_home or self.hidden.search(text) or HIDING.search(text))

    def not_theirs(self, about: Iterable[str]) -> str:
        """Why a row about these records is not for them; empty where it is."""
        if not self.mine:
            return ""
        for record in about:
            kind, whose = self.owners.get(record, ("", frozenset()))
            if kind and kind not in THEIRS:
                return "It is for our own work, or about the other person"
            if whose & self.third:
                return "It is somebody else's"
        return ""

    def line(self, line: Line) -> Line | None:
        if line.private and self.mine:
            self.left["It is for our own work, or about the other person"] += 1
            return None
        if why := self.not_theirs(line.about):
            self.left[why] += 1
            return None
        return replace(line, cells=tuple(self.words(cell) for cell in line.cells))

    def chapter(self, chapter: Chapter) -> Chapter:
        tables = tuple(replace(t, lines=tuple(s for x in t.lines if (s := self.line(x)))) for t in chapter.tables)
        said = tuple(self.words(s) for s in chapter.says)
        gone = chapter.lines and not any(t.lines for t in tables)
        empty = words("case_file").bare("left_out_all") if gone else chapter.empty
        return replace(chapter, tables=tables, says=said, empty=empty)

    def exhibit(self, exhibit: Exhibit) -> Exhibit | None:
        if exhibit.private and self.mine:
            self.left["A file that did not come from them, or was not for them"] += 1
            return None
        told = tuple(self.words(each) for each in exhibit.told)
        return replace(exhibit, title=self.words(exhibit.title), name=self.words(exhibit.name), told=told)

    def front(self, front: Front) -> Front:
        lists: dict[str, Any] = {name: tuple(self.words(line) for line in getattr(front, name)) for name in _FRONT}
        return replace(front, **lists, marks=tuple((what, self.words(when)) for what, when in front.marks))

    def differs(self, line: Line) -> bool:
        """Is there something in a row that is not for them?"""
        seen = self.line(line)
        return seen is None or seen.cells != line.cells

    def table(self, table: Table) -> Table:
        """The same rows, each marked where it is not for them."""
        return replace(table, lines=tuple(replace(x, private=x.private or self.differs(x)) for x in table.lines))


_FRONT = ("stands", "home", "household", "reported", "handled")


def all_eyes() -> Eyes:
    """Those of whoever may see everything."""
    return Eyes()


def residents(session: Session, case: str) -> Eyes:
    """The resident's own."""
    resident = people.reporter_of(session, case)
    rules = list(release.rules_of(session, case))
    third = frozenset(_third(session, case, resident, rules))
    hidden = [r.about for r in rules if r.about and (resident is None or r.about != resident.id)]
    return Eyes(
        mine=True,
        others=of_people(session, third, resident),
        hidden=untold(session, case, hidden, rules, resident),
        third=third,
        welfare=session.get_one(Case, case).stream == "domestic_abuse",
        owners=_owners(session, case, resident),
        known=reachable(session, resident),
    )


def strangers(session: Session, case: str, *, third_parties: bool) -> Eyes:
    """Those of anybody who may read it, the other person too: nobody about whom something must not be told."""
    resident = people.reporter_of(session, case)
    rules = list(release.rules_of(session, case))
    hidden = [r.about for r in rules if r.about and (resident is None or r.about != resident.id)]
    third = frozenset(_third(session, case, resident, rules))
    return Eyes(
        others=None if third_parties else of_people(session, third, resident),
        hidden=untold(session, case, hidden, rules, resident),
        known=reachable(session, resident),
    )


def without_names(session: Session, case: str) -> Eyes:
    """Those of whoever may read everything but who the others are."""
    resident = people.reporter_of(session, case)
    third = frozenset(_third(session, case, resident, list(release.rules_of(session, case))))
    return Eyes(others=of_people(session, third, resident), known=reachable(session, resident))


def _third(session: Session, case: str, resident: Person | None, rules: list[DisclosureRule]) -> Iterator[str]:
    """Everybody else in the case: not whoever lives with the resident or supports them, unless a rule names them."""
    involved = people.involved(session, case)
    theirs = {i.person for i in involved if i.role in ("household", "advocate")}
    others = {i.person for i in involved if i.role not in ("household", "advocate")}
    ruled = {person for rule in rules for person in (rule.about, rule.not_to)}
    for person in (others | ruled | theirs) - {resident.id if resident else None, None, ""}:
        if person in others or person in ruled:
            yield str(person)


def _owners(session: Session, case: str, resident: Person | None) -> dict[str, tuple[str, frozenset[str]]]:
    """Every record of the case: its kind, and whose it is. What became of another record is whose that is."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    follows: dict[str, str] = {}
    for kind, cls in kinds().items():
        names = [c.key for c in sa.inspect(cls).columns if c.key in ABOUT_FIELDS]
        wanted = [cls.id, *(getattr(cls, name) for name in names)]
        if kind in ("progress", "custody", "rest"):
            wanted.append(cls.evidence if kind == "custody" else cls.about)  # type: ignore[attr-defined]
        for row in session.execute(sa.select(*wanted).where(cls.file == case_file(case))):
            whose = frozenset(str(v) for v in row[1 : 1 + len(names)] if v)
            found[row[0]] = (kind, whose)
            if len(row) > 1 + len(names) and row[-1]:
                follows[row[0]] = row[-1]
    for record, first in follows.items():
        if first in found:
            kind, whose = found[first]
            found[record] = (found[record][0] if kind in THEIRS else kind, found[record][1] | whose)
    return found


def private_paper(session: Session, eyes: Eyes, resident: Person | None, record: PlanVersion | Letter) -> bool:
    """Was a sealed paper not for the resident, or does it speak of somebody whom they must not hear of now?"""
    if resident is None or record.person != resident.id:
        return True
    text = record.text or "" if isinstance(record, Letter) else "\n".join(texts_in(record.content))
    return bool(eyes.hidden and (eyes.hidden.search(text) or HIDING.search(text)))


def private_evidence(resident: Person | None, evidence: Evidence) -> bool:
    """Did a piece of evidence come from somebody else?"""
    return resident is None or evidence.from_ != resident.id
