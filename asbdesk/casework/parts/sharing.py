"""The sharing log: what left us, to whom, what for and until when; whether the resident was told, and it came back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from asbdesk.casework import sharing
from asbdesk.casework.parts import Add, Choices, Part, PartCard, Taking, choices
from asbdesk.casework.parts.reading import newest_first, outcomes, standing, when
from asbdesk.casework.release import Override
from asbdesk.casework.views import Pill
from asbdesk.casework.words import number
from asbdesk.clock import plain_day
from asbdesk.model import Progress, Share

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.journal import Done

PERMISSIONS = {
    "yes": "They said yes",
    "ask_first": "They were asked first",
    "no": "They said no",
    "not_possible": "They could not be asked",
}
OTHER = "other"
NAMED = 4
"""Things named on a card; the rest is counted."""


# ---- adding
def terms_of(t: Taking) -> sharing.Terms:
    """What was answered, as terms."""
    names = ("purpose", "permission", "until", "basis", "decided_by", "note")
    body = t.text("agency")
    to = t.text("agency_name") if body in ("", OTHER) else body
    return sharing.Terms(to=to, person=t.text("receiver"), **{name: t.text(name) for name in names})


def _spoken(t: Taking) -> Done[Any]:
    terms = terms_of(t)
    sharing.decided(terms)
    said = (t.text("what"), terms.purpose)
    stood = t.desk.read(sharing.may_be_told, t.case, t.desk.member, terms, said, t.why)
    why = {"stood": stood, "override": Override(t.why)} if stood else {}
    return t.do(sharing.share, t.case, "spoken", terms, [t.text("what")], **why)


def _told(t: Taking) -> Done[Any]:
    return t.do(sharing.told_resident, t.case, t.about, said=t.said())


def _ended(t: Taking) -> Done[Any]:
    return t.do(sharing.end, t.case, t.about, on=t.text("day"))


def bodies(session: Session, case: str, about: str) -> Choices:
    """Whom something can be shared with."""
    return {"agency": (*choices.agencies(session), (OTHER, "Another agency"))}


# ---- what stands there
def cards(session: Session, case: str, today: str) -> tuple[PartCard, ...]:
    became = outcomes(session, case)
    return newest_first((s.at, _card(s, became[s.id], today)) for s in standing(session, Share, case))


def _card(share: Share, became: Mapping[str, Progress], today: str) -> PartCard:
    way, to = sharing.WAYS.get(share.way or "", "Something"), share.to or ""
    title = f"{way}: {', '.join(t for t in (share.person, to) if t)}" if to else way
    what = list(share.what or ())
    lines = what[:NAMED] + ([f"and {number(len(what) - NAMED, 'more thing')}"] if len(what) > NAMED else [])
    lines += [f"Allowed because: {share.basis}"] if share.basis else []
    lines += [f"It went although something stood in its way, because {share.override}"] if share.override else []
    told = became.get("share_told")
    lines += [f"The resident was told {when(told.at)}"] if told else []
    pills = [Pill(PERMISSIONS[share.permission], "plain")] if share.permission in PERMISSIONS else []
    pills += _until(share, today)
    with_terms = share.way in ("pack", "spoken")
    acts: tuple[str, ...] = ("share_told",) if with_terms and not told else ()
    acts += ("share_ended",) if with_terms and not share.ended else ()
    tone = "danger" if share.override else "info"
    text = " ".join(t for t in (share.purpose, share.note) if t)
    return PartCard(share.id, "send", title, when(share.at), tuple(lines), text, tuple(pills), tone, acts)


def _until(share: Share, today: str) -> list[Pill]:
    if share.ended:
        return [Pill(f"Given back or destroyed {plain_day(share.ended)}", "good")]
    if not share.until:
        return []
    over = share.until < today
    return [Pill(f"{'Time is over since' if over else 'Until'} {plain_day(share.until)}", "danger" if over else "info")]


PART = Part(
    name="sharing",
    title="What was shared",
    icon="send",
    empty="Nothing has been shared. A share pack is made of what you choose, locked, and kept here.",
    cards=cards,
    adds=(Add("share_spoken", "Shared by word of mouth", "message-circle", "It is written down.", _spoken, bodies),),
    follows=(
        Add("share_told", "Tell the resident", "message-circle", "It is written down.", _told),
        Add("share_ended", "They gave it back or destroyed it", "check", "It is written down.", _ended),
    ),
)
