"""Sealed papers wait for a time stamp, are raised one by one by whom the landlord named, and the original stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from asbdesk.casework import raising, seals
from asbdesk.casework.cases import list_cases
from asbdesk.casework.chronology import chronology
from asbdesk.casework.desk import Desk
from asbdesk.casework.identity import AUTHORITY_KEY
from asbdesk.casework.plan_papers import current_plan
from asbdesk.casework.plans import sealed_of
from asbdesk.casework.raising import Raised, look_at, name_time_authority, raise_due, time_authority
from asbdesk.documents.authority import Identity, fingerprint, issue
from asbdesk.documents.verify import verify
from asbdesk.errors import UserError
from asbdesk.model import PlanVersion
from asbdesk.sync import keys
from asbdesk.sync.seal_care import keep_trust_file
from tests.documents.time_authority import TimeAuthority
from tests.documents.time_authority import time_authority as listening
from tests.sealed_plans import sealed_plan

pytestmark = pytest.mark.needs("openssl")


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TimeAuthority]:
    with listening(tmp_path_factory.mktemp("tsa")) as here:
        yield here


@pytest.fixture
def named(desk: Desk, clock: TimeAuthority) -> Desk:
    """A desk whose landlord has named the authority."""
    found = look_at(clock.address)
    desk.do(name_time_authority, clock.address, found.root.decode())
    return desk


def _waiting(desk: Desk) -> int:
    return len(desk.read(raising.waiting, desk.store.journal.device, desk.clock.now()))


def _pdf(desk: Desk, plan: str, which: int = -1) -> bytes:
    copy = desk.read(seals.copies, f"plan_version/{plan}")[which]
    return desk.files.read(copy.blob, copy.key)


def test_nobody_is_asked_before_the_landlord_names_somebody(desk: Desk, case: str, clock: TimeAuthority) -> None:
    before = clock.answers
    sealed_plan(desk, case)
    assert desk.read(time_authority).address == "" and raise_due(desk) == Raised()
    assert clock.answers == before


def test_each_sealed_paper_is_raised_and_the_original_stays(named: Desk, case: str, clock: TimeAuthority) -> None:
    plans = [sealed_plan(named, case, str(n)) for n in (1, 2)]
    before = [_pdf(named, plan) for plan in plans]
    told: list[tuple[int, int]] = []
    assert _waiting(named) == 2
    assert raise_due(named, lambda done, of: told.append((done, of))) == Raised(2, 0)
    assert told == [(1, 2), (2, 2)] and _waiting(named) == 0
    keep_trust_file(named.store)
    for plan, original in zip(plans, before, strict=True):
        assert _pdf(named, plan, 0) == original and _pdf(named, plan).startswith(original)
        verdict = verify(_pdf(named, plan), named.store.paths.authority.read_bytes())
        assert verdict.passes and [known for _, _, known in verdict.stamps] == [True]
    asked = clock.answers
    assert raise_due(named) == Raised(0, 0) and clock.answers == asked, "nothing more is asked"
    assert current_plan(named, case).pdf == _pdf(named, plans[1]), "what is handed out is the newest"
    assert named.read(sealed_of, plans[0])[0] == "1"  # type: ignore[index]


def test_it_stands_in_the_chronology_and_in_the_journal(named: Desk, case: str) -> None:
    sealed_plan(named, case)
    raise_due(named)
    lines = [line.title for line in named.read(chronology, case)]
    assert "Time stamp on a plan" in lines, lines
    with named.store.reader.connect() as conn:
        from asbdesk.model.journal import body

        texts = [json.loads(text) for text in conn.scalars(body.select().with_only_columns(body.c.text))]
    (entry,) = [each for each in texts if each["do"] == "seal.time_stamped"]
    assert entry["file"] == f"case/{case}"


def test_away_is_tried_again_and_costs_nothing(named: Desk, case: str, clock: TimeAuthority) -> None:
    sealed_plan(named, case)
    clock.broken = (503, b"")
    try:
        done = raise_due(named)
        assert (done.done, done.waiting, done.away) == (0, 1, True) and "503" in done.trouble
        assert _waiting(named) == 1
    finally:
        clock.broken = None
    assert raise_due(named) == Raised(1, 0)


def test_one_that_cannot_be_raised_does_not_hold_up_the_others(named: Desk, case: str) -> None:
    from tests.sealed_plans import _agreed

    named.do(_agreed, case, "1", named.files.keep(b"%PDF-1.7 broken"))
    good = sealed_plan(named, case, "2")
    done = raise_due(named)
    assert (done.done, done.waiting) == (1, 1) and "damaged" in done.trouble
    assert len(named.read(seals.copies, f"plan_version/{good}")) == 2
    assert raise_due(named).waiting == 1, "it goes on being said"


def test_another_authority_at_the_same_address_is_not_taken(named: Desk, case: str, tmp_path: Path) -> None:
    sealed_plan(named, case)
    with listening(tmp_path / "other", "Somebody Else") as other:
        named.do(name_time_authority, other.address, named.read(raising._named)[1])
        done = raise_due(named)
    assert (done.done, done.waiting) == (0, 1) and "Another time-stamp authority answered" in done.trouble


def test_it_can_be_stopped_between_two(named: Desk, case: str) -> None:
    for n in (1, 2, 3):
        sealed_plan(named, case, str(n))
    done: list[int] = []
    raised = raise_due(named, lambda n, of: done.append(n), lambda: bool(done))
    assert (raised.done, raised.waiting) == (1, 2) and _waiting(named) == 2


def test_what_others_sealed_is_left_to_them_for_two_weeks(named: Desk, case: str) -> None:
    sealed_plan(named, case)
    now = named.clock.now()
    assert len(named.read(raising.waiting, "another laptop", now)) == 0
    assert len(named.read(raising.waiting, "another laptop", now + 2 * raising.OTHERS_AFTER)) == 1


def test_the_landlord_says_whom_to_ask_and_can_stop(named: Desk, clock: TimeAuthority) -> None:
    found = named.read(time_authority)
    assert (found.address, found.name) == (clock.address, "Local Time Root")
    assert found.mark == fingerprint(clock.root)
    named.do(name_time_authority, "", "")
    assert named.read(time_authority).address == ""
    with pytest.raises(UserError, match="beginning with https"):
        look_at("timestamp.example")


# ---- a second officer
def _second(desk: Desk) -> Identity:
    with desk.store.reader.connect() as conn:
        key = keys.secret(conn, AUTHORITY_KEY)
    authority = Identity(desk.store.paths.authority.read_bytes(), key or b"")
    return issue(authority, "Rosalind Hughes", "Invented Homes", at="2026-11-23T09:00:00.000Z")


def test_a_second_officer_seals_and_then_it_is_stamped_again(named: Desk, case: str) -> None:
    plan = sealed_plan(named, case)
    raise_due(named)
    both = seals.second_seal(named, plan, _second(named))
    assert both == _pdf(named, plan) and _waiting(named) == 1, "the second seal is not borne out yet"
    assert raise_due(named) == Raised(1, 0)
    verdict = verify(_pdf(named, plan), named.store.paths.authority.read_bytes())
    assert verdict.passes and [name for name, _ in verdict.seals] == ["Dami Okafor", "Rosalind Hughes"]
    assert len(verdict.stamps) == 2 and [c.last for c in named.read(seals.copies, f"plan_version/{plan}")] == [
        "", "time_stamp", "seal", "time_stamp",
    ]  # fmt: skip
    assert "Locked by a second officer: a plan" in [line.title for line in named.read(chronology, case)]


def test_nobody_seals_twice_what_is_theirs_nor_a_third_time(named: Desk, case: str) -> None:
    plan = sealed_plan(named, case)
    with pytest.raises(UserError, match="You locked this plan yourself"):
        seals.second_seal(named, plan)
    seals.second_seal(named, plan, _second(named))
    third = issue(
        Identity(named.store.paths.authority.read_bytes(), _key(named)),
        "Third",
        "Invented Homes",
        at="2026-11-23T09:00:00.000Z",
    )
    with pytest.raises(UserError, match="has one already"):
        seals.second_seal(named, plan, third)
    with pytest.raises(UserError, match="no locked copy yet"):
        seals.second_seal(named, "0" * 32)
    assert PlanVersion.kind in seals.PAPERS


def _key(desk: Desk) -> bytes:
    with desk.store.reader.connect() as conn:
        return keys.secret(conn, AUTHORITY_KEY) or b""


def test_how_a_plan_is_sealed_is_said_and_who_may_follow(named: Desk, case: str) -> None:
    plan = sealed_plan(named, case)
    first = named.read(seals.sealing, plan, "Rosalind Hughes")
    assert first == seals.Sealing("Locked by Dami Okafor", may_follow=True)
    assert not named.read(seals.sealing, plan, "Dami Okafor").may_follow  # type: ignore[union-attr]
    seals.second_seal(named, plan, _second(named))
    raise_due(named)
    both = named.read(seals.sealing, plan, "Somebody Else")
    assert both is not None and both.words.startswith("Locked by Dami Okafor and Rosalind Hughes, time stamp of ")
    assert not both.may_follow and named.read(seals.sealing, "0" * 32, "x") is None


def test_a_check_knows_our_own_copies_and_what_took_their_place(named: Desk, case: str) -> None:
    first = sealed_plan(named, case)
    raise_due(named)
    (reference,) = (line.reference for line in named.read(list_cases).lines)
    for which in (0, -1):
        digest = sha256(_pdf(named, first, which)).hexdigest()
        assert named.read(seals.kept_here, digest) == f"plan 1 of case {reference}"
    sealed_plan(named, case, "2", follows=first)
    said = named.read(seals.kept_here, sha256(_pdf(named, first)).hexdigest())
    assert said == f"plan 1 of case {reference}; plan 2 has taken its place on Monday 23 November"
    assert named.read(seals.kept_here, "0" * 64) == ""
