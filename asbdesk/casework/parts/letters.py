"""Letters: each as it was sent, how and when it went; what was written elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asbdesk.casework import letter_gone
from asbdesk.casework.letter_gone import HOW
from asbdesk.casework.parts import Add, Choices, Part, PartCard, Taking, choices
from asbdesk.casework.parts.reading import newest_first, standing, when
from asbdesk.casework.views import Pill
from asbdesk.clock import plain_day
from asbdesk.model import Letter

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.journal import Done


# ---- adding
def _gone(t: Taking) -> Done[Any]:
    letter = t.desk.read(_words_of, t.about)
    meets = letter_gone.meets_of(letter, t.desk.store.paths.own_letters)
    return t.do(letter_gone.gone, t.about, t.text("how"), on=t.text("on"), meets=meets, said=t.said())


def _words_of(session: Session, letter: str) -> str:
    found = session.get(Letter, letter)
    return (found.letter if found else "") or ""


def _elsewhere(t: Taking) -> Done[Any]:
    how = "" if t.text("how") == "not_yet" else t.text("how")
    told = {"how": how, "on": t.text("on")}
    return t.do(letter_gone.elsewhere, t.case, t.text("person"), t.text("title"), t.text("text"), **told)


def _who(session: Session, case: str, about: str) -> Choices:
    return {"person": choices.people(session, case)}


# ---- what stands there
def cards(session: Session, case: str, today: str) -> tuple[PartCard, ...]:
    return newest_first((letter.at, _card(letter)) for letter in standing(session, Letter, case))


def _card(letter: Letter) -> PartCard:
    title = f"{letter.title or 'A letter'}: {letter.to}" if letter.to else letter.title or "A letter"
    lines = [] if letter.sealed else ["Written elsewhere: no locked copy here"]
    if letter.override:
        lines.append(f"Sent although something stood in its way, because {letter.override}")
    acts: tuple[str, ...] = ()
    if letter.how and letter.went_on:
        pill = Pill(f"{HOW.get(letter.how, letter.how)}, {plain_day(letter.went_on)}", "good")
    else:
        pill, acts = Pill("Not gone yet", "warning"), ("letter_gone",)
    tone = "danger" if letter.override else "info"
    return PartCard(letter.id, "mail", title, when(letter.at), tuple(lines), letter.note or "", (pill,), tone, acts)


PART = Part(
    name="letters",
    title="Letters",
    icon="mail",
    empty="No letter has gone out. Choose who it is for, then the letter: what the case knows is filled in.",
    cards=cards,
    own_tab=True,
    adds=(
        Add(
            "letter_elsewhere", "A letter written elsewhere", "mail", "The letter is written down.", _elsewhere, _who,
        ),
    ),
    follows=(Add("letter_gone", "It has gone", "send", "It is written down.", _gone),),
)  # fmt: skip
