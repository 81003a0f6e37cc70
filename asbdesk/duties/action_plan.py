"""What is owed in action plans: the plan itself, its copy, each of our steps, and looking at it again."""

from __future__ import annotations

from collections.abc import Iterator

from asbdesk.clock import london_instant, plain_day
from asbdesk.duties.duty import Duty
from asbdesk.duties.events import Action, Event, Plan, day_words
from asbdesk.duties.facts import Facts
from asbdesk.duties.policy import Policy
from asbdesk.duties.raising import Due, by_line, first, own_reports, raised
from asbdesk.duties.risk_assessment import earliest

EVERY_FOUR_WEEKS = "A plan is looked at again, also when it names no day."
STEP_SOURCE = (
    "Our timescales (plan_action): the date in the plan. Housing Ombudsman, November 2024: a plan says what the "
    "landlord will do, and by when."
)
Duties = Iterator[Duty | None]


def action_plan(facts: Facts, policy: Policy) -> Duties:
    """A plan after the first report; a later serious one brings it forward. Met by a plan, agreed or issued."""
    reports = [r for r in own_reports(facts) if facts.owed_to(r.by)]
    if reports:
        met = first(facts.plans, reports[0])
        due = earliest("action_plan", reports, met, facts, policy)
        why = "Everyone who reports to us is owed a plan that says what we will do, and by when."
        yield raised(facts, policy, "action_plan", reports[0], due, met, why)


def plan_copy(facts: Facts, policy: Policy) -> Duties:
    """A copy of each plan agreed, given to the resident or kept for them; a copy of a later version stands for it."""
    for n, plan in enumerate(facts.plans):
        if not plan.agreed or not facts.reachable(plan.person):
            continue
        given = min((p.copy_given for p in facts.plans[n:] if p.copy_given), default="")
        met = Event(f"copy of {plan.id}", max(plan.at, london_instant(given))) if given else None
        why = f"{facts.name(plan.person)} agreed a plan, so a copy of it is theirs."
        due = by_line(policy, "plan_copy.wd", plan)
        yield raised(facts, policy, "plan_copy", plan, due, met, why, about=_version(plan))


def plan_action(facts: Facts, policy: Policy) -> Duties:
    """Each of our steps with a date: on its date, or the later one that the resident was told of. Met when done."""
    plans = {plan.id: plan for plan in facts.plans}
    for action in facts.actions:
        plan = plans.get(action.plan)
        if action.owner != "landlord" or not action.by or (action.plan and plan is None):
            continue
        # a step without a plan is ours alone, decided on a visit: it never prints, and is owed all the same
        said = "Our plan says" if plan else "It was decided"
        since = (
            _since(facts, plan, action)
            if plan
            else london_instant(action.moves[0][1] if action.moves else action.by, "00:00")
        )
        met = Event(f"{action.id} done", max(since, london_instant(action.done_on))) if action.done_on else None
        why = f"{said} that we will do this by {plain_day(action.by)}."
        due = Due(action.by, source=STEP_SOURCE, moves=action.moves)
        step = Event(action.id, since)
        about = action.what or "a step of the plan"
        yield raised(facts, policy, "plan_action", step, due, met, why, about=about)


def _since(facts: Facts, plan: Plan, action: Action) -> str:
    """When it was first owed: a step carried over into a later version is older than that version, as its id tells."""
    earlier = [p for p in facts.plans if p.id < action.id < plan.id]
    return max(earlier, key=lambda p: p.id).at if earlier else plan.at


def plan_review(facts: Facts, policy: Policy) -> Duties:
    """Looking at the plan again: on the day it names, or the usual interval; sooner after a serious report.

    Met by the next version or a review. A review that names no date arms it again.
    """
    looks: list[Event] = sorted((*facts.plans, *facts.reviews), key=lambda e: e.at)
    for n, look in enumerate(looks):
        following = looks[n + 1] if n + 1 < len(looks) else None
        if (isinstance(look, Plan) and not facts.reachable(look.person)) or not facts.residents:
            continue
        named = look.review_on if isinstance(look, Plan) else getattr(look, "by", "")
        due = by_line(policy, "plan_review.days", look)
        about = _version(look) if isinstance(look, Plan) else f"review of {day_words(look.day)}"
        why = f"We said that we would look at the plan again by {plain_day(named)}." if named else EVERY_FOUR_WEEKS
        due = Due(named, due.line) if named else due
        yield raised(facts, policy, "plan_review", look, due, following, why, about=about)
        yield from _after_serious(facts, look, following, policy)


def _after_serious(facts: Facts, look: Event, following: Event | None, policy: Policy) -> Duties:
    """Each serious report between this look at the plan and the next asks for a look of its own."""
    for report in own_reports(facts):
        if report.at <= look.at or (following and report.at > following.at):
            continue
        if report.category == "serious" and (not look.visit or report.visit != look.visit):
            due = by_line(policy, "plan_review.serious_wd", report)
            why = "Something serious was reported after the plan was made, so the plan may no longer fit."
            yield raised(facts, policy, "plan_review", report, due, following, why)


def _version(plan: Plan) -> str:
    return f"plan {plan.number} of {day_words(plan.day)}" if plan.number else f"plan of {day_words(plan.day)}"
