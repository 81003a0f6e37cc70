"""Who belongs to the organisation: whatever order the statements come in, and whatever two desks decided apart."""

from __future__ import annotations

import random
from typing import Any

import pytest

from asbdesk.store.vault import Store
from asbdesk.sync import names, roster, sealing, statement
from asbdesk.sync.roster import Roster
from asbdesk.sync.statement import ROOT, Statement
from tests.sync.organisation import AT, Organisation, device


@pytest.fixture
def org() -> Organisation:
    return Organisation()


def roles(found: Roster) -> dict[str, str | None]:
    return {d.device[0]: found.role(d.device) for d in found.devices()}


def test_the_first_desk_is_head_office_by_the_roots_word(org: Organisation) -> None:
    found = org.roster()
    assert roles(found) == {"a": "head_office"}
    assert found.recovery == org.recovery.public and found.heads == (org.first.hash,)
    assert found.knows([org.first.hash]) and not found.knows(["0" * 64])


def test_only_head_office_enrols(org: Organisation) -> None:
    officer = org.enrol("a", "b", "officer", [org.first])
    org.enrol("b", "c", "officer", [officer])
    assert roles(org.roster()) == {"a": "head_office", "b": "officer"}


def test_a_statement_counts_once_all_before_it_are_here(org: Organisation) -> None:
    one = org.enrol("a", "b", "officer", [org.first])
    two = org.role("a", "b", "manager", [one])
    assert roles(org.roster(without=[one])) == {"a": "head_office"}
    found = org.roster()
    assert roles(found)["b"] == "manager"
    assert found.role(device("b"), [one.hash]) == "officer", "a role holds from its statement on"
    assert found.role(device("b"), [two.hash]) == "manager" and found.role(device("b"), [org.first.hash]) is None


def test_a_wrong_signature_counts_for_nothing(org: Organisation) -> None:
    org.signs["a"] = sealing.sign_key_of(sealing.new_key())
    org.enrol("a", "b", "officer", [org.first])
    assert roles(org.roster()) == {"a": "head_office"}


def test_nobody_founds_another_organisation_under_the_same_id(org: Organisation) -> None:
    stranger = Organisation()
    stranger.id = org.id
    stranger.say(ROOT, "found", [], root=stranger.root.public.hex(), recovery=stranger.recovery.public.hex())
    org.all += stranger.all
    assert org.roster().recovery == org.recovery.public


def test_of_a_revocation_and_a_grant_made_apart_the_revocation_wins(org: Organisation) -> None:
    second = org.enrol("a", "b", "head_office", [org.first])
    org.enrol("b", "c", "head_office", [second])  # b's laptop enrols somebody …
    org.revoke("a", "b", [second])  # … while b is revoked, which knew nothing of it
    found = org.roster()
    assert roles(found) == {"a": "head_office", "b": None}


def test_what_a_revoked_desk_did_before_still_holds(org: Organisation) -> None:
    second = org.enrol("a", "b", "head_office", [org.first])
    third = org.enrol("b", "c", "officer", [second])
    gone = org.revoke("a", "b", [third])
    org.enrol("b", "d", "officer", [gone])
    assert roles(org.roster()) == {"a": "head_office", "b": None, "c": "officer"}


def test_what_those_did_who_were_enrolled_after_the_revocation_falls_with_it(org: Organisation) -> None:
    second = org.enrol("a", "b", "head_office", [org.first])
    thief = org.enrol("b", "t", "head_office", [second])
    org.revoke("t", "a", [thief])
    org.revoke("a", "b", [second])
    assert roles(org.roster()) == {"a": "head_office", "b": None}


def test_two_desks_revoke_each_other_and_the_one_enrolled_first_stands(org: Organisation) -> None:
    second = org.enrol("a", "b", "head_office", [org.first])
    org.revoke("b", "a", [second])
    org.revoke("a", "b", [second])
    assert roles(org.roster()) == {"a": "head_office", "b": None}
    org.say(ROOT, "revoke", [second], device=device("a"), held=[], why="lost")
    assert roles(org.roster()) == {"a": None, "b": "head_office"}, "the root stands over both"


