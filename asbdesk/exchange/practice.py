"""Practice cases with invented names, and the visit that should have happened in the first of them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import math
import re
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.landlord import NUMBERS, set_number
from asbdesk.casework.people import change_person, reporter_of
from asbdesk.casework.visit import VisitPath
from asbdesk.casework.visit_views import PlanDraft, PlanStep, SealedPlan
from asbdesk.clock import SetClock, instant
from asbdesk.documents.paper import Ink, Signing
from asbdesk.exchange.history import Imported, take_in
from asbdesk.exchange.history_read import parse
from asbdesk.exchange.practice_words import IN_OWN_WORDS
from asbdesk.model import Case
from asbdesk.paths import resources

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.desk import Desk

FIRST = "202013105"
"""The published case of the first practice visit: an assault, then smashed windows."""
VISIT_DAY = dt.date(2020, 3, 9)
"""The Monday of the visit in the practice histories; it becomes the latest such weekday that is not after today."""
PHONES = {"Ms Rahima Begum (practice)": "01632 960111", "Mr Oluwaseun Farrow (practice)": "01632 960112"}
"""Ofcom's numbers for drama: nobody answers them."""
PRACTICE_NUMBERS = {key: f"01632 9602{n:02d}" for n, key in enumerate(NUMBERS)}


def load_practice_desk(desk: Desk) -> tuple[Imported, ...]:
    """Take every practice case in, its days moved up to now. Those already here are left as they are."""
    weeks = (dt.date.fromisoformat(desk.today) - VISIT_DAY).days // 7
    taken = []
    for file in sorted((resources() / "practice").glob("*.json")):
        reference = file.stem
        if desk.read(practice_case, reference):
            continue
        history = parse(_moved(file, weeks * 7), file.name)
        taken.append(take_in(desk, history, file.name, practice=True))
    _give_phones(desk, [t.case for t in taken])
    return tuple(taken)


