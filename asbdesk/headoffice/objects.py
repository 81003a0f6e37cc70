"""What laptops sent, in PostgreSQL: put once, never changed, listed by area and handed out with what each may have."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from asbdesk.headoffice.database import ERA
from asbdesk.sync import names

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg_pool import ConnectionPool

T = TypeVar("T")
AT_ONCE = 4 << 20
"""Bytes read from the database together: what one answer holds in memory."""
PAGE = 20_000
"""Most names in one answer."""
LONELY_BYTES = 64
"""What a row costs beside its bytes, roughly: many small objects are not read at once either."""


@dataclass(frozen=True)
class Stored:
    """An object as it is kept. `blocks`: a segment's sealed blocks with their keys' ids, None where kept back."""

    body: bytes
    blocks: tuple[tuple[str, bytes | None], ...] = ()
    header: str = ""
    """A segment's own hash: two with one number are a fork when this differs."""


@dataclass(frozen=True)
class Placed:
    """What came of a put. `new`: it was not there before; `forked`: another object has its number too."""

    new: bool
    forked: bool
    received_at: str


class Objects:
    """The depot's tables. Each method is one short transaction (`get` and `blocks` one for each part of the answer)."""

    def __init__(self, pool: ConnectionPool[Any]) -> None:
        self._pool = pool

    # ---- in
    def put(self, name: str, stored: Stored, *, size: int, sha256: str, by: str, at: str) -> Placed:
        """Keep an object. The same once more changes nothing; another with the same number is kept beside it."""
        told = names.read(name)
        assert told is not None
        with self._pool.connection() as conn:
            place = (told.area, told.number)
            row = (name, *place, size, sha256, by, at, stored.header, *place, stored.header, stored.body)
            made = conn.execute(_PUT, row).fetchone()
            if made is None:
                there = conn.execute("SELECT forked, received_at FROM depot.object WHERE name = %s", (name,)).fetchone()
                assert there is not None
                return Placed(False, *there)
            n, forked = made
            _put_blocks(conn, n, stored.blocks)
            conn.execute(_HELD, (told.area, _digest_of(told)))
            return Placed(True, forked, at)

    def grant(self, device: str, key_ids: Collection[str], by: str | None = None) -> None:
        """A laptop was given these keys: blocks under them are handed to it from now on. `by`: only those that this
        laptop, which gives them, was given itself, or was the first to use; None: whoever gives may give all."""
        told = {"device": device, "ids": sorted(key_ids), "by": by, "own": f"dev/{by}"}
        with self._pool.connection() as conn:
            conn.execute(_GRANT, told)

    # ---- what there is
    def heads(self, areas: Collection[str] | None = None) -> dict[str, tuple[int, str]]:
        """How many objects each area holds, and the XOR of their hashes as 16 hex digits."""
        which = "" if areas is None else "WHERE area = ANY(%s)"
        with self._pool.connection() as conn:
            rows = conn.execute(
                f"SELECT area, held, lpad(to_hex(digest), 16, '0') FROM depot.area {which}",
                () if areas is None else (sorted(areas),),
            ).fetchall()
        return {area: (held, digest) for area, held, digest in rows if held}

    def news(self, areas: Collection[str], cursor: str) -> tuple[list[str], str, bool]:
        """Names in these areas since `cursor`, where to go on, and whether there are more.

        The cursor stops before the oldest transaction still under way: what that one commits is not stepped over.
        """
        with self._pool.connection() as conn:
            now = conn.execute(f"SELECT ({ERA}), pg_snapshot_xmin(pg_current_snapshot())::text").fetchone()
            assert now is not None
            era, xmin = now
            told, xid, n = [*cursor.split("."), "", ""][:3]
            since = (xid, int(n)) if told == era and xid.isdecimal() and n.isdecimal() else ("0", 0)
            rows = conn.execute(_NEWS, (sorted(areas), *since, PAGE)).fetchall()
        last = ".".join(map(str, (era, *since)))
        for row in rows:
            if int(row[1]) < int(xmin):
                last = f"{era}.{row[1]}.{row[2]}"
        return [row[0] for row in rows], last, len(rows) == PAGE and int(rows[-1][1]) < int(xmin)

    def has(self, wanted: Collection[str]) -> set[str]:
        """Which of these names are held."""
        with self._pool.connection() as conn:
            return {r[0] for r in conn.execute("SELECT name FROM depot.object WHERE name = ANY(%s)", (list(wanted),))}

    def area_names(self, area: str) -> list[str]:
        """Every name in one area, in the order of their numbers."""
        with self._pool.connection() as conn:
            rows = conn.execute("SELECT name FROM depot.object WHERE area = %s ORDER BY number, name", (area,))
            return [row[0] for row in rows]

    # ---- out
    def get(self, wanted: Sequence[str], device: str | None) -> Iterator[tuple[str, Stored | None]]:
        """Objects by name, in this order, None for what is not here. `device`: only the blocks it has the keys for
        and its own; None: all."""
        with self._pool.connection() as conn:
            sizes = dict(conn.execute("SELECT name, size FROM depot.object WHERE name = ANY(%s)", (list(wanted),)))
        for part in _parts(wanted, sizes):
            found = self._read(part, device)
            for name in part:
                yield name, found.get(name)

    def _read(self, part: list[str], device: str | None) -> dict[str, Stored]:
        with self._pool.connection() as conn:
            rows = conn.execute("SELECT n, name, body FROM depot.object WHERE name = ANY(%s)", (part,)).fetchall()
            given = {"objects": [row[0] for row in rows], "device": device, "own": f"dev/{device}"}
            blocks: dict[int, list[tuple[str, bytes | None]]] = {row[0]: [] for row in rows}
            for n, key_id, body in conn.execute(_BLOCKS if device is None else _GIVEN_BLOCKS, given):
                blocks[n].append((key_id, body))
        return {name: Stored(body, tuple(blocks[n])) for n, name, body in rows}

    def blocks(self, wanted: Sequence[tuple[str, int]], device: str | None) -> Iterator[tuple[str, int, bytes | None]]:
        """Single blocks of segments, in this order; None for what is not here or not for this laptop."""
        for start in range(0, len(wanted), 64):
            part = wanted[start : start + 64]
            sizes = {(name, index): size for name, index, size in self._single(_SINGLE_SIZES, part, device)}
            for some in _parts(part, sizes):
                found = {(name, index): body for name, index, body in self._single(_SINGLE, some, device)}
                for name, index in some:
                    yield name, index, found.get((name, index))

    def _single(self, what: str, wanted: Sequence[tuple[str, int]], device: str | None) -> list[Any]:
        given = {
            "names": [name for name, _ in wanted],
            "idx": [index for _, index in wanted],
            "device": device,
            "own": f"dev/{device}",
        }
        with self._pool.connection() as conn:
            return list(conn.execute(what, given))

    # ---- away
    def remove(self, gone: Collection[str]) -> int:
        """Take objects away; how many were there."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                "DELETE FROM depot.object WHERE name = ANY(%s) RETURNING name", (list(gone),)
            ).fetchall()
            for (name,) in rows:
                told = names.read(name)
                assert told is not None
                conn.execute(_NO_LONGER_HELD, (_digest_of(told), told.area))
        return len(rows)

    def erase(self, key_ids: Collection[str], packs: Collection[str]) -> None:
        """Destroy the blocks sealed under these keys, and these packs. The segments stay, and still verify."""
        with self._pool.connection() as conn:
            conn.execute("UPDATE depot.block SET body = NULL WHERE key_id = ANY(%s)", (list(key_ids),))
            conn.execute("DELETE FROM depot.granted WHERE key_id = ANY(%s)", (list(key_ids),))
        self.remove(packs)

    def met(self, device: str, at: str) -> None:
        """Note when a laptop was last here."""
        with self._pool.connection() as conn:
            conn.execute(
                "INSERT INTO depot.met VALUES (%s, %s) ON CONFLICT (device) DO UPDATE SET at = excluded.at",
                (device, at),
            )

    # ---- settings
    def setting(self, name: str) -> str | None:
        with self._pool.connection() as conn:
            row = conn.execute("SELECT value FROM depot.setting WHERE name = %s", (name,)).fetchone()
        return row[0] if row else None

    def settle(self, name: str, value: str) -> bool:
        """Set what is set once; whether it now holds this value."""
        with self._pool.connection() as conn:
            conn.execute("INSERT INTO depot.setting VALUES (%s, %s) ON CONFLICT DO NOTHING", (name, value))
        return self.setting(name) == value

    # ---- figures
    def write_figures(self, worker: str, figures: Mapping[str, int]) -> None:
        """What one worker counted so far."""
        if not figures:
            return
        with self._pool.connection() as conn, conn.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO depot.metric VALUES (%s, %s, %s) "
                "ON CONFLICT (worker, name) DO UPDATE SET value = excluded.value",
                [(worker, name, value) for name, value in sorted(figures.items())],
            )

    def figures(self) -> dict[str, int]:
        """What all workers counted, and what is held."""
        with self._pool.connection() as conn:
            counted = dict(conn.execute("SELECT name, sum(value)::bigint FROM depot.metric GROUP BY name").fetchall())
            objects, joining = conn.execute(_HOW_MANY).fetchone() or (0, 0)
            forks, size = conn.execute(_HOW_MUCH).fetchone() or (0, 0)
            devices = conn.execute("SELECT count(*) FROM depot.met").fetchone() or (0,)
        return counted | {
            "objects": objects, "joining": joining, "forks": forks, "bytes": size, "devices": devices[0],
        }  # fmt: skip

    def ready(self) -> None:
        """Raises what psycopg raises when the database is not there."""
        with self._pool.connection(timeout=2) as conn:
            conn.execute("SELECT 1")


_PUT = """
    INSERT INTO depot.object (name, area, number, size, sha256, sent_by, received_at, header, forked, body)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s,
        EXISTS (SELECT 1 FROM depot.object o WHERE o.area = %s AND o.number = %s AND o.header <> %s), %s)
    ON CONFLICT (name) DO NOTHING RETURNING n, forked