def test_of_two_roles_given_apart_the_weaker_counts_until_another_is_given(org: Organisation) -> None:
    other = org.enrol("a", "b", "head_office", [org.first])
    third = org.enrol("a", "c", "officer", [other])
    one, two = org.role("a", "c", "manager", [third]), org.role("b", "c", "auditor", [third])
    assert roles(org.roster())["c"] == "auditor"
    org.role("a", "c", "manager", [one, two])
    assert roles(org.roster())["c"] == "manager"


def test_a_revoked_laptops_later_segments_are_reviewed_until_somebody_accepts_them(org: Organisation) -> None:
    second = org.enrol("a", "b", "officer", [org.first])
    held, later = "1" * 64, "2" * 64
    gone = org.revoke("a", "b", [second], held=[held])
    found = org.roster()
    assert not found.under_review(device("b"), held)
    assert found.under_review(device("b"), later)
    assert not found.under_review(device("a"), later)
    assert found.sign_key(device("b")) == org.signs["b"].public, "what it wrote before can still be checked"
    org.say("a", "accept", [gone], device=device("b"), segments=[later])
    assert not org.roster().under_review(device("b"), later)


@pytest.mark.parametrize(
    ("role", "sets", "stands"),
    [
        ("officer", {"report/1": {"words": ["x"]}}, True),
        ("officer", {"policy_profile/1": {"begins": ["2026-12-01"]}}, False),
        ("officer", {"member/member-b": {"number": ["1"]}}, True),
        ("officer", {"member/member-b": {"role": ["manager"]}}, False),
        ("officer", {"member/member-a": {"number": ["1"]}}, False),
        ("officer", {"form_text/1": {"text": ["x"]}}, True),
        ("manager", {"list_word/1": {"words": ["x"]}}, True),
        ("manager", {"register_entry/1": {"register": ["policies"]}}, True),
        ("officer", {"register_entry/1": {"register": ["policies"]}}, False),
        ("officer", {"finished_form/1": {"form": ["went_well"]}}, True),
        ("manager", {"landlord/1": {"name": ["x"]}}, False),
        ("head_office", {"landlord/1": {"name": ["x"]}}, True),
        ("auditor", {}, True),
        ("auditor", {"report/1": {"words": ["x"]}}, False),
        ("hub", {"report/1": {"words": ["x"]}}, False),
    ],
)
def test_what_each_role_may_write(org: Organisation, role: str, sets: dict[str, Any], stands: bool) -> None:
    heads = [org.enrol("a", "b", role, [org.first]).hash]
    body = {"by": "member-b", "set": sets}
    assert (org.roster().judge(device("b"), heads)(body) is None) is stands


def test_nobody_writes_in_another_name_or_before_they_belong(org: Organisation) -> None:
    heads = [org.enrol("a", "b", "officer", [org.first]).hash]
    found = org.roster()
    assert found.judge(device("b"), heads)({"by": "member-a"}) == roster.OTHER_NAME
    assert found.judge(device("b"), [org.first.hash])({"by": "member-b"}) == roster.NOBODY
    assert found.judge(device("z"), heads)({"by": ""}) == roster.NOBODY


def test_letters_are_each_desks_own(org: Organisation) -> None:
    assert org.roster().free_letter() == "B"
    org.enrol("a", "b", "officer", [org.first], letter="B")
    org.enrol("a", "c", "officer", [org.first], letter="B")
    given = sorted(d.letter for d in org.roster().devices())
    assert len(set(given)) == 3, "two desks gave out the same letter: the later is told apart"
    assert roster._letters(25) == "Z" and roster._letters(26) == "AA" and roster._letters(27) == "AB"


