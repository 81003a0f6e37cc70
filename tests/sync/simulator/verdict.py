"""The end of a run: everything is delivered, and what must be true is looked at."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from asbdesk.clock import instant, london_day
from asbdesk.model import Case, Record, Rest
from asbdesk.model import sync as q
from asbdesk.model.journal import local_setting
from asbdesk.sync import blocks, names, segment
from asbdesk.sync.course_common import LOOKED
from asbdesk.sync.sealing import Unsealable
from asbdesk.sync.statement import HELD
from tests.sync.simulator import headquarters
from tests.sync.simulator.cloud import Cloud
from tests.sync.simulator.laptop import Laptop
from tests.sync.simulator.world import OFFICE, device, member

if TYPE_CHECKING:
    from tests.sync.simulator.machine import Simulation

ROUNDS = 10
Texts = dict[str, str]
"""Entries' exact texts by their ids."""


class End(NamedTuple):
    """A laptop when all is done; `aside`: ids of entries without effect."""

    laptop: Laptop
    entries: Texts
    standing: dict[str, list[Any]]
    aside: set[str]


def settle(run: Simulation) -> None:
    """Everybody exchanges over an honest place until nothing moves; what must survive is noted first.

    Who saw the cloud as it is has nothing to do; in every fifth run that is not believed but tried.
    """
    run.must, run.said = everything(run), statements(run)
    saw: dict[int, str] = {}
    in_turn = [*range(1, len(run.laptops)), 0]  # the office last: it passes on what the others brought
    for number in range(ROUNDS):
        todo = [n for n in in_turn if saw.get(n) != run.cloud.state()]
        if not todo:
            return nothing_moves(run) if run.number % 5 == 0 else None
        for n in todo:
            if number == 0:
                a_new_day(run.laptops[n])
            done = run.exchange(run.laptops[n], None)
            assert done is not None and done.trouble is None, done
            saw[n] = run.cloud.state()
    raise AssertionError(f"it does not come to rest: {done}")


def a_new_day(laptop: Laptop) -> None:
    """When it sees whether what it put still lies there: another day than that on which it last looked, which after a
    clock was put back may be tomorrow's."""
    laptop.clock.pass_time(days=1)
    looked = {row.value.partition("\n")[0] for row in laptop.rows(local_setting) if row.name == LOOKED}
    if london_day(instant(laptop.clock.now())) in looked:
        laptop.clock.pass_time(days=1)


def nothing_moves(run: Simulation) -> None:
    before = run.cloud.state()
    for laptop in run.laptops:
        done = run.exchange(laptop, None)
        assert done is not None and not (done.sent or done.applied or done.again or done.received), f"it moves: {done}"
    assert before == run.cloud.state(), "it moves"


def statements(run: Simulation) -> set[str]:
    """The names of the roster's statements that somebody holds, or the cloud."""
    lying = {n for n in run.cloud.objects if n.startswith("roster/") and n not in run.cloud.torn}
    return lying | {row.name for laptop in run.laptops for row in laptop.rows(q.roster_line)}


def everything(run: Simulation) -> Texts:
    """Every entry on a laptop, and in the cloud under a key that somebody holds."""
    found: Texts = {}
    for laptop in run.laptops:
        found |= laptop.entries()
    return found | in_the_cloud(run.cloud, all_keys(run))


def all_keys(run: Simulation) -> dict[str, bytes]:
    return {r.key_id: r.key for laptop in run.laptops for r in laptop.rows(q.file_key) if r.key is not None}


def in_the_cloud(cloud: Cloud, keys: dict[str, bytes], hashes: frozenset[str] | None = None) -> Texts:
    """What the cloud's whole segments hold (or those of these hashes, wherever they ever lay)."""
    found: Texts = {}
    objects = cloud.ever if hashes is not None else cloud.objects
    for name, data in objects.items():
        if name.startswith("dev/") and (hashes is not None or name not in cloud.torn):
            made = segment.parse(data)
            if hashes is None or made.hash[:HELD] in hashes:
                found |= _opened(made, keys)
    return found


