"""The visit without a window: one guided path of nine steps, in any order, every answer saved as it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from asbdesk.casework import evidence, release, risk, visit_actions, visit_end, visit_form, visit_plan
from asbdesk.casework.contacts import record_safe_way
from asbdesk.casework.visit_actions import Finished
from asbdesk.casework.visit_begin import open_state, resumed_state
from asbdesk.casework.visit_cards import cards
from asbdesk.casework.visit_seal import seal_plan, sealed_plan
from asbdesk.casework.visit_state import VisitState
from asbdesk.casework.visit_views import PlanDraft, Room, SealedPlan, StepState, StepView, Suggestion
from asbdesk.clock import london_instant
from asbdesk.documents.paper import PlanPaper, Signing
from asbdesk.documents.released import Released
from asbdesk.errors import UserError
from asbdesk.forms.answers import is_unanswered, misfit

if TYPE_CHECKING:
    from asbdesk.casework.desk import Desk
    from asbdesk.casework.languages import Offer
    from asbdesk.forms.score import Score

PANELS = ("before", "evidence", "plan", "sign", "copy")
"""Panels that the screen draws; the other parts are forms, whose questions stand among the step's own."""


class VisitPath:
    """One visit. Reading is cheap; `answer` and `set_plan` save a draft; `finish`, `sign` and the rest are actions."""

    def __init__(self, state: VisitState) -> None:
        self.state = state
        self.desk = state.desk
        self.run = state.run
        self.case = state.case
        self.visit = state.visit
        self.by_phone = state.by_phone

    @classmethod
    def start(cls, desk: Desk, case_id: str, *, by_phone: bool = False, person: str = "") -> VisitPath:
        """Begin a visit (to `person`, where several households may be seen), or go on with the one already begun."""
        return cls(open_state(desk, case_id, by_phone=by_phone, person=person))

    @classmethod
    def resume(cls, desk: Desk, run_id: str) -> VisitPath:
        """The visit as it was left, on the question it was left on. Raises UserError when it has ended."""
        return cls(resumed_state(desk, run_id))

    @property
    def resident(self) -> str:
        return self.state.known.resident

    @property
    def reference(self) -> str:
        return self.state.known.reference

    # ---- steps and questions
    @property
    def steps(self) -> tuple[StepState, ...]:
        sections = self.state.form.sections
        return tuple(StepState(s.id, n, s.title, self._standing(s.id)) for n, s in enumerate(sections, 1))

    def _standing(self, step: str) -> str:
        if self.state.drafts_of(step):
            return "begun"
        if step in self.state.kept:
            return "done"
        return "later" if step in self.state.held("later", []) else "todo"

    def step(self, step_id: str) -> StepView:
        section = self.state.section(step_id)
        part = next((q.part for q in section.questions if q.part in PANELS), None)
        asked = self.state.asked(step_id)
        shown = {a.question.id for a in asked}
        put_off = [q for q in section.questions if (q.private or q.professional) and q.id not in shown]
        hidden = 0 if self.room.private else len(put_off)
        note = "Put off: these questions need privacy, or a professional interpreter." if hidden else ""
        return StepView(
            section.id,
            self.state.form.sections.index(section) + 1,
            section.title,
            section.help,
            (section.aloud,) if section.aloud else (),
            cards(self.state, step_id),
            asked,
            part,
            self._standing(step_id),
            put_away=hidden,
            note=note,
        )

    def answer(self, step_id: str, question_id: str, value: Any) -> None:
        """Save one answer at once. `None` takes the answer back. Raises UserError for a value that does not fit."""
        question = self.state.question(step_id, question_id)
        wrong = "" if value is None else misfit(question, value)
        if wrong:
            raise UserError(f"{question.text} {wrong}")
        self.state.save(question_id, value)
        if question_id in ("present", "can_hear", "safe_now") and self.state.held("came_in"):
            self.state.hold("came_in", None)

    @property
    def where(self) -> tuple[str, str]:
        """(step id, question id) now shown; the question may be empty."""
        run = self.desk.drafts.run(self.run)
        return (run.step or "before", run.question or "") if run is not None else ("before", "")

    def go(self, step_id: str, question_id: str = "") -> None:
        """Remember what is shown, so that a kill comes back to it."""
        self.state.section(step_id)
        self.desk.drafts.at(self.run, question_id or None, step=step_id)

    def finish(self, step_id: str) -> str:
        """The step's action, its drafts ended in the same transaction. The id of the step to show next."""
        state, done = self.state, self._finished(step_id)
        with self.desk.store.journal.batch():
            if step_id == "before" and done.answers.get("in_told") and state.drafts.get("in_told"):
                self._write_going_in(done.answers)
            self.desk.do(visit_actions.STEPS[step_id], done, ends_run=self.run, ends_questions=state.drafts_of(step_id))
        self._ended(step_id, done.answers)
        return self._next(step_id)

    def _finished(self, step: str) -> Finished:
        state = self.state
        answers = state.finished(step)
        level, risk_form = state.held("level"), state.form_of("risk")
        form, prefix = risk_form or ("risk_matrix", "risk.")
        return Finished(
            state.case,
            state.visit,
            state.person,
            step,
            answers,
            telling=state.telling(),
            form=state.forms.get(form),
            form_prefix=prefix,
            put_aside=risk_form is None,
            flags=frozenset(state.flags()),
            level=risk.Level(**level) if level else None,
            welfare=state.welfare_today(),
            put_off=any(v == {"unanswered": "not_alone"} for v in answers.values()),
            other_known=visit_plan.other_known(state),
            next_working_day=visit_plan.working_day(state, 1),
            in_two_days=visit_plan.working_day(state, 2),
        )

    def _ended(self, step: str, answers: Any) -> None:
        for question in self.state.drafts_of(step):
            del self.state.drafts[question]
        self.state.kept[step] = dict(answers)
        if step in self.state.held("later", []):
            self.state.hold("later", [s for s in self.state.held("later") if s != step])
        self.state.forget_known()

    def later(self, step_id: str) -> str:
        """Leave the step for later. The id of the step to show next."""
        self.state.hold("later", sorted({*self.state.held("later", []), step_id}))
        return self._next(step_id)

    def _next(self, step: str) -> str:
        order = [s.id for s in self.state.form.sections]
        at = order[min(order.index(step) + 1, len(order) - 1)]
        self.go(at)
        return at

    # ---- the room, and breaking off
    @property
    def room(self) -> Room:
        return self.state.room

    def someone_came_in(self) -> None:
        """Questions that need privacy are put away until who is here has been answered again."""
        self.state.hold("came_in", True)

    def other_person_came(self) -> None:
        """Stop, say we will be in touch, leave; the officer's list says "find a safe time to talk"."""
        self.state.hold("other_came", True)
        day = visit_plan.working_day(self.state, 1)
        self.desk.do(visit_end.other_person_came, self.case, self.visit, day)

    def left_now(self) -> None:
        """*Leave now*: the visit is marked left early. Why is asked later (`why_left`)."""
        self.state.hold("left", True)
        self.desk.do(visit_end.left_early, self.visit)

    def why_left(self, why: str, *, threat_to_staff: bool = False, reach_safely: str = "") -> None:
        """Why it was left early; a threat to staff becomes a warning about the home."""
        if not why.strip():
            raise UserError("Write in a few words why you left.")
        told = {"threat_to_staff": threat_to_staff, "reach_safely": reach_safely}
        self.desk.do(visit_end.why_left, self.case, self.visit, why, **told)
        self.state.hold("left", None)
        self.state.hold("other_came", None)
        if reach_safely.strip():
            self.state.forget_known()

    @property
    def left_early(self) -> bool:
        """Left early and the why not yet given."""
        return bool(self.state.held("left") or self.state.held("other_came"))

    # ---- the officer's safety
    def going_in(self, *, told: str, how: str, back_by: str) -> None:
        """Who was told, how (`telephone`, `text`, `in_person`), and the London time `HH:MM` we expect to be out."""
        for question, value in (("in_told", told), ("in_how", how), ("in_back_by", back_by)):
            self.answer("before", question, value)
        self._write_going_in({"in_told": told, "in_how": how, "in_back_by": back_by})

    def _write_going_in(self, answers: Any) -> None:
        told = {
            q: "" if is_unanswered(answers.get(q)) else str(answers[q]) for q in ("in_told", "in_how", "in_back_by")
        }
        at = london_instant(self.desk.today, told["in_back_by"]) if told["in_back_by"] else ""
        self.state.hold("back_by", at or None)
        self.desk.do(visit_actions.going_in, self.visit, told["in_told"], told["in_how"], at)

    @property
    def back_by(self) -> str | None:
        """The instant at which the screen asks "Are you out?", or None."""
        return self.state.held("back_by") or None

    def still_here(self, back_by: str) -> None:
        """Not out yet: a new London time `HH:MM`."""
        values = self.state.values()
        told = {"in_told": values.get("in_told"), "in_how": values.get("in_how"), "in_back_by": back_by}
        self._write_going_in(told)

    # ---- risk
    @property
    def score(self) -> Score:
        """The risk form as answered so far. For the officer's face only."""
        return self.state.score()

    def set_level(self, band: str, reason: str, approver: str = "") -> None:
        """The officer's own level. Raises UserError without a reason, or for a lower one without who agreed."""
        level = risk.Level(band, reason, approver)
        risk.decided(self.state.score(), level)
        self.state.hold("level", {"band": band, "reason": reason, "approver": approver})

    # ---- the plan
    def suggestions(self) -> tuple[Suggestion, ...]:
        return visit_plan.suggestions(self.state)

    @property
    def plan(self) -> PlanDraft:
        return visit_plan.draft_of(self.state)

    def set_plan(self, plan: PlanDraft) -> None:
        """Save the plan's draft at once."""
        self.state.hold("plan", visit_plan.to_json(plan))

    def form(self) -> Offer:
        """How the plan is printed: as chosen, else as it is offered to this person."""
        return visit_form.form_of(self.state, self.plan)

    def to_put(self) -> tuple[tuple[str, str], ...]:
        """What stands in English on the plan, and how it reads in the person's language so far."""
        return visit_form.to_put(self.state, self.plan, visit_plan.paper_of(self.state, self.plan, None))

    def problems(self) -> tuple[str, ...]:
        """Why the plan cannot be agreed yet, each a plain sentence; empty when it can."""
        return visit_plan.problems(self.state)

    def paper(self, signing: Signing | None = None) -> Released[PlanPaper]:
        """The plan as it may be printed. Raises UserError naming what must not be on it."""
        paper = visit_plan.paper_of(self.state, self.plan, signing)
        released: Released[PlanPaper] = self.desk.read(visit_plan.released_paper, self.state, paper)
        return released

    def sign(self, signing: Signing) -> SealedPlan:
        """`plan.agreed`: the PDF is made and sealed before the transaction; one action; our steps start."""
        return seal_plan(self, signing)

    @property
    def sealed(self) -> SealedPlan | None:
        """The plan this visit made, once it is sealed."""
        return sealed_plan(self)

    # ---- evidence and the copy
    def add_evidence(self, data: bytes | BinaryIO, *, name: str, note: str = "") -> str:
        """Take a copy of what they show. The id of the evidence."""
        told = {"name": name, "from_": self.state.person, "note": note, "visit": self.visit}
        found = evidence.take_in(self.desk, self.case, data, **told)
        self.state.hold("evidence", True)
        return found

    def evidence_not_taken(self, note: str) -> str:
        """Something was shown and could not be taken; it shows in the case until it is."""
        done = self.desk.do(evidence.record_not_taken, self.case, self.state.person, note, visit=self.visit)
        return str(done.value)

    def set_safe_way(self, words: str) -> None:
        """How it is safe to reach them: until recorded, nothing is left, posted, sent or rung in a held case."""
        self.desk.do(record_safe_way, self.case, self.state.person, words)
        self.state.forget_known()

    def copy_given(self, how: str, *, form: str = "plan", note: str = "") -> None:
        """The copy: `how` is `left`, `posted`, `emailed`, `texted`, `kept`; `form` `plan`, `large`, `pocket_card`."""
        plan = self.state.held("sealed")
        if not plan:
            raise UserError("There is no plan to give yet. Read it back first.")
        held = self.desk.read(release.hold, self.case, self.state.person)
        if held and how != "kept":
            raise UserError(held)
        self.desk.do(visit_end.copy_given, self.visit, plan, how, form=form, note=note)

    def out_safe(self, *, warning_note: str = "", talk_to: str = "") -> None:
        """Out and safe: the visit and its drafts end. How the officer is goes nowhere, unless they say to whom."""
        if self.left_early:
            raise UserError("Say first why you left early.")
        warning = self.state.known.warning_ids[0] if self.state.known.warning_ids else ""
        said = self.state.values()
        told = {
            "warning": warning,
            "note": warning_note or said.get("warning_note"),
            "talk_to": talk_to or said.get("talk_to"),
        }
        told = {name: value if isinstance(value, str) else "" for name, value in told.items()}
        self.desk.do(visit_end.out_safe, self.case, self.visit, **told, ends_run=self.run)