def _moved(file: Path, days: int) -> bytes:
    """The history with every day that many days later; weekdays stay what they were."""
    told = json.loads(file.read_text(encoding="utf-8"))

    def move(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {k: move(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [move(v, key) for v in value]
        if key in DAY_FIELDS and isinstance(value, str) and _DAY.fullmatch(value):
            return (dt.date.fromisoformat(value) + dt.timedelta(days)).isoformat()
        return value

    return json.dumps(move(told), ensure_ascii=False, indent=1).encode()


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
DAY_FIELDS = {"on", "by", "next_contact", "review_on", "next_by", "until", "to"}


def practice_case(session: Session, reference: str) -> str:
    """Id of the practice case that came from this history, or empty."""
    found = sa.select(Case.id).where(Case.imported_from == reference, Case.practice.is_(True)).limit(1)
    return session.scalar(found) or ""


def _give_phones(desk: Desk, cases: list[str]) -> None:
    """A history has no field for a telephone; a practice visit needs one."""
    for case in cases:
        name, person = desk.read(_resident, case)
        if name in PHONES:
            desk.do(change_person, person, phone=PHONES[name])


def _resident(session: Session, case: str) -> tuple[str, str]:
    person = reporter_of(session, case)
    return ((person.name or "") if person else "", person.id if person else "")


# ---- the visit that should have happened
ANSWERS: dict[str, dict[str, Any]] = {
    "before": {"two_officers": "no", "can_settle": "The windows, the police, and when we speak next."},
    "who": {
        "present": ["child"],
        "can_hear": "no",
        "safe_now": "yes",
        "child_understands": "no",
        "words_read": "yes",
    },
    "happened": {
        "words": "He hit me on the stairs on Tuesday. On Friday night my windows were smashed.",
        "known_right": "yes",
        "happened_when": "Tuesday, and then Friday night",
        "happened_where": "On the stairs, and here",
        "police_told": "yes",
        "crime_number": "EX/1093/20",
        "anything_to_show": "yes",
        "behaviours": ["violence", "vandalism", "threats"],
        "threat_to_hurt": "yes",
        "serious": ["assault", "home_damaged"],
        "now_danger": "no",
        "now_told": "Rosalind Hughes, on the telephone at 10:20.",
        "now_tonight": "The window is boarded today, and her sister stays with them.",
    },
    "affects": {
        "effects": ["sleep", "afraid_out", "children", "health"],
        "effect_words": "We all sleep in one room. I am scared he will come to the door again.",
        "home_secure": "no",
        "children": 2,
        "children_how": "They do not want to go to school on their own.",
        "support_now": "My sister",
        "easier": ["language", "notice"],
        "language": "Bengali",
        "interpreter_needed": "no",
        "needs.needs_situation": ["children", "alone"],
        "needs.needs_incident": ["victim_before"],
    },
    "safe": {
        "hate_reason": "not_sure",
        "hate_officer": "no",
        "abuse": "no",
        "abuse_concern": "no",
        "self_harm": "no",
        "safe_tonight": "yes",
        "safer_words": "A window that closes, and someone I can ring.",
        "risk.q1": "most_weeks",
        "risk.q2": "yes",
        "risk.q3": "yes",
        "risk.q4": "well",
        "risk.q5": "now",
        "risk.q7": "family",
        "risk.q8": "no",
        "risk.q9": "yes",
        "risk.q10": "a_lot",
        "risk.q12": "none",
        "risk.q13": "some",
        "risk.q14": "family",
    },
    "wants": {
        "want": "I want to feel safe at home, and my windows mended.",
        "want_not": "Anyone in the block being told that I rang you.",
        "may_speak": "not_yet",
        "may_know": "no",
        "must_not_say": "That I have spoken to you.",
        "feel_safe": "If you ring me first, and it is on a day my sister is here.",
        "perm_police": "yes",
        "perm_support": "yes",
        "perm_council": "ask_first",
        "contact_method": "telephone",
        "contact_times": "After ten in the morning",
        "contact_often": "weekly",
        "contact_do_not": ["knock"],
        "if_someone_answers": "Say it is about the repair",
        "safe_way": "Give it to me in my hand. I keep it with my papers.",
    },
}
ON_THE_PLAN = (
    *("make_secure", "repair", "support_offer", "children_support", "ask_police", "look_evidence", "other_agree"),
    *("keep_things", "police_update"),
)
"""Suggestions taken for the demo's plan: as many as one sheet holds."""


def begin_the_visit(desk: Desk) -> VisitPath:
    """The practice case's visit, begun and not yet answered."""
    if not desk.read(practice_case, FIRST):
        load_practice_desk(desk)
    return VisitPath.start(desk, desk.read(practice_case, FIRST))


def live_the_visit(desk: Desk, *, layout: str = "", language: str = "") -> SealedPlan:
    """The visit that should have happened: heard, assessed with the children in mind, planned, signed, sealed, left."""
    path = begin_the_visit(desk)
    _pass(desk, 5)
    path.going_in(told="Rosalind Hughes", how="telephone", back_by=_in_an_hour(desk))
    for step in ANSWERS:
        answer_step(path, step)
        path.finish(step)
        _pass(desk, 6)
    plan_it(path, layout or "standard", language or "en")
    path.finish("plan")
    path.answer("sign", "own_words", "You board the window today, ring me tomorrow, and tell nobody it was me.")
    made = path.sign(signing(path))
    path.copy_given("left")
    _pass(desk, 4)
    path.out_safe()
    return made


def answer_step(path: VisitPath, step: str) -> None:
    """Answer one step as the practice resident did; questions the room does not allow are left."""
    for question, value in ANSWERS.get(step, {}).items():
        if any(asked.question.id == question for asked in path.step(step).questions):
            path.answer(step, question, value)
            path.go(step, question)
    if step == "happened":
        path.add_evidence(footage(), name="footage-from-her-phone.mp4", note="A man at the window, Friday night")
        path.add_evidence(picture(), name="kitchen-window.png", note="The broken window from inside")


def plan_it(path: VisitPath, layout: str = "standard", language: str = "en") -> PlanDraft:
    """The plan of the practice visit, from what the desk suggests."""
    own = IN_OWN_WORDS.get(language, ())
    draft = dataclasses.replace(path.plan, layout=layout, language=language, own=own)
    steps: dict[str, list[PlanStep]] = {"landlord": [], "resident": [], "agency": []}
    for s in path.suggestions():
        if s.code in ON_THE_PLAN:
            until = "" if s.by else "when it happens" if s.code == "keep_things" else "at any time"
            steps[s.owner].append(PlanStep(s.what, s.who, s.by, until, s.help, s.code, s.about_other, s.kind))
    promise, why = "We cannot promise what a court will decide", "Only a judge can. We will tell you what we ask for."
    path.set_plan(
        dataclasses.replace(
            draft,
            told_us=("I was hit on the stairs. A few days later my windows were smashed.",),
            ours=(*draft.ours, *steps["landlord"]),
            yours=(*draft.yours, *steps["resident"]),
            others=(*draft.others, *steps["agency"]),
            cannot=(PlanStep(promise, help=why),),
            help=("We can talk with you about moving home.",),
            contact_time="10:30",
        )
    )
    return path.plan


def signing(path: VisitPath) -> Signing:
    """Both signatures, drawn by script."""
    at = instant(path.desk.clock.now())
    officer = path.desk.landlord.officer
    inks = (Ink("resident", path.resident, at, written(7)), Ink("officer", officer, at, written(11)))
    return Signing("signed", name=path.resident, inks=inks)


def written(seed: int) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Strokes that look written by hand, the same for the same seed; 0 to 10000 wide, y downwards."""

    def point(i: int) -> tuple[int, int]:
        t = i / 60
        x = 600 + 8200 * t + 420 * math.sin(t * seed * 4.1)
        y = 1700 + 900 * math.sin(t * seed * 5.3) * (1 - t / 2) + 260 * math.cos(t * seed * 2.2)
        return round(x), round(y)

    name = tuple(point(i) for i in range(61))
    return name, tuple((900 + 130 * i, 2900 - 6 * i) for i in range(60))


def picture() -> bytes:
    """A small real PNG: a dark pane with a bright star of cracks."""
    side = 96
    rows = b"".join(
        b"\0" + bytes(min(255, 30 + (220 if (x - y) * (x + y - side) in range(-90, 90) else 0)) for x in range(side))
        for y in range(side)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def footage() -> bytes:
    """Bytes that begin as a telephone's film does; nothing can be seen in it."""
    return b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(n * 37 % 251 for n in range(60_000))


def fill_numbers(desk: Desk) -> None:
    """The numbers to have before the first visit, with telephone numbers that nobody has."""
    for key, number in PRACTICE_NUMBERS.items():
        desk.do(set_number, key, number, night=number if NUMBERS[key][1] else "")


def _pass(desk: Desk, minutes: float) -> None:
    """Let time pass where the clock is one that can be moved (a demo's, a test's)."""
    if isinstance(desk.clock, SetClock):
        desk.clock.pass_time(minutes=minutes)


def _in_an_hour(desk: Desk) -> str:
    from asbdesk.clock import london_time

    out = london_time(instant(desk.clock.now() + dt.timedelta(hours=1)))
    return f"{out:%H:%M}" if out.hour else "23:59"
