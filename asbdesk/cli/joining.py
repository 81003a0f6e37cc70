"""Commands of enrolment: head office invites and admits, a new laptop asks to join."""

from __future__ import annotations

import getpass
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from asbdesk.cli import NO
from asbdesk.cli.keeping import new_file
from asbdesk.cli.options import Options, common, show_json
from asbdesk.errors import UserError

if TYPE_CHECKING:
    from asbdesk.store.vault import Store
    from asbdesk.sync.enrolment import Asked, Waiting
    from asbdesk.sync.invitation import Invitation

ROLES = ("officer", "manager", "head_office", "auditor")


@click.command()
@click.option("--role", required=True, type=click.Choice(ROLES), help="What they will be.")
@click.option("--out", required=True, metavar="FILE", help="The invitation, to send by e-mail or stick (.asborg).")
@click.option("--code-out", required=True, metavar="FILE", help="Its one-time code, to give another way.")
@click.option("--team", default="", metavar="TEAM", help="Their team, where cases have teams.")
@click.option("--member", default="", metavar="ID", help="Somebody who works here already and gets another laptop.")
@common
@click.pass_obj
def invite(options: Options, role: str, out: str, code_out: str, team: str, member: str) -> None:
    """Invite somebody: a file one way, its one-time code another. Good for seven days, once."""
    from asbdesk.sync import enrolment

    file, code = Path(out).expanduser(), Path(code_out).expanduser()
    with options.desk() as desk, new_file(file, "--out") as invitation, new_file(code, "--code-out") as secret:
        made = enrolment.invite(desk.store, role, team=team, member=member)
        invitation.write(made.file)
        secret.write(made.code.encode() + b"\n")
    if options.as_json:
        show_json({"invitation": made.id, "file": file, "code_file": code, "until": made.until, "role": role})
        return
    print(f"Send {file} by e-mail or on a stick. Give the code in {code} another way: by telephone, or on paper.")
    print(f"Both are good until {made.until[:10]}, once.")


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--code-file", metavar="FILE", help="The one-time code; - is standard input.")
@click.option("--officer", default="", metavar="NAME", help="Who works at this laptop.")
@click.option("--recovery-out", metavar="FILE", help="With a new store: where its recovery sheet goes (PDF).")
@common
@click.pass_obj
def join(options: Options, file: str, code_file: str | None, officer: str, recovery_out: str | None) -> None:
    """Ask to join an organisation with the invitation it sent. Makes a store where there is none."""
    from asbdesk.clock import SystemClock
    from asbdesk.sync import enrolment, meeting, place
    from asbdesk.sync.invitation import code_bytes, read_invitation, see_that_it_is_good

    path = Path(file).expanduser()
    told = read_invitation(path.read_bytes(), file)
    code = options.secret(code_file, "Code of the invitation")
    code_bytes(code)  # what is wrong with either is said before a store is made
    see_that_it_is_good(told, SystemClock())
    store = _store(options, told, officer, recovery_out)
    try:
        name = officer.strip() or _who()
        asked = enrolment.join(store, told, code, {"name": name}, _where(told, path))
        done = meeting.meet(store)
        store.journal.catch_up()
        waits = place.org_of(store).state == place.ASKED
    finally:
        store.close()
    trouble = "" if done.trouble == meeting.NOT_YET else done.trouble or ""
    _say_asked(options, asked, trouble, waits=waits)


@click.command()
@click.argument("folder", metavar="FOLDER")
@click.option("--earlier-passphrase-file", metavar="FILE", help="The passphrase of the earlier desk.")
@common
@click.pass_obj
def bring(options: Options, folder: str, earlier_passphrase_file: str | None) -> None:
    """Bring the cases of a desk that worked by itself, in FOLDER, to this one, which joined colleagues."""
    from asbdesk.exchange.bringing import bring_from

    with options.desk() as desk:
        passphrase = options.secret(earlier_passphrase_file, "Passphrase of the earlier desk")
        done = bring_from(Path(folder), passphrase, desk)
    if options.as_json:
        show_json(asdict(done))
        return
    print(done.words)
    for before, now in done.cases.items():
        print(f"{before} is {now} here.")


def _who() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Who works at this laptop", err=True)).strip()
    return getpass.getuser()


