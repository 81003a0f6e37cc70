"""The kit on paper: every head-office laptop is lost, and a new one has everything again."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.model import Case, Member
from asbdesk.store.recovery_code import new_recovery_code
from asbdesk.sync import founding, kit, kit_opened, revocation
from tests import builders as b
from tests.sync.laptops import empty, join, organisation, rounds


def test_the_paper_brings_everything_back(tmp_path: Path, desk_clock: SetClock) -> None:
    with organisation(tmp_path, desk_clock) as (office, ben, cat):
        case, _, _ = ben.do(b.open_whole_case)
        rounds(office, ben, cat)
        code = founding.kit_code(office.store)
        founding.kit_is_put_away(office.store, code[-5:])
        assert founding.kit_code(office.store) == ""
        with pytest.raises(UserError, match="put away"):
            founding.kit_sheet(office.store)
        new = empty(tmp_path / "new", desk_clock)
        with pytest.raises(UserError, match="another organisation"):
            kit_opened.open_kit(new.store, new_recovery_code(), str(tmp_path / "shared"), "Dee Office")
        done = kit_opened.open_kit(new.store, code.lower(), str(tmp_path / "shared"), "Dee Office")
        assert done.trouble is None
        assert new.column(sa.select(Case.id)) == [case]
        assert new.texts(f"case/{case}") == office.texts(f"case/{case}")
        revocation.revoke(new.store, office.device, "stolen")
        eli = empty(tmp_path / "eli", desk_clock)
        join(new, eli, "Eli Officer")
        rounds(new, ben, eli)
        assert {"Dee Office", "Eli Officer"} <= set(ben.column(sa.select(Member.name)))
        for laptop in (new, eli, ben):
            b.assert_whole(laptop.store)
        for laptop in (new, eli):
            laptop.store.close()


def test_a_desk_that_is_not_empty_opens_no_kit(tmp_path: Path, desk_clock: SetClock) -> None:
    with organisation(tmp_path, desk_clock) as (office, ben, _):
        code = founding.kit_code(office.store)
        with pytest.raises(UserError, match="cannot join as it is"):
            kit_opened.open_kit(ben.store, code, str(tmp_path / "shared"), "Ben")
        with pytest.raises(UserError, match="last group"):
            founding.kit_is_put_away(office.store, "AAAAA")
        assert founding.kit_code(office.store) == code


def test_the_same_code_makes_the_same_keys() -> None:
    made = kit.new()
    assert kit.of(made.code.replace("-", " ").lower())[1:] == made[1:]
    assert len(made.org) == 32 and kit.new().org != made.org