def _opened(made: segment.Segment, keys: dict[str, bytes]) -> Texts:
    found: Texts = {}
    head = made.header
    for index, (line, sealed) in enumerate(zip(head.blocks, made.blocks, strict=True)):
        if line.key_id in keys and sealed is not None:
            place = blocks.context(head.org, head.device, head.seq, index, line.key_id)
            try:
                texts = blocks.unpack(sealed, keys[line.key_id], place)
            except Unsealable:  # pragma: no cover
                raise AssertionError("a laptop sealed what nobody can open") from None
            found |= {json.loads(text)["id"]: text for text in texts}
    return found


# ---- what must be true
def check(run: Simulation) -> None:
    """Raises AssertionError."""
    for laptop in run.laptops:
        known = {row.name for row in laptop.rows(q.roster_line)}
        assert known == run.said, f"statements that {laptop.device[0]} lacks: {run.said - known}"
    run.keep_to(headquarters.decided(run.laptops[0]))
    belonging = [x for x, owner in zip(run.laptops, run.owners, strict=True) if owner not in run.revoked]
    ends = [End(laptop, laptop.entries(), laptop.standing(), laptop.aside()) for laptop in belonging]
    for end in ends:
        laptop, files = end.laptop, entitled(run, ends[0].standing, end.laptop)
        nothing_is_lost(run, end.entries, files)
        the_bytes_are_the_same(run, end.entries)
        the_revoked_do_nothing(run, end)
        same(f"records of {laptop.device[0]}", of_files(end.standing, files), of_files(ends[0].standing, files))
        both = end.entries.keys() & ends[0].entries.keys()
        same("what is set aside", end.aside & both, ends[0].aside & both)
        nothing_waits(laptop)
        what_was_erased_is_gone(run, laptop, end.entries)
        conflicts_are_right(end)
        if run.honest:
            causes_come_first(laptop)
    roles_are_respected(ends[0])
    if run.number % 2 == 0:
        last = ends[run.numbers % len(ends)]
        same("a rebuild and what stands", last.laptop.rebuilt(), last.standing)
    the_cloud_is_whole(run, belonging)


def entitled(run: Simulation, standing: dict[str, list[Any]], laptop: Laptop) -> set[str]:
    """The files that this laptop should hold, by what the office shows."""
    cases = {row[0]: row for row in standing["cases"]}
    everything = {file_of(text) for text in run.must.values()} - run.erased
    if laptop.device == device(OFFICE):
        return everything
    me = member(laptop.device[0])
    whose = {c for c in cases if officer_of(cases[c]) == me}
    for rest in standing.get("rests", ()):
        about, officer, struck = (value_of(Rest, rest, name) for name in ("about", "waits_for", "struck"))
        case = rest[1].removeprefix("case/")
        if struck is None and about == me and case in cases and officer and officer == officer_of(cases[case]):
            whose.add(case)
    found = {f"case/{c}" for c in whose} | {"landlord/l"}
    people = {r for r in ("1", "2") if r in whose and f"case/{r}" not in run.erased}
    return (found | ({"person/p"} if people else set())) & everything


def officer_of(row: Any) -> str | None:
    return value_of(Case, row, "officer")


def value_of(cls: type[Record], row: Any, name: str) -> str | None:
    columns = [each for each in cls.__table__.columns.keys() if each not in ("id", "file")]  # noqa: SIM118
    found: str | None = row[2 + columns.index(name)]
    return found


def file_of(text: str) -> str:
    file: str = json.loads(text)["file"]
    return file


def nothing_is_lost(run: Simulation, entries: Texts, files: set[str]) -> None:
    revoked = tuple(device(name) for name in run.revoked)
    must: Texts = run.must
    lost = {i for i, text in must.items() if i not in entries and file_of(text) in files}
    lost = {i for i in lost if not i.startswith(revoked)} if revoked else lost
    assert not lost, f"lost writes: {sorted(lost)[:5]}"


def the_bytes_are_the_same(run: Simulation, entries: Texts) -> None:
    must: Texts = run.must
    altered = [i for i, text in entries.items() if must.get(i, text) != text]
    assert not altered, f"entries whose bytes changed: {altered[:5]}"


def of_files(standing: dict[str, list[Any]], files: set[str]) -> dict[str, list[Any]]:
    """The records of these files, and the conflicts about them."""
    kept = {kind: [row for row in rows if row[1] in files] for kind, rows in standing.items() if kind != "conflict"}
    about = {(kind, row[0]) for kind, rows in kept.items() for row in rows}
    kept["conflict"] = [row for row in standing["conflict"] if (row[0], row[1]) in about]
    return kept


