"""Plans: a version agreed and sealed, its steps as they are done or moved, the copy given, the review."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.internal import internal
from asbdesk.casework.records import case_file, case_of, new, put
from asbdesk.casework.risk import level_of
from asbdesk.casework.seals import newest
from asbdesk.casework.told import NOTHING, Said, became, happen
from asbdesk.casework.views import ActionView, PlanView
from asbdesk.casework.words import AGREED, COPY_FORM, COPY_HOW, SIGNING
from asbdesk.clock import london_day, plain_day, short_day, short_moment
from asbdesk.documents.paper import NextContact, PlanPaper, Signing, Step
from asbdesk.errors import UserError
from asbdesk.model import Action, PlanVersion, Signature, Waiver
from asbdesk.store.values import tips
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.visit_views import PlanDraft, PlanStep
    from asbdesk.store.files import Kept
    from asbdesk.store.work import Work


@dataclass(frozen=True)
class NewVersion:
    """A version about to be agreed. `number` and `follows` were read before its paper was made."""

    number: str
    follows: tuple[str, ...]
    paper: PlanPaper
    draft: PlanDraft
    signing: Signing
    sealed: Kept | None = None
    visit: str = ""
    officer: str = ""
    manager_day: str = ""
    """The day by which a manager reads what somebody wants instead: 2 working days."""


@action("plan.agreed")
def agree(work: Work, case: str, person: str, version: NewVersion) -> str:
    """Freeze a version of the plan with its sealed paper and its ink; its steps start. The version's id.

    Our steps start however signing went (PRACTICE.md 12). Raises UserError for a plan that promises nothing.
    """
    if not version.draft.ours or not version.draft.contact_day:
        raise UserError("A plan needs at least one step of ours, and the day we next speak.")
    signing, sealed, draft = version.signing, version.sealed, version.draft
    plan = new(
        work,
        PlanVersion,
        case_file(case),
        number=version.number,
        follows=list(version.follows),
        at=work.happened,
        person=person,
        content=content(version.paper),
        next_contact=draft.contact_day,
        review_on=draft.review_by,
        signing=signing.outcome,
        signing_note=signing.note or signing.ask_on or signing.name,
        agreed=signing.outcome in AGREED,
        sealed=sealed.blob if sealed else None,
        sealed_key=sealed.key if sealed else None,
        sealed_sha256=sealed.sha256 if sealed else None,
        sealed_size=sealed.size if sealed else None,
        visit=version.visit,
    )
    start_steps(work, case, person, plan.id, version)
    for ink in signing.inks:
        strokes = [[list(point) for point in stroke] for stroke in ink.strokes]
        told = {"role": ink.role, "name": ink.name, "at": ink.at, "strokes": strokes, "language": ink.language}
        new(work, Signature, case_file(case), plan=plan.id, **told)
    _after_signing(work, case, version)
    return plan.id


def start_steps(work: Work, case: str, person: str, plan: str, version: NewVersion) -> None:
    """The steps as records that live on. Of the version before, theirs that were taken out are struck; what we owed
    by a day is let go by name where they agreed and the risk is not high, and is owed on where not."""
    draft, kept = version.draft, set[str]()
    told = version.signing.outcome != "not_asked"
    for owner, steps in (("landlord", draft.ours), ("resident", draft.yours), ("agency", draft.others)):
        for step in steps:
            kept.add(_step(work, case, plan, owner, step, told=told))
    open_now = sa.select(Action).where(
        Action.file == case_file(case), Action.done_on.is_(None), Action.struck.is_(None)
    )
    theirs = plans_of(work.session, case, person)
    for old in work.select(open_now):
        if old.plan in theirs and old.plan != plan and old.id not in kept:
            _taken_out(work, case, old, version)


def _taken_out(work: Work, case: str, step: Action, version: NewVersion) -> None:
    """A step that the new version has no more. What was late stays late in every count (DESIGN.md, promise 4)."""
    if step.owner != "landlord" or not step.by:
        step.struck = "taken out of the plan"
    elif version.signing.outcome in AGREED and level_of(work.session, case) != "high":
        reason = f"Taken out of the plan, with them, in version {version.number}."
        happen(work, Waiver, case, NOTHING, duty="plan_action", about=step.id, reason=reason, by=work.member)


def _step(work: Work, case: str, plan: str, owner: str, step: PlanStep, *, told: bool) -> str:
    fields: dict[str, Any] = {"owner": owner, "who": step.who, "what": step.what, "help": step.help, "by": step.by}
    fields |= {"until": step.until, "code": step.code, "about_other": step.about_other or None, "plan": plan}
    if step.action:
        found = work.get(Action, step.action)
        if step.by and found.by and step.by != found.by:  # its first day is not forgotten
            became(work, case, "action_moved", found.id, NOTHING, day=step.by, was=found.by, told=told)
        put(found, **{k: v for k, v in fields.items() if v})
        return step.action
    return new(work, Action, case_file(case), **fields).id


def _after_signing(work: Work, case: str, version: NewVersion) -> None:
    """What the two open outcomes owe: we ask once more on the day they said; a manager reads what they want instead."""
    signing = version.signing
    if signing.outcome == "wants_time" and signing.ask_on:
        internal(work, case, "ask_again", "Ask if they want to sign the plan", signing.ask_on, version.officer)
    if signing.outcome == "does_not_agree":
        internal(work, case, "manager_reads", "A manager reads what they want instead", version.manager_day, "Manager")


@action("plan.copy_given")
def give_copy(work: Work, plan: str, how: str, *, form: str = "plan", note: str = "") -> None:
    """The copy was left, posted, sent, or is kept for them (with how they can see it, in `note`)."""
    if how not in COPY_HOW or form not in COPY_FORM:
        raise UserError("Choose how the copy reached them, or that it is kept for them.")
    if how == "kept" and not note.strip():
        raise UserError("Write how they can see the copy that is kept for them.")
    words = f"{COPY_FORM[form]}, {COPY_HOW[how]}" + (f": {note.strip()}" if note.strip() else "")
    found = work.get(PlanVersion, plan)
    became(work, case_of(found), "plan_copy_given", plan, Said(words))
    put(found, copy_given=london_day(work.happened), copy_how=words)


@action("plan.action_done")
def action_done(work: Work, step: str, *, note: str = "", on: str = "", said: Said = NOTHING) -> None:
    """A step was done, today or on a day given."""
    found = work.get(Action, step)
    put(found, done_on=on or london_day(work.happened), note=note or None)
    became(work, case_of(found), "action_done", step, dataclasses.replace(said, note=said.note or note), day=on)


@action("plan.action_moved")
def move_action(work: Work, step: str, to: str, *, told: bool, why: str = "", said: Said = NOTHING) -> None:
    """A step has a new day. Raises UserError when the resident was not told and no reason is given."""
    if not told and not why.strip():
        raise UserError("Tell them before the day, or write why they were not told.")
    found = work.get(Action, step)
    became(work, case_of(found), "action_moved", step, said, day=to, was=found.by, told=told, reason=why)
    put(found, by=to, moved_told=told, note=why or None)


def content(paper: PlanPaper) -> dict[str, Any]:
    """What the paper says, as JSON, without the ink (which is kept as signatures)."""
    bare = dataclasses.replace(paper, signing=dataclasses.replace(paper.signing, inks=()))
    told: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(bare)))
    return told


def next_version(session: Session, case: str, person: str) -> tuple[str, tuple[str, ...]]:
    """The number of the next version, and the ids of those it follows (two, where two were made apart)."""
    ends = tips(versions(session, case, person))
    numbers = [int(m[0]) for v in ends if (m := re.match(r"\d+", v.number or ""))]
    return str(max(numbers, default=0) + 1), tuple(v.id for v in ends)


def versions(session: Session, case: str, person: str = "") -> list[PlanVersion]:
    """Every version that was not struck out, oldest first. Rows: for casework alone."""
    found = sa.select(PlanVersion).where(PlanVersion.file == case_file(case), PlanVersion.struck.is_(None))
    found = found.where(PlanVersion.person == person) if person else found
    return list(session.scalars(found.order_by(PlanVersion.at, PlanVersion.id)))


def plans_of(session: Session, case: str, person: str) -> set[str]:
    """Ids of the versions made with a person: each household of a place has a plan of its own (PRACTICE.md 17)."""
    mine = sa.or_(PlanVersion.person == person, PlanVersion.person.is_(None))
    return set(session.scalars(sa.select(PlanVersion.id).where(PlanVersion.file == case_file(case), mine)))


def open_steps(session: Session, case: str) -> list[Action]:
    """Steps of the plan that are neither done nor let go, in the order of their days. Rows: for casework alone."""
    found = sa.select(Action).where(Action.file == case_file(case), Action.done_on.is_(None), Action.struck.is_(None))
    gone = sa.select(Waiver.about).where(Waiver.file == case_file(case), Waiver.duty == "plan_action")
    gone = gone.where(Waiver.about.is_not(None), Waiver.struck.is_(None))
    return list(session.scalars(found.where(Action.id.not_in(gone)).order_by(Action.by, Action.id)))


def plans(session: Session, case: str, today: str) -> tuple[PlanView, ...]:
    """Every version, newest first. Two that follow the same both show: 3 and 3B."""
    every = versions(session, case)
    current = {v.id for v in tips(every)}
    steps = sa.select(Action).where(Action.file == case_file(case), Action.struck.is_(None)).order_by(Action.by)
    actions = list(session.scalars(steps))
    seen: dict[str, int] = {}
    views = []
    for v in every:
        number = v.number or "1"
        seen[number] = seen.get(number, 0) + 1
        shown = number if seen[number] == 1 else f"{number}{chr(64 + seen[number])}"
        views.append(_view(v, shown, v.id in current, actions, today))
    return tuple(reversed(views))


def _view(v: PlanVersion, number: str, current: bool, actions: Sequence[Action], today: str) -> PlanView:
    signing = SIGNING.get(v.signing or "", "")
    how = f" ({v.copy_how})" if v.copy_how and v.copy_how != "given" else ""
    copy = f"Copy given {short_day(v.copy_given)}{how}" if v.copy_given else "No copy given yet"
    return PlanView(
        v.id,
        number,
        v.at or "",
        short_moment(v.at) if v.at else "",
        signing,
        bool(v.agreed),
        v.next_contact or "",
        v.review_on or "",
        copy,
        bool(v.sealed),
        current,
        tuple(_action(a, today) for a in actions if a.plan == v.id),
    )


def _action(a: Action, today: str) -> ActionView:
    by = plain_day(a.by) if a.by else a.until or ""
    late = bool(a.by and not a.done_on and a.by < today)
    return ActionView(a.id, a.owner or "", a.who or "", a.what or "", a.by or "", by, bool(a.done_on), late)


def sealed_of(session: Session, plan: str) -> tuple[str, str, str] | None:
    """(number, blob, key) of the newest copy of a version's sealed paper, or None where none was made."""
    v = session.get(PlanVersion, plan)
    found = newest(session, f"{PlanVersion.kind}/{plan}")
    return (v.number or "", *found) if v is not None and found else None


def own_words(session: Session, case: str, person: str) -> tuple[tuple[str, str], ...]:
    """What was put into the resident's language for the versions that stand: the same words need not be put again."""
    found = [pair for v in tips(versions(session, case, person)) for pair in (v.content or {}).get("own", ())]
    return tuple((english, own) for english, own in found)


def paper_from(told: dict[str, Any]) -> PlanPaper:
    """The paper that a version's content is. The ink is not in it. Raises UserError for a version taken over bare."""
    if "landlord" not in told:
        raise UserError("This version came from a case history, which has no paper.")
    steps = {k: tuple(Step(**s) for s in told[k]) for k in ("ours", "yours", "others", "cannot")}
    lines = {k: tuple(told[k]) for k in ("told_us", "wants", "help", "changed")}
    pairs = {k: tuple((a, b) for a, b in told.get(k, ())) for k in ("may_talk", "useful", "own")}
    speak = NextContact(**told["speak"]) if told.get("speak") else None
    signing = Signing(**{**told["signing"], "inks": ()})
    whole: dict[str, Any] = {**told, **steps, **lines, **pairs, "speak": speak, "signing": signing}
    return PlanPaper(**whole)