"""
_GRANT = """
    INSERT INTO depot.granted SELECT %(device)s, k FROM unnest(%(ids)s::text[]) AS k
    WHERE %(by)s::text IS NULL
        OR EXISTS (SELECT 1 FROM depot.granted g WHERE g.device = %(by)s AND g.key_id = k)
        OR %(own)s = coalesce((SELECT o.area FROM depot.block b JOIN depot.object o ON o.n = b.object
                               WHERE b.key_id = k ORDER BY o.n LIMIT 1), %(own)s)
    ON CONFLICT DO NOTHING
"""
_HELD = """
    INSERT INTO depot.area VALUES (%s, 1, %s)
    ON CONFLICT (area) DO UPDATE SET held = area.held + 1, digest = area.digest # excluded.digest
"""
_NO_LONGER_HELD = "UPDATE depot.area SET held = held - 1, digest = digest # %s WHERE area = %s"
_NEWS = """
    SELECT name, xid::text, n FROM depot.object
    WHERE area = ANY(%s) AND (xid, n) > (%s::text::xid8, %s) ORDER BY xid, n LIMIT %s
"""
_HOW_MANY = (
    "SELECT coalesce(sum(held), 0)::bigint, coalesce(sum(held) FILTER (WHERE area = 'join'), 0)::bigint FROM depot.area"
)
_HOW_MUCH = """
    SELECT (SELECT count(*) FROM depot.object WHERE forked),
        (SELECT sum(pg_total_relation_size(c.oid))::bigint FROM pg_class c
         WHERE c.relkind = 'r' AND c.relnamespace = 'depot'::regnamespace)