def _store(options: Options, told: Invitation, officer: str, recovery_out: str | None) -> Store:
    from asbdesk.clock import SystemClock, today
    from asbdesk.store import vault

    paths, clock = options.paths, SystemClock()
    if paths.exists():
        return vault.unlock(paths, clock, passphrase=options.passphrase())
    passphrase = options.new_passphrase(officer, told.landlord)
    store, code = vault.create(paths, passphrase, clock)
    if recovery_out:
        from asbdesk.documents.recovery_sheet import make

        with new_file(Path(recovery_out).expanduser(), "--recovery-out") as out:
            out.write(make(told.landlord, officer, code, today(clock)))
    return store


def _where(told: Invitation, file: Path) -> Any:
    """The place to meet: where the invitation says, or the folder that the invitation itself lies in."""
    from asbdesk.sync import names
    from asbdesk.sync.place import FOLDER, Place

    if told.place.kind != FOLDER or (Path(told.place.where) / names.MARKER).exists():
        return told.place
    beside = file.absolute().parent
    return Place(FOLDER, str(beside)) if (beside / names.MARKER).exists() else told.place


def _say_asked(options: Options, asked: Asked, trouble: str, *, waits: bool) -> None:
    if options.as_json:
        show_json({**asdict(asked), "trouble": trouble or None, "admitted": not waits})
        return
    if not waits:
        print(f"This laptop belongs to {asked.landlord} now.")
        return
    print(f"This laptop asks {asked.landlord} to join, as {asked.role.replace('_', ' ')}.")
    print(f"Ring head office and read these six words: {' '.join(asked.words)}")
    print("When they have admitted it: asbdesk sync" if not trouble else f"{trouble} Then: asbdesk sync")


@click.command()
@click.argument("request", required=False, metavar="[ID]")
@click.option("--words", metavar='"…"', help="The six words that were read to you.")
@click.option("--yes", is_flag=True, help="The six words were compared already.")
@common
@click.pass_obj
def admit(options: Options, request: str | None, words: str | None, yes: bool) -> int | None:
    """Who asks to join; or admit one of them, by the six words they read out."""
    from asbdesk.sync import enrolment, invitation, meeting

    with options.desk() as desk:
        first = meeting.meet(desk.store)
        desk.store.journal.catch_up()
        waiting = enrolment.waiting(desk.store)
        if not (words or yes):
            _list(options, [w for w in waiting if request in (None, w.id)], first.trouble)
            return None
        chosen = _chosen(waiting, request, first.trouble)
        if words and not invitation.same_words(words, chosen.words):
            print(
                "These are not the words. Ask for them again; if they still differ, admit nobody: somebody may have "
                "exchanged the keys on the way.",
                file=sys.stderr,
            )
            return NO
        done = enrolment.admit(desk.store, chosen.id)
        trouble = meeting.meet(desk.store).trouble
    if options.as_json:
        show_json({**asdict(done), "trouble": trouble})
        return None
    role = done.role.replace("_", " ")
    print(f"{done.name} belongs now, as {role}. Their case numbers carry the letter {done.letter}.")
    print("Tell them: asbdesk sync")
    if trouble:
        print(f"{trouble} They are let in once this laptop has met the others: asbdesk sync")
    return None


def _chosen(waiting: tuple[Waiting, ...], request: str | None, trouble: str | None) -> Waiting:
    found = [w for w in waiting if request in (None, w.id)]
    if not found:
        what = f"Nobody asks to join under {request}." if request else "Nobody asks to join."
        raise UserError(f"{what} {trouble or ''}".strip())
    if len(found) > 1:
        raise UserError(f"{len(found)} ask to join. Name one by its id: see `asbdesk admit`.")
    return found[0]


def _list(options: Options, waiting: list[Waiting], trouble: str | None) -> None:
    if options.as_json:
        show_json({"waiting": waiting, "trouble": trouble})
        return
    for one in waiting:
        print(f"{one.id}  {one.name or 'somebody'}, {one.role.replace('_', ' ')}")
        print(f"  {one.why}" if one.why else f"  Their six words should be: {' '.join(one.words)}")
    if any(not one.why for one in waiting):
        print("Have them read theirs out. If all six are the same: asbdesk admit --yes")
    if not waiting:
        print("Nobody asks to join.")
    if trouble:
        print(trouble, file=sys.stderr)


COMMANDS = (invite, join, bring, admit)
