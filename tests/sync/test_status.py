"""What the window shows of the exchange: three places a change can be, and each item that waits with its reason."""

from __future__ import annotations

import pytest

from asbdesk.errors import UserError
from asbdesk.model import sync as q
from asbdesk.store.vault import Store
from asbdesk.sync import segment, status
from tests import builders
from tests.sync.memory_depot import Desk, MemoryDepot, declare, share_keys


def shown(desk: Desk) -> status.SyncStatus:
    return desk.store.ask(status.status).value


def items(desk: Desk) -> list[tuple[str, str, int]]:
    return [(i.kind, i.device[0], i.entries) for i in desk.store.ask(status.items).value]


def test_a_desk_alone(store: Store) -> None:
    found = store.ask(status.status).value
    assert (found.state, found.place, found.words) == ("alone", "", "This desk works by itself.")
    assert not store.ask(status.items).value and not store.ask(status.history).value


def test_the_three_places_a_change_can_be(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    case = laptop.do(builders.open_case)
    found = shown(laptop)
    assert (found.on_this_laptop, found.in_depot, found.received) == (1, 0, None)
    assert found.words == "1 change on this laptop only."
    laptop.exchange(depot)
    found = shown(laptop)
    assert (found.on_this_laptop, found.in_depot, found.received) == (0, 1, None)
    assert found.words.endswith("Head office has not taken all of it in yet.")
    share_keys(laptop, office)
    office.exchange(depot)
    laptop.exchange(depot)
    found = shown(laptop)
    assert (found.on_this_laptop, found.in_depot) == (0, 0) and found.received == "2026-11-21T10:00:00.000Z"
    assert found.words == "Head office has everything."
    laptop.do(builders.note_contact, case, "more")
    assert shown(laptop).on_this_laptop == 1
    assert shown(office).words == "Everything is in the place to meet." and shown(office).head_office


def test_what_went_wrong_is_told_and_the_history_kept(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    laptop.do(builders.open_case)
    depot.away = True
    laptop.exchange(depot)
    assert shown(laptop).words == "1 change on this laptop only. The place to meet is not there."
    depot.away = False
    laptop.exchange(depot)
    last, first = laptop.store.ask(status.history).value
    assert first.trouble == "The place to meet is not there." and (last.sent, last.trouble) == (1, None)
    assert shown(laptop).last_run == last


def test_each_item_with_its_reason(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    case = laptop.do(builders.open_case)
    laptop.exchange(depot)
    laptop.do(builders.note_contact, case, "second")
    laptop.exchange(depot)
    first, second = sorted(name for name in depot.objects if name.startswith(f"dev/{laptop.device}/"))
    whole = depot.objects.pop(first)
    office.exchange(depot)
    assert items(office) == [("waiting", "b", 1)] and shown(office).waiting == 1
    depot.objects[first] = whole[:-1]
    office.exchange(depot)
    assert sorted(items(office)) == [("waiting", "b", 0), ("waiting", "b", 1)]
    depot.objects[first] = whole
    office.exchange(depot)
    assert items(office) == [("locked", "b", 2)]
    held = [row["hash"][:20] for row in office.rows(q.segment) if row["device"] == laptop.device]
    declare(office, "revoke", device=laptop.device, held=held[:1], why="lost")
    share_keys(laptop, office)
    office.exchange(depot)
    (kept,) = (i for i in office.store.ask(status.items).value if i.kind == "review")
    assert kept.entries == 1 and shown(office).review == 1
    assert status.export_refused(office.journal, kept.id) == depot.objects[second]
    with pytest.raises(UserError, match="place to meet"):
        status.export_refused(office.journal, f"{laptop.device}/9/{'0' * 64}")


def test_a_refused_block_can_be_taken_out(two: list[Desk]) -> None:
    office, laptop = two
    depot = MemoryDepot(office.org)
    laptop.do(builders.open_case)
    laptop.exchange(depot)
    (row,) = laptop.rows(q.file_key)
    with office.store.writer.begin() as conn:  # a key that is not the one it was sealed under
        conn.execute(q.file_key.insert(), [row | {"key": bytes(32)}])
    assert office.exchange(depot).refused == 1
    (item,) = office.store.ask(status.items).value
    assert item.kind == "refused" and "another key" in item.why and shown(office).refused == 1
    taken_out = segment.parse(status.export_refused(office.journal, item.id))
    assert taken_out.signed_by(office.roster().sign_key(laptop.device) or b"") and taken_out.blocks[0]
