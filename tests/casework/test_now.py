"""What is answered on the screen that told of danger is kept, also where a card stands from before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from asbdesk.casework import now, people, safeguarding
from asbdesk.casework.desk import Desk
from asbdesk.casework.reports import Telling, open_case, record_report
from asbdesk.casework.today import today
from asbdesk.model import Now

AGAIN = Telling(words="He came back with a bat.", behaviours=("violence",), serious=("weapon",))


def reporter(desk: Desk, case: str) -> str:
    return str(desk.read(lambda s: people.reporter_of(s, case)).id)  # type: ignore[union-attr]


def cards(desk: Desk) -> list[tuple[Any, ...]]:
    told = ("raised_by", "danger", "told", "tonight", "next_try")
    which = sa.select(Now).order_by(Now.id)
    return desk.read(
        lambda s: [(*(getattr(card, name) for name in told), bool(card.answered)) for card in s.scalars(which)]
    )


def test_new_answers_join_the_card_that_stands(desk: Desk, case: str) -> None:
    desk.do(now.answer, case, danger="No", next_try="Ring at six", part=True)
    fresh = now.Answers(danger="Yes: 999 rung at 09:10", next_try="Ring at seven")
    desk.do(record_report, case, reporter(desk, case), replace(AGAIN, now=fresh))
    danger = "No. Then: Yes: 999 rung at 09:10"
    assert cards(desk) == [(["assault", "violence", "weapon"], danger, None, None, "Ring at seven", False)]
    assert desk.read(today, desk.member, desk.today).now, "two questions are still open"
    again = now.Answers(danger=fresh.danger, told="Rosalind Hughes, 09:20", tonight="At her sister's")
    desk.do(record_report, case, reporter(desk, case), replace(AGAIN, now=again))
    (card,) = cards(desk)
    assert card[1:4] == (f"{danger}. Then: {fresh.danger}", again.told, again.tonight) and card[5]
    assert not desk.read(today, desk.member, desk.today).now, "all three are answered: card and step end together"


def test_a_report_without_answers_changes_none(desk: Desk, case: str) -> None:
    desk.do(now.answer, case, danger="No", part=True)
    desk.do(record_report, case, reporter(desk, case), AGAIN)
    assert cards(desk) == [(["assault", "violence", "weapon"], "No", None, None, None, False)]


def test_somebody_getting_hurt_next_door_holds_the_letters_from_the_report_on(desk: Desk) -> None:
    told = Telling(words="Shouting and banging below", behaviours=("noise",), getting_hurt="not_sure")
    case = str(desk.do(open_case, people.NewPerson(name="Mr Reed", address="14 Harrow Court"), told).value)
    assert desk.read(safeguarding.owed, case) and desk.read(safeguarding.hold, case)
    other = Telling(words="A party", behaviours=("noise",), getting_hurt="no")
    assert not desk.read(safeguarding.hold, str(desk.do(open_case, people.NewPerson(name="Ms Fox"), other).value))
