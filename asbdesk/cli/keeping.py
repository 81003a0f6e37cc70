"""Commands that make, copy and mend a store, and take case histories in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import click

from asbdesk.cli.options import Options, common, need_store, show_json
from asbdesk.errors import UserError


@click.command()
@click.option("--officer", required=True, metavar="NAME", help="Who works at this desk.")
@click.option("--landlord", required=True, metavar="NAME", help="What the landlord is called.")
@click.option("--recovery-out", metavar="FILE", help="Where the recovery sheet goes (PDF). Not into the store.")
@common
@click.pass_obj
def new(options: Options, officer: str, landlord: str, recovery_out: str | None) -> None:
    """Make a store, its keys, the landlord's authority and the recovery sheet."""
    from asbdesk.casework.setting_up import Answers, set_up
    from asbdesk.clock import SystemClock

    paths = options.paths
    if paths.exists():
        raise UserError(f"{paths.folder}: there is a store here already. Name another folder with --store.")
    sheet = Path(recovery_out or "asbdesk-recovery-sheet.pdf").expanduser().resolve()
    if paths.folder.resolve() in sheet.parents:
        raise UserError(f"{sheet}: the recovery sheet must not lie in the store that it opens.")
    passphrase = options.new_passphrase(officer, landlord)
    with new_file(sheet, "--recovery-out") as out:
        made = set_up(paths, SystemClock(), passphrase, Answers(landlord=landlord, officer=officer))
        made.desk.close()
        out.write(made.recovery_sheet)
    if options.as_json:
        show_json({"store": paths.folder, "recovery_sheet": sheet, "authority": paths.authority})
        return
    print(f"The store is in {paths.folder}.")
    print(f"The recovery sheet is {sheet}. Print it, keep it away from this computer, then delete the file.")


