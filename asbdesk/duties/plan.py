"""What is owed in action plans: the plan itself, its copy, each of our steps, and looking at it again."""

from __future__ import annotations

from collections.abc import Iterator

from asbdesk.clock import plain_day
from asbdesk.duties.clocks import category_of, clock
from asbdesk.duties.contact import ended, written_late
from asbdesk.duties.duty import Duty
from asbdesk.duties.facts import Event, Facts, Plan, Report, day_words
from asbdesk.duties.policy import Policy

EVERY_FOUR_WEEKS = "A plan is looked at again, also when it names no day."
ACTION_SOURCE = (
    "Our timescales (plan_action): the date in the plan. Housing Ombudsman, November 2024: a plan says what the "
    "landlord will do, and by when."
)


def action_plan(facts: Facts, policy: Policy) -> Iterator[Duty]:
    """A plan after the first report; a later serious one brings it forward. Met by a plan, agreed or issued."""
    reports = [r for r in facts.reports if not r.same_as and facts.reachable(r.by)]
    if not reports:
        return
    first = reports[0]
    met = next((p for p in facts.plans if p.at >= first.at), None)
    due, name = earliest("action_plan", reports, met, facts, policy)
    yield Duty(
        code="action_plan",
        theme="action_plan",
        key=f"action_plan/{first.id}",
        about=f"report of {day_words(first.day)}",
        about_id=first.id,
        arose=first.day,
        due=due,
        met=met.day if met else None,
        written=written_late(met, due),
        ended=ended(facts),
        why="Everyone who reports to us is owed a plan that says what we will do, and by when.",
        source=policy.source(name, first.day),
    )


def earliest(code: str, reports: list[Report], met: Event | None, facts: Facts, policy: Policy) -> tuple[str, str]:
    """The due day (and its policy line) that the first report sets and later serious ones bring forward while open."""
    found = clock(code, reports[0], facts, policy)
    for later in reports[1:]:
        if category_of(later) == "serious" and (met is None or later.at <= met.at):
            found = min(found, clock(code, later, facts, policy))
    return found


def plan_copy(facts: Facts, policy: Policy) -> Iterator[Duty]:
    """A copy of each plan agreed, given to the resident or kept for them."""
    for plan in facts.plans:
        if not plan.agreed or not facts.reachable(plan.person):
            continue
        yield Duty(
            code="plan_copy",
            theme="action_plan",
            key=f"plan_copy/{plan.id}",
            about=_version(plan),
            about_id=plan.id,
            arose=plan.day,
            due=policy.due("plan_copy.wd", plan.at),
            met=plan.copy_given or None,
            ended=ended(facts),
            why=f"{facts.name(plan.person)} agreed a plan, so a copy of it is theirs.",
            source=policy.source("plan_copy.wd", plan.day),
        )


def plan_action(facts: Facts, policy: Policy) -> Iterator[Duty]:
    """Each of our steps with a date: on its date, met when it is done."""
    plans = {plan.id: plan for plan in facts.plans}
    for action in facts.actions:
        plan = plans.get(action.plan)
        if action.owner != "landlord" or not action.by or (action.plan and plan is None):
            continue
        # a step without a plan is ours alone, decided on a visit: it never prints, and is owed all the same
        said = "Our plan says" if plan else "It was decided"
        yield Duty(
            code="plan_action",
            theme="action_plan",
            key=f"plan_action/{action.id}",
            about=action.what,
            about_id=action.id,
            arose=plan.day if plan else action.by,
            due=action.by,
            met=action.done_on or None,
            ended=ended(facts),
            why=f"{said} that we will do this by {plain_day(action.by)}.",
            source=ACTION_SOURCE,
        )


def plan_review(facts: Facts, policy: Policy) -> Iterator[Duty]:
    """Looking at the plan again: on the day it names, or the usual interval; sooner after a serious report.

    Met by the next version or a review. A review that names no date arms it again.
    """
    looks: list[Event] = sorted((*facts.plans, *facts.reviews), key=lambda e: e.at)
    for n, look in enumerate(looks):
        following = looks[n + 1] if n + 1 < len(looks) else None
        if isinstance(look, Plan) and not facts.reachable(look.person):
            continue
        named = look.review_on if isinstance(look, Plan) else ""
        due = named or policy.due("plan_review.days", look.at)
        about = _version(look) if isinstance(look, Plan) else f"review of {day_words(look.day)}"
        why = f"The plan says that we will look at it again by {plain_day(due)}." if named else EVERY_FOUR_WEEKS
        source = policy.source("plan_review.days", look.day)
        yield _review(facts, look, due, following, about, source, why)
        yield from _after_serious(facts, look, following, policy)


def _after_serious(facts: Facts, look: Event, following: Event | None, policy: Policy) -> Iterator[Duty]:
    """Each serious report between this look at the plan and the next asks for a look of its own."""
    for report in facts.reports:
        if report.at <= look.at or (following and report.at > following.at) or report.same_as:
            continue
        if category_of(report) == "serious" and (not look.visit or report.visit != look.visit):
            due = policy.due("plan_review.serious_wd", report.at)
            source = policy.source("plan_review.serious_wd", report.day)
            why = "Something serious was reported after the plan was made, so the plan may no longer fit."
            yield _review(facts, report, due, following, f"report of {day_words(report.day)}", source, why)


def _review(facts: Facts, raised: Event, due: str, met: Event | None, about: str, source: str, why: str) -> Duty:
    return Duty(
        code="plan_review",
        theme="action_plan",
        key=f"plan_review/{raised.id}",
        about=about,
        about_id=raised.id,
        arose=raised.day,
        due=due,
        met=met.day if met else None,
        written=written_late(met, due),
        ended=ended(facts),
        why=why,
        source=source,
    )


def _version(plan: Plan) -> str:
    return f"plan {plan.number} of {day_words(plan.day)}" if plan.number else f"plan of {day_words(plan.day)}"
