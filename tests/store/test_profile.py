"""The landlord's own timescales: from a day on, over the shipped ones; a number that cannot stand is passed over."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from asbdesk.model import PolicyProfile, Report, new_id
from asbdesk.model import journal as t
from asbdesk.store.journal import Work, action
from asbdesk.store.profile import profile
from asbdesk.store.vault import Store
from tests import builders as b


@action("policy.adopted")
def adopt(work: Work, begins: str, numbers: dict[str, Any]) -> None:
    work.add(PolicyProfile(id=new_id(), file="landlord/one", version="2", begins=begins, numbers=numbers))


@action("policy.adopted")
def close_on(work: Work, begins: str, days: dict[str, Any]) -> None:
    work.add(PolicyProfile(id=new_id(), file="landlord/one", version="3", begins=begins, working_days=days))


def due(store: Store, case: str) -> dict[str, str]:
    with store.reader.connect() as conn:
        return {row.code: row.due_on for row in conn.execute(sa.select(t.due).where(t.due.c.case == case))}


def test_a_profile_holds_from_its_day_and_every_case_is_worked_out_again(store: Store) -> None:
    case, person, _ = store.do(b.open_whole_case).value

    @action("tests.reported")
    def tell(work: Work, received: str) -> None:
        work.add(Report(id=new_id(), file=f"case/{case}", by=person, received=received, behaviours=["noise"]))

    store.do(tell, "2026-11-18T10:00:00.000Z")
    assert due(store, case)["first_contact"] == "2026-11-23"
    store.do(adopt, "2026-12-01", {"first_contact.medium_wd": 1, "no_such.wd": 3, "action_plan.medium_wd": "soon"})
    store.journal.catch_up()
    assert due(store, case)["first_contact"] == "2026-11-23", "it arose before"
    store.do(adopt, "2026-11-01", {"first_contact.medium_wd": 2})
    store.journal.catch_up()
    assert due(store, case)["first_contact"] == "2026-11-20"
    with store.reader.connect() as conn:
        found = profile(conn)
    assert [found.number("first_contact.medium_wd", d) for d in ("2026-10-31", "2026-11-01", "2026-12-01")] == [3, 2, 1]
    assert found.number("action_plan.medium_wd") == 5


def test_the_landlords_own_closing_days_are_on_record_and_hold_from_their_day(store: Store) -> None:
    case, person, _ = store.do(b.open_whole_case).value

    @action("tests.reported")
    def tell(work: Work, received: str) -> None:
        work.add(Report(id=new_id(), file=f"case/{case}", by=person, received=received, behaviours=["noise"]))

    store.do(tell, "2026-11-18T10:00:00.000Z")
    store.do(close_on, "2026-11-20", {"closed": ["2026-11-19", "2026-11-20"], "added": ["2026-11-23"]})
    store.journal.catch_up()
    assert due(store, case)["first_contact"] == "2026-11-25", "the 19th lies before the day it begins"
    store.do(close_on, "2026-11-24", {"closed": ["2026-12-24"], "removed": ["2026-12-25"]})
    store.do(close_on, "2026-11-25", {"closed": "soon"})
    with store.reader.connect() as conn:
        days = profile(conn).days
    assert [days.on_or_after(d) for d in ("2026-11-20", "2026-12-24", "2026-12-25")] == [
        "2026-11-24",
        "2026-12-25",
        "2026-12-25",
    ]
