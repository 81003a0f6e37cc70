"""The chapters of a case file after the first page, in the order that an investigator reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import sqlalchemy as sa

from asbdesk.casework import plans, registers, risk, timescales
from asbdesk.casework.casefile.reading import Reading, day, moment, with_year
from asbdesk.casework.parts.reading import standing
from asbdesk.casework.people import reporter_of
from asbdesk.casework.views import ActionView, AssessmentView, PlanView
from asbdesk.casework.words import METHODS, label
from asbdesk.clock import days_between, london_day, long_day
from asbdesk.documents.casefile import Chapter, Line, Table
from asbdesk.documents.learned import Owed
from asbdesk.documents.words import words
from asbdesk.model import (
    Case,
    Complaint,
    Contact,
    Evidence,
    Landlord,
    Letter,
    Person,
    Promise,
    Redress,
    Waiver,
)

SIDE_BY_SIDE = 3
"""Assessments in one table of answers."""
WIDE = (0.2, 0.8)


def chapter(r: Reading, id: str, *tables: Table, says: tuple[str, ...] = ()) -> Chapter:
    """A chapter with its words from the catalogue."""
    name = f"empty.{id}"
    empty = r.say.bare(name) if name in r.say.plain else ""
    return Chapter(id, r.say.bare(f"chapters.{id}"), says, tuple(t for t in tables if t.lines), empty)


def table(
    r: Reading, heads: tuple[str, ...], shares: tuple[float, ...], lines: tuple[Line, ...], name: str = ""
) -> Table:
    """A table with its words from the catalogue."""
    heading = r.say.bare(f"tables.{name}") if name else ""
    return Table(r.head(*heads), shares, lines, heading)


def _cards(r: Reading, part: str, name: str = "") -> Table:
    return table(r, ("when", "what"), WIDE, r.cards(part), name)


# ---- 2, 3, 4
def complaints(r: Reading) -> Chapter:
    """What is complained of, each point, and its times against the Code."""
    redress = [x.id for x in standing(r.session, Redress, r.case)]
    told = table(r, ("when", "what"), WIDE, r.cards("complaints", but=redress))
    lines = tuple(_owed(r, o) for o in r.owed if o.code.startswith("complaint_"))
    times = table(r, ("what", "due", "done", "late", "why"), _DUE, lines, "complaint_times")
    points = [p for c in standing(r.session, Complaint, r.case) for p in c.points or ()]
    return chapter(r, "complaints", told, times, says=tuple(str(p) for p in points))


def policy(r: Reading) -> Chapter:
    """Which timescales held: versions, days, and the numbers that were used here."""
    landlord = r.session.scalars(sa.select(Landlord).order_by(Landlord.id)).first()
    adopted = landlord.adopted_on if landlord is not None else ""
    says = [r.say.bare("policy.adopted", day=long_day(adopted)) if adopted else r.say.bare("policy.not_adopted")]
    for v in reversed(timescales.versions(r.session)):
        begins = long_day(v.begins) if v.begins else "the beginning"
        says.append(r.say.bare("policy.version", version=v.version or "Ours", day=begins, reason=v.reason).strip())
    says.append(r.say.bare("policy.numbers"))
    used = dict.fromkeys((o.name, o.rule, o.source) for o in r.owed)
    held = tuple(Line((each.title, long_day(each.since), ", ".join(_agreed(each)))) for each in _policies(r))
    then = table(r, ("what", "since", "agreed"), (0.4, 0.28, 0.32), held, "policies")
    lines = tuple(Line((name, rule or "As agreed, or set by law", source)) for name, rule, source in used)
    times = table(r, ("what", "timescale", "source"), (0.26, 0.3, 0.44), lines)
    return chapter(r, "policy", then, times, says=tuple(says))


def _policies(r: Reading) -> tuple[registers.Entry, ...]:
    """The versions of our policies that held while the case was open (FEATURES.md R20)."""
    case = r.session.get_one(Case, r.case)
    since, until = (london_day(at) if at else r.today for at in (case.opened, case.closed))
    return registers.in_force(r.session, since, until)


def _agreed(policy: registers.Entry) -> list[str]:
    return [str(policy.answers[name]) for name in ("agreed", "where") if policy.answers.get(name)]


_DUE = (0.27, 0.145, 0.145, 0.08, 0.36)


def due(r: Reading) -> Chapter:
    """Everything that was due, what was done and when; the late ones marked and none left out."""
    lines = tuple(_owed(r, o) for o in r.owed)
    waived = tuple(_waived(r, w) for w in sorted(standing(r.session, Waiver, r.case), key=lambda w: w.at or ""))
    owed = table(r, ("what", "due", "done", "late", "why"), _DUE, lines)
    return chapter(r, "due", owed, table(r, ("when", "what", "why"), (0.2, 0.3, 0.5), waived, "waived"))


def _owed(r: Reading, o: Owed) -> Line:
    ended = {"met": day(o.end), "waived": f"Not needed, {day(o.end)}", "ended": "No longer owed"} if o.end else {}
    done = ended.get(o.how, "Not done" if o.due < r.today else "Not due yet")
    late = o.days_late(r.today if not o.end else o.end)
    what = f"{o.name}{f' ({o.about})' if o.about else ''}"
    return Line((what, day(o.due), done, f"{late} late" if late else "", o.why), _record_of(o.key))


def _record_of(key: str) -> tuple[str, ...]:
    """The record that raised a duty, from its key."""
    return tuple(part for part in key.split("/") if len(part) == 32)


def _waived(r: Reading, w: Waiver) -> Line:
    by = r.names.get(w.by or "", w.by or "")
    second = f" Second person: {w.second}." if w.second else ""
    name, lessons = f"names.{w.duty}", words("lessons")
    what = lessons.bare(name) if name in lessons.plain else (w.duty or "").replace("_", " ")
    return Line((moment(w.at) if w.at else "", what, f"{w.reason or ''} ({by}){second}"), (w.id,))


# ---- 5, 6
def risks(r: Reading) -> Chapter:
    """Risk assessments side by side: levels and scores, then each question with every answer."""
    found = tuple(reversed(risk.assessments(r.session, r.case)))
    lines = tuple(_assessed(a) for a in found)
    shares = (0.2, 0.16, 0.16, 0.48)
    first = table(r, ("when", "level", "score", "decided"), shares, lines)
    beside = [_answers(r, found[n : n + SIDE_BY_SIDE]) for n in range(0, len(found), SIDE_BY_SIDE)]
    return chapter(r, "risk", first, *beside)


def _assessed(a: AssessmentView) -> Line:
    why = [f"At least this because {'; '.join(a.floors)}."] if a.floors else []
    why += [f"Worked out: {a.computed}. Level chosen because {a.reason}."] if a.reason else []
    why += [f"Agreed by {a.approver}."] if a.approver else []
    why += [f"Asked at: {a.trigger}."] if a.trigger else []
    of = f"\nOf {a.of}" if a.of else ""
    return Line((f"{moment(a.at) if a.at else ''}{of}", a.band_text, a.score_text, " ".join(why)), (a.id,))


def _answers(r: Reading, found: tuple[AssessmentView, ...]) -> Table:
    asked = dict.fromkeys(x.question for a in found for x in a.answers)
    told = [{x.question: x.answer for x in a.answers} for a in found]
    ids = tuple(a.id for a in found)
    lines = tuple(Line((q, *(t.get(q, "not asked") for t in told)), ids) for q in asked)
    head = (r.say.bare("heads.question"), *(day(london_day(a.at)) if a.at else "" for a in found))
    each = 0.6 / max(len(found), 1)
    return Table(head, (0.4, *(each for _ in found)), lines, r.say.bare("tables.answers"))


def action_plans(r: Reading) -> Chapter:
    """Each version: how signed, copy given; and each step with what became of it."""
    found = tuple(reversed(plans.plans(r.session, r.case, r.today)))
    lines = tuple(_version(r, v) for v in found)
    versions = Table(r.head("number", "when", "signed", "copy"), (0.12, 0.26, 0.34, 0.28), lines, "", pages=True)
    steps = tuple(_step(v, a) for v in found for a in v.actions)
    return chapter(
        r, "plans", versions, table(r, ("number", "step", "by", "done"), (0.1, 0.56, 0.22, 0.12), steps, "steps")
    )


def _step(v: PlanView, a: ActionView) -> Line:
    stands = "Done" if a.done else "Late" if a.late else "Open"
    return Line((v.number, f"{a.what} ({a.who or a.owner})", with_year(a.by_text, v.at), stands), (a.id, v.id))


def _version(r: Reading, v: PlanView) -> Line:
    copy = with_year(v.copy_text, v.at) or "No copy is on file"
    return Line((v.number, moment(v.at) if v.at else "", v.signing_text, copy), (v.id,), exhibit=r.numbers.get(v.id, 0))


# ---- 7, 8
def contact(r: Reading) -> Chapter:
    """Contact made and tried, with the gaps in days; what was promised; letters."""
    found = sorted(standing(r.session, Contact, r.case), key=lambda c: c.at or "")
    shares = (0.2, 0.1, 0.24, 0.46)
    lines = tuple(_contacts(r, found))
    made = table(r, ("when", "gap", "how", "what"), shares, lines)
    promised = tuple(_promise(p) for p in standing(r.session, Promise, r.case))
    letters = sorted(standing(r.session, Letter, r.case), key=lambda x: x.at or "")
    sent = tuple(_letter(r, x) for x in letters)
    posts = Table(r.head("when", "what", "how"), (0.24, 0.5, 0.26), sent, r.say.bare("tables.letters"), pages=True)
    kept = table(r, ("what", "by", "done"), (0.6, 0.2, 0.2), promised, "promises")
    return chapter(r, "contact", made, kept, posts)


def _contacts(r: Reading, found: list[Contact]) -> Iterator[Line]:
    last = ""
    for c in found:
        at = london_day(c.at) if c.at else ""
        gap = str(days_between(last, at)) if last and at else ""
        last = at if c.made and at else last
        person = r.session.get(Person, c.with_) if c.with_ else None
        name = (person.name if person is not None else "") or "the resident"
        how = METHODS.get(c.method or "", label("report_channel", c.method) or "Contact")
        way = f"{how}, {'from' if c.direction == 'in' else 'to'} {name}"
        tried = "" if c.made or c.made is None else "\nTried, not reached"
        yield Line((moment(c.at) if c.at else "", gap, way + tried, c.note or ""), (c.id,))


def _promise(p: Promise) -> Line:
    kept = f"Kept {day(p.kept_on)}" if p.kept_on else "Not marked as kept"
    return Line((p.what or "", day(p.by) if p.by else "", kept), (p.id,))


def _letter(r: Reading, x: Letter) -> Line:
    how = {"posted": "Posted", "handed": "Handed over", "emailed": "Sent by e-mail", "kept": "Kept for them"}
    went = f"{how.get(x.how or '', 'Not marked as gone')}{f', {day(x.went_on)}' if x.went_on else ''}"
    to = f" to {x.to}" if x.to else ""
    return Line(
        (moment(x.at) if x.at else "", f"{x.title or 'A letter'}{to}", went), (x.id,), exhibit=r.numbers.get(x.id, 0)
    )


def evidence(r: Reading) -> Chapter:
    """What came, when it was looked at, what was decided; its file's page."""
    found = sorted(standing(r.session, Evidence, r.case), key=lambda e: e.received or "")
    lines = tuple(_evidence(r, e) for e in found)
    came = Table(r.head("came", "what", "reviewed"), (0.22, 0.4, 0.38), lines, "", pages=True)
    rest = r.cards("evidence", but=[e.id for e in found])
    return chapter(r, "evidence", came, table(r, ("when", "what"), WIDE, rest, "diary"))


