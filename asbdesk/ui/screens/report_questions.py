"""What a report asks, as far as the answers so far go, and what the answers mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from asbdesk.forms.definition import Option, Question

if TYPE_CHECKING:
    from asbdesk.casework.intake import Intake
    from asbdesk.casework.people import NewPerson
    from asbdesk.casework.reports import Telling

CHANNELS = (
    *(("phone", "By telephone"), ("office", "At the counter"), ("visit", "On a visit, or in the street")),
    *(("email", "By e-mail or text"), ("letter", "By letter"), ("web", "On our website, or an app")),
)
YES_NO = (Option("yes", "Yes"), Option("no", "No"))
SURE = (*YES_NO, Option("not_sure", "Not sure"))
WORSE = "Anything worse, or different, or anyone hurt?"
HURT = "Could someone there be getting hurt?"
HURT_HELP = "Yes or not sure opens a safeguarding decision, and holds every letter and visit about noise to that home."
REASON = "Do you think there is a reason they pick on you or your family?"
FITS = (
    "Then: some people tell us it is about race, faith, disability, being gay or trans, age or sex, or something else. "
    "Does any of that fit? You do not have to say."
)


def questions(values: Mapping[str, Any]) -> tuple[Question, ...]:
    """The questions to show now."""
    words = Question("words", "long_text", "What happened, in their words", required=True, rows=5, face="desk")
    return (words, *_who(values), *_what(values), *_other(), *_how())


def _what(values: Mapping[str, Any]) -> tuple[Question, ...]:
    from asbdesk.casework.words import picklist

    kinds = tuple(Option(code, words) for code, words in picklist("behaviour").items())
    grave = tuple(Option(code, words) for code, words in picklist("serious").items())
    ticked = values.get("behaviours")
    threats = isinstance(ticked, list) and "threats" in ticked
    asked = [
        Question("happened", "date", "When was it?", help="The day, or the last day if it has gone on.", face="desk"),
        _many("behaviours", "What kinds of thing?", kinds, "Tick all that they tell you."),
    ]
    if threats:
        asked.append(Question("threat", "yes_no", "Was it a threat to hurt someone?", options=YES_NO, face="desk"))
    if values.get("case"):
        asked.append(Question("worse", "yes_no", WORSE, options=YES_NO, required=True, face="desk"))
    asked.append(_many("serious", "Does any of these apply?", grave))
    if hurt := _getting_hurt(values):
        asked.append(hurt)
    asked.append(Question("reason", "single", REASON, options=SURE, help=FITS, face="desk"))
    return tuple(asked)


def _getting_hurt(values: Mapping[str, Any]) -> Question | None:
    """Shouting, banging and crying next door are asked about here, not only at the first look: what is answered holds
    the letters (PRACTICE.md 2). Where abuse at home is told, nobody leaves it out."""
    told = {word for id in ("behaviours", "serious") for word in values.get(id) or ()}
    if not told & {"noise", "domestic_abuse"}:
        return None
    return Question(
        "getting_hurt", "single", HURT, options=SURE, help=HURT_HELP, required="domestic_abuse" in told, face="desk"
    )


def _who(values: Mapping[str, Any]) -> tuple[Question, ...]:
    from asbdesk.casework.intake import TELLERS

    tellers = tuple(Option(code, words) for code, words in TELLERS.items())
    teller = values.get("teller") or "self"
    asked = [Question("teller", "single", "Who tells us?", options=tellers, face="desk")]
    if teller != "anonymous":
        asked.append(_text("name", "What are they called?", required=True))
    if teller == "self":
        asked.append(_text("address", "Where do they live?", required=True))
    if teller != "anonymous":
        asked.append(_text("phone", "What number may we ring?"))
    if teller == "self":
        asked.append(_text("language", "Which language do they speak best?"))
    else:
        asked.append(_text("affected_name", "Whom does it happen to, if that is known?"))
        asked.append(_text("affected_address", "Where do they live?"))
        asked.append(_text("place", "Where did it happen?"))
    return tuple(asked)


def _other() -> tuple[Question, ...]:
    return (
        _text("other_name", "Who is it about, if they know?", "They are never told who spoke to us."),
        _text("other_address", "Where does that person live?"),
    )


def _how() -> tuple[Question, ...]:
    channels = tuple(Option(*channel) for channel in CHANNELS)
    unhappy = "A complaint about us has its own clock, from the day it was said: today."
    return (
        Question("channel", "single", "How did they tell us?", options=channels, face="desk"),
        Question("unhappy", "yes_no", "Are they unhappy with us too?", options=YES_NO, help=unhappy, face="desk"),
    )


def _text(id: str, words: str, help: str = "", *, required: bool = False) -> Question:
    return Question(id, "text", words, help=help, required=required, face="desk")


def _many(id: str, words: str, options: tuple[Option, ...], help: str = "") -> Question:
    return Question(id, "multi", words, help=help, options=options, face="desk")


def still_needed(values: Mapping[str, Any]) -> list[str]:
    """Ids of what must be answered before the report can be taken."""
    known = {"name", "address"} if values.get("person") else set()
    needed = [q.id for q in questions(values) if q.required and q.id not in known]
    return [id for id in needed if not str(values.get(id) or "").strip()]


def intake(values: Mapping[str, Any]) -> Intake:
    """What was taken."""
    from asbdesk.casework.intake import Intake

    teller = str(values.get("teller") or "self")
    other = _person(values, "other_name", "other_address", "other")
    affected = _person(values, "affected_name", "affected_address") if teller != "self" else None
    who = _caller(values)
    return Intake(who, _told(values), other, teller, affected)


def _caller(values: Mapping[str, Any]) -> NewPerson:
    from asbdesk.casework.people import NewPerson

    text = {id: str(values.get(id) or "").strip() for id in ("name", "phone", "address", "language", "person")}
    return NewPerson(
        name=text["name"], phone=text["phone"], address=text["address"], language=text["language"], id=text["person"]
    )


def _person(values: Mapping[str, Any], name: str, address: str, id: str = "") -> NewPerson | None:
    from asbdesk.casework.people import NewPerson

    known, called = str(values.get(id) or ""), str(values.get(name) or "").strip()
    if not known and not called:
        return None
    return NewPerson(name=called, address=str(values.get(address) or "").strip(), id=known)


def _told(values: Mapping[str, Any]) -> Telling:
    from asbdesk.casework.reports import Telling

    kinds, grave = values.get("behaviours"), values.get("serious")
    ticked = tuple(kinds) if isinstance(kinds, list) else ()
    seen_so = values.get("reason") == "yes" or "hate" in ticked
    return Telling(
        words=str(values.get("words") or ""),
        happened=str(values.get("happened") or ""),
        place=str(values.get("place") or "").strip(),
        channel=str(values.get("channel") or "phone"),
        behaviours=ticked,
        serious=tuple(grave) if isinstance(grave, list) else (),
        threat_to_hurt=values.get("threat") == "yes",
        hate={"perceived_by": "victim", "strands": []} if seen_so else None,
        hate_signs=True if values.get("reason") == "not_sure" else None,
        dissatisfied=True if values.get("unhappy") == "yes" else None,
        same_as=str(values.get("same_as") or "") if values.get("case") else "",
        getting_hurt=str(values.get("getting_hurt") or "") if _getting_hurt(values) else "",
    )
