"""A form as it was written: frozen, and one with the words of its exact text (`Form.hash`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from asbdesk.forms.when import When

SCORED = ("single", "multi", "yes_no")
"""Kinds whose options may carry points."""
CHOICES = SCORED
KINDS = (*CHOICES, "text", "long_text", "number", "date", "time", "person", "scale", "part")

REQUIRED_ACTIONS = {
    "support_offered": "Offer support",
    "safety_measure": "Agree a safety measure",
    "manager_sign_off": "Ask a manager to agree the level",
    "multi_agency_considered": "Consider a multi-agency meeting",
    "speak_to_supervisor_today": "Speak to your supervisor today",
}
"""What a risk level or a floor may ask for: key → words on the screen."""


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen. `points` never show on the shared face."""

    value: str
    label: str
    points: int = 0
    exclusive: bool = False
    """In a question with several answers: chosen alone ("None of these")."""


@dataclass(frozen=True)
class Question:
    """One question, or a `part`: a panel that the screen draws itself."""

    id: str
    kind: str
    text: str
    help: str = ""
    aloud: str = ""
    """Words to read to the resident."""
    options: tuple[Option, ...] = ()
    """For single, multi and yes_no (whose two are always here)."""
    required: bool = False
    when: When | None = None
    section: str = ""
    face: str = "shared"
    """`shared` with the resident, or `mine`."""
    private: bool = False
    """Asked only where nobody else can hear (filling.is_private_now)."""
    professional: bool = False
    """Asked only where nobody interprets but a professional (hate: everyone is asked, PRACTICE.md 10 and 13)."""
    scored: bool = False
    part: str = ""
    pick: str = ""
    """Its answers come from the case, under this name (`with_choices`)."""
    rows: int = 1
    """Lines that a text field shows."""
    asks_about: str = ""
    """`reporter`, `household`, `other_person`, `place` or `officer`."""
    min: int | None = None
    max: int | None = None
    min_label: str = ""
    max_label: str = ""
    past: bool = False
    """Of a date: it has been. A day without a year is then the last one ("Friday", "3/11")."""
    line: int = 0

    @property
    def looks_back(self) -> bool:
        """Whether it asks for a day that has been. `on` is when something happened, in every short form."""
        return self.past or self.id == "on"

    def option(self, value: object) -> Option | None:
        """The option with this value, if there is one."""
        return next((o for o in self.options if o.value == value), None) if isinstance(value, str) else None

    @property
    def most(self) -> int:
        """The most points that this question can give."""
        if not self.scored:
            return 0
        points = [o.points for o in self.options]
        together = sum(o.points for o in self.options if not o.exclusive)
        return max(together, *points) if self.kind == "multi" else max(points)


@dataclass(frozen=True)
class Section:
    """Questions under one heading; in a visit, one step."""

    id: str
    title: str
    help: str
    aloud: str
    questions: tuple[Question, ...]
    when: When | None = None


@dataclass(frozen=True)
class Band:
    """A risk level: points from `min` to `max`, what it requires, and how soon to look again."""

    key: str
    label: str
    min: int
    max: int
    required: tuple[str, ...] = ()
    review_days: int | None = None
    contact_days: int | None = None
    """Working days between contacts."""
    sign_off: str = ""
    """Who signs it off (`manager`), or nobody."""


@dataclass(frozen=True)
class Floor:
    """Where `when` holds, the level is at least `band`, for a reason that is shown."""

    when: When
    band: str
    reason: str
    required: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """A whole form. `text` is the definition exactly as written; `hash` is `sha256:` and 64 hex digits of it."""

    id: str
    version: str
    title: str
    banner: str
    hash: str
    text: str = field(repr=False)
    sections: tuple[Section, ...]
    bands: tuple[Band, ...] = ()
    floors: tuple[Floor, ...] = ()
    facts: tuple[str, ...] = ()
    """Names that conditions may use beside the questions' ids."""
    source: str = ""
    name: str = ""
    """The file's name."""

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in order."""
        return tuple(q for s in self.sections for q in s.questions)

    @cached_property
    def by_id(self) -> dict[str, Question]:
        """Every question by its id."""
        return {q.id: q for q in self.questions}

    def section(self, id: str) -> Section:
        """The section with this id. Raises KeyError."""
        return {s.id: s for s in self.sections}[id]

    def band(self, key: str | None) -> Band | None:
        """The band with this key, if there is one."""
        return next((b for b in self.bands if b.key == key), None)

    @cached_property
    def out_of(self) -> int:
        """The most points that the whole form can give."""
        return sum(q.most for q in self.questions)
