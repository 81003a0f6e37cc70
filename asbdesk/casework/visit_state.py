"""What a visit knows at any moment: its forms, the answers so far, who is here, and what was known before."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from asbdesk.casework import risk
from asbdesk.casework.now import URGENT
from asbdesk.casework.reports import Telling
from asbdesk.casework.safeguarding import AT_RISK, getting_hurt
from asbdesk.casework.visit_known import Background, background
from asbdesk.casework.visit_views import AskedQuestion, Room
from asbdesk.clock import plain_day
from asbdesk.duties.category import category
from asbdesk.errors import UserError
from asbdesk.forms.answers import is_unanswered
from asbdesk.forms.filling import finished_answers, open_questions

if TYPE_CHECKING:
    from asbdesk.casework.desk import Desk
    from asbdesk.forms.definition import Form, Question, Section
    from asbdesk.forms.score import Score

PARTS = {"risk": ("risk_matrix", "risk."), "vulnerability": ("vulnerability", "needs.")}
"""Panels that are forms of their own → (the form, what its questions' ids begin with here)."""
ABUSE = ("domestic_abuse", "abuse_form.")
"""The landlord's own form for abuse at home, where there is one among its forms: it takes the matrix's place."""
ALONE_WITH = {"nobody", "child", "interpreter"}
"""Who may be here while the resident counts as alone; children and interpreters have rules of their own."""
ASKED_ELSEWHERE = {"easier", "easier_language", "easier_words", "advocate", "advocate_who", "best_contact"}
"""Questions of the vulnerability checklist that other steps of the visit ask already."""
OPEN_STILL = ({"unanswered": "not_asked"}, {"unanswered": "not_alone"})
"""What a finished step keeps for a question that may still be asked: it never hides what is known."""
TO_NOBODY = {"how_are_you", "talk_to"}
"""How the officer is: a draft until the visit ends, and then gone, unless they said who should know."""
HELD_ABROAD = "_"
"""Ids of drafts that are no question begin with this."""


@dataclass
class VisitState:
    """One visit's answers in memory, as they stand on the disk: drafts over what finished steps kept."""

    desk: Desk
    run: str
    case: str
    visit: str
    person: str
    by_phone: bool
    forms: Mapping[str, Form]
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Step id → the answers it was finished with."""
    drafts: dict[str, Any] = field(default_factory=dict)

    @property
    def form(self) -> Form:
        return self.forms["visit"]

    @cached_property
    def known(self) -> Background:
        """What was known before this visit, read once."""
        forms = tuple(form for form, _ in (*PARTS.values(), ABUSE))
        return self.desk.read(background, self.case, self.person, self.visit, self.desk.today, forms)

    def forget_known(self) -> None:
        """Read anew what is known: something was written."""
        self.__dict__.pop("known", None)

    # ---- answers
    def values(self) -> dict[str, Any]:
        """Every answer: known before, then kept by a finished step, then given now."""
        values = {q: v for q, (v, _) in self.known.answers.items()}
        for step in self.kept.values():
            values |= {q: v for q, v in step.items() if v not in OPEN_STILL or q not in values}
        values |= {q: v for q, v in self.drafts.items() if not q.startswith(HELD_ABROAD) and v is not None}
        for q, v in self.drafts.items():
            if v is None:
                values.pop(q, None)
        return self._told_today({q: v for q, v in values.items() if v != {"unanswered": "not_alone"}})

    def _told_today(self, values: dict[str, Any]) -> dict[str, Any]:
        """What was said earlier today is not asked again in other words: filled in where nothing was answered."""
        for question, (source, answers) in TOLD_TODAY.items():
            given = values.get(source)
            if question in values or is_unanswered(given):
                continue
            chosen = given if isinstance(given, list) else [given]
            found = next((answers[c] for c in chosen if c in answers), None)
            if found:
                values[question] = found
        return values

    def save(self, question: str, value: Any) -> None:
        """Keep one draft: on the disk when this returns."""
        self.desk.drafts.save(self.run, question, value)
        self.drafts[question] = value

    def held(self, name: str, default: Any = None) -> Any:
        """A draft that is no question (`plan`, `later` …)."""
        return self.drafts.get(HELD_ABROAD + name, default)

    def hold(self, name: str, value: Any) -> None:
        self.save(HELD_ABROAD + name, value)

    # ---- the room
    @property
    def room(self) -> Room:
        v = self.values()
        present = v.get("present")
        here = set(present) if isinstance(present, list) else set()
        interrupted = bool(self.held("came_in")) or bool(self.held("other_came"))
        interpreter = "none" if "interpreter" not in here else str(v.get("interpreter_kind") or "other")
        return Room(
            alone=bool(here) and here <= ALONE_WITH and v.get("can_hear") == "no" and not interrupted,
            safe_to_talk=v.get("safe_now") == "yes" and not interrupted,
            child_hears=bool(here) and "child" in here and v.get("child_understands") != "no",
            interpreter=interpreter if interpreter in ("none", "professional") else "other",
            advocate="advocate" in here,
            other_person=bool(self.held("other_came")),
        )

    def facts(self) -> dict[str, Any]:
        """What `when` conditions may name."""
        return {
            **self.room.facts(),
            "urgent": self.telling().urgent,
            "at_risk": self.at_risk(),
            "urgent_here": self.urgent_here(),
        }

    @property
    def home_held(self) -> bool:
        """Somebody there could be getting hurt, and nobody has decided yet: nothing goes to that home."""
        v = self.values()
        undecided = v.get("safeguarding") not in ("referred", "not_referred")
        return undecided and (self.known.home_held or getting_hurt(v.get("someone_hurt")))

    def urgent_here(self) -> bool:
        """Did the questions bring up what does not wait for a working day: harm, abuse, a home not safe tonight."""
        v = self.values()
        return bool(URGENT & {*self._gently_told()}) or "no" in (v.get("safe_tonight"), v.get("home_secure"))

    def at_risk(self) -> bool:
        """Is a safeguarding decision asked for: owed already, or because of what was said today. Children in the home
        make a serious report one (DUTIES.md)."""
        v, told = self.values(), self.telling()
        children = v.get("children")
        serious = category(told.behaviours, told.flags(), bool(told.hate)) == "serious"
        return (
            self.known.safeguarding_owed
            or bool(AT_RISK & {*told.flags(), *told.behaviours})
            or getting_hurt(v.get("someone_hurt"))
            or (serious and isinstance(children, int) and children > 0)
        )

    # ---- questions
    def section(self, step: str) -> Section:
        return next(s for s in self.form.sections if s.id == step)

    def open(self, step: str) -> Iterator[Question]:
        """The questions of a step that are open now, those of embedded forms among them; panels are left out."""
        shown = {q.id for q in open_questions(self.form, self.values(), self.facts())}
        for question in self.section(step).questions:
            if question.id not in shown:
                continue
            if question.kind != "part":
                yield question
            elif question.part in PARTS:
                yield from self._embedded(question)

    def form_of(self, part: str) -> tuple[str, str] | None:
        """The form that a panel is now, and how its questions' ids begin; None where it has none. The matrix is not the
        form for abuse at home: there it stands aside (PRACTICE.md 2)."""
        found = ABUSE if part == "risk" and self.welfare else PARTS[part]
        return found if found[0] in self.forms else None

    def _embedded(self, panel: Question) -> Iterator[Question]:
        if (found := self.form_of(panel.part)) is None:
            return
        form, prefix = found
        for q in open_questions(self.forms[form], self.of_form(prefix), self.facts()):
            if q.kind != "part" and not (panel.part == "vulnerability" and q.id in ASKED_ELSEWHERE):
                face = "mine" if panel.face == "mine" else q.face
                yield dataclasses.replace(q, id=prefix + q.id, section=panel.section, face=face, required=False)

    def question(self, step: str, question: str) -> Question:
        """An open question of a step. Raises UserError when it is not asked now."""
        found = next((q for q in self.open(step) if q.id == question), None)
        if found is None:
            raise UserError("This question is not on the screen now. Look at who is here, and the answers before it.")
        return found

    def asked(self, step: str) -> tuple[AskedQuestion, ...]:
        values = self.values()
        return tuple(AskedQuestion(q, values.get(q.id), self._earlier(q.id, values)) for q in self.open(step))

    def _earlier(self, question: str, values: Mapping[str, Any]) -> str:
        given = {**{q: v for s in self.kept.values() for q, v in s.items()}, **self.drafts}
        if is_unanswered(values.get(question)) or given.get(question) not in (None, {"unanswered": "not_asked"}):
            return ""
        if question in self.known.answers:
            day = self.known.answers[question][1]
            return f"Told us on {plain_day(day)}" if day else "Known already"
        return "From what you said today"

    def of_form(self, prefix: str) -> dict[str, Any]:
        """The answers of an embedded form, by its own ids."""
        return {q[len(prefix) :]: v for q, v in self.values().items() if q.startswith(prefix)}

    def finished(self, step: str) -> dict[str, Any]:
        """What a finished step keeps: one value for each question asked, and for no other."""
        mine = {q.id for q in self.section(step).questions} - TO_NOBODY
        done = {q: v for q, v in finished_answers(self.form, self.values(), self.facts()).items() if q in mine}
        for panel in self.section(step).questions:
            if panel.part in PARTS and (found := self.form_of(panel.part)):
                form, prefix = found
                answers = finished_answers(self.forms[form], self.of_form(prefix), self.facts())
                done |= {prefix + q: v for q, v in answers.items() if prefix != "needs." or q not in ASKED_ELSEWHERE}
            if panel.part == "risk" and self.welfare:  # what was said before it stood aside is kept as it was said
                done |= {q: v for q, v in self.drafts.items() if q.startswith("risk.") and not is_unanswered(v)}
        return done

    def drafts_of(self, step: str) -> list[str]:
        """Ids of every draft that belongs to a step, asked or not."""
        own = {q.id for q in self.section(step).questions}
        parts = [q.part for q in self.section(step).questions if q.part in PARTS]
        prefixes = tuple(PARTS[part][1] for part in parts) + ((ABUSE[1],) if "risk" in parts else ())
        return [q for q in self.drafts if q not in TO_NOBODY and (q in own or (prefixes and q.startswith(prefixes)))]

    # ---- what the answers come to
    def telling(self) -> Telling:
        """What was told on this visit, with what the gentle questions added."""
        v = self.values()
        serious = [*_several(v.get("serious")), *self._gently_told()]
        return Telling(
            words=_text(v.get("words")),
            happened=_text(v.get("happened_when")),
            place=_text(v.get("happened_where")),
            channel="phone" if self.by_phone else "visit",
            behaviours=_several(v.get("behaviours")),
            serious=tuple(dict.fromkeys(serious)),
            threat_to_hurt=v.get("threat_to_hurt") == "yes",
            hate=self.hate(),
            hate_signs=True if v.get("hate_officer") == "yes" else None,
            visit=self.visit,
        )

    def _gently_told(self) -> list[str]:
        v = self.values()
        harm = v.get("self_harm") == "yes" or "self_harm" in _several(v.get("needs.needs_private"))
        return (["suicidal_statement"] if harm else []) + (["domestic_abuse"] if self.welfare_today() else [])

    def hate(self) -> dict[str, Any] | None:
        """Who perceives it so, and the strands the other person seemed to be against; None where nobody does."""
        v = self.values()
        strands = [s for s in _several(v.get("hate_fits")) if s not in ("not_sure", "none")]
        if v.get("hate_reason") == "yes" or strands:
            return {"perceived_by": "victim", "strands": strands}
        return {"perceived_by": "staff", "strands": []} if v.get("hate_officer") == "yes" else None

    def welfare_today(self) -> bool:
        """Abuse at home was told, or is feared by the officer, on this visit."""
        v = self.values()
        return v.get("abuse") == "yes" or v.get("abuse_concern") == "yes"

    @property
    def welfare(self) -> bool:
        return self.welfare_today() or self.known.stream == "domestic_abuse"

    def flags(self) -> set[str]:
        told = self.telling()
        return set(self.known.flags) | risk.flags_of(told.behaviours, told.flags(), hate=bool(told.hate))

    def score(self) -> Score:
        """The risk form's score, with what the case knows; where it stands aside, what the case knows alone."""
        from asbdesk.forms.score import score

        found = self.form_of("risk")
        form, prefix = found or PARTS["risk"]
        return score(self.forms[form], self.of_form(prefix) if found else {}, self.flags())


TOLD_TODAY: dict[str, tuple[str, dict[str, str]]] = {
    "risk.q6": ("police_told", {"yes": "yes"}),
    "risk.q8": ("hate_reason", {"yes": "yes", "no": "no"}),
    "risk.q11": ("effects", {"health": "yes"}),
}
"""Questions of the shipped matrix that an answer of the visit settles: question → (the visit's question, answers)."""


def _several(value: Any) -> tuple[str, ...]:
    return tuple(str(v) for v in value) if isinstance(value, list) else ()


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
