"""A desk with cases of its own joins colleagues: its cases come along whole, photographs and sealed papers too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from asbdesk.casework.desk import Desk
from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.exchange.bringing import bring, bring_from
from asbdesk.exchange.export import records_of
from asbdesk.exchange.history import import_history
from asbdesk.model import Case, Evidence, PlanVersion
from asbdesk.model import journal as t
from asbdesk.paths import StorePaths, resources
from asbdesk.store import vault
from asbdesk.sync import place
from asbdesk.sync.exchange import evidence
from tests import builders as b
from tests.conftest import PASSPHRASE
from tests.sealed_plans import sealed_plan
from tests.sync.laptops import Laptop, alone, organisation, rounds

Three = tuple[Laptop, Laptop, Laptop]
PICTURE = b"a canary in a photograph " * 2000


@pytest.fixture
def three(tmp_path: Path, desk_clock: SetClock) -> Iterator[Three]:
    with organisation(tmp_path / "org", desk_clock) as made:
        yield made
        for laptop in made:
            b.assert_whole(laptop.store)


@pytest.fixture
def earlier(tmp_path: Path, desk_clock: SetClock) -> Iterator[Laptop]:
    """A desk of one, with two cases that were lived through, a photograph and a sealed plan, and a practice case."""
    made = alone(tmp_path / "earlier", desk_clock, "Ben Officer")
    desk = Desk(made.store)
    for path in sorted((resources() / "practice").glob("*.json"))[:2]:
        import_history(desk, path)
    made.do(b.open_case, "ASB-2026-A0099", title="For practice", practice=True)
    with made.store.reader.connect() as conn:
        first = conn.scalar(sa.select(Case.id).order_by(Case.reference).limit(1))
    assert first
    made.do(b.take_evidence, first, made.store.files.keep(PICTURE))
    sealed_plan(desk, first)
    yield made
    made.store.close()


def told(laptop: Laptop, own: str) -> dict[str, Any]:
    """Every record of every case that is no practice, by its case, but for what is meant to differ."""
    found = {}
    for case in laptop.column(sa.select(Case.id).where(Case.practice.is_not(True))):
        records = Desk(laptop.store).read(records_of, case)["records"]
        for row in records["case"]:
            row["reference"] = row.pop("imported_from", None) and row["reference"] and ""
        found[case] = json.loads(json.dumps(records).replace(own, "ME"))
    return found


def test_everything_of_its_cases_comes_along(three: Three, earlier: Laptop, desk_clock: SetClock) -> None:
    office, ben, _ = three
    desk_clock.pass_time(days=1)
    before = told(earlier, earlier.member)
    numbers = earlier.column(sa.select(Case.reference).where(Case.practice.is_not(True)))
    done = bring(earlier.store, Desk(ben.store))
    assert set(done.cases) == set(numbers) and done.missing == done.begun == () and done.files == 2
    after = told(ben, ben.member)
    assert after.keys() == before.keys()
    for case, records in before.items():
        assert after[case] == records
    happened = sa.select(t.body.c.text).join(t.entry, t.entry.c.n == t.body.c.n).where(t.entry.c.file.like("case/%"))
    days = [sorted(json.loads(x)["happened"] for x in one.column(happened)) for one in (earlier, ben)]
    assert set(days[0]) <= set(days[1]), "each thing on the day on which it happened"
    assert all(number.startswith("ASB-2026-B") for number in ben.column(sa.select(Case.reference)))
    assert sorted(n for n in ben.column(sa.select(Case.imported_from)) if n) == sorted(numbers)

    rounds(*three)
    for one in (ben, office):
        evidence(one.store, place.open_depot(one.store))
    rounds(ben, office)
    evidence(office.store, place.open_depot(office.store))
    kept = office.store.ask(lambda s: s.scalars(sa.select(Evidence)).one()).value
    assert office.store.files.read(kept.blob or "", kept.key or "") == PICTURE
    paper = office.store.ask(lambda s: s.scalars(sa.select(PlanVersion).where(PlanVersion.sealed.is_not(None))).one())
    office.store.files.verify(paper.value.sealed or "", paper.value.sealed_key or "", paper.value.sealed_sha256)
    for laptop in (ben, office):
        lying = b"".join(path.read_bytes() for path in laptop.store.paths.folder.rglob("*") if path.is_file())
        assert b"a canary in a photograph" not in lying

    again = bring(earlier.store, Desk(ben.store))
    assert again.cases == {} and "here already" in again.words


def test_what_is_not_whole_is_said_and_a_form_half_filled_in_stays(three: Three, earlier: Laptop) -> None:
    ben = three[1]
    first, second = earlier.column(sa.select(Case.id).where(Case.practice.is_not(True)).order_by(Case.reference))
    (blob,) = earlier.column(sa.select(Evidence.blob))
    path = earlier.store.files.path(blob)
    good = path.read_bytes()
    path.write_bytes(good[:-1] + b"x")
    earlier.store.drafts.start(second, "triage", "h")
    done = bring(earlier.store, Desk(ben.store))
    assert len(done.cases) == 1 and done.missing == (blob,) and len(done.begun) == 1
    assert "not whole on the earlier desk" in done.words and done.begun[0] in done.words
    assert ben.column(sa.select(Case.id)) == [first] and not (ben.store.files.folder / blob).exists()
    path.write_bytes(good)
    ben.store.files.take(path)  # as its copy may be brought


def test_it_is_refused_where_it_would_make_no_sense(three: Three, earlier: Laptop, tmp_path: Path) -> None:
    office, ben, _ = three
    with pytest.raises(UserError, match="join your colleagues first"):
        bring(earlier.store, Desk(earlier.store))
    with pytest.raises(UserError, match="come with an exchange"):
        bring(office.store, Desk(ben.store))
    with pytest.raises(UserError, match="no desk here"):
        bring_from(tmp_path / "nothing", PASSPHRASE, Desk(ben.store))
    with pytest.raises(UserError, match="open here"):
        bring_from(ben.store.paths.folder, PASSPHRASE, Desk(ben.store))
    folder = earlier.store.paths.folder
    earlier.store.close()
    with pytest.raises(UserError):
        bring_from(folder, "not that one at all", Desk(ben.store))
    assert len(bring_from(folder, PASSPHRASE, Desk(ben.store)).cases) == 2
    earlier.store = vault.unlock(StorePaths(folder), ben.store.clock, passphrase=PASSPHRASE)
