"""How often a person chose to hear from us: never too slow, a manager at a high level, asked again on its day."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from asbdesk.casework import contacts, pace, people, risk
from asbdesk.casework.cases import case_page
from asbdesk.casework.contacts import OFTEN, Agreement
from asbdesk.casework.desk import Desk
from asbdesk.casework.visit import VisitPath
from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.model import ContactAgreement, Person
from tests.casework.walk import walk_to_plan


def resident(desk: Desk, case: str) -> str:
    return str(desk.read(lambda s: (people.reporter_of(s, case) or Person(id="")).id))


def kept(desk: Desk) -> list[tuple[Any, ...]]:
    which = sa.select(ContactAgreement).order_by(ContactAgreement.id)
    return desk.read(lambda s: [(a.days, a.review_on, a.agreed_by, a.safe) for a in s.scalars(which)])


def steps(desk: Desk, case: str) -> list[str]:
    return [d.title for d in desk.read(case_page, case, desk.today).due if d.title.startswith("A manager says")]


def test_nobody_chooses_to_be_left_for_longer_than_four_weeks(desk: Desk, case: str) -> None:
    with pytest.raises(UserError, match="longer than 28 days"):
        desk.do(contacts.agree_contact, case, resident(desk, case), Agreement(days="35"))
    with pytest.raises(UserError, match="Ask again by Monday 21 December"):
        desk.do(contacts.agree_contact, case, resident(desk, case), Agreement(days="0", review_on="2026-12-22"))


def test_only_if_something_happens_has_a_day_on_which_it_is_asked_again(
    desk: Desk, case: str, desk_clock: SetClock
) -> None:
    words, days = OFTEN["only_news"]
    who = resident(desk, case)
    desk.do(contacts.record_safe_way, case, who, "Ring after six")
    desk.do(contacts.agree_contact, case, who, Agreement(how_often=words, days=days))
    assert kept(desk)[-1] == ("0", "2026-12-21", None, "Ring after six")
    desk_clock.put("2026-12-18T09:00:00.000Z")
    desk.do(contacts.agree_contact, case, who, Agreement(how_often=words, days=days))
    assert [k[1] for k in kept(desk)][-2:] == ["2026-12-21", "2027-01-15"], "what stood before stands as it was"


def test_a_slow_pace_at_a_high_level_waits_for_a_manager(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    walk_to_plan(path)
    path.out_safe()
    who = resident(desk, case)
    assert desk.read(risk.level_of, case, who) == "high"
    words, days = OFTEN["monthly"]
    desk.do(contacts.agree_contact, case, who, Agreement(how_often=words, days=days))
    assert steps(desk, case) == ["A manager says whether we may speak every four weeks: the risk is high"]
    before = [d.due_on for d in desk.read(case_page, case, desk.today).due if d.code == "regular_update"]
    with pytest.raises(UserError, match="which manager"):
        desk.do(pace.agree, case, " ")
    desk.do(pace.agree, case, "Rosalind Hughes", why="She asked twice")
    assert steps(desk, case) == [] and kept(desk)[-1][2] == "Rosalind Hughes"
    after = [d.due_on for d in desk.read(case_page, case, desk.today).due if d.code == "regular_update"]
    assert after > before


def test_a_weekly_pace_needs_no_manager_and_a_no_keeps_the_levels_own(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    walk_to_plan(path)
    path.out_safe()
    who = resident(desk, case)
    desk.do(contacts.agree_contact, case, who, Agreement(how_often="every week", days="7"))
    assert steps(desk, case) == []
    desk.do(contacts.agree_contact, case, who, Agreement(how_often="every two weeks", days="14"))
    desk.do(pace.agree, case, "Rosalind Hughes", yes=False)
    assert steps(desk, case) == [] and kept(desk)[-1][2] is None