def same(what: str, one: Any, other: Any) -> None:
    if one == other:
        return
    if isinstance(one, dict):
        one, other = ({k: v for k, v in x.items() if one.get(k) != other.get(k)} for x in (one, other))
    raise AssertionError(f"{what} differ:\n{one}\n{other}")


def nothing_waits(laptop: Laptop) -> None:
    assert not laptop.rows(q.unsent), f"{laptop.device[0]} has not sent everything"
    states = {(row.device[0], row.seq, row.state, row.why) for row in laptop.rows(q.segment)}
    bad = [s for s in states if s[2] in ("outgoing", "waiting", "refused")]
    assert not bad, f"segments of {laptop.device[0]}: {bad}"
    refused = [(r.device[0], r.seq, r.why) for r in laptop.rows(q.block) if r.state == "refused"]
    assert not refused, f"blocks that {laptop.device[0]} refused: {refused}"


def what_was_erased_is_gone(run: Simulation, laptop: Laptop, entries: Texts) -> None:
    assert not [i for i, text in entries.items() if file_of(text) in run.erased], "an erased entry came back"
    keys = laptop.rows(q.file_key)
    gone = {row.key_id for row in keys if row.file in run.erased}
    assert not [r for r in keys if r.key_id in gone and r.key is not None], "a destroyed key is here"
    kept = [r for r in laptop.rows(q.block) if r.key_id in gone and r.bytes is not None]
    assert not kept, "blocks of what was erased are kept"


def the_revoked_do_nothing(run: Simulation, end: End) -> None:
    for name, held in run.revoked.items():
        allowed = in_the_cloud(run.cloud, all_keys(run), held)
        effective = {i for i in end.entries if i.startswith(device(name))} - end.aside
        assert effective <= allowed.keys(), f"what a lost laptop wrote counts: {sorted(effective - allowed.keys())[:5]}"


def roles_are_respected(office: End) -> None:
    for i, text in office.entries.items():
        beyond = not i.startswith(device(OFFICE)) and "landlord/l" in json.loads(text).get("set", {})
        assert not beyond or i in office.aside, "an entry beyond its author's role has effect"


def the_cloud_is_whole(run: Simulation, laptops: list[Laptop]) -> None:
    """Rule 10: what a laptop holds whole is in the cloud again, every byte as it was."""
    for laptop in laptops:
        erased = {block.hash for block in laptop.rows(q.block) if block.state == "erased"}
        for row in laptop.rows(q.segment):
            parts = names.read(row.name)
            assert parts is not None
            data = run.cloud.objects.get(row.name)
            if row.hash not in erased:
                assert data is not None and row.name not in run.cloud.torn, f"the cloud lacks {row.name[:30]}"
                assert names.digest(data) == parts.hash


def causes_come_first(laptop: Laptop) -> None:
    """No entry stands in a journal before one that it replaces."""
    place = {i: n for n, i in enumerate(laptop.in_order())}
    for i, text in laptop.entries().items():
        for fields in json.loads(text)["set"].values():
            late = [r for _, *replaced in fields.values() for r in replaced if place.get(r, -1) > place[i]]
            assert not late, f"{i} came before {late}, which it replaces"


def conflicts_are_right(end: End) -> None:
    """What stands beside another value is what no entry names as replaced, whatever any clock said."""
    values: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    gone: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for i, text in end.entries.items():
        for record, fields in json.loads(text)["set"].items() if i not in end.aside else ():
            for field, (_, *replaced) in fields.items():
                values[record, field].add(i)
                gone[record, field].update(replaced)
    expected = {where: ids - gone[where] for where, ids in values.items() if len(ids - gone[where]) > 1}
    found = {
        (f"{kind}/{i}", field): {h[0] for h in json.loads(heads)} for kind, i, field, heads in end.standing["conflict"]
    }
    plain = {w: ids for w, ids in expected.items() if w[1] != "struck" and not w[0].startswith("novelty/")}
    same("conflicts", {w: ids for w, ids in found.items() if w[1] != "struck"}, plain)
