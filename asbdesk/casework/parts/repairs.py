"""Repairs tied to the behaviour, and graffiti: what was asked for, by when, and whether it is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from asbdesk.casework import repairs
from asbdesk.casework.needs import needs_of
from asbdesk.casework.parts import Add, Part, PartCard, Taking, asks_now, choices
from asbdesk.casework.parts.reading import newest_first, outcomes, standing, when
from asbdesk.casework.views import Pill
from asbdesk.casework.words import label
from asbdesk.clock import long_day, plain_day, short_day
from asbdesk.model import Graffiti, Progress, Repair

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.journal import Done

SHORTER = ("caused_by_asb", "would_reduce_asb")
"""Links whose clock a need shortens: what keeps a home secure has the shortest already."""
NOT_URGENT = ("language", "no_internet", "key_worker")
"""Needs that change how we speak with somebody, and not how soon a thing is mended."""


# ---- adding
def _repair(t: Taking) -> Done[Any]:
    told = {"due": t.text("due"), "number": t.text("number"), "sooner": t.text("sooner_why")}
    return t.do(repairs.ask_repair, t.case, t.text("what"), t.text("link"), said=t.said(), **told)


def _tonight(t: Taking, done: Done[Any]) -> str:
    return asks_now(t, done, "home_open") if t.yes("open_tonight") else ""


def _day_told(t: Taking) -> Done[Any]:
    return t.do(repairs.tell_repair_day, t.about, t.text("due"))


def _sooner(t: Taking) -> Done[Any]:
    return t.do(repairs.needed_sooner, t.case, t.about, t.text("sooner_why"))


def _planned(t: Taking) -> Done[Any]:
    told = {name: t.text(name) for name in ("why", "manager", "day")}
    return t.do(repairs.planned_works, t.case, t.about, t.text("works"), ahead=t.text("which") == "ahead", **told)


def _known_need(session: Session, case: str, about: str) -> Mapping[str, Any]:
    """Yes, where a need is on record for those who live there: it can be changed."""
    return {"sooner": "yes"} if _needs(session, case) else {}


def _needs(session: Session, case: str) -> bool:
    """Is a need on record, of whoever the case is worked for, that makes a repair urgent?"""
    ours = [id for id, _ in choices.people(session, case, alleged=False)]
    return any(need.what not in NOT_URGENT for some in needs_of(session, ours).values() for need in some)


def _repaired(t: Taking) -> Done[Any]:
    return t.do(repairs.repair_done, t.case, t.about, said=t.said())


def _graffiti(t: Taking) -> Done[Any]:
    return t.do(repairs.graffiti, t.case, offensive=t.yes("offensive"), place=t.text("place"), said=t.said())


def _maybe_hate(t: Taking, done: Done[Any]) -> str:
    return "hate" if t.text("who_they_are") in ("yes", "not_sure") else ""


def _removed(t: Taking) -> Done[Any]:
    return t.do(repairs.graffiti_removed, t.case, t.about, said=t.said())


# ---- what stands there
def cards(session: Session, case: str, today: str) -> tuple[PartCard, ...]:
    became = outcomes(session, case)
    asked = standing(session, Repair, case)
    needed = bool(asked) and _needs(session, case)
    found = [(r.at, _repair_card(r, became[r.id], today, needed)) for r in asked]
    found += [(g.at, _graffiti_card(g, became[g.id])) for g in standing(session, Graffiti, case)]
    return newest_first(found)


def _repair_card(repair: Repair, became: Mapping[str, Progress], today: str, needed: bool) -> PartCard:
    done, sooner = became.get("repair_done"), became.get("repair_sooner")
    late = not done and bool(repair.due) and (repair.due or "") < today
    pills = [Pill("Done", "good") if done else Pill("Late", "danger") if late else Pill("Not done yet", "warning")]
    pills += [Pill("Needed sooner", "info")] if sooner else []
    lines = [label("repair_link", repair.link)] if repair.link else []
    lines += [f"By {plain_day(repair.due)}"] if repair.due else ["No day given yet"]
    lines += [f"The resident was told on {short_day(repair.told)}"] if repair.told else []
    lines += [f"Repair number {repair.number}"] if repair.number else []
    lines += [f"Needed sooner: {sooner.reason}"] if sooner else []
    lines += _works(became.get("repair_planned"))
    may = not done and not sooner and repair.link in SHORTER
    lines += ["Somebody there has a need on record. Is it soon enough?"] if may and needed else []
    lines += [f"Done {when(done.at)}"] if done else []
    acts = () if done else ("repair_done", "repair_day", *(["repair_sooner"] if may else []), "repair_planned")
    note = repair.note or ""
    return PartCard(
        repair.id, "wrench", repair.what or "Repair", when(repair.at), tuple(lines), note, tuple(pills), acts=acts
    )


def _works(planned: Progress | None) -> list[str]:
    """How it stands to planned works."""
    if planned is None:
        return []
    on = f", planned for {long_day(planned.day)}" if planned.day else ""
    words = (
        "Done ahead of planned works" if planned.result == "ahead" else "Left to planned works, and its clock goes on"
    )
    return [f"{words}{on}: {planned.note or ''}. {planned.reason or ''}".strip()]


def _graffiti_card(found: Graffiti, became: Mapping[str, Progress]) -> PartCard:
    gone = became.get("graffiti_removed")
    pills = [Pill("Offensive", "danger")] if found.offensive else []
    pills.append(Pill("Taken off", "good") if gone else Pill("Still there", "warning"))
    title = f"Graffiti: {found.place}" if found.place else "Graffiti"
    lines = (f"Taken off {when(gone.at)}",) if gone else ()
    acts = () if gone else ("graffiti_removed",)
    return PartCard(found.id, "pen-line", title, when(found.at), lines, found.note or "", tuple(pills), acts=acts)


PART = Part(
    name="repairs",
    title="Repairs and graffiti",
    icon="wrench",
    empty="No repair is tied to this case. A broken door, thin walls, a dark stair: what would help?",
    cards=cards,
    adds=(
        Add(
            "repair", "Ask for a repair", "wrench", "The repair is written down.",
            _repair, then=_tonight, begins=_known_need,
        ),
        Add("graffiti", "Graffiti was found", "pen-line", "The graffiti is written down.", _graffiti, then=_maybe_hate),
    ),
    follows=(
        Add("repair_day", "The day was given", "calendar", "The day is written down.", _day_told),
        Add("repair_done", "It is repaired", "check", "The repair is done.", _repaired),
        Add("repair_sooner", "They need it sooner", "clock", "Its clock is shorter now.", _sooner),
        Add("repair_planned", "It is part of planned works", "calendar", "It is written down.", _planned),
        Add("graffiti_removed", "It was taken off", "check", "The graffiti is off.", _removed),
    ),
)  # fmt: skip
