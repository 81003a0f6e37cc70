"""Courts: hearings, notices and orders with their day, and what was not kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from asbdesk.casework import orders
from asbdesk.casework.parts import Add, Choices, Part, PartCard, Taking, choices
from asbdesk.casework.parts.reading import newest_first, outcomes, standing, when
from asbdesk.casework.views import Pill
from asbdesk.clock import plain_day
from asbdesk.model import CourtOrder, OrderBreach, Person, Progress

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.journal import Done


# ---- adding
def _day_set(t: Taking) -> Done[Any]:
    return t.do(orders.court_order, t.case, t.text("what"), t.text("day"), against=t.text("against"), said=t.said())


def _met(t: Taking) -> Done[Any]:
    return t.do(orders.court_order_met, t.case, t.about, said=t.said())


def _breach(t: Taking) -> Done[Any]:
    order = t.about or t.text("order")
    return t.do(orders.breach, t.case, order, report=t.text("report"), said=t.said())


def _decided(t: Taking) -> Done[Any]:
    return t.do(orders.decide_breach, t.case, t.text("decision"), t.about, said=t.said())


def _against(session: Session, case: str, about: str) -> Choices:
    return {"against": choices.people(session, case, alleged=True)}


def _which(session: Session, case: str, about: str) -> Choices:
    known = () if about else tuple((o.id, f"{o.what}, {o.day or ''}") for o in standing(session, CourtOrder, case))
    return {"order": known, "report": choices.reports(session, case)}


# ---- what stands there
def cards(session: Session, case: str, today: str) -> tuple[PartCard, ...]:
    became = outcomes(session, case)
    found = [(o.at, _order(session, o, became[o.id], today)) for o in standing(session, CourtOrder, case)]
    found += [(b.at, _broken(b, became[b.id])) for b in standing(session, OrderBreach, case)]
    return newest_first(found)


def _order(session: Session, order: CourtOrder, became: Mapping[str, Progress], today: str) -> PartCard:
    met = became.get("court_order_met")
    past = bool(order.day) and (order.day or "") < today
    pill = Pill("Dealt with", "good") if met else Pill("Past its day", "danger") if past else Pill("To come", "info")
    person = session.get(Person, order.against) if order.against else None
    lines = [plain_day(order.day)] if order.day else []
    lines += [f"About {person.name}"] if person is not None and person.name else []
    lines += [f"{when(met.at)}: {met.note or 'dealt with'}"] if met else []
    acts = ("breach",) if met else ("court_met", "breach")
    title, note = order.what or "Court", order.note or ""
    return PartCard(order.id, "gavel", title, when(order.at), tuple(lines), note, (pill,), acts=acts)


def _broken(broken: OrderBreach, became: Mapping[str, Progress]) -> PartCard:
    decided = became.get("order_breach_decided")
    pill = Pill("Decided", "good") if decided else Pill("To decide", "warning")
    lines = (f"Decided: {decided.result}",) if decided and decided.result else ()
    acts = () if decided else ("breach_decided",)
    text = broken.note or ""
    return PartCard(broken.id, "circle-alert", "Not kept", when(broken.at), lines, text, (pill,), "danger", acts)


PART = Part(
    name="courts",
    title="Courts and orders",
    icon="gavel",
    empty="No court and no order here. A hearing, a notice or an undertaking is written down with its day.",
    cards=cards,
    adds=(
        Add("court", "A hearing, notice or order", "gavel", "The day is written down.", _day_set, _against),
        Add("breach", "It was not kept", "circle-alert", "The breach is written down.", _breach, _which),
    ),
    follows=(
        Add("court_met", "Dealt with", "check", "It is written down.", _met),
        Add("breach_decided", "What we do about it", "scale", "The decision is written down.", _decided),
    ),
)
