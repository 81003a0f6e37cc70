"""What a disk or a database file can do wrong, met with a second try where one helps, otherwise with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from asbdesk.errors import NotWhole, UserError
from asbdesk.paths import StorePaths
from asbdesk.store import ballast, disk

T = TypeVar("T")
PLAIN = b"SQLite format 3\0"


class Damaged(NotWhole):
    """The database file is damaged, or not one of ours."""


class Trouble:
    """Meets the troubles of one store. `reserve_used` once the ballast had to go."""

    def __init__(self, paths: StorePaths) -> None:
        self.paths = paths
        self.reserve_used = False

    def meet(self, work: Callable[[], T]) -> T:
        """`work()`; when the disk is full the ballast makes room and it is done once more. Raises UserError."""
        try:
            return work()
        except (sa.exc.DBAPIError, sqlcipher.Error, OSError) as error:
            if not (self._full(error) and ballast.release(self.paths)):
                raise self.said(error) from error
        self.reserve_used = True
        with self.spoken():
            return work()

    def _full(self, error: BaseException) -> bool:
        """Whether a full disk is behind `error`: opening a database there says "disk I/O error", not "full"."""
        name = _name(error)
        return name == "SQLITE_FULL" or (
            name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")) and ballast.full(self.paths)
        )

    @contextmanager
    def spoken(self) -> Iterator[None]:
        """Turn what the database or the disk refuses in the block into a UserError; our own bugs pass through."""
        try:
            yield
        except (sa.exc.DBAPIError, sqlcipher.Error, OSError) as error:
            raise self.said(error) from error

    def said(self, error: BaseException) -> BaseException:
        """The sentence for `error`, or `error` itself when it is not the disk's or the database's doing."""
        if isinstance(error, OSError):
            return disk.in_words(error, self.paths.folder, "read or write your desk")
        name, where = _name(error), self.paths.database
        if self._full(error):
            return UserError(ballast.full_sentence(self.paths))
        if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
            return UserError(
                f"asbdesk may not write to {self.paths.folder}. Check that the folder is there, is not read-only and "
                "belongs to you, then try again. Nothing was lost."
            )
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return UserError("Another program is holding your desk's database. Close it, then try again.")
        if (
            name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))
            or "cipher" in str(getattr(error, "orig", error)).lower()
        ):
            return Damaged(damaged_sentence(self.paths))
        if name.startswith("SQLITE_IOERR"):
            return UserError(
                f"The disk with {where} did not answer as it should. Nothing acknowledged was lost. Make a backup to "
                "another disk, then start the computer again."
            )
        return error


def damaged_sentence(paths: StorePaths) -> str:
    """What to say when the database cannot be read whole."""
    return (
        f"The database {paths.database} is damaged: a part of it could not be read. Nothing was changed. Run "
        "“asbdesk check” to see what is whole, and restore your newest backup from the lock screen."
    )


def look_at(paths: StorePaths) -> None:
    """UserError when the database file cannot be a store of ours, before a key is tried."""
    try:
        with paths.database.open("rb") as stream:
            head = stream.read(16)
        size = paths.database.stat().st_size
    except FileNotFoundError:
        raise NotWhole(
            f"The database {paths.database} is missing, though its key file is there. Restore your newest backup "
            "from the lock screen, or put the file back."
        ) from None
    except OSError as error:
        raise disk.in_words(error, paths.database, "open your desk") from None
    if head == PLAIN:
        raise Damaged(
            f"{paths.database} is a database of another program, not a desk. Choose the folder of your desk, or "
            "restore a backup."
        )
    if size < 4096:
        raise Damaged(f"{paths.database} is empty or cut short. Restore your newest backup from the lock screen.")


def _name(error: BaseException) -> str:
    inner = getattr(error, "orig", None) or error
    return str(getattr(inner, "sqlite_errorname", "") or "")