def _evidence(r: Reading, e: Evidence) -> Line:
    giver = r.session.get(Person, e.from_) if e.from_ else None
    from_ = f", from {giver.name}" if giver is not None and giver.name else ""
    what = "\n".join(t for t in (f"{label('evidence_type', e.type)}{from_}", e.name, e.note, e.captured) if t)
    what += "\nOffered, and not taken" if e.offered_not_taken else ""
    seen = f"{day(london_day(e.reviewed))}: {e.decision or ''}" if e.reviewed else "Not looked at yet"
    return Line((moment(e.received) if e.received else "", what, seen), (e.id,), exhibit=r.numbers.get(e.id, 0))


# ---- 9 to 12
def other(r: Reading) -> Chapter:
    """The other person: account, findings, tools used, and considered and not used."""
    return chapter(r, "other", _private(_cards(r, "other_person")), _private(_cards(r, "courts", "courts")))


def _private(found: Table) -> Table:
    lines = tuple(Line(x.cells, x.about, True, x.exhibit) for x in found.lines)
    return Table(found.head, found.shares, lines, found.heading, found.pages)


def agencies(r: Reading) -> Chapter:
    """Agencies asked, answers, chases; what was shared."""
    return chapter(r, "agencies", _cards(r, "agencies"), _private(_cards(r, "sharing", "shared")))