@pytest.mark.parametrize("seed", range(40))
def test_any_order_and_any_part_first_comes_to_the_same(org: Organisation, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(25):
        say_something(chance, org)
    expected = seen(org.roster())
    for _ in range(3):
        chance.shuffle(org.all)
        assert seen(org.roster()) == expected
    for head in org.roster().heads:
        assert seen_at(org.roster(), head) == seen_at(Roster(before(org, head), org.id), head)


def say_something(chance: random.Random, org: Organisation) -> None:
    after = chance.sample(org.all[1:], min(len(org.all) - 1, chance.choice([1, 1, 2])))
    if chance.random() < 0.5:
        after = [s for s in org.all if s.hash in org.roster().heads]
    by, whom = chance.choice([ROOT, *org.signs, *org.signs]), chance.choice("abcde")
    dice = chance.random()
    if dice < 0.5:
        org.enrol(by, whom, chance.choice(["head_office", "head_office", "officer", "manager"]), after)
    elif dice < 0.75:
        org.role(by, whom, chance.choice(["officer", "manager", "head_office"]), after)
    else:
        org.revoke(by, whom, after)


def before(org: Organisation, head: str) -> list[Statement]:
    known = {s.hash: s for s in org.all}
    found, look = {}, [head]
    while look:
        s = known[look.pop()]
        found[s.hash] = s
        look += s.prev
    return list(found.values())


def seen(found: Roster) -> Any:
    return found.heads, sorted(map(repr, found.devices())), found.recovery


def seen_at(found: Roster, head: str) -> Any:
    return {name: found.role(device(name), [head]) for name in "abcde"}


# ---- bytes
def test_a_statement_is_read_back_and_anything_else_refused(org: Organisation) -> None:
    good = bytes_of(org.first)
    assert statement.read(good) == org.first
    chance = random.Random(7)
    for _ in range(400):
        bad = bytearray(good)
        for _ in range(chance.randrange(1, 4)):
            bad[chance.randrange(len(bad))] = chance.randrange(256)
        broken = bytes(bad[: chance.randrange(len(bad))]) if chance.random() < 0.3 else bytes(bad)
        try:
            read = statement.read(broken)
        except statement.Misread:
            continue
        assert broken == good or not read.is_signed_by(org.root.public)


def test_what_a_newer_version_says_is_kept_and_says_nothing_here(org: Organisation) -> None:
    newer = org.say("a", "seal_of_approval", [org.first], device=device("a"), new={"deep": [1]})
    after = org.enrol("a", "b", "officer", [newer])
    assert roles(org.roster())["b"] == "officer" and org.roster().heads == (after.hash,)


def bytes_of(s: Statement) -> bytes:
    return statement.MAGIC + len(s.signed).to_bytes(4, "big") + s.signed + s.signature


def test_statements_are_kept_by_their_bytes_and_passed_on(store: Store, org: Organisation) -> None:
    org.enrol("a", "b", "officer", [org.first])
    named = [(names.roster_line(s.n, bytes_of(s)), bytes_of(s)) for s in org.all]
    with store.writer.begin() as conn:
        for name, data in reversed(named):
            assert roster.take(conn, name, data, org.id) is None
            assert roster.take(conn, name, data, org.id) is None, "again is no harm"
        assert roster.take(conn, named[0][0], named[1][1], org.id) == "its name is not its own"
        assert roster.take(conn, *named[0], "0" * 32) == "of another organisation"
        assert roster.take(conn, named[0][0], b"<!DOCTYPE html>", org.id) == "not a statement of the roster"
        assert roster.lines(conn) == named
        assert roles(Roster.load(conn, org.id)) == {"a": "head_office", "b": "officer"}
        said = roster.declare(conn, org.signs["a"].private, device("a"), org.id, "role", AT,
                              device=device("b"), role="manager", team="north")  # fmt: skip
        assert said.prev == (org.all[-1].hash,)
        assert Roster.load(conn, org.id).role(device("b")) == "manager"
