"""The landlord's registers: policies and their versions, training, reviews (FEATURES.md C23, G11, H12, H14, R20)."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from asbdesk.casework.casefile import chapters
from asbdesk.casework.casefile.reading import Reading
from asbdesk.casework.desk import Desk
from asbdesk.casework.exceptions import exceptions
from asbdesk.casework.oversight import lists
from asbdesk.casework.registers import NAMES, Entry, in_force, late, register, registers, take_off, write
from asbdesk.documents.words import words
from asbdesk.errors import UserError
from asbdesk.forms.load import one_form
from asbdesk.paths import resources

HELD = {"number": "4", "since": "2025-01-01", "agreed": "The board", "again": "2027-01-01"}
ASB = {"what": "asb", "risk_named": "yes", **HELD}
TRAINED = {"what": "trauma", "who": "Dami Okafor", "by": "Victim Support"}


def kept(desk: Desk, name: str, answers: dict[str, Any], follows: str = "") -> Entry:
    """Write a line; it as it stands."""
    id = str(desk.do(write, one_form(name), answers, follows=follows).value)
    return next(e for e in desk.read(register, name, desk.today).entries if e.id == id)


def test_every_register_has_its_form_and_every_form_its_register() -> None:
    assert sorted(NAMES) == sorted(file.stem for file in (resources() / "forms" / "registers").glob("*.yaml"))
    assert all({"again"} <= set(one_form(name).by_id) for name in NAMES)


def test_a_policy_has_its_version_and_a_later_one_takes_its_place(desk: Desk) -> None:
    first = kept(desk, "policies", {**ASB, "doable": "yes"})
    assert first.title == "Anti-social behaviour, version 4"
    assert "Since Wednesday 1 January 2025" in first.lines and "Who agreed it? The board" in first.lines
    second = kept(desk, "policies", {**ASB, "number": "5", "since": "2026-06-01", "doable": "not_checked"}, first.id)
    (shown,) = desk.read(register, "policies", desk.today).entries
    assert shown == second
    for since, until, held in (
        ("2025-03-01", "2025-04-01", [first]),
        ("2026-01-01", "2026-07-01", [first, second]),
        ("2026-06-02", "2026-07-01", [second]),
        ("2024-01-01", "2024-02-01", []),
    ):
        assert [e.id for e in desk.read(in_force, since, until)] == [e.id for e in held]


def test_a_case_file_says_which_versions_held(desk: Desk, case: str) -> None:
    gone = kept(desk, "policies", {**ASB, "number": "3", "since": "2020-01-01", "doable": "yes"})
    kept(desk, "policies", {**ASB, "doable": "yes", "where": "On our website"}, gone.id)

    def read(session: Session) -> list[tuple[str, ...]]:
        found = chapters.policy(Reading(session, case, desk.today, words("case_file")))
        return [line.cells for line in found.tables[0].lines]

    held = ("Anti-social behaviour, version 4", "Wednesday 1 January 2025", "The board, On our website")
    assert desk.read(read) == [held]


def test_what_the_policies_lack(desk: Desk) -> None:
    (none,) = desk.read(register, "policies", desk.today).gaps
    assert none.startswith("No policy is written down here on anti-social behaviour, hate incidents, domestic abuse")
    kept(desk, "policies", {**ASB, "doable": "not_checked"})
    kept(desk, "policies", {**ASB, "what": "hate", "doable": "no", "gap": "Nobody is trained", "again": "2026-11-01"})
    left, *gaps = desk.read(register, "policies", desk.today).gaps
    assert "anti-social" not in left and sorted(gaps) == [
        "Anti-social behaviour, version 4: nobody has checked that it can be done with the people we have.",
        "Hate incidents, version 4: Nobody is trained.",
        "Hate incidents, version 4: it was to be looked at again by Sunday 1 November 2026.",
    ]


def test_what_is_past_its_day_stands_with_the_manager(desk: Desk) -> None:
    assert desk.read(late, desk.today) == 0
    gone = kept(desk, "training", {**TRAINED, "again": "2026-11-01"})
    assert gone.late and desk.read(late, desk.today) == 1
    assert "1 record of our own to look at again" in desk.read(exceptions, desk.today)
    (listed,) = [each for each in desk.read(lists, desk.today) if "Our own records" in each.title]
    assert listed.lines[0].title == "Talking with people who have lived through trauma"
    kept(desk, "training", TRAINED, gone.id)
    assert desk.read(late, desk.today) == 0
    desk.do(take_off, kept(desk, "training", {**TRAINED, "again": "2026-11-01"}).id, "Written twice")
    assert desk.read(late, desk.today) == 0 and len(desk.read(register, "training", desk.today).entries) == 1


def test_what_must_be_answered_is(desk: Desk) -> None:
    for name in NAMES:
        with pytest.raises(UserError, match="still needed"):
            desk.do(write, one_form(name), {})
    assert all(not each.entries for each in desk.read(registers, desk.today))