@contextmanager
def new_file(file: Path, option: str) -> Iterator[BinaryIO]:
    """A new file that only its owner may read, written whole or not at all. UserError where there is one already."""
    if not file.parent.is_dir():
        raise UserError(f"{file.parent}: there is no such folder. Name another file with {option}.")
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError:
        raise UserError(f"{file}: there is a file of this name already. Name another with {option}.") from None
    try:
        with os.fdopen(descriptor, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        file.unlink(missing_ok=True)
        raise


@click.command("import")
@click.argument("files", nargs=-1, metavar="FILE…")
@click.option("--spreadsheet", metavar="FILE", help="Take on a list of existing cases instead: CSV or XLSX.")
@click.option("--mapping", metavar="FILE", help="With a list: which column says what, as JSON. Else it is guessed.")
@click.option("--dry-run", is_flag=True, help="With a list: say row by row what would be made and what is wrong.")
@click.option("--good-rows", is_flag=True, help="With a list: take the good rows where others are wrong.")
@click.option("--ask", metavar="FILE", help="With a list that has no risk level: write it again with three questions.")
@common
@click.pass_obj
def import_(options: Options, /, files: tuple[str, ...], spreadsheet: str | None, **listed: Any) -> int | None:
    """Take in case histories, or the folders of exported cases. One with a fault in it is refused whole, and nothing
    after it is taken.

    With --spreadsheet, a list of existing cases is taken on; what its columns say is guessed and shown.
    """
    from asbdesk.exchange.history import import_history

    if spreadsheet is not None and not files:
        from asbdesk.cli.listed import take_list

        return take_list(options, Path(spreadsheet).expanduser(), **listed)
    if not files or spreadsheet is not None or any(listed.values()):
        raise UserError("Name case histories, or one list with --spreadsheet FILE. See `asbdesk import --help`.")
    taken = []
    with options.desk() as desk:
        for file in files:
            path = Path(file).expanduser()
            result = import_history(desk, path / "history.json" if path.is_dir() else path)
            taken.append({"file": file, "result": result})
            if not options.as_json:
                print(f"{file}: {result.words}")
    if options.as_json:
        show_json(taken)
    return None


@click.command()
@click.argument("reference", metavar="REF")
@click.option("--out", required=True, metavar="DIR", help="A new folder, or an empty one.")
@click.option("--reason", default="", metavar="WORDS", help="Why it leaves although somebody must not be told of it.")
@common
@click.pass_obj
def export(options: Options, reference: str, out: str, reason: str) -> None:
    """A whole case as open files: its history, every record and entry, documents and evidence. Not encrypted."""
    from asbdesk.exchange.export import export_case

    with options.desk() as desk:
        done = export_case(desk, desk.case(reference), Path(out).expanduser(), reason)
    if options.as_json:
        show_json(done)
        return
    counts = f"{done.events} events, {done.records} records, {done.entries} entries, {done.files} files"
    print(f"{done.folder}: {counts}. Nothing in it is encrypted: keep it where only those who need it can read it.")


@click.command()
@click.option("--to", "folder", metavar="DIR", help="Where copies lie; where the last one went, by default.")
@common
@click.pass_obj
def backup(options: Options, folder: str | None) -> None:
    """Make a copy of the store: database, keys and evidence, all encrypted."""
    from asbdesk.store.backup import backup as make_copy

    with options.beside(notes=True) as desk:
        to = folder or desk.drafts.remembered(COPIES)
        if not to:
            raise UserError("No folder for copies was chosen yet: name one with --to DIR, best on another disk.")
        copy = make_copy(desk.store, Path(to).expanduser())
        if not desk.store.reading:
            desk.drafts.remember(COPIES, str(Path(to).expanduser().resolve()))
    if options.as_json:
        show_json({"copy": copy.folder, "made": copy.made, "size": copy.size, "lacks": copy.lacks})
        return
    print(f"The copy is {copy.folder}.")
    if copy.lacks:
        print(f"{len(copy.lacks)} evidence files are damaged in the store itself and are not in it: asbdesk check")


COPIES = "copies_folder"
"""The local setting that remembers where spare copies go."""


@click.command()
@click.argument("copy", metavar="FILE")
@click.option("--without-evidence", is_flag=True, help="Go on where evidence files are not to be found.")
@common
@click.pass_obj
def restore(options: Options, copy: str, without_evidence: bool) -> None:
    """Bring a store back from a copy. What is in the store's place now is moved aside, never written over."""
    from asbdesk.clock import SystemClock
    from asbdesk.store.restore import restore as bring_back

    done = bring_back(Path(copy).expanduser(), options.paths, SystemClock(), without_evidence=without_evidence)
    if options.as_json:
        show_json({"store": options.paths.folder, "aside": done.aside, "missing": done.missing})
    else:
        print(done.sentence)


@click.command()
@click.option("--code-file", metavar="FILE", help="The code of the recovery sheet; - is standard input.")
@common
@click.pass_obj
def recover(options: Options, code_file: str | None) -> None:
    """Set a new passphrase with the recovery sheet, or with a code that head office read out (asbdesk unlock-code).

    In a file or on standard input: the code, then the passphrase.
    """
    need_store(options.paths)
    from asbdesk.clock import SystemClock
    from asbdesk.store import office_slot
    from asbdesk.store.vault import set_passphrase

    options.passphrase_file = options.passphrase_file or code_file
    code = options.secret(code_file or options.passphrase_file, "Code of the recovery sheet, or head office's")
    if office_slot.is_code(code):
        office_slot.use(options.paths, code, options.new_passphrase(), SystemClock())
        say(options, "The new passphrase is set. Head office's code opens nothing any more.")
        return
    set_passphrase(options.paths, options.new_passphrase(), recovery=code)
    say(options, "The new passphrase is set. The recovery sheet goes on working: put it back where it was.")


@click.command()
@common
@click.pass_obj
def passphrase(options: Options) -> None:
    """Change the passphrase. In a file or on standard input: the present one, then the new one."""
    need_store(options.paths)
    from asbdesk.store.vault import set_passphrase

    old = options.passphrase()
    set_passphrase(options.paths, options.new_passphrase(), old=old)
    say(options, "The new passphrase is set.")


def say(options: Options, sentence: str) -> None:
    """A sentence, or the same for a program."""
    if options.as_json:
        show_json({"done": sentence})
    else:
        print(sentence)


COMMANDS = (new, import_, export, backup, restore, recover, passphrase)
