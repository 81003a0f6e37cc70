"""The facts of one case from its rows: small, frozen, and all that the rules of duties may know (duties/facts.py)."""

from __future__ import annotations

from collections import defaultdict

from asbdesk import model as m
from asbdesk.duties import facts as f
from asbdesk.store.facts import Read, Row
from asbdesk.store.happenings import READ, became, happenings, kind_of
from asbdesk.store.values import a_day, is_instant, words_of

NEVER = "never"
"""In place of the day a report was written down: it never was."""
NOT_GIVEN = "Address not given"
"""How the address of a home begins whose place nobody told: those who have it do not live together."""


def facts(found: Read, case: str) -> f.Facts:
    """The facts of one of the cases read. Records without a time raise and meet nothing."""
    row = found.cases[case]
    happened = _happened(found, case)
    called = _called(found, case)
    people = _people(found, case)
    return f.Facts(
        case=case,
        stream=row.stream or "asb",
        category=row.category or "",
        opened=row.opened or "",
        officer=row.officer or "",
        people=people,
        reports=tuple(_report(r) for r in found.rows(m.Report, case) if is_instant(r.received)),
        contacts=tuple(
            _contact(r, called, found.authors.get(r.id, "")) for r in found.rows(m.Contact, case) if is_instant(r.at)
        ),
        assessments=tuple(_assessment(r) for r in found.rows(m.Assessment, case) if is_instant(r.at)),
        plans=tuple(_plan(r) for r in found.rows(m.PlanVersion, case) if is_instant(r.at)),
        reviews=happened.get("plan_review", ()),
        actions=tuple(_action(r, happened) for r in found.rows(m.Action, case)),
        visits=tuple(
            _visit(r, found.authors.get(r.id, ""))
            for r in found.rows(m.Visit, case)
            if is_instant(r.started) and (r.ended or r.out_safe)
        ),
        happened=happened,
        mentions={person: tuple(some) for person, some in found.mentions.items() if _alleged(found, case, person)},
        clashes=found.clashes.get(case, ()),
    )


def _alleged(found: Read, case: str, person: str) -> bool:
    if any(i.person == person and i.role == f.ALLEGED for i in found.rows(m.Involvement, case)):
        return True
    return any(person in words_of(r.about) for r in found.rows(m.Report, case))


def _happened(found: Read, case: str) -> dict[str, tuple[f.Happening, ...]]:
    """Every plainer record by its kind, in order of time."""
    by_kind: defaultdict[str, list[f.Happening]] = defaultdict(list)
    for kind in READ:
        for row in found.rows(kind, case):
            for made in happenings(kind, row):
                by_kind[kind_of(kind, row, made)].append(made)
    known = {(kind, made.of) for kind, some in by_kind.items() for made in some}
    for kind in (m.Promise, m.Evidence):
        for row in found.rows(kind, case):
            if (end := became(kind, row, known)) is not None:
                by_kind[end[0]].append(end[1])
    _closed_without_a_form(found.cases[case], by_kind)
    return {kind: tuple(sorted(some, key=lambda e: (e.at, e.id))) for kind, some in by_kind.items()}


def _closed_without_a_form(row: Row, by_kind: dict[str, list[f.Happening]]) -> None:
    """A case that says it is closed, with no record of its closing: taken from a list, or merged in halves."""
    if row.status != "closed" or not is_instant(row.closed):
        return
    last = max((e.at for e in by_kind.get("reopen", ())), default="")
    if not any(e.at >= last for e in by_kind.get("close", ())):
        by_kind["close"].append(f.Happening(f"{row.id} closed", row.closed))


def _called(found: Read, case: str) -> dict[str, str]:
    """Id in a case history → id of the record: what was told may be named either way."""
    kinds: tuple[type[m.Record], ...] = (m.Report, m.Contact, *READ)
    return {row.history_id: row.id for kind in kinds for row in found.rows(kind, case) if row.history_id}


def _people(found: Read, case: str) -> dict[str, f.Person]:
    roles: defaultdict[str, list[str]] = defaultdict(list)
    more: defaultdict[str, dict[str, str]] = defaultdict(lambda: {"key": "", "updates": ""})
    for row in found.rows(m.Involvement, case):
        if row.person and row.role:
            roles[row.person].append(row.role)
            for name in ("key", "updates"):
                more[row.person][name] = getattr(row, name) or more[row.person][name]
    hidden: defaultdict[str, set[str]] = defaultdict(set)
    for rule in found.rows(m.DisclosureRule, case):
        if rule.about and rule.not_to and not rule.ended:
            hidden[rule.about].add(rule.not_to)
    paces = _paces(found, case)
    people = {}
    for person, held in roles.items():
        known = found.people.get(person)
        name, reachable = (known.name or "", known.reachable is not False) if known else ("", True)
        people[person] = f.Person(
            person,
            name,
            tuple(held),
            reachable,
            children=found.children.get(person, 0),
            home=_home(found, known.home if known else None),
            not_to=frozenset(hidden[person]),
            pace=tuple(paces.get(person, ())),
            **more[person],
        )
    return people


