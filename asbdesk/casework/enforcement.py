"""Tools and powers used, or considered and not; the proportion form; findings; the other person's own account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from asbdesk.casework import safeguarding
from asbdesk.casework.internal import internal, internal_done
from asbdesk.casework.records import put
from asbdesk.casework.told import NOTHING, Said, all_of, happen, in_case, one_of, words
from asbdesk.casework.words import picklist
from asbdesk.clock import london_day
from asbdesk.errors import UserError
from asbdesk.model import Case, Enforcement, Finding, OtherAccount, Person, Proportion, Report
from asbdesk.store.profile import profile
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work


TENANTS = ("secure", "assured", "starter", "licensee", "")
FOR_TENANTS = {"extend_starter_tenancy", "demotion", "notice_seeking_possession", "possession"}
FOR_LEASEHOLDERS = {"forfeiture_notice"}
BOTH_SIDES = {"mediation", "good_neighbour_agreement", "acceptable_behaviour_contract", "restorative_practice"}
"""Tools that treat it as a matter between two."""
WARNINGS = {"verbal_warning", "warning_letter", "final_warning"}
ENFORCING_NOTHING = {"none_yet", "advice", "parenting_contract", "target_hardening", "sanctuary"}


def tools(
    stream: str = "asb", *, tenure: str = "", age: int | None = None, victim_asks: bool = False
) -> dict[str, str]:
    """Tools and powers to offer, in the order they are usually tried; severity may jump it (DOMAIN.md 2.4).

    `tenure` and `age` are the other person's, empty or None where not known. Nothing that treats abuse at home or
    hate as a matter between two (for hate, unless the victim asks); under 10 nothing that enforces.
    """
    off = set(picklist("tool_not_in_force"))
    off |= FOR_TENANTS if tenure not in TENANTS else set()
    off |= FOR_LEASEHOLDERS if tenure and tenure not in ("leaseholder", "shared_owner") else set()
    if stream == "domestic_abuse":
        off |= BOTH_SIDES | WARNINGS
    elif stream == "hate" and not victim_asks:
        off |= BOTH_SIDES
    shown = picklist("tool")
    off |= set(shown) - ENFORCING_NOTHING if age is not None and age < 10 else set()
    return {code: words_ for code, words_ in shown.items() if code not in off}


WEIGHED_FIRST = {
    *("community_protection_notice", "noise_abatement_notice", "injunction", "injunction_without_notice"),
    *("criminal_behaviour_order", "closure_partial", "closure_full", "demotion", "notice_seeking_possession"),
    *("possession", "forfeiture_notice", "extend_starter_tenancy", "undertaking"),
}
"""Each notice, injunction, possession or exclusion: the proportion form stands before it."""
WEIGHED_WITHIN_WD = 2
TOO_YOUNG = 10
FINDINGS = ("shown", "not_enough", "not_happened", "withdrawn", "not_looked_into")


@action("enforcement.decided")
def decide(
    work: Work,
    case: str,
    tool: str,
    *,
    used: bool | None = None,
    reason: str = "",
    look_again: str = "",
    person: str = "",
    proportion: str = "",
    said: Said = NOTHING,
) -> str:
    """A tool used, or considered and not, because …; `none_yet` is "considered, not now". The tools that are offered
    are `tools()`; what was done elsewhere, or before, is written as it was."""
    tool = words(tool, "Choose the tool, or “considered, not now”.")
    fields = {"used": used, "reason": reason, "look_again": look_again, "person": person, "proportion": proportion}
    return happen(work, Enforcement, case, said, tool=tool, **fields)


@action("enforcement.decided")
def use(
    work: Work,
    case: str,
    tool: str,
    reason: str,
    *,
    used: bool | None,
    person: str = "",
    look_again: str = "",
    urgent: bool = False,
    manager: str = "",
) -> str:
    """A tool decided on at the desk. What bears hard on somebody is weighed first with the proportion form, once for
    each; in urgent danger afterwards, within two working days, and until then a step of ours says so (PRACTICE.md 15).
    Raises UserError where it was not weighed, while a safeguarding decision is waited for, in a welfare case without a
    manager, for a child under 10, and without why where it is not used, or there is none yet."""
    if used and tool not in ENFORCING_NOTHING:
        _may_be_used(work, case, person)
    if work.get(Case, case).stream == "domestic_abuse":
        who = words(manager, "In a welfare case an officer trained in it decides this with a manager. Write who.")
        reason = f"{reason.strip()} (With {who}.)".strip()
    gone = {e.proportion for e in all_of(work, Enforcement, case) if e.used}
    weighed = [p for p in all_of(work, Proportion, case) if p.person == person and p.id not in gone and _goes_on(p)]
    if not used:
        reason = words(reason, "Write why it was considered and not used, or why there is none yet.")
    elif tool in WEIGHED_FIRST and not weighed:
        if not urgent:
            raise UserError("Fill in “Is it proportionate” first, or say that there is urgent danger.")
        day = profile(work.session.connection()).days.due(work.happened, WEIGHED_WITHIN_WD)
        internal(work, case, "proportion", f"Fill in “Is it proportionate”: {picklist('tool').get(tool, tool)}", day)
    proportion = weighed[-1].id if used and weighed else ""
    told: dict[str, Any] = {"used": used, "look_again": look_again, "person": person, "proportion": proportion}
    return decide(work, case, tool, reason=reason, **told)


def _may_be_used(work: Work, case: str, person: str) -> None:
    if held := safeguarding.hold(work.session, case):
        raise UserError(held)
    known = work.find(Person, person or None)
    age = age_on(known.born or "", london_day(work.happened)) if known is not None else None
    if age is not None and age < TOO_YOUNG:
        raise UserError("They are under 10. No tool of enforcement is used: who works with the family instead?")


def _goes_on(weighed: Proportion) -> bool:
    """Was it found proportionate. One without the form's answers came from elsewhere, and is believed."""
    return bool((weighed.answers or {}).get("decision", "go_on") == "go_on")


