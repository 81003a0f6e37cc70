"""The visit without a window: one guided path of nine steps, in any order, every answer saved as it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asbdesk.casework.visit_views import PlanDraft, Room, SealedPlan, StepState, StepView, Suggestion
from asbdesk.documents.paper import PlanPaper, Signing
from asbdesk.documents.released import Released

if TYPE_CHECKING:
    from asbdesk.casework.desk import Desk


class VisitPath:
    """One visit. Reading is cheap; `answer` and `set_plan` save a draft; `finish`, `sign` and the rest are actions."""

    desk: Desk
    run: str
    """Id of the form run: what `resume` needs after a kill."""
    case: str
    visit: str
    by_phone: bool
    resident: str
    """Name of the person we speak to."""
    reference: str

    @classmethod
    def start(cls, desk: Desk, case_id: str, *, by_phone: bool = False) -> VisitPath:
        """Begin a visit, or go on with the one already begun for this case."""
        raise NotImplementedError

    @classmethod
    def resume(cls, desk: Desk, run_id: str) -> VisitPath:
        """The visit as it was left, on the question it was left on. Raises UserError when it has ended."""
        raise NotImplementedError

    @property
    def steps(self) -> tuple[StepState, ...]:
        raise NotImplementedError

    def step(self, step_id: str) -> StepView:
        raise NotImplementedError

    def answer(self, step_id: str, question_id: str, value: Any) -> None:
        """Save one answer at once. `None` takes the answer back. Raises UserError for a value that does not fit."""
        raise NotImplementedError

    @property
    def where(self) -> tuple[str, str]:
        """(step id, question id) now shown; the question may be empty."""
        raise NotImplementedError

    def go(self, step_id: str, question_id: str = "") -> None:
        raise NotImplementedError

    def finish(self, step_id: str) -> str:
        """The step's action, its drafts ended in the same transaction. The id of the step to show next."""
        raise NotImplementedError

    def later(self, step_id: str) -> str:
        """Leave the step for later. The id of the step to show next."""
        raise NotImplementedError

    @property
    def room(self) -> Room:
        raise NotImplementedError

    def someone_came_in(self) -> None:
        """Cover was pressed because of somebody: questions that need privacy are put away."""
        raise NotImplementedError

    def other_person_came(self) -> None:
        """Stop, say we will be in touch, leave; the officer's list says "find a safe time to talk"."""
        raise NotImplementedError

    def left_now(self) -> None:
        """*Leave now*: the visit is marked left early. Why is asked later (`why_left`)."""
        raise NotImplementedError

    def why_left(self, why: str, *, threat_to_staff: bool = False, reach_safely: str = "") -> None:
        """Why it was left early; a threat to staff becomes a warning about the home."""
        raise NotImplementedError

    @property
    def left_early(self) -> bool:
        """Left early and the why not yet given."""
        raise NotImplementedError

    def going_in(self, *, told: str, how: str, back_by: str) -> None:
        """Who was told, how (`telephone`, `text`, `in person`), and the London time `HH:MM` we expect to be out."""
        raise NotImplementedError

    @property
    def back_by(self) -> str | None:
        """The instant at which the screen asks "Are you out?", or None."""
        raise NotImplementedError

    def still_here(self, back_by: str) -> None:
        """Not out yet: a new London time `HH:MM`."""
        raise NotImplementedError

    def suggestions(self) -> tuple[Suggestion, ...]:
        raise NotImplementedError

    @property
    def plan(self) -> PlanDraft:
        raise NotImplementedError

    def set_plan(self, plan: PlanDraft) -> None:
        raise NotImplementedError

    def problems(self) -> tuple[str, ...]:
        """Why the plan cannot be agreed yet, each a plain sentence; empty when it can."""
        raise NotImplementedError

    def paper(self, signing: Signing | None = None) -> Released[PlanPaper]:
        """The plan as it may be printed. Raises UserError naming what must not be on it."""
        raise NotImplementedError

    def sign(self, signing: Signing) -> SealedPlan:
        """`plan.agreed`: the PDF is made and sealed before the transaction; one action; our steps start."""
        raise NotImplementedError

    @property
    def sealed(self) -> SealedPlan | None:
        """The plan this visit made, once it is sealed."""
        raise NotImplementedError

    def add_evidence(self, data: bytes, *, name: str, note: str = "", media: str = "") -> str:
        """Take a copy of what they show. The id of the evidence."""
        raise NotImplementedError

    def evidence_not_taken(self, note: str) -> str:
        """Something was shown and could not be taken; it shows in the case until it is."""
        raise NotImplementedError

    def set_safe_way(self, words: str) -> None:
        """How it is safe to reach them: until recorded, nothing is left, posted, sent or rung in a held case."""
        raise NotImplementedError

    def copy_given(self, how: str, *, form: str = "plan", note: str = "") -> None:
        """The copy: `how` is `left`, `posted`, `emailed`, `texted`, `kept`; `form` `plan`, `large`, `pocket_card`."""
        raise NotImplementedError

    def out_safe(self, *, warning_right: bool | None = None, warning_note: str = "", talk_to: str = "") -> None:
        """Out and safe: the visit ends. `talk_to` is kept only if the officer says who should know."""
        raise NotImplementedError
