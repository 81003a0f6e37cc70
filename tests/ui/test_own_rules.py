"""The landlord's own timescales and lists: changed on screen or from a file, and in force at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from asbdesk.casework.agencies import our_agencies
from asbdesk.casework.lists import list_of
from asbdesk.casework.parts.choices import agencies
from asbdesk.casework.timescales import closing_days, timescales
from asbdesk.errors import UserError
from asbdesk.ui.screens.agencies import open_agencies
from asbdesk.ui.screens.own_lists import ListsPage, code_for, open_lists
from asbdesk.ui.screens.timescales import TimescalesPage, open_timescales
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.fields import Field
from asbdesk.ui.widgets.text import Heading
from tests.ui.conftest import Opened

NAME = "first_contact.medium_wd"


def ours(opened: Opened) -> int:
    assert opened.window.frame is not None
    desk = opened.window.frame.desk
    return next(x.ours for x in desk.read(timescales, desk.today) if x.name == NAME)


def page_of(opened: Opened) -> TimescalesPage:
    assert opened.window.frame is not None
    return open_timescales(opened.window.frame)


def test_a_number_changed_here_holds_from_its_day(opened: Opened) -> None:
    page = page_of(opened)
    assert ours(opened) == 3
    page.search.setText("speak person medium")
    page._changed(NAME, "2")
    page.reason.setText("The board")
    page.put_in_force()
    assert ours(opened) == 2
    assert any(h.text().startswith("Version 1, in force from") for h in page_of(opened).findChildren(Heading))


def test_nothing_changed_is_said_and_a_word_is_no_number(opened: Opened) -> None:
    page = page_of(opened)
    with pytest.raises(UserError, match="Nothing is changed"):
        page.put_in_force()
    page._changed(NAME, "soon")
    assert not page.changed
    page._changed(NAME, "2")
    page.begins.setText("whenever")
    with pytest.raises(UserError, match="3 November"):
        page.put_in_force()


def test_a_file_is_read_looked_at_and_adopted_and_a_bad_one_is_refused(opened: Opened, tmp_path: Path) -> None:
    page = page_of(opened)
    good = tmp_path / "ours.yaml"
    good.write_text(f'begins: 2026-11-23\n{NAME}: 1\nworking_days:\n  closed: ["2026-12-24"]\n', encoding="utf-8")
    bad = tmp_path / "bad.yaml"
    bad.write_text("first_contact.medum_wd: 1\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"bad.yaml.*Did you mean"):
        page.read(bad)
    page.read(good)
    page.put_in_force()
    assert ours(opened) == 1
    assert opened.window.frame is not None
    assert opened.window.frame.desk.read(closing_days)["closed"] == ("2026-12-24",)


def test_a_list_is_worded_added_to_and_shortened(opened: Opened) -> None:
    frame = opened.window.frame
    assert frame is not None
    page = open_lists(frame)
    assert isinstance(page, ListsPage)
    page.which.setCurrentIndex(page.which.findData("agency"))
    page.draw()
    page.new.setText("Exampleton Wardens")
    page.add()
    off = next(b for b in page.findChildren(Button) if b.accessibleName() == "Offer it no more: Fire service")
    off.click()
    found = frame.desk.read(list_of, "agency")
    assert found["exampleton_wardens"] == "Exampleton Wardens" and "fire" not in found
    next(b for b in page.findChildren(Button) if b.accessibleName() == "Offer it again: Fire service").click()
    assert "fire" in frame.desk.read(list_of, "agency")


def test_codes_are_plain_and_never_used_twice() -> None:
    assert code_for("Żabka & Sons", set()) == "abka_sons"
    assert code_for("Police", {"police"}) == "police_2"
    assert code_for("警察", set()) == "own"


# ---- agencies
def test_an_agency_is_added_its_number_changed_and_it_is_worked_with_no_more(opened: Opened) -> None:
    assert opened.window.frame is not None
    desk = opened.window.frame.desk
    page = open_agencies(opened.window.frame)
    with pytest.raises(UserError, match="Write the name"):
        page.add()
    page.new.setText("Exampleton Police")
    page.sort.setCurrentIndex(page.sort.findData("police"))
    page.add()
    number = next(f for f in page.findChildren(Field) if f.accessibleName() == "Exampleton Police: Telephone")
    number.insert("101")
    number.flush()
    (line,) = desk.read(our_agencies)
    assert (line.sort, line.reach) == ("police", "101")
    page._turn(line)
    assert desk.read(our_agencies)[0].ended and "Exampleton Police" not in dict(desk.read(agencies))
    page.new.setText("exampleton police ")
    page.add()
    (again,) = desk.read(our_agencies)
    assert (again.id, again.ended, again.number) == (line.id, "", "101")
    opened.window.frame.close_over()
