"""Agencies: what we asked of them, what they asked of us, what they told us, and our own duty meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from asbdesk.casework import agencies
from asbdesk.casework.internal import CODES
from asbdesk.casework.parts import Add, Choices, Part, PartCard, Taking, choices
from asbdesk.casework.parts.reading import newest_first, outcomes, standing, when
from asbdesk.casework.sharing import Terms, may_be_told
from asbdesk.casework.told import Said
from asbdesk.casework.views import Pill
from asbdesk.casework.words import number
from asbdesk.clock import short_day
from asbdesk.model import Action, AgencyInformation, AgencyRequest, Progress, Referral

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.journal import Done

OTHER = "other"
"""The answer "Another agency" to which agency: then its name is written."""
STEPS = 3
"""Steps of ours that are named beside what is waited for."""


# ---- adding
def _refer(t: Taking) -> Done[Any]:
    sharing = agencies.Sharing(
        permission=t.text("permission"),
        basis=t.text("basis"),
        decided_by=t.text("decided_by"),
        told_first=t.text("told_first"),
    )
    told = {"person": t.text("person"), "sharing": sharing, "keep": _kept(t)}
    said = _all_the_same(t, _agency(t), t.text("purpose"), sharing.basis)
    return t.do(agencies.refer, t.case, _agency(t), t.text("purpose"), **told, said=said)


def _all_the_same(t: Taking, agency: str, what: str, basis: str = "") -> Said:
    """The note, and what stood in the way of telling that body, with why it was told all the same. Raises
    `release.Refused` where something stands in the way and no reason is given."""
    person = dict(t.desk.read(choices.people, t.case)).get(t.text("person"), "").partition(" (")[0]
    terms = Terms(agency, what, t.text("permission"), "", basis=basis)
    words = (what, t.text("note"), person)
    stood = t.desk.read(may_be_told, t.case, t.desk.member, terms, words, t.why)
    why = ("It went although something stood in its way.", *stood, f"Because: {t.why}") if stood else ()
    return Said(note=" ".join(each for each in (t.text("note"), *why) if each))


def _kept(t: Taking) -> agencies.AgencyLine | None:
    """A body that is new to us and worked with again."""
    if t.text("agency") != OTHER or not t.yes("keep"):
        return None
    return agencies.AgencyLine(contact=t.text("contact"), number=t.text("number"))


def _told(t: Taking) -> Done[Any]:
    return t.do(agencies.informed, t.case, _agency(t), risk=t.yes("risk"), said=t.said())


def _asked(t: Taking) -> Done[Any]:
    return t.do(agencies.asked, t.case, _agency(t), risk=t.yes("risk"), due=t.text("due"), said=t.said())


def _replied(t: Taking) -> Done[Any]:
    return t.do(agencies.replied, t.case, t.about, t.text("result"), said=t.said())


def _chased(t: Taking) -> Done[Any]:
    return t.do(agencies.chase, t.case, t.about, said=t.said())


def _answered(t: Taking) -> Done[Any]:
    asked = t.desk.read(lambda session: session.get(AgencyRequest, t.about))
    said = _all_the_same(t, (asked.agency if asked is not None else "") or "", t.text("note"))
    return t.do(agencies.answered, t.case, t.about, said=said)


def _agency(t: Taking) -> str:
    chosen = t.text("agency")
    return t.text("agency_name") if chosen in ("", OTHER) else chosen


def _bodies(session: Session, case: str, about: str) -> Choices:
    return {
        "agency": (*choices.agencies(session), (OTHER, "Another agency")),
        "person": choices.people(session, case, alleged=False),
    }


# ---- what stands there
def cards(session: Session, case: str, today: str) -> tuple[PartCard, ...]:
    """Referrals, requests and what we were told, the newest first."""
    became = outcomes(session, case)
    found: list[tuple[str | None, PartCard]] = []
    referrals = standing(session, Referral, case)
    for referral in referrals:
        found.append((referral.at, _referral(referral, became[referral.id])))
    waited = dict.fromkeys(r.agency or "an agency" for r in referrals if "agency_reply" not in became[r.id])
    if waited:
        found.append(("9", _meanwhile(session, case, list(waited))))
    for request in standing(session, AgencyRequest, case):
        found.append((request.at, _request(request, became[request.id])))
    for told in standing(session, AgencyInformation, case):
        found.append((told.at, _information(told)))
    return newest_first(found)


def _meanwhile(session: Session, case: str, waited: list[str]) -> PartCard:
    """What we do ourselves while others have not answered, and how they are reached. It is no record: it belongs to
    nobody else's eyes."""
    steps = (each for each in standing(session, Action, case) if each.owner == "landlord" and not each.done_on)
    ours = [each for each in steps if each.code not in CODES]
    ours.sort(key=lambda each: (each.by or "9", each.id))
    lines = [f"{each.what}{f', by {short_day(each.by)}' if each.by else ''}" for each in ours[:STEPS]]
    lines += [f"and {number(len(ours) - STEPS, 'more step')}"] if len(ours) > STEPS else []
    reach = [f"{who}: {how}" for who in waited if (how := agencies.reached_at(session, who))]
    nothing = "Nothing of ours is agreed yet. What can we do without them?"
    title = f"Our own part, while we wait for {', '.join(waited)}"
    return PartCard("", "list-checks", title, "", (*(lines or [nothing]), *reach), tone="info" if lines else "warning")


