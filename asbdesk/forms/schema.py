"""The shape of a form file (pydantic): which words stand where. Imported only while a form is loaded."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
FactName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})?$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
Points = Annotated[int, Field(ge=0, le=1000)]
Days = Annotated[int, Field(ge=1, le=366)]


class Shape(BaseModel):
    """Closed: a word that nobody knows is a fault."""

    model_config = ConfigDict(extra="forbid", strict=True)


class OptionShape(Shape):
    """One answer."""

    value: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]{0,39}$")]
    label: Line
    points: Points | None = None
    exclusive: bool = False


class QuestionShape(Shape):
    """One question or part."""

    id: Word
    kind: Literal["single", "multi", "yes_no", "text", "long_text", "number", "date", "time", "person", "scale", "part"]
    text: Words | None = None
    help: Words | None = None
    aloud: Words | None = None
    options: Annotated[list[OptionShape], Field(max_length=100)] | None = None
    required: bool = False
    when: Words | None = None
    face: Literal["shared", "mine"] = "shared"
    private: bool = False
    professional: bool = False
    points: Points | None = None
    part: Word | None = None
    pick: Word | None = None
    rows: Annotated[int, Field(ge=1, le=40)] | None = None
    asks_about: Literal["reporter", "household", "other_person", "place", "officer"] | None = None
    min: Annotated[int, Field(ge=-1_000_000, le=1_000_000)] | None = None
    max: Annotated[int, Field(ge=-1_000_000, le=1_000_000)] | None = None
    min_label: Line | None = None
    max_label: Line | None = None
    past: bool = False


class SectionShape(Shape):
    """Questions under one heading."""

    id: Word
    title: Line
    help: Words | None = None
    aloud: Words | None = None
    when: Words | None = None
    questions: Annotated[list[QuestionShape], Field(max_length=500)]


class BandShape(Shape):
    """A risk level."""

    key: Word
    label: Line
    min: Points
    max: Points
    required: list[Word] = []
    review_days: Days | None = None
    contact_days: Days | None = None
    sign_off: Literal["manager", "supervisor"] | None = None


class FloorShape(Shape):
    """A condition that lifts the level."""

    when: Words
    band: Word
    reason: Line
    required: list[Word] = []


class FormShape(Shape):
    """The whole file."""

    id: Word
    version: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,6}(\.[0-9]{1,6}){0,3}$")]
    title: Line
    banner: Words | None = None
    source: Words | None = None
    facts: Annotated[list[FactName], Field(max_length=200)] = []
    sections: Annotated[list[SectionShape], Field(min_length=1, max_length=100)]
    bands: Annotated[list[BandShape], Field(max_length=20)] = []
    floors: Annotated[list[FloorShape], Field(max_length=100)] = []
