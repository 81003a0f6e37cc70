"""Repairs tied to the behaviour, and graffiti: what was asked for, by when, and whether it is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from asbdesk.casework import repairs
from asbdesk.casework.parts import Add, Part, PartCard, Taking, asks_now
from asbdesk.casework.parts.reading import newest_first, outcomes, standing, when
from asbdesk.casework.views import Pill
from asbdesk.casework.words import label
from asbdesk.clock import plain_day, short_day
from asbdesk.model import Graffiti, Progress, Repair

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.journal import Done


# ---- adding
def _repair(t: Taking) -> Done[Any]:
    told = {"due": t.text("due"), "number": t.text("number")}
    return t.do(repairs.ask_repair, t.case, t.text("what"), t.text("link"), said=t.said(), **told)


def _tonight(t: Taking, done: Done[Any]) -> str:
    return asks_now(t, done, "home_open") if t.yes("open_tonight") else ""


def _day_told(t: Taking) -> Done[Any]:
    return t.do(repairs.tell_repair_day, t.about, t.text("due"))


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
    found = [(r.at, _repair_card(r, became[r.id], today)) for r in standing(session, Repair, case)]
    found += [(g.at, _graffiti_card(g, became[g.id])) for g in standing(session, Graffiti, case)]
    return newest_first(found)


def _repair_card(repair: Repair, became: Mapping[str, Progress], today: str) -> PartCard:
    done = became.get("repair_done")
    late = not done and bool(repair.due) and (repair.due or "") < today
    pill = Pill("Done", "good") if done else Pill("Late", "danger") if late else Pill("Not done yet", "warning")
    lines = [label("repair_link", repair.link)] if repair.link else []
    lines += [f"By {plain_day(repair.due)}"] if repair.due else ["No day given yet"]
    lines += [f"The resident was told on {short_day(repair.told)}"] if repair.told else []
    lines += [f"Repair number {repair.number}"] if repair.number else []
    lines += [f"Done {when(done.at)}"] if done else []
    acts = () if done else ("repair_done", "repair_day")
    note = repair.note or ""
    return PartCard(
        repair.id, "wrench", repair.what or "Repair", when(repair.at), tuple(lines), note, (pill,), acts=acts
    )


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
        Add("repair", "Ask for a repair", "wrench", "The repair is written down.", _repair, then=_tonight),
        Add("graffiti", "Graffiti was found", "pen-line", "The graffiti is written down.", _graffiti, then=_maybe_hate),
    ),
    follows=(
        Add("repair_day", "The day was given", "calendar", "The day is written down.", _day_told),
        Add("repair_done", "It is repaired", "check", "The repair is done.", _repaired),
        Add("graffiti_removed", "It was taken off", "check", "The graffiti is off.", _removed),
    ),
)
