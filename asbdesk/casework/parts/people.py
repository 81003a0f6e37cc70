"""The people of a case: who they are, where they live, how to reach them, and what is put right about each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import children, merging
from asbdesk.casework import person_details as details
from asbdesk.casework.parts import Add, Choices, Part, PartCard, Taking, choices
from asbdesk.casework.people import NewPerson, children_of, is_solicitor, reporter_of
from asbdesk.casework.records import case_file
from asbdesk.casework.views import Pill
from asbdesk.casework.words import ROLES, sentence
from asbdesk.model import Home, Involvement, Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.journal import Done

CORRECTED = ("name", "phone", "email", "language")
ACTS = ("person_changed", "person_address", "person_home", "person_household", "person_left", "person_merged")


# ---- adding
def _add(t: Taking) -> Done[Any]:
    who = NewPerson(
        name=t.text("name"),
        phone=t.text("phone"),
        email=t.text("email"),
        address=t.text("address"),
        postcode=t.text("postcode"),
        language=t.text("language"),
        interpreter=t.yes("needs_interpreter"),
        children=t.number("children"),
    )
    acts = "Solicitor" if t.yes("solicitor") and not is_solicitor(t.text("note")) else ""
    note = ". ".join(said for said in (acts, t.text("note")) if said)
    return t.do(details.add_person, t.case, who, t.text("role"), of=t.text("of"), note=note)


def _change(t: Taking) -> Done[Any]:
    told = {name: t.text(name) for name in CORRECTED}
    yes = t.yes("needs_interpreter")
    return t.do(details.correct_details, t.about, refuge=t.yes("refuge"), interpreter=yes, **told)


def _address(t: Taking) -> Done[Any]:
    moved = t.text("why") == "moved"
    return t.do(details.change_address, t.case, t.about, t.text("address"), t.text("postcode"), moved=moved)


def _home(t: Taking) -> Done[Any]:
    by = t.text("find_by") if t.text("tenure") == "not_known" else ""
    return t.do(details.say_tenure, t.case, t.about, t.text("tenure"), t.text("owner"), find_by=by)


def _household(t: Taking) -> Done[Any]:
    return t.do(children.say, t.case, t.about, t.number("children"), t.text("affected"))


def _merged(t: Taking) -> Done[Any]:
    return t.do(merging.merge, t.case, t.about, t.text("stays"))


def _others(session: Session, case: str, about: str) -> Choices:
    return {"stays": merging.others(session, case, about)}


def _left(t: Taking) -> Done[Any]:
    return t.do(details.leave, t.case, t.about, t.text("why"))


def _choices(session: Session, case: str, about: str) -> Choices:
    return {"role": tuple(ROLES.items()), "of": choices.people(session, case, alleged=False)}


def _known(session: Session, case: str, about: str) -> Mapping[str, Any]:
    """What is known of them now, to be put right."""
    person = session.get(Person, about)
    if person is None:
        return {}
    known = {name: value for name in CORRECTED if (value := getattr(person, name))}
    said = {True: {"needs_interpreter": "yes"}, False: {"needs_interpreter": "no"}}
    return known | (said[person.interpreter] if person.interpreter is not None else {})


def _where(session: Session, case: str, about: str) -> Mapping[str, Any]:
    person = session.get(Person, about)
    home = session.get(Home, person.home) if person is not None and person.home else None
    return {"address": home.address or "", "postcode": home.postcode or ""} if home is not None else {}


def _holds(session: Session, case: str, about: str) -> Mapping[str, Any]:
    person = session.get(Person, about)
    home = session.get(Home, person.home) if person is not None and person.home else None
    tenure = (person.tenure if person else "") or (home.tenure if home else "") or ""
    owner = (home.owner if home else "") or ""
    return {name: value for name, value in (("tenure", tenure), ("owner", owner)) if value}


def _children(session: Session, case: str, about: str) -> Mapping[str, Any]:
    count, told = children_of(session, about), children.told_of(session, case, about)
    return ({} if count is None else {"children": count}) | ({"affected": told} if told else {})


# ---- what stands there
def acts_for(session: Session, case: str, person: str) -> tuple[str, ...]:
    """What can be done about somebody. Without an address no children can be kept; the person the case is worked for
    does not leave it."""
    found, resident = session.get(Person, person), reporter_of(session, case)
    without = {"person_household"} if found is None or not found.home else set()
    without |= {"person_left"} if resident is not None and resident.id == person else set()
    without |= set() if merging.others(session, case, person) else {"person_merged"}
    return tuple(act for act in ACTS if act not in without)


def cards(session: Session, case: str, today: str) -> tuple[PartCard, ...]:
    parts: dict[str, list[Involvement]] = {}
    which = sa.select(Involvement).where(Involvement.file == case_file(case)).order_by(Involvement.id)
    for part in session.scalars(which):
        parts.setdefault(part.person or "", []).append(part)
    found = [(session.get(Person, id), held) for id, held in parts.items()]
    return tuple(_card(session, case, person, held) for person, held in found if person is not None)


def _card(session: Session, case: str, person: Person, held: list[Involvement]) -> PartCard:
    stands = [part for part in held if part.struck is None]
    roles = sentence(dict.fromkeys(ROLES.get(part.role or "", part.role or "") for part in stands or held))
    name = person.name or "No name given"
    if not stands:
        why = (held[-1].struck or "").removeprefix(details.LEFT)
        return PartCard(person.id, "user-round", name, "", (roles,), why, (Pill("Not in it any more"),), "plain")
    lines = tuple(t for t in (person.phone, person.email, person.language) if t)
    notes = " ".join(part.note for part in stands if part.note)
    acts = acts_for(session, case, person.id)
    return PartCard(person.id, "user-round", name, "", lines, notes, (Pill(roles, "info"),), "info", acts)


PART = Part(
    name="people",
    title="People",
    icon="users",
    empty="Nobody is named in this case yet. Add who reported it, and who lives with them.",
    cards=cards,
    own_tab=True,
    adds=(Add("person_added", "Somebody in this case", "user-plus", "They are in the case.", _add, _choices),),
    follows=(
        Add("person_changed", "Correct their details", "pen-line", "It is put right.", _change, begins=_known),
        Add("person_address", "Another address", "map-pin", "The address is written down.", _address, begins=_where),
        Add("person_home", "Whose home it is", "house", "It is written down.", _home, begins=_holds),
        Add("person_household", "Children at home", "users", "It is written down.", _household, begins=_children),
        Add("person_merged", "Written down twice", "users", "They are one person now.", _merged, _others),
        Add("person_left", "Not in it any more", "log-out", "They have no part in it any more.", _left),
    ),
)
