"""Two and more real stores and one depot: what each wrote is everywhere, once, and what is broken stops nothing."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from asbdesk.errors import UserError
from asbdesk.model import Case
from asbdesk.model import journal as t
from asbdesk.model import sync as q
from asbdesk.store import noted
from asbdesk.store.erase import Order, erase
from asbdesk.sync import exchange, keys, names, publish, segment
from asbdesk.sync.depot import DepotAway, NotTaken, area_of
from tests import builders
from tests.sync.memory_depot import Desk, MemoryDepot, declare, desks, share_keys


@pytest.fixture
def three(blank_store: tuple[Path, str], tmp_path: Path) -> Iterator[list[Desk]]:
    """Head office and two officers."""
    with desks(blank_store[0], tmp_path, "head_office", "officer", "officer") as made:
        yield made
        for desk in made:
            builders.assert_whole(desk.store)


def all_share(*some: Desk) -> None:
    for one in some:
        for other in some:
            share_keys(one, other)


def together(depot: MemoryDepot, *some: Desk, rounds: int = 2) -> None:
    """Everybody exchanges until nothing is new."""
    for _ in range(rounds):
        for desk in some:
            assert desk.exchange(depot).trouble is None
            all_share(*some)
    for desk in some:
        assert desk.exchange(depot).trouble is None


def standing(desk: Desk) -> dict[str, object]:
    with desk.store.reader.connect() as conn:
        return dict(builders.dump(conn, derived=False))


def segments(depot: MemoryDepot, desk: Desk) -> list[str]:
    return sorted(name for name in depot.objects if name.startswith(f"dev/{desk.device}/"))


# ---- the ordinary day
def test_what_one_wrote_the_other_has(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    case = laptop.do(builders.open_case)
    laptop.do(builders.note_contact, case, "She can talk on weekday mornings.")
    done = laptop.exchange(depot)
    assert (done.sent, done.received, done.trouble) == (2, 0, None)
    share_keys(laptop, office)
    done = office.exchange(depot)
    assert (done.received, done.applied, done.refused, done.waiting) == (2, 2, 0, 0)
    assert office.texts() == laptop.texts()
    assert office.count(q.unsent) == laptop.count(q.unsent) == 0


def test_with_nothing_new_nothing_is_listed_fetched_or_sent(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    laptop.do(builders.open_case)
    together(depot, *two)
    depot.calls.clear()
    done = laptop.exchange(depot)
    assert depot.calls == {"marker": 1, "heads": 1}
    assert done == exchange.Exchange()
    before = laptop.count(q.sync_run)
    for _ in range(3):
        laptop.exchange(depot)
    assert laptop.count(q.sync_run) == before


def test_edits_made_apart_meet_and_conflicts_are_counted(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    case = laptop.do(builders.open_case, officer="khan")
    together(depot, *two)
    laptop.do(builders.hand_over, case, "smith")
    office.do(builders.hand_over, case, "jones")
    assert laptop.exchange(depot).conflicts == 0
    assert office.exchange(depot).conflicts == 1
    together(depot, *two)
    assert standing(office) == standing(laptop)
    assert office.count(t.conflict) == 1


def test_no_segment_is_larger_than_it_may_be(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    case = laptop.do(builders.open_case)
    with laptop.store.journal.batch():
        for _ in range(publish.MOST + 10):
            laptop.store.journal.note(f"case/{case}", "viewed")  # the cheapest entry there is
    long = "ä" * (publish.MOST_TEXT // 2)
    for _ in range(3):
        laptop.do(builders.note_contact, case, long)
    laptop.exchange(depot)
    found = [segment.parse(depot.objects[name]) for name in segments(depot, laptop)]
    assert [sum(b.entries for b in one.header.blocks) for one in found] == [publish.MOST, 12, 1, 1]
    share_keys(laptop, office)
    assert office.exchange(depot).applied == publish.MOST + 14


def test_what_was_taken_in_is_acknowledged(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    laptop.do(builders.open_case)
    together(depot, *two)
    last = segment.parse(depot.objects[segments(depot, office)[-1]]).header
    assert last.seen[laptop.device][0] == 1 and last.blocks == ()
    beats = len(segments(depot, laptop))
    laptop.store.clock.pass_time(hours=25)  # type: ignore[attr-defined]
    laptop.exchange(depot)
    assert len(segments(depot, laptop)) == beats, "an officer with nothing taken in says nothing"
    office.do(builders.open_case)
    together(depot, *two)
    assert len(segments(depot, laptop)) == beats + 1
    office.do(builders.open_case)
    together(depot, *two)
    assert len(segments(depot, laptop)) == beats + 1, "one a day"


def test_a_clock_that_was_years_ahead_holds_up_no_acknowledgement(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    clock = laptop.store.clock
    clock.pass_time(days=3650)  # type: ignore[attr-defined]
    laptop.do(builders.open_case)
    together(depot, *two)
    clock.pass_time(days=-3650)  # type: ignore[attr-defined]
    before = len(segments(depot, laptop))
    office.do(builders.open_case)
    together(depot, *two)
    assert len(segments(depot, laptop)) == before + 1
    last = segment.parse(depot.objects[segments(depot, laptop)[-1]]).header
    assert last.blocks == () and last.seen[office.device][0] == len(segments(depot, office))


class Picky(MemoryDepot):
    """Takes no segment of a kind, as a service may that is older than who wrote it."""

    def __init__(self, org: str, objects: dict[str, bytes], device: str, refused: set[str]) -> None:
        super().__init__(org, objects, device)
        self.refused = refused

    def put(self, name: str, data: bytes) -> bytes | None:
        if name in self.refused:
            raise NotTaken("It cannot be read here.")
        return super().put(name, data)


def test_one_object_that_is_not_taken_keeps_no_other_here(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    laptop.do(builders.open_case, title="One")
    together(depot, *two)
    (first,) = (name for name in segments(depot, laptop))
    office.exchange(depot)
    del depot.objects[first]
    picky = Picky(office.org, depot.objects, laptop.device, {first})
    laptop.do(builders.open_case, title="Two")
    done = laptop.exchange(picky)
    assert done.trouble == "It cannot be read here." and done.came_through and not done.away
    assert done.sent == 1 and done.again == 0 and segments(depot, laptop) != []
    picky.refused.clear()
    assert laptop.exchange(picky).again == 1, "it is tried again each time"
    together(depot, *two)
    assert {row["title"] for row in office.rows(Case.__table__)} == {"One", "Two"}  # type: ignore[arg-type]

    laptop.do(builders.open_case, title="Three")
    laptop.do(builders.open_case, title="Four")
    own = Picky(office.org, depot.objects, laptop.device, set())
    own.put = lambda name, data: (_ for _ in ()).throw(NotTaken("Not now."))  # type: ignore[method-assign]
    done = laptop.exchange(own)
    assert (done.sent, done.trouble, done.came_through) == (0, "Not now.", True)
    together(depot, *two)
    assert len(office.rows(Case.__table__)) == 4  # type: ignore[arg-type]


# ---- who may read what
def test_a_block_without_its_key_stays_locked_until_the_key_comes(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    case = office.do(builders.open_case)
    office.do(builders.note_contact, case, "For head office alone")
    office.exchange(depot)
    done = laptop.exchange(depot)
    assert (done.received, done.applied, done.refused) == (2, 0, 0)
    assert [row["state"] for row in laptop.rows(q.block)] == ["locked"]
    office.do(builders.note_contact, case, "later")
    office.exchange(depot)
    laptop.exchange(depot)
    share_keys(office, laptop)
    assert laptop.exchange(depot).applied == 3
    assert {row["state"] for row in laptop.rows(q.block)} == {"taken"}
    assert laptop.count(q.key_fresh) == 0
    assert laptop.texts() == office.texts()


def test_blocks_that_the_depot_kept_back_are_fetched_when_their_key_comes(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    kept_back, given = office.do(builders.open_case, "A"), office.do(builders.open_case, "B")
    office.exchange(depot)
    share_keys(office, laptop, f"case/{given}")
    depot.may_read = {row["key_id"] for row in laptop.rows(q.file_key)}
    assert laptop.exchange(depot).applied == 1
    assert {(row["state"], row["bytes"] is None) for row in laptop.rows(q.block)} == {
        ("taken", False),
        ("locked", True),
    }
    assert laptop.exchange(depot) == exchange.Exchange()
    share_keys(office, laptop, f"case/{kept_back}")
    assert laptop.exchange(depot).applied == 0, "the key is here, the block is not given yet"
    depot.may_read = None
    assert laptop.exchange(depot).applied == 1
    assert laptop.texts() == office.texts()
    found = segment.parse(depot.objects.pop(segments(depot, office)[0]))
    assert laptop.exchange(depot).again == 1, "whole now, so anybody can put it there again"
    assert segment.parse(depot.objects[segments(depot, office)[0]]) == found


def test_what_nobody_else_has_is_looked_after_first(two: list[Desk]) -> None:
    """However many segments there are to be looked after in turn."""
    office, laptop = two
    depot = MemoryDepot(office.org)
    together(depot, *two)
    laptop.do(builders.open_case)
    laptop.exchange(depot)
    (last,) = segments(depot, laptop)
    depot.objects[last] = depot.objects[last][:-1]
    in_turn = {"sync_looked": "2026-11-21\n~"}  # nothing is left of the turn
    laptop.journal.write_local(partial(noted.note, in_turn))
    laptop.store.clock.pass_time(days=1)  # type: ignore[attr-defined]
    mine = Whole(office.org, depot.objects, laptop.device)
    assert laptop.exchange(mine).again == 1
    together(depot, *two)
    assert office.texts() == laptop.texts()


# ---- what a depot does
def test_one_that_is_away_leaves_everything_waiting(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    laptop.do(builders.open_case)
    depot.away = True
    done = laptop.exchange(depot)
    assert done.away and done.trouble
    assert laptop.count(q.unsent) == 1
    assert laptop.rows(q.sync_run)[-1]["trouble"] == done.trouble
    depot.away = False
    assert laptop.exchange(depot).sent == 1


def test_another_organisations_place_is_left_alone(two: list[Desk]) -> None:
    laptop = two[1]
    laptop.do(builders.open_case)
    elsewhere = MemoryDepot("0" * 32)
    done = laptop.exchange(elsewhere)
    assert done.trouble and not done.away and not elsewhere.objects


class Whole(MemoryDepot):
    """Says of an object whether it lies there whole, as a folder does by reading it."""

    def has(self, wanted: Collection[str]) -> set[str]:
        return {name for name in super().has(wanted) if names.hash_in(name) == names.digest(self.objects[name])}


class Breaking(MemoryDepot):
    """Goes away at the `at`-th call of one kind."""

    def __init__(self, org: str, objects: dict[str, bytes], device: str, call: str, at: int) -> None:
        super().__init__(org, objects, device)
        self.call, self.at = call, at

    def _asked(self, call: str) -> None:
        super()._asked(call)
        if call == self.call and self.calls[call] >= self.at:
            raise DepotAway("It went away.")


@pytest.mark.parametrize(("call", "at"), [("heads", 1), ("news", 1), ("get", 1), ("put", 1), ("put", 2)])
def test_one_that_goes_away_in_the_middle_loses_and_repeats_nothing(two: list[Desk], call: str, at: int) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    office.do(builders.open_case)
    with laptop.store.journal.batch():
        case = laptop.do(builders.open_case)
        for _ in range(publish.MOST + 5 if at == 2 else 5):
            laptop.store.journal.note(f"case/{case}", "viewed")
    office.exchange(depot)
    share_keys(office, laptop)
    broken = Breaking(office.org, depot.objects, laptop.device, call, at)
    assert laptop.exchange(broken).away
    together(depot, *two)
    assert office.texts() == laptop.texts()
    assert len({segment.parse(depot.objects[n]).header.seq for n in segments(depot, laptop)}) == len(
        segments(depot, laptop)
    )


def test_what_a_depot_lost_is_put_there_again_by_anybody(three: list[Desk]) -> None:
    office, laptop, other = three
    depot = MemoryDepot(office.org)
    for desk in three:
        desk.do(builders.open_case)
    together(depot, *three)
    before = dict(depot.objects)
    depot.objects.clear()
    done = other.exchange(depot)
    assert done.again == len(before)
    assert depot.objects == before
    kept = {name: before[name] for name in list(before)[:3]}
    depot.objects.clear()
    depot.objects |= kept  # rolled back to an older state
    office.exchange(depot)
    assert depot.objects == before
    for desk in three:
        assert desk.exchange(depot) == exchange.Exchange()
    assert laptop.texts() == office.texts()


@pytest.mark.parametrize(
    "damage", [lambda d: d[:-1], lambda d: b"", lambda d: bytes(len(d)), lambda d: b"<!DOCTYPE html>"]
)
def test_a_copy_that_is_not_whole_is_tried_again(two: list[Desk], damage: object) -> None:
    assert callable(damage)
    office, laptop = two
    depot = MemoryDepot(office.org)
    laptop.do(builders.open_case)
    laptop.exchange(depot)
    share_keys(laptop, office)
    (name,) = segments(depot, laptop)
    whole = depot.objects[name]
    depot.objects[name] = damage(whole)
    done = office.exchange(depot)
    assert (done.applied, done.refused) == (0, 0) and done.waiting >= 1
    assert office.exchange(depot).applied == 0
    depot.objects[name] = whole
    assert office.exchange(depot).applied == 1
    assert office.count(q.object_seen, q.object_seen.c.state == "not_whole") == 0


def test_a_gap_waits_and_closes_by_itself(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    case = laptop.do(builders.open_case)
    for number in range(4):
        laptop.do(builders.note_contact, case, f"note {number}")
        laptop.exchange(depot)
    share_keys(laptop, office)
    first, second, *_ = segments(depot, laptop)
    taken_away = {name: depot.objects.pop(name) for name in (first, second)}
    done = office.exchange(depot)
    assert (done.applied, done.waiting) == (0, 2)
    depot.objects |= {second: taken_away[second]}
    assert office.exchange(depot).applied == 0
    depot.objects |= taken_away
    assert office.exchange(depot).applied == 5
    assert office.texts() == laptop.texts()
    assert {row["state"] for row in office.rows(q.segment)} == {"taken", "placed"}


def test_a_strangers_segments_are_read_when_the_roster_knows_it(three: list[Desk]) -> None:
    office, stranger, other = three
    depot = MemoryDepot(office.org)
    stranger.do(builders.open_case)
    stranger.exchange(depot)
    enrolled = [name for name in depot.objects if f'"device":"{stranger.device}"'.encode() in depot.objects[name]]
    with other.store.writer.begin() as conn:
        conn.execute(q.roster_line.delete().where(q.roster_line.c.name.in_(enrolled)))
    held_back = {name: depot.objects.pop(name) for name in list(depot.objects) if name.startswith("roster/")}
    share_keys(stranger, other)
    done = other.exchange(depot)
    assert (done.applied, done.waiting, done.refused) == (0, 1, 0)
    assert other.exchange(depot).waiting == 0, "noted, and not fetched each time"
    depot.objects |= held_back
    assert other.exchange(depot).applied == 1


def test_another_organisations_segment_is_refused_once(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    laptop.do(builders.open_case)
    laptop.exchange(depot)
    (name,) = segments(depot, laptop)
    one = segment.parse(depot.objects.pop(name))
    words = {word: value for word, value in one.header.raw.items() if word not in ("v", "blocks")}
    with laptop.store.reader.connect() as conn:
        private = keys.secret(conn, keys.SIGN) or b""
    forged = segment.make(words | {"org": "0" * 32}, [], segment.sign_with(private)).data()
    unsigned = segment.make(words, [], segment.sign_with(bytes(32))).data()
    for data in (forged, unsigned, b"no segment at all"):
        depot.objects[names.segment(laptop.device, 1, data)] = data
    assert office.exchange(depot).refused == 3
    assert office.exchange(depot).refused == 0


def test_the_roster_travels_with_the_rest(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    together(depot, *two)
    declare(office, "reader", schema="0001")
    assert laptop.roster().heads != office.roster().heads
    together(depot, *two)
    assert laptop.roster().heads == office.roster().heads
    assert len([n for n in depot.objects if n.startswith("roster/")]) == 4


def test_a_segment_under_a_roster_not_known_yet_waits(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    together(depot, *two)
    declare(office, "reader", schema="0001")
    office.do(builders.open_case)
    office.exchange(depot)
    share_keys(office, laptop)
    newest = max(n for n in depot.objects if n.startswith("roster/"))
    held_back = depot.objects.pop(newest)
    assert laptop.exchange(depot).applied == 0
    assert [row["why"] for row in laptop.rows(q.segment) if row["state"] == "waiting"] == ["roster"]
    depot.objects[newest] = held_back
    assert laptop.exchange(depot).applied == 1


# ---- copies, restores, forks
def test_a_restored_copy_takes_its_own_later_work_back(two: list[Desk], tmp_path: Path) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    case = laptop.do(builders.open_case)
    laptop.exchange(depot)
    laptop.do(builders.note_contact, case, "written before the copy, sent after it")
    kept = {table.name: laptop.rows(table) for table in (q.unsent, q.segment, q.block, q.object_seen, q.area_held)}
    laptop.exchange(depot)
    with laptop.store.writer.begin() as conn:  # the queues as they were in the copy
        for table in (q.unsent, q.segment, q.block, q.object_seen, q.area_held):
            conn.execute(table.delete())
            if kept[table.name]:
                conn.execute(table.insert(), kept[table.name])
    laptop.exchange(depot)
    assert laptop.count(q.unsent) == 0
    assert len(segments(depot, laptop)) == 2
    laptop.do(builders.note_contact, case, "and on from there")
    laptop.exchange(depot)
    assert [segment.parse(depot.objects[n]).header.seq for n in segments(depot, laptop)] == [1, 2, 3]
    share_keys(laptop, office)
    done = office.exchange(depot)
    assert done.forks == 0 and office.texts() == laptop.texts()


def test_a_fork_counts_on_both_sides_and_is_told(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    case = laptop.do(builders.open_case)
    laptop.exchange(depot)
    tables = (q.unsent, q.segment, q.block, q.object_seen, q.area_held)
    kept = {table.name: laptop.rows(table) for table in tables}
    laptop.do(builders.note_contact, case, "one branch")
    laptop.exchange(depot)
    with laptop.store.writer.begin() as conn:
        for table in tables:
            conn.execute(table.delete())
            if kept[table.name]:
                conn.execute(table.insert(), kept[table.name])
    apart = MemoryDepot(office.org, dict(depot.objects))
    for name in segments(depot, laptop)[1:]:
        del apart.objects[name]
    laptop.do(builders.note_contact, case, "the other branch")
    laptop.exchange(apart)
    depot.objects |= apart.objects
    share_keys(laptop, office)
    done = office.exchange(depot)
    assert done.forks == 1
    assert office.texts() == laptop.texts()
    laptop.exchange(depot)
    laptop.do(builders.note_contact, case, "after it")
    laptop.exchange(depot)
    assert office.exchange(depot).applied == 1
    assert office.texts() == laptop.texts()


def test_bytes_committed_before_they_leave_go_out_again_as_they_were(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    laptop.do(builders.open_case)
    broken = Breaking(office.org, depot.objects, laptop.device, "put", 1)
    laptop.exchange(broken)
    (made,) = laptop.rows(q.segment)
    assert made["state"] == "outgoing" and laptop.count(q.unsent) == 0
    case = laptop.do(builders.open_case)
    laptop.do(builders.note_contact, case, "meanwhile")
    laptop.exchange(depot)
    first, second = segments(depot, laptop)
    assert first == made["name"]
    assert segment.parse(depot.objects[second]).header.prev == made["hash"]


# ---- erasure
def test_erased_files_leave_the_queues_and_never_come_back(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    gone, stays = laptop.do(builders.open_case, "A"), laptop.do(builders.open_case, "B")
    together(depot, *two)
    laptop.do(builders.note_contact, gone, "not sent yet")
    for desk in two:
        erase(desk.store, Order("order-1", (f"case/{gone}",)))
    assert laptop.count(q.unsent) == 0
    states = {(row["state"], row["bytes"] is None) for row in laptop.rows(q.block)}
    assert states == {("ours", False), ("erased", True)}
    laptop.do(builders.note_contact, stays, "goes on")
    together(depot, *two)
    for desk in two:
        with desk.store.reader.connect() as conn:
            left = conn.scalars(sa.select(t.body.c.text)).all()
        assert left and not any(gone in text for text in left)
    assert office.texts() == laptop.texts()


def test_what_comes_of_an_erased_file_is_dropped_at_the_door(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    gone = laptop.do(builders.open_case)
    together(depot, *two)
    erase(office.store, Order("order-1", (f"case/{gone}",)))
    laptop.do(builders.note_contact, gone, "written without knowing")
    laptop.exchange(depot)
    assert office.exchange(depot).applied == 0
    assert all(row["bytes"] is None for row in office.rows(q.block) if row["state"] == "erased")
    assert [row["state"] for row in office.rows(q.block) if row["device"] == laptop.device] == ["erased", "erased"]


def test_what_only_waits_is_dropped_too(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    gone = laptop.do(builders.open_case)
    together(depot, *two)
    erase(office.store, Order("order-1", (f"case/{gone}",)))
    for note in ("one", "two"):
        laptop.do(builders.note_contact, gone, note)
        laptop.exchange(depot)
    missing = segments(depot, laptop)[-2]
    held_back = depot.objects.pop(missing)
    office.exchange(depot)
    (waits,) = [row for row in office.rows(q.segment) if row["state"] == "waiting"]
    assert [row["bytes"] for row in office.rows(q.block) if row["hash"] == waits["hash"]] == [None]
    depot.objects[missing] = held_back
    assert office.exchange(depot).applied == 0
    assert {row["state"] for row in office.rows(q.segment)} == {"taken", "placed"}


def test_a_lost_segment_with_an_erased_block_is_put_again_without_it(three: list[Desk]) -> None:
    office, laptop, late = three
    depot = MemoryDepot(office.org)
    gone, stays = laptop.do(builders.open_case, "A"), laptop.do(builders.open_case, "B")
    together(depot, office, laptop)
    for desk in (office, laptop):
        erase(desk.store, Order("order-1", (f"case/{gone}",)))
    depot.objects.clear()
    together(depot, office, laptop)
    share_keys(laptop, late)
    together(depot, late)
    assert {row["state"] for row in late.rows(q.segment) if row["device"] != late.device} == {"taken"}
    assert not any(gone in text for text in late.texts())
    assert any(stays in text for text in late.texts())
    together(depot, *three)
    for desk in three:
        assert desk.exchange(depot) == exchange.Exchange()


# ---- lost laptops
def test_what_a_lost_laptop_wrote_after_it_was_revoked_waits_for_a_person(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    case = laptop.do(builders.open_case)
    together(depot, *two)
    (held,) = [row["hash"] for row in office.rows(q.segment) if row["device"] == laptop.device]
    declare(office, "revoke", device=laptop.device, held=[held[:20]], why="lost")
    office.exchange(depot)
    laptop.do(builders.note_contact, case, "after the loss")
    with laptop.store.reader.connect() as conn:
        before = conn.scalar(sa.select(sa.func.count()).select_from(q.segment))
    laptop.exchange(depot)
    assert laptop.count(q.segment) == (before or 0) + 1
    assert office.exchange(depot).applied == 0
    (review,) = [row for row in office.rows(q.segment) if row["state"] == "review"]
    assert not any("after the loss" in text for text in office.texts())
    declare(office, "accept", device=laptop.device, segments=[review["hash"]])
    assert office.exchange(depot).applied == 1
    assert any("after the loss" in text for text in office.texts())


def test_who_learns_late_of_a_lost_laptop_ends_with_the_same_records(three: list[Desk]) -> None:
    office, laptop, other = three
    depot = MemoryDepot(office.org)
    case = laptop.do(builders.open_case, officer="khan")
    together(depot, *three)
    held = [row["hash"][:20] for row in office.rows(q.segment) if row["device"] == laptop.device]
    laptop.do(builders.hand_over, case, "thief")
    laptop.exchange(depot)
    assert other.exchange(depot).applied == 1
    assert any("thief" in str(row) for row in standing(other)["cases"])  # type: ignore[attr-defined]
    declare(office, "revoke", device=laptop.device, held=held, why="lost")
    for desk in (office, other, office, other):
        desk.exchange(depot)
    assert standing(office) == standing(other)
    assert not any("thief" in str(row) for row in standing(other)["cases"])  # type: ignore[attr-defined]
    assert other.count(t.set_aside) == 1
    (review,) = [row for row in other.rows(q.segment) if row["state"] == "review"]
    declare(office, "accept", device=laptop.device, segments=[review["hash"]])
    for desk in (office, other):
        desk.exchange(depot)
    assert standing(office) == standing(other)
    assert any("thief" in str(row) for row in standing(other)["cases"])  # type: ignore[attr-defined]
    assert other.count(t.set_aside) == 0


# ---- one desk at a time
def test_one_exchange_at_a_time_and_none_alone(two: list[Desk], store: object) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    with laptop.journal.exchanging, pytest.raises(UserError, match="already"):
        laptop.exchange(depot)
    assert laptop.exchange(depot).trouble is None
    with pytest.raises(UserError, match="by itself"):
        exchange.exchange(store, depot)  # type: ignore[arg-type]


def test_stop_is_heeded_between_objects(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    for _ in range(3):
        laptop.do(builders.open_case)
        laptop.exchange(depot)
    laptop.do(builders.open_case)
    assert laptop.exchange(depot, stop=lambda: True).sent == 0
    told: list[exchange.Progress] = []
    share_keys(laptop, office)
    office.exchange(depot, progress=told.append)
    assert [(p.what, p.done, p.of) for p in told][:3] == [("receiving", 1, 3), ("receiving", 2, 3), ("receiving", 3, 3)]
    assert told[2].bytes == office.rows(q.sync_run)[-1]["bytes_in"]


def test_an_officer_does_not_wait_for_it(two: list[Desk]) -> None:
    """In slices beside an open window: while a thousand entries come in, actions go on in between."""
    office, laptop = two
    depot = MemoryDepot(office.org)
    case = laptop.do(builders.open_case)
    with laptop.store.journal.batch():
        for number in range(1000):
            laptop.do(builders.note_contact, case, f"note {number}")
    laptop.exchange(depot)
    share_keys(laptop, office)
    mine = office.do(builders.open_case)
    taking = threading.Thread(target=lambda: office.exchange(depot, slice=50))
    taking.start()
    between = 0
    while taking.is_alive():
        office.do(builders.note_contact, mine, "meanwhile")
        between += 1
    taking.join()
    assert between > 5
    assert office.count(t.entry) == 1002 + between


def test_the_names_dealt_with_agree_with_the_depot(two: list[Desk]) -> None:
    office = two[0]
    depot = MemoryDepot(office.org)
    for desk in (*two, *two):
        desk.do(builders.open_case)
        together(depot, *two)
    for desk in two:
        for row in desk.rows(q.area_held):
            there = [n for n in depot.objects if (p := names.read(n)) is not None and p.area == row["area"]]
            assert (row["count"], row["digest"]) == (area_of(there).count, area_of(there).digest)