def _home(found: Read, home: str | None) -> str:
    """The home, unless nobody knows where it is."""
    known = found.homes.get(home or "")
    return home or "" if known is not None and not (known.address or "").startswith(NOT_GIVEN) else ""


def _paces(found: Read, case: str) -> dict[str, list[f.Pace]]:
    """How often each person chose to hear from us, and from when on."""
    paces: defaultdict[str, list[f.Pace]] = defaultdict(list)
    for row in found.rows(m.ContactAgreement, case):
        if row.person and (row.days or "").isdecimal() and len(row.days) < 4:
            pace = f.Pace(f.written_day(row.id), int(row.days), a_day(row.review_on), bool(row.agreed_by))
            paces[row.person].append(pace)
    return paces


def _report(row: Row) -> f.Report:
    logged = None if row.logged == NEVER else a_day(row.logged) or max(f.written_day(row.id), a_day(row.received))
    return f.Report(
        row.id,
        row.received,
        row.visit or "",
        by=row.by or "",
        behaviours=words_of(row.behaviours),
        serious=words_of(row.serious),
        hate=isinstance(row.hate, dict),
        hate_signs=bool(row.hate_signs),
        to_agent=row.to == "managing_agent",
        about=words_of(row.about),
        dissatisfied=bool(row.dissatisfied),
        same_as=row.same_as or "",
        logged=logged,
    )


def _contact(row: Row, called: dict[str, str], by: str) -> f.Contact:
    return f.Contact(
        row.id,
        row.at,
        row.visit or "",
        with_=row.with_ or "",
        out=row.direction != "in",
        made=row.made is not False,
        answered=bool(row.answered),
        next_by=a_day(row.next_by),
        needs_reply=bool(row.needs_reply),
        dissatisfied=bool(row.dissatisfied),
        method=row.method or "",
        told=None if row.told is None else tuple(called.get(word, word) for word in words_of(row.told)),
        by=by,
    )


def _assessment(row: Row) -> f.Assessment:
    complete = row.complete is not False or _all_asked(row.answers)
    whose, band = row.of or "", row.band or ""
    return f.Assessment(
        row.id, row.at, row.visit or "", of=whose, band=band, complete=complete, follows=words_of(row.follows)
    )


def _all_asked(answers: object) -> bool:
    """Was every question put? One who does not want to say, or does not know, was asked: the score is not complete and
    shows no low level, but the assessment was made.
    """
    if not isinstance(answers, dict) or not answers:
        return False
    words = [value.get("unanswered") for value in answers.values() if isinstance(value, dict)]
    return not {"not_asked", "not_alone"} & {*words}


def _plan(row: Row) -> f.Plan:
    return f.Plan(
        row.id,
        row.at,
        row.visit or "",
        person=row.person or "",
        number=row.number or "",
        next_contact=row.next_contact if is_instant(row.next_contact) else a_day(row.next_contact),
        review_on=a_day(row.review_on),
        agreed=row.agreed is not False,
        copy_given=a_day(row.copy_given),
        signing=row.signing or "",
        follows=words_of(row.follows),
    )


def _action(row: Row, happened: dict[str, tuple[f.Happening, ...]]) -> f.Action:
    """A step with its day, and the days it had. A move that the resident was not told of moves nothing."""
    moved = [e for e in happened.get("action_moved", ()) if e.of == row.id and e.by]
    by, moves = a_day(row.by), []
    if moved:
        by = moved[0].words[0] if moved[0].words else by
        for move in (e for e in moved if e.yes):
            moves.append((move.day, by))
            by = move.by
    done = a_day(row.done_on)
    if done:  # the first time it was done, though it was said again later
        done = min((e.by or e.day for e in happened.get("action_done", ()) if e.of == row.id), default=done)
    return f.Action(row.id, row.plan or "", row.owner or "", row.what or "", by, done, tuple(moves))


def _visit(row: Row, by: str) -> f.Contact:
    return f.Contact(row.id, row.started, row.id, with_=row.with_ or "", by=by)
