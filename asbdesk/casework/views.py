"""What screens are handed: small frozen records of lists, a case and Today, without rows and without ids of keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Tone = str
"""One of `danger`, `warning`, `info`, `good`, `plain`: the theme decides the colour."""


@dataclass(frozen=True)
class Pill:
    """A short word on a coloured ground."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class CaseLine:
    """One case in a list. `title` and `address` are already fit to be seen ("Welfare" for domestic abuse)."""

    id: str
    reference: str
    title: str
    stream: str
    status: str
    band: str
    """`standard`, `medium`, `high`, or empty while not assessed."""
    officer: str
    reporter: str
    address: str
    next_due: str | None
    """Day of the next thing due, or None."""
    next_text: str
    """When the next thing is due in words: "Due today", "2 days late", "Mon 30 Nov"."""
    pills: tuple[Pill, ...] = ()
    practice: bool = False


@dataclass(frozen=True)
class CaseList:
    """One page of cases. `total` counts all that match; `after` starts the next page, or None."""

    lines: Sequence[CaseLine]
    total: int
    after: str | None = None


@dataclass(frozen=True)
class Alert:
    """A line across a case's header. `tone` as above; `icon` is an icon's name."""

    text: str
    tone: Tone
    icon: str


@dataclass(frozen=True)
class ChronologyLine:
    """One journal entry in plain words."""

    n: int
    at: str
    """When it happened, an instant."""
    day_text: str
    """"Today 09:12" or "Tue 17 Nov, 15:30"."""
    icon: str
    tone: Tone
    title: str
    text: str
    by: str
    recorded: str = ""
    """When it was written down, where that was more than a day later."""
    tab: str = ""  # the part of the case where its record stands


@dataclass(frozen=True)
class PersonLine:
    """A person's part in a case."""

    id: str
    name: str
    role: str
    """In words: "Reported it", "Lives there too", "Alleged perpetrator"."""
    phone: str
    language: str
    address: str
    shared_with: tuple[str, ...] = ()
    """References of other cases this person is in."""
    needs: tuple[str, ...] = ()
    """Needs and circumstances, those not said by the person marked "not confirmed by them"."""
    home: str = ""
    """How they hold their home, and who owns or manages it; empty where nobody said."""


@dataclass(frozen=True)
class AnswerView:
    """A question as it was asked and the answer in words."""

    question: str
    answer: str


@dataclass(frozen=True)
class AssessmentView:
    """A finished risk assessment."""

    id: str
    at: str
    day_text: str
    of: str
    band: str
    band_text: str
    computed: str
    score_text: str
    floors: tuple[str, ...]
    reason: str
    approver: str
    trigger: str
    answers: tuple[AnswerView, ...] = ()
    current: bool = True


@dataclass(frozen=True)
class ActionView:
    """A step of a plan as it stands."""

    id: str
    owner: str
    who: str
    what: str
    by: str
    by_text: str
    done: bool
    late: bool


@dataclass(frozen=True)
class PlanView:
    """A version of the plan."""

    id: str
    number: str
    at: str
    day_text: str
    signing_text: str
    agreed: bool
    next_contact: str
    review_on: str
    copy_text: str
    sealed: bool
    current: bool
    actions: tuple[ActionView, ...] = ()


@dataclass(frozen=True)
class DueLine:
    """One thing that is due, with why and by what rule. `do` names what the button opens, for the window."""

    code: str
    title: str
    when_text: str
    tone: Tone
    why: str
    source: str
    button: str
    do: str
    """`contact`, `visit`, `plan`, `action`, `risk`, `copy`."""
    about: str = ""
    """`kind/ID` of the record it is about, or empty."""
    due_on: str = ""
    key: str = ""  # the duty's; of `count` of the same, the oldest's
    count: int = 1
    moment: str = ""
    waits: str = ""
    """What it waits for and until when, in words; empty where it does not wait."""


@dataclass(frozen=True)
class EvidenceView:
    """A thing taken in. `id` opens it (`evidence.open_evidence`)."""

    id: str
    name: str
    type_text: str
    day_text: str
    size_text: str
    from_: str
    media: str
    taken: bool


@dataclass(frozen=True)
class CasePage:
    """Everything the case page draws."""

    line: CaseLine
    alerts: tuple[Alert, ...]
    home: str
    language: str
    """"Speaks Bengali – interpreter needed", or empty."""
    chronology: tuple[ChronologyLine, ...]
    people: tuple[PersonLine, ...]
    assessments: tuple[AssessmentView, ...]
    plans: tuple[PlanView, ...]
    due: tuple[DueLine, ...]
    before_visit: str
    open_visit: str | None
    """Id of the form run of a visit that was begun and not ended."""
    evidence: tuple[EvidenceView, ...] = ()
    resident: str = ""
    """Name of the person we speak to."""
    shares_home_with: tuple[str, ...] = ()
    officer: str = ""
    """Who looks after it, by name."""
    covered: str = ""
    """Who has it today in their place, and until when; empty where nobody has."""
    """References of other cases at the same home or with the same people."""


@dataclass(frozen=True)
class TodayCard:
    """One case on Today: the first line is the next act, the rest stands behind it."""

    case: str
    title: str
    band: str
    address: str
    behind: Sequence[DueLine]
    button: str
    do: str = ""
    welfare: bool = False
    pills: tuple[Pill, ...] = ()
    count: int = 0
    can_plan: bool = False


@dataclass(frozen=True)
class WaitingLine:
    """Something late that waits for somebody else: a lane of its own, and late in every count."""

    case: str
    title: str
    text: str
    manager: bool = False


@dataclass(frozen=True)
class ComingDay:
    """One of the next five working days."""

    day: str
    day_text: str
    text: str
    count: int


@dataclass(frozen=True)
class VisitLine:
    """A visit on Today: begun and not ended, or agreed as the next contact."""

    case: str
    run: str | None
    time_text: str
    address: str
    note: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class NumberLine:
    """One of the numbers to have before the first visit."""

    key: str
    label: str
    number: str
    night: str
    none_here: bool
    wants_night: bool = False

    @property
    def filled(self) -> bool:
        return bool(self.number) or self.none_here


@dataclass(frozen=True)
class CoverLine:
    """One line of Today on cover. `kind`: `here` (I cover), `away` (somebody has mine), `back` (I am back, and did not
    read what happened). `covers`: ids."""

    kind: str
    words: str
    covers: tuple[str, ...]
    cases: tuple[str, ...]


@dataclass(frozen=True)
class TodayView:
    """Everything Today draws. `numbers_card` is empty when all numbers are there."""

    day: str
    heading: str
    counts: str
    now: tuple[TodayCard, ...]
    late_or_due: tuple[TodayCard, ...]
    coming: tuple[ComingDay, ...]
    visits: tuple[VisitLine, ...]
    numbers_card: tuple[NumberLine, ...]
    empty: bool
    """No case at all yet."""
    more: str = ""
    """"18 more: 6 late, oldest 11 days", or empty."""
    due_count: int = 0
    waiting: tuple[WaitingLine, ...] = ()
    cover: tuple[CoverLine, ...] = ()