"""
_BLOCKS = "SELECT object, key_id, body FROM depot.block WHERE object = ANY(%(objects)s) ORDER BY object, idx"
_MAY = """(o.area = %(own)s OR EXISTS (
    SELECT 1 FROM depot.granted g WHERE g.device = %(device)s AND g.key_id = b.key_id))"""
_GIVEN_BLOCKS = f"""
    SELECT b.object, b.key_id, CASE WHEN {_MAY} THEN b.body END
    FROM depot.block b JOIN depot.object o ON o.n = b.object
    WHERE b.object = ANY(%(objects)s) ORDER BY b.object, b.idx
"""
_SINGLES = f"""
    FROM unnest(%(names)s::text[], %(idx)s::int[]) AS w(name, idx)
    JOIN depot.object o ON o.name = w.name JOIN depot.block b ON b.object = o.n AND b.idx = w.idx
    WHERE %(device)s::text IS NULL OR {_MAY}
"""
_SINGLE = f"SELECT o.name, b.idx, b.body {_SINGLES}"
_SINGLE_SIZES = f"SELECT o.name, b.idx, coalesce(octet_length(b.body), 0) {_SINGLES}"


def _put_blocks(conn: Connection[Any], n: int, blocks: Sequence[tuple[str, bytes | None]]) -> None:
    if not blocks:
        return
    with conn.cursor() as cursor, cursor.copy("COPY depot.block FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types(["int8", "int4", "text", "bytea"])
        for index, (key_id, body) in enumerate(blocks):
            copy.write_row((n, index, key_id, body))


def _digest_of(name: names.Name) -> int:
    return int.from_bytes(bytes.fromhex(name.hash[:16]), "big", signed=True)


def _parts(wanted: Sequence[T], sizes: Mapping[T, int]) -> Iterator[list[T]]:
    part: list[T] = []
    weight = 0
    for name in wanted:
        size = sizes.get(name, 0) + LONELY_BYTES
        if part and weight + size > AT_ONCE:
            yield part
            part, weight = [], 0
        part.append(name)
        weight += size
    if part:
        yield part