def support(r: Reading) -> Chapter:
    """Repairs, safeguarding, moves and support; needs, warnings and who must not know."""
    asked = [_cards(r, "repairs"), _cards(r, "safety"), _cards(r, "moves")]
    people = _cards(r, "people", "people")
    resident = reporter_of(r.session, r.case)
    own = (resident.id,) if resident is not None else ()
    people = replace(people, lines=tuple(replace(x, private=x.about != own) for x in people.lines))
    return chapter(r, "support", *asked, _private(_cards(r, "rules", "needs")), people)


def redress(r: Reading) -> Chapter:
    """Redress, what others asked of us, and the course of the case with managers' checks."""
    offered = {x.id for x in standing(r.session, Redress, r.case)}
    lines = tuple(x for x in r.cards("complaints") if set(x.about) & offered)
    rest = [_cards(r, "outside", "outside"), _cards(r, "course", "course")]
    return chapter(r, "redress", table(r, ("when", "what"), WIDE, lines), *rest)


BEFORE: tuple[Callable[[Reading], Chapter], ...] = (
    complaints, policy, due, risks, action_plans, contact, evidence, other, agencies, support, redress,
)  # fmt: skip
"""Chapters 2 to 12, in their order."""
LACKS = len(BEFORE) + 2
"""The number of the chapter that says what the file lacks."""