def _referral(referral: Referral, became: Mapping[str, Progress]) -> PartCard:
    reply, chased = became.get("agency_reply"), became.get("agency_chase")
    pills = (Pill("Answered", "good"),) if reply else (Pill("No answer yet", "warning"),)
    lines = [f"Chased {when(chased.at)}"] if chased and not reply else []
    lines += [f"They said: {reply.result}"] if reply and reply.result else []
    lines += [f"Shared without a yes: {referral.basis}"] if referral.basis else []
    acts = () if reply else ("agency_reply", "agency_chase")
    title = f"We asked {referral.agency}"
    text = " ".join(t for t in (referral.purpose, referral.note) if t)
    return PartCard(referral.id, "handshake", title, when(referral.at), tuple(lines), text, pills, acts=acts)


def _information(told: AgencyInformation) -> PartCard:
    pills = (Pill("About risk", "danger"),) if told.risk else ()
    title = f"{told.agency} told us"
    return PartCard(told.id, "message-circle", title, when(told.at), text=told.note or "", pills=pills)


def _request(request: AgencyRequest, became: Mapping[str, Progress]) -> PartCard:
    answer = became.get("agency_answered")
    pills = [Pill("About risk", "danger")] if request.risk else []
    pills.append(Pill("Answered", "good") if answer else Pill("Waits for us", "warning"))
    acts = () if answer else ("agency_answer",)
    title = f"{request.agency} asked us"
    return PartCard(request.id, "handshake", title, when(request.at), (), request.note or "", tuple(pills), acts=acts)


PART = Part(
    name="agencies",
    title="Agencies",
    icon="handshake",
    empty="Nobody else has been asked yet. A referral says what we ask, for whom, and why we may share.",
    cards=cards,
    adds=(
        Add("agency_refer", "Refer to an agency", "handshake", "The referral is written down.", _refer, _bodies),
        Add("agency_asked", "An agency asks us", "message-circle", "The request is written down.", _asked, _bodies),
        Add("agency_told", "An agency told us something", "info", "It is written down.", _told, _bodies),
    ),
    follows=(
        Add("agency_reply", "They answered", "check", "The answer is written down. Tell the resident.", _replied),
        Add("agency_chase", "We chased them", "clock", "The chase is written down.", _chased),
        Add("agency_answer", "We answered", "send", "Our answer is written down.", _answered),
    ),
)
