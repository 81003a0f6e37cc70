"""What we must keep to with these people: needs, what makes it easier, what must not be told, warnings, staff bars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from asbdesk.casework import cautions, conduct, contacts, finished, meeting_care, needs_told, permissions
from asbdesk.casework.lists import list_of
from asbdesk.casework.needs import need_words, needs_of
from asbdesk.casework.parts import Add, Choices, Part, PartCard, Taking, asks_now, choices, goes_on_from
from asbdesk.casework.parts.reading import newest_first, standing, when
from asbdesk.casework.views import Pill
from asbdesk.casework.words import label
from asbdesk.clock import plain_day, short_day
from asbdesk.errors import UserError
from asbdesk.model import Case, DisclosureRule, FinishedForm, NeedTold, Permission, StaffBar, Warning

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.journal import Done

OTHER = "other"
ELSE = "Somebody else, or an agency"
"""An answer to who must not be told: then it is written who."""
HERE = "home"
"""The answer "The home" to what a warning is about."""


# ---- adding
def _need(t: Taking) -> Done[Any]:
    what = [need for need in t.many("what") if need != "other"]
    what += [t.text("other")] if t.text("other") else []
    return t.do(needs_told.take, t.case, t.text("person"), what, said_by=t.text("said_by"), said=t.said())


def _after_need(t: Taking, done: Done[Any]) -> str:
    """Harm is asked about now; else, where a repair is open, whether it is soon enough."""
    if "self_harm" in t.many("what"):
        return asks_now(t, done, "suicidal_statement")
    sooner = t.desk.read(goes_on_from, t.case, "repairs", "repair_sooner", "", t.desk.today)
    return "add:repairs.repair_sooner" if sooner else ""


def _adjustment(t: Taking) -> Done[Any]:
    if t.text("made") == "asked":
        return t.do(needs_told.request, t.case, t.text("person"), t.text("what"), said=t.said())
    refused = t.text("refused_why")
    return t.do(needs_told.make, t.case, t.text("person"), t.text("what"), refused_why=refused, said=t.said())


def _rule(t: Taking) -> Done[Any]:
    about, not_to = t.text("about_whom"), t.text("not_to")
    if about == not_to:
        raise UserError("Choose two different people: whom it protects, and who must not be told.")
    what = t.text("what_words") if t.text("what") == "words" else "everything"
    name = t.text("not_to_name") if not_to == OTHER else ""
    told = {"what": what, "why": t.text("why"), "name": name}
    return t.do(contacts.do_not_disclose, t.case, about, "" if name else not_to, **told)


def _safe_way(t: Taking) -> Done[Any]:
    return t.do(contacts.record_safe_way, t.case, t.text("person"), t.text("words"))


def _permission(t: Taking) -> Done[Any]:
    told = {"what_for": t.text("what_for")}
    return t.do(permissions.answer_permission, t.case, t.text("person"), t.text("body"), t.text("answer"), **told)


def _warning(t: Taking) -> Done[Any]:
    chosen = t.text("about_what")
    about = f"person/{chosen}" if chosen != HERE else f"home/{t.desk.read(_home_of, t.case)}"
    told = {"what_to_do": t.many("what_to_do"), "told": t.text("told"), "review_on": t.text("review_on")}
    return t.do(cautions.warn, about, t.text("event"), **told)


def _warning_again(t: Taking) -> Done[Any]:
    now = {"words": t.text("event"), "what_to_do": t.many("what_to_do"), "told": t.text("told")}
    ended = t.text("stands") == "ended"
    return t.do(cautions.look_again, t.case, t.about, t.text("why"), ended=ended, **now)


def _rule_ended(t: Taking) -> Done[Any]:
    return t.do(contacts.may_be_told_now, t.case, t.about, t.text("why"), t.text("agreed_by"))


def _warned(session: Session, case: str, about: str) -> Mapping[str, Any]:
    """What the warning says, to be changed."""
    known = session.get(Warning, about)
    return {"event": known.event or "", "what_to_do": list(known.what_to_do or ())} if known else {}


def _bar(t: Taking) -> Done[Any]:
    if t.yes("needed") is False:
        return t.do(conduct.no_bar, t.case, t.text("why_not"))
    told = {"contractor": t.text("contractor")}
    return t.do(conduct.bar, t.case, t.text("staff"), t.text("person"), said=t.said(), **told)


def _bar_ended(t: Taking) -> Done[Any]:
    return t.do(conduct.end_bar, t.about, t.text("words"))


def _people(session: Session, case: str, about: str) -> Choices:
    everybody, ours = choices.people(session, case), choices.people(session, case, alleged=False)
    home = ((HERE, "The home"),) if _home_of(session, case) else ()
    needs = tuple(list_of(session, "need").items())
    bodies = tuple((words, words) for words in list_of(session, "permission_body").values())
    who = {"person": ours, "about_whom": ours, "not_to": (*everybody, (OTHER, ELSE)), "about_what": (*home, *everybody)}
    return {**who, "need": needs, "body": bodies}


def _home_of(session: Session, case: str) -> str:
    found = session.get(Case, case)
    return (found.home if found else None) or ""


# ---- what stands there
def cards(session: Session, case: str, today: str) -> tuple[PartCard, ...]:
    names = {id: name.partition(" (")[0] for id, name in choices.people(session, case)}
    found: list[tuple[str | None, PartCard]] = [
        ("9", _needs(session, person, names)) for person in needs_of(session, names)
    ]
    found += [(n.at, _told(n, names)) for n in standing(session, NeedTold, case) if n.step != needs_told.RECORDED]
    found += [("", _rule_card(r, names)) for r in standing(session, DisclosureRule, case)]
    found += [(p.asked_on, _permission_card(p, names)) for p in standing(session, Permission, case)]
    found += [(b.at, _bar_card(b, names)) for b in standing(session, StaffBar, case)]
    found += [(kept.at, _meeting(session, kept, names)) for kept in finished.of_case(session, case, meeting_care.FORM)]
    found += [("8", _warning_card(w, today)) for w in _warnings(session, case, names)]
    return newest_first(found)


def _needs(session: Session, person: str, names: Mapping[str, str]) -> PartCard:
    lines = tuple(need_words(need) for need in needs_of(session, [person])[person])
    return PartCard(f"needs-{person}", "heart-handshake", f"Needs of {names[person]}", "", lines, tone="good")


def _told(need: NeedTold, names: Mapping[str, str]) -> PartCard:
    what = ", ".join(label("need", str(one)) for one in need.what or ())
    titles = {
        needs_told.ASKED: "Asked for, to make it easier",
        needs_told.MADE: "Made easier",
        needs_told.DISCLOSED: "Told of a need",
    }
    pills = (Pill("Not possible", "plain"),) if need.refused else ()
    who = names.get(need.person or "", "")
    title = titles.get(need.step or "", "A need")
    return PartCard(
        need.id, "hand-heart", title, when(need.at), (what, *((who,) if who else ())), need.note or "", pills
    )


def _meeting(session: Session, kept: FinishedForm, names: Mapping[str, str]) -> PartCard:
    told = {q.id: words for q, words in finished.answered(session, kept.definition, kept.answers)}
    pill = (
        Pill("Agreed with them", "good") if (kept.answers or {}).get("agreed") == "yes" else Pill("Ask them", "warning")
    )
    lines = tuple(t for t in (told.get("how"), told.get("never") and f"Never: {told['never']}") if t)
    title = f"How we meet {names.get(kept.about or '', 'them')}"
    return PartCard(kept.id, "hand-heart", title, when(kept.at), lines, told.get("know", ""), (pill,), "warning")


def _rule_card(rule: DisclosureRule, names: Mapping[str, str]) -> PartCard:
    who, to = names.get(rule.about or "", "them"), names.get(rule.not_to or "", rule.not_to_name or "somebody")
    what = "Anything" if rule.what in ("everything", None, "") else (rule.what or "")
    pills = (Pill("Ended", "plain"),) if rule.ended else ()
    title = f"Do not tell {to}"
    acts = () if rule.ended else ("not_to_tell_ended",)
    return PartCard(rule.id, "lock", title, "", (f"{what} about {who}",), rule.why or "", pills, "danger", acts)


def _permission_card(given: Permission, names: Mapping[str, str]) -> PartCard:
    tone = {"yes": "good", "ask_first": "warning", "no": "danger"}.get(given.answer or "", "plain")
    pill = Pill(permissions.ANSWERS.get(given.answer or "", "Not asked"), tone)
    body, who = given.body or "them", names.get(given.person or "", "They")
    asked = short_day(given.asked_on) if given.asked_on else ""
    title = f"{who}: may we speak to {body[:1].lower()}{body[1:]}?"
    return PartCard(given.id, "handshake", title, asked, (), given.what_for or "", (pill,))


def _bar_card(bar: StaffBar, names: Mapping[str, str]) -> PartCard:
    if not bar.needed:
        return PartCard(bar.id, "user-round", "No staff bar is needed", when(bar.at), (), bar.reason or "")
    pill = Pill("Ended", "plain") if bar.ended else Pill("Stands", "danger")
    lines = (f"Not to contact {names.get(bar.person or '', 'them')}",)
    acts = () if bar.ended else ("staff_bar_ended",)
    title = f"No contact: {bar.staff}"
    return PartCard(bar.id, "circle-x", title, when(bar.at), lines, bar.reason or "", (pill,), "danger", acts)


def _warnings(session: Session, case: str, names: Mapping[str, str]) -> list[Warning]:
    home = _home_of(session, case)
    files = [f"person/{person}" for person in names] + ([f"home/{home}"] if home else [])
    return cautions.warnings_about(session, files, ended=True)


def _warning_card(warning: Warning, today: str) -> PartCard:
    lines = [cautions.warning_text(warning, today)]
    lines += [f"Looked at again by {plain_day(warning.review_on)}"] if warning.review_on and not warning.ended else []
    lines += [f"Told of it: {warning.told}"] if warning.told else []
    if warning.ended:
        return PartCard(warning.id, "triangle-alert", "Warning", "", tuple(lines), pills=(Pill("Ended", "plain"),))
    again = ("warning_again",)
    return PartCard(warning.id, "triangle-alert", "Warning", "", tuple(lines), tone="warning", acts=again)


PART = Part(
    name="rules",
    title="Needs, warnings and who must not know",
    icon="lock",
    empty="No need, no warning, nobody who must not be told. Ask what makes it easier for them.",
    cards=cards,
    adds=(
        Add(
            *("need", "A need or circumstance", "heart-handshake", "It is on the record."),
            _need, _people, then=_after_need,
        ),
        Add("adjustment", "Something that makes it easier", "hand-heart", "It is written down.", _adjustment, _people),
        Add(
            *("meeting_care", meeting_care.TITLE, "hand-heart", "It is said before each meeting from now on."),
            finished.kept_as("meeting_care", "person"), _people,
        ),
        Add("not_to_tell", "Somebody must not be told", "lock", "The rule stands from now on.", _rule, _people),
        Add("safe_way", "How it is safe to reach them", "phone", "It is written down.", _safe_way, _people),
        Add("permission", "May we speak to …?", "handshake", "Their answer is written down.", _permission, _people),
        Add("warning", "A warning", "triangle-alert", "The warning is written down.", _warning, _people),
        Add("staff_bar", "Somebody of ours stays away", "circle-x", "The bar stands from now on.", _bar, _people),
    ),
    follows=(
        Add("warning_again", "Look at it again", "eye", "The warning was looked at again.", _warning_again,
            begins=_warned),
        Add("not_to_tell_ended", "It may be told now", "check", "The rule has ended.", _rule_ended),
        Add("staff_bar_ended", "The resident is content", "check", "The bar has ended.", _bar_ended),
    ),
)  # fmt: skip