def age_on(born: str, day: str) -> int | None:
    """Whole years on a day; None where the day of birth is not known."""
    return int(day[:4]) - int(born[:4]) - (day[5:] < born[5:]) if len(born) == len(day) == 10 else None


@action("proportion.weighed")
def weigh(
    work: Work,
    case: str,
    person: str,
    tool: str,
    answers: Mapping[str, Any],
    decision: str,
    *,
    form: str = "",
    advice: str = "",
    said: Said = NOTHING,
) -> str:
    """The proportion form, before a notice, injunction, possession or exclusion (PRACTICE.md 15)."""
    decision = words(decision, "Write what was decided, and why it is proportionate.")
    internal_done(work, case, "proportion", decision)
    fields: dict[str, Any] = {"person": person, "tool": tool, "form": form, "answers": dict(answers), "advice": advice}
    return happen(work, Proportion, case, said, decision=decision, by=work.member, **fields)


@action("allegation.found")
def find(work: Work, case: str, report: str, person: str, finding: str, reason: str, *, said: Said = NOTHING) -> str:
    """The finding on one allegation. A later one takes its place and names its reason."""
    one_of(finding, FINDINGS, "Choose one of the five findings.")
    in_case(work, Report, report, case)
    work.get(Person, person)
    if finding != "shown":
        reason = words(reason, "Write why it was found so.")
    fields = {"report": report, "person": person, "finding": finding, "reason": reason, "by": work.member}
    return happen(work, Finding, case, said, **fields)


@action("other_person.heard")
def hear(work: Work, case: str, person: str, account: str, *, said: Said = NOTHING, **fields: str) -> str:
    """Their account. Keywords: `health`, `agrees`, `support`, `hears_by`, `reports` (which opens a case of its own),
    `method`."""
    work.get(Person, person)
    account = words(account, "Write what they say, in their words.")
    return happen(work, OtherAccount, case, said, person=person, account=account, **fields)


@action("other_person.support")
def offer_support(work: Work, account: str, support: str) -> None:
    """Support offered to the other person, and taken or not."""
    put(work.get(OtherAccount, account), support=words(support, "Write what was offered, and what they said."))
