"""One look at the store: what is read twice is read once, until something is written."""

from __future__ import annotations

from typing import Any

import pytest

from asbdesk.casework.cases import list_cases
from asbdesk.casework.desk import Desk
from asbdesk.casework.promises import promise


def test_what_is_read_twice_in_one_look_is_read_once(desk: Desk, case: str) -> None:
    asked: list[tuple[Any, ...]] = []

    def read(_: object, *args: Any) -> int:
        asked.append(args)
        return len(asked)

    with desk.one_look():
        assert [desk.read(read, "a"), desk.read(read, "a"), desk.read(read, "b")] == [1, 1, 2]
        with desk.one_look():  # within another: the same look
            assert desk.read(read, "a") == 1
        desk.do(promise, case, "Ring about the door", by="2026-12-01")
        assert desk.read(read, "a") == 3
        assert desk.read(read, ["a list", "cannot be kept"]) == 4
        assert desk.read(read, ["a list", "cannot be kept"]) == 5
    assert desk.read(read, "a") == 6


def test_a_look_that_broke_off_is_over(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError), desk.one_look():
        desk.read(list_cases)
        raise ZeroDivisionError
    first = desk.read(list_cases)
    assert desk.read(list_cases) is not first


def test_a_case_is_worked_out_for_nothing(desk: Desk, case: str) -> None:
    before = desk.ask(list_cases).as_of
    desk.prepare(case)
    assert desk.ask(list_cases).as_of == before
