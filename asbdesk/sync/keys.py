"""The keys of files, by epoch, and this device's own two: in the encrypted database and nowhere in the journal.

Why so: a key in a log that is never shortened could not be destroyed, and destroying a file's keys is what erases it
wherever its blocks still lie. A key that was forgotten keeps its line without the key, so that a block under it is
known to be erased rather than waited for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

import sqlalchemy as sa

from asbdesk.model import journal as t
from asbdesk.model import sync as q
from asbdesk.store.among import among
from asbdesk.store.apply import slices
from asbdesk.store.local import drop_keys
from asbdesk.sync import sealing

SIGN, BOX = "device_sign", "device_box"
"""Where a device's private keys lie in `local_secret`."""

_NEWEST = (
    sa.select(q.file_key.c.key_id, q.file_key.c.epoch, q.file_key.c.key)
    .where(q.file_key.c.file == sa.bindparam("file"), q.file_key.c.key.is_not(None), q.file_key.c.epoch > 0)
    .order_by(q.file_key.c.epoch.desc(), q.file_key.c.key_id.desc())
    .limit(1)
)


class FileKey(NamedTuple):
    """One key of one file. `key_id`: 32 hex digits; `epoch`: from 1; negative for one that opens
    what lies under it and seals nothing new; `key`: 32 bytes; `made`: an instant, or empty."""

    key_id: str
    file: str
    epoch: int
    key: bytes
    made: str


class DeviceKeys(NamedTuple):
    """What this device signs with and receives keys with."""

    sign: sealing.KeyPair
    box: sealing.KeyPair


# ---- keys of files
def key_for(conn: sa.Connection, file: str, made: str = "") -> tuple[str, bytes]:
    """`(key id, key)` that seals what is written in a file from now on; made when there is none.

    ValueError for a file that was erased: nothing is written there any more.
    """
    newest = conn.execute(_NEWEST, {"file": file}).first()
    return (newest.key_id, newest.key) if newest else renew(conn, file, made)


def keys_for(conn: sa.Connection, files: Collection[str], made: str = "") -> dict[str, tuple[str, bytes]]:
    """`key_for` of many files at once; erased ones are left out."""
    newest = newest_of(conn, files)
    without = [file for file in files if file not in newest]
    gone = {
        f for some in slices(without) for f in conn.scalars(sa.select(t.erased.c.file).where(t.erased.c.file.in_(some)))
    }
    new = {file: (sealing.new_id(), sealing.new_key()) for file in without if file not in gone}
    if new:
        rows = [{"key_id": i, "file": f, "epoch": 1, "key": k, "made": made} for f, (i, k) in new.items()]
        conn.execute(q.file_key.insert(), rows)
        conn.execute(q.key_due.insert(), [{"key_id": row["key_id"]} for row in rows])
    return newest | new


def newest_of(conn: sa.Connection, files: Collection[str]) -> dict[str, tuple[str, bytes]]:
    """`(key id, key)` that seals what is written now, of those of these files that have one."""
    c = q.file_key.c
    which = sa.select(c.file, c.key_id, c.key).where(c.key.is_not(None), c.epoch > 0).order_by(c.epoch, c.key_id)
    return {r.file: (r.key_id, r.key) for some in slices(files) for r in conn.execute(which.where(among(c.file, some)))}


def renew(conn: sa.Connection, file: str, made: str = "") -> tuple[str, bytes]:
    """A new epoch of a file's key: forward only, what was sealed before stays as it is."""
    last = conn.scalar(sa.select(sa.func.max(q.file_key.c.epoch)).where(q.file_key.c.file == file)) or 0
    key_id, key = sealing.new_id(), sealing.new_key()
    if not add(conn, key_id, file, last + 1, key, made):
        raise ValueError(f"{file} was erased")
    return key_id, key


def key(conn: sa.Connection, key_id: str) -> bytes | None:
    """The key of this id, or None: it was never given to this device, or it was destroyed."""
    return conn.scalar(sa.select(q.file_key.c.key).where(q.file_key.c.key_id == key_id))


def file_of(conn: sa.Connection, key_id: str) -> str | None:
    """The file that a known key is for."""
    return conn.scalar(sa.select(q.file_key.c.file).where(q.file_key.c.key_id == key_id))


def add(
    conn: sa.Connection, key_id: str, file: str, epoch: int, key: bytes, made: str = "", by: str | None = None
) -> bool:
    """Keep a key; False when it was known, or its file was erased. Who else should have it waits to be worked out."""
    if len(key) != sealing.KEY_SIZE:
        raise ValueError("a file's key has 32 bytes")
    known = conn.scalar(sa.select(q.file_key.c.key_id).where(q.file_key.c.key_id == key_id))
    erased = conn.scalar(sa.select(t.erased.c.file).where(t.erased.c.file == file))
    if known is not None or erased is not None:
        return False
    conn.execute(q.file_key.insert().values(key_id=key_id, file=file, epoch=epoch, key=key, made=made, by=by))
    for table in (q.key_due, q.key_fresh):
        conn.execute(table.insert().values(key_id=key_id))
    return True


def forget(conn: sa.Connection, files: Collection[str]) -> None:
    """Destroy these files' keys, and with them what lies sealed under them. Erasure does the same."""
    drop_keys(conn, files)


def keys_of(conn: sa.Connection, files: Collection[str]) -> Iterator[FileKey]:
    """Every key held of these files, oldest epoch first."""
    c = q.file_key.c
    for part in slices(files):
        which = sa.select(c.key_id, c.file, c.epoch, c.key, c.made).where(c.file.in_(part), c.key.is_not(None))
        for row in conn.execute(which.order_by(c.file, c.epoch, c.key_id)):
            yield FileKey(*row)


# ---- this device's own
def device_keys(conn: sa.Connection) -> DeviceKeys:
    """This device's keys, made when there are none. On a connection that may write."""
    return DeviceKeys(
        sealing.sign_key_of(_secret(conn, SIGN) or keep(conn, SIGN, sealing.new_key())),
        sealing.box_key_of(_secret(conn, BOX) or keep(conn, BOX, sealing.new_key())),
    )


def keep(conn: sa.Connection, name: str, secret: bytes) -> bytes:
    """Keep a secret of this laptop under a name, in place of a former one."""
    conn.execute(t.local_secret.delete().where(t.local_secret.c.name == name))
    conn.execute(t.local_secret.insert().values(name=name, value=secret))
    return secret


def _secret(conn: sa.Connection, name: str) -> bytes | None:
    return conn.scalar(sa.select(t.local_secret.c.value).where(t.local_secret.c.name == name))


def secret(conn: sa.Connection, name: str) -> bytes | None:
    """A secret of this laptop, or None."""
    return _secret(conn, name)
