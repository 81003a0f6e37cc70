"""What every command can be told, before or after its name: which store, where the passphrase is, words or JSON."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from asbdesk.errors import UserError
from asbdesk.paths import StorePaths, user_store

if TYPE_CHECKING:
    from asbdesk.casework.desk import Desk
    from asbdesk.store.vault import Store

BEARABLE = 2
"""The least strength (0 to 4) of a new passphrase that a script may choose; the window asks for 3."""

F = TypeVar("F", bound=Callable[..., Any])


@dataclass
class Options:
    """The options that every command has."""

    store: str | None = None
    passphrase_file: str | None = None
    as_json: bool = False
    _lines: dict[str, list[str]] = field(default_factory=dict)

    @property
    def paths(self) -> StorePaths:
        return StorePaths(Path(self.store).expanduser() if self.store else user_store())

    def secret(self, file: str | None, question: str, *, twice: bool = False) -> str:
        """A passphrase or code: the next line of `file` (`-` is standard input), or asked for at a terminal.

        Never an argument or an environment variable: other users of the machine can read those.
        """
        if file is not None:
            return self._next_line(file, question)
        if not sys.stdin.isatty():
            raise UserError(f"{question} is needed: give it with --passphrase-file FILE, or - for standard input.")
        return str(click.prompt(question, hide_input=True, confirmation_prompt=twice, err=True))

    def passphrase(self) -> str:
        """The store's passphrase."""
        return self.secret(self.passphrase_file, "Passphrase")

    def new_passphrase(self, *names: str) -> str:
        """A new passphrase, asked for twice at a terminal; in a file, the next line. `names` make it easy to guess.

        Raises UserError for one that is guessed at once; one that is nearly strong enough is taken, and said to be.
        """
        from asbdesk.store.passphrase import require, strength

        new = self.secret(self.passphrase_file, "New passphrase", twice=True)
        found = strength(new, names)
        if found.score < BEARABLE:
            require(new, names)
        elif not found.enough:
            print(found.words, file=sys.stderr)
        return new

    def _next_line(self, file: str, question: str) -> str:
        if file not in self._lines:
            try:
                text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
            except UnicodeDecodeError:
                raise UserError(f"{file}: this is not text, so there is no passphrase in it.") from None
            self._lines[file] = text.splitlines()
        where = "standard input" if file == "-" else file
        if not self._lines[file] or not self._lines[file][0]:
            raise UserError(f"{where}: one more line is needed, with the {question[0].lower()}{question[1:]} in it.")
        return self._lines[file].pop(0)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The unlocked desk, closed at the end. Raises UserError: no store, wrong passphrase, open elsewhere …"""
        with self._opened(self._unlock()) as desk:
            yield desk

    @contextmanager
    def beside(self, *, notes: bool = False) -> Iterator[Desk]:
        """The desk for reading alone, also beside an open window. `notes`: with something to write down where nobody
        else has it open (`desk.store.reading` says). Raises UserError."""
        with self._opened(self._unlock_beside(notes=notes)) as desk:
            yield desk

    def _unlock(self) -> Store:
        need_store(self.paths)
        from asbdesk.clock import SystemClock
        from asbdesk.store.vault import unlock

        return unlock(self.paths, SystemClock(), passphrase=self.passphrase())

    def _unlock_beside(self, *, notes: bool) -> Store:
        need_store(self.paths)
        from asbdesk.clock import SystemClock
        from asbdesk.store.vault import InUse, unlock

        passphrase, clock = self.passphrase(), SystemClock()
        if notes:
            with contextlib.suppress(InUse):
                return unlock(self.paths, clock, passphrase=passphrase)
        return unlock(self.paths, clock, passphrase=passphrase, reading=True)

    @contextmanager
    def _opened(self, store: Store) -> Iterator[Desk]:
        from asbdesk.casework.desk import Desk

        try:
            if store.mended:
                print(store.mended, file=sys.stderr)
            yield Desk(store)
        finally:
            store.close()


def need_store(paths: StorePaths) -> None:
    """Raise UserError where there is no store."""
    if not paths.exists():
        raise UserError(
            f"{paths.folder}: there is no store here. Make one with `asbdesk new`, bring one back with "
            "`asbdesk restore`, or name another folder with --store."
        )


def common(command: F) -> F:
    """Give a command the options that every command has."""
    for option in reversed(
        (
            click.option("--store", metavar="DIR", help="Another store than this user's own.", **_kept()),
            click.option("--passphrase-file", metavar="FILE", help="Its first line; - is standard input.", **_kept()),
            click.option("--json", "as_json", is_flag=True, help="For another program to read.", **_kept()),
        )
    ):
        command = option(command)
    return command


def _kept() -> dict[str, Any]:
    def keep(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
        options = context.ensure_object(Options)
        if value:
            setattr(options, str(parameter.name), value)
        return value

    return {"expose_value": False, "callback": keep}


def show_json(value: Any) -> None:
    """Print `value` (frozen records, lists, plain values) as JSON."""
    print(json.dumps(value, default=_plain, ensure_ascii=False, indent=2))


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name.rstrip("_"): getattr(value, f.name) for f in dataclasses.fields(value)}
    if isinstance(value, Sequence):
        return list(value)
    return str(value)
