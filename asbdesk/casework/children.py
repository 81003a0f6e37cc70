"""Children whom it affects, in their own right: each is somebody in the case, and nobody whom we ring or write to.

A first name or an age is enough. What is due about children counts the household's (DUTIES.md, `safeguarding`), so that
is never fewer than those who are named.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.people import CHILD, NewPerson, household_of, involve, person_of, set_children
from asbdesk.casework.records import case_file
from asbdesk.errors import UserError
from asbdesk.model import Involvement, Person
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.work import Work

NO_NAME = "No name given"
ROLE = "affected"
_NO_NAMES = frozenset(
    (
        *(
            "a",
            "an",
            "the",
            "one",
            "two",
            "our",
            "their",
            "his",
            "her",
            "my",
            "boy",
            "girl",
            "baby",
            "child",
            "children",
        ),
        *("kid", "son", "daughter", "twin", "twins", "toddler", "teenager", "eldest", "oldest", "youngest", "older"),
        *("younger", "middle", "aged", "age", "about", "nearly", "under", "over", "year", "years", "month", "months"),
    )
)


@action("household.changed")
def say(work: Work, case: str, person: str, count: int | None, affected: str = "") -> list[str]:
    """How many under 18 live with somebody, and whom of them it affects, one to a line. Ids of the children named.
    Raises UserError without a number, and for more names than children."""
    if count is None:
        raise UserError("Write how many children live there; 0 for none.")
    lines = lines_of(affected)
    if len(lines) > count:
        raise UserError(f"You named {len(lines)} children, and wrote that {count} live there. Put one of them right.")
    set_children(work, person, count)
    return name(work, case, person, affected)


def name(work: Work, case: str, person: str, affected: str) -> list[str]:
    """Each child as somebody in the case whom it affects; one written down already is not written twice."""
    lines = lines_of(affected)
    if not lines:
        return []
    found = [_child(work, case, person, line) for line in lines]
    home = household_of(work, person)
    if (home.children or 0) < len(_known(work, case, person)):
        home.children = len(_known(work, case, person))
    return found


def lines_of(affected: str) -> list[str]:
    """What was written, a line for each child."""
    return [line for each in affected.splitlines() if (line := " ".join(each.split()).strip(" -•,;"))]


def told_of(session: Session, case: str, person: str) -> str:
    """What was written of each child of this person, one to a line."""
    which = sa.select(Involvement.note).where(Involvement.file == case_file(case), Involvement.of == person)
    notes = session.scalars(which.where(Involvement.struck.is_(None)).order_by(Involvement.id))
    return "\n".join(note.removeprefix(CHILD) for note in notes if note and note.startswith(CHILD))


def _known(work: Work, case: str, person: str) -> dict[str, str]:
    """What was written of each child of this person in the case → the child's id."""
    which = sa.select(Involvement).where(Involvement.file == case_file(case), Involvement.of == person)
    parts = [*work.select(which.where(Involvement.struck.is_(None))), *work.made(Involvement, case_file(case))]
    mine = (p for p in parts if p.of == person and p.role == ROLE and (p.note or "").startswith(CHILD))
    return {(p.note or "").removeprefix(CHILD).casefold(): p.person or "" for p in mine}


def _child(work: Work, case: str, person: str, line: str) -> str:
    if known := _known(work, case, person).get(line.casefold()):
        return known
    home = work.get(Person, person).home or ""
    made = person_of(work, NewPerson(name=name_in(line) or NO_NAME, home=home, reachable=False))
    involve(work, case, made, ROLE, of=person, note=f"{CHILD}{line}")
    return made


def name_in(line: str) -> str:
    """The first name that a line gives; empty for "girl, 8"."""
    words = re.findall(r"[^\W\d_][\w'’-]*", line.split(",")[0].split("(")[0])
    named = [word for word in words if word.casefold() not in _NO_NAMES]
    return " ".join(named) if named and named[0][:1].isupper() else ""
