"""Commands that make, copy and mend a store, and take case histories in."""

from __future__ import annotations

from pathlib import Path

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
    from asbdesk.casework.doors import create
    from asbdesk.clock import SystemClock

    paths = options.paths
    sheet = Path(recovery_out or "asbdesk-recovery-sheet.pdf").expanduser()
    if sheet.exists():
        raise UserError(f"{sheet}: there is a file of this name already. Name another with --recovery-out.")
    if paths.folder.resolve() in (sheet.resolve(), *sheet.resolve().parents):
        raise UserError(f"{sheet}: the recovery sheet must not lie in the store that it opens.")
    if not sheet.resolve().parent.is_dir():
        raise UserError(f"{sheet.parent}: there is no such folder for the recovery sheet.")
    made = create(paths, SystemClock(), options.new_passphrase(), officer=officer, landlord=landlord)
    made.desk.store.close()
    write_private(sheet, made.recovery_sheet)
    if options.as_json:
        show_json({"store": paths.folder, "recovery_sheet": sheet, "authority": paths.authority})
        return
    print(f"The store is in {paths.folder}.")
    print(f"The recovery sheet is {sheet}. Print it, keep it away from this computer, then delete the file.")


def write_private(file: Path, data: bytes) -> None:
    """Write a new file that only its owner may read."""
    import os

    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@common
@click.pass_obj
def import_(options: Options, files: tuple[str, ...]) -> None:
    """Take in case histories. A file with a fault in it is refused whole, and nothing after it is taken."""
    from asbdesk.exchange.history import import_history

    taken = []
    with options.desk() as desk:
        for file in files:
            result = import_history(desk, Path(file))
            taken.append({"file": file, "result": result})
            if not options.as_json:
                print(f"{file}: {result.words}")
    if options.as_json:
        show_json(taken)


@click.command()
@click.option("--to", "folder", metavar="DIR", help="Where the copy goes; beside the earlier ones by default.")
@common
@click.pass_obj
def backup(options: Options, folder: str | None) -> None:
    """Make a copy of the store: database, keys and evidence, all encrypted."""
    from asbdesk.casework.doors import make_backup

    need_store(options.paths)
    copy = make_backup(options.paths, Path(folder).expanduser() if folder else None)
    if options.as_json:
        show_json({"copy": copy})
    else:
        print(f"The copy is {copy}.")


@click.command()
@click.argument("copy", metavar="FILE")
@common
@click.pass_obj
def restore(options: Options, copy: str) -> None:
    """Bring a store back from a copy. What is in the store's place now is put aside, never written over."""
    from asbdesk.casework.doors import restore_backup

    restore_backup(Path(copy).expanduser(), options.paths)
    if options.as_json:
        show_json({"store": options.paths.folder})
    else:
        print(f"The store is back in {options.paths.folder}. Open it with the passphrase it had when it was copied.")


@click.command()
@click.option("--code-file", metavar="FILE", help="The code of the recovery sheet; - is standard input.")
@common
@click.pass_obj
def recover(options: Options, code_file: str | None) -> None:
    """Set a new passphrase with the recovery sheet. In a file or on standard input: the code, then the passphrase."""
    from asbdesk.casework.doors import set_passphrase

    need_store(options.paths)
    if code_file is not None and options.passphrase_file is None:
        options.passphrase_file = code_file
    code = options.secret(code_file or options.passphrase_file, "Code of the recovery sheet")
    set_passphrase(options.paths, options.new_passphrase(), recovery=code)
    print("The new passphrase is set. The recovery sheet goes on working: put it back where it was.")


@click.command()
@common
@click.pass_obj
def passphrase(options: Options) -> None:
    """Change the passphrase. In a file or on standard input: the present one, then the new one."""
    from asbdesk.casework.doors import set_passphrase

    need_store(options.paths)
    old = options.passphrase()
    set_passphrase(options.paths, options.new_passphrase(), old=old)
    print("The new passphrase is set.")


COMMANDS = (new, import_, backup, restore, recover, passphrase)
