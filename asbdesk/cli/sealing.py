"""Commands about seals: the landlord's authority handed out, whom it asks for the time, and what waits for a stamp."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from asbdesk.cli import REFUSED
from asbdesk.cli.keeping import new_file, say
from asbdesk.cli.options import Options, common, show_json
from asbdesk.errors import UserError


@click.group()
@common
def seals() -> None:
    """The seals on our papers: what checks them, and the time stamps that bear them out."""


@seals.command("status")
@common
@click.pass_obj
def status(options: Options) -> None:
    """The landlord's authority with its mark, whom it asks for the time, and how many papers wait for a stamp."""
    from asbdesk.casework.raising import time_authority, waiting
    from asbdesk.documents.authority import common_name, fingerprint
    from asbdesk.documents.known import read
    from asbdesk.sync.seal_care import trust_of

    with options.beside() as desk:
        with desk.store.reader.connect() as conn:
            known = read(trust_of(conn))
        asked = desk.read(time_authority)
        left = len(desk.read(waiting, desk.store.journal.device, desk.clock.now())) if asked.address else 0
    name, mark = common_name(known.authority), fingerprint(known.authority)
    if options.as_json:
        told = {"authority": name, "mark": mark, "withdrawn": len(known.withdrawn)}
        show_json({**told, "time_authority": asked.address, "time_mark": asked.mark, "waiting": left})
        return
    print(f"{name}. Its mark: {mark}.")
    print(f"Withdrawn certificates: {len(known.withdrawn)}.")
    if asked.address:
        print(f"For the time we ask {asked.address} ({asked.name}, {asked.mark}). Waiting for a stamp: {left}.")
    else:
        print("For the time we ask nobody: locked papers carry the time of the laptop's clock.")


@seals.command("export")
@click.option("--out", required=True, metavar="FILE", help="Where the file goes. Nothing secret is in it.")
@common
@click.pass_obj
def export(options: Options, out: str) -> None:
    """The landlord's authority as a file, for whoever checks our papers: verify FILE --authority THIS."""
    from asbdesk.documents.authority import fingerprint
    from asbdesk.sync.seal_care import trust_of

    with options.beside() as desk, desk.store.reader.connect() as conn:
        held = trust_of(conn)
    if not held:
        raise UserError("This desk has no landlord yet. Finish setting up first.")
    file = Path(out).expanduser()
    with new_file(file, "--out") as written:
        written.write(held)
    mark = fingerprint(held)
    if options.as_json:
        show_json({"file": file, "mark": mark})
    else:
        print(f"{file}: the landlord's authority. Say its mark to whoever gets it: {mark}")


@seals.command("time")
@click.argument("address", required=False, metavar="[ADDRESS]")
@click.option("--nobody", is_flag=True, help="Ask nobody any more. Stamps that were given stay good.")
@click.option("--yes", is_flag=True, help="It was looked at, and its mark is right.")
@common
@click.pass_obj
def time_(options: Options, address: str | None, nobody: bool, yes: bool) -> None:
    """Name whom this landlord asks for the time (RFC 3161). Without --yes it is only looked at who answers there."""
    from asbdesk.casework.raising import look_at, name_time_authority
    from asbdesk.documents.authority import fingerprint
    from asbdesk.sync.seal_care import keep_up

    if bool(address) == nobody:
        raise UserError("Give the address of a time-stamp authority, or --nobody.")
    if nobody:
        with options.desk() as desk:
            desk.do(name_time_authority, "", "")
        say(options, "Nobody is asked for the time any more.")
        return
    found = look_at(address or "")
    mark = fingerprint(found.root)
    if yes:
        with options.desk() as desk:
            desk.do(name_time_authority, (address or "").strip(), found.root.decode())
            keep_up(desk.store)
    if options.as_json:
        show_json({"address": address, "name": found.name, "mark": mark, "named": yes})
        return
    print(f"{found.name} answers there. Behind it stands a certificate with the mark {mark}.")
    print(
        "Papers locked from now on, and those that wait, are raised with its time stamps." if yes
        else "Compare the mark with what its provider says, then give the command again with --yes."
    )  # fmt: skip


@seals.command("raise")
@common
@click.pass_obj
def raise_(options: Options) -> int | None:
    """Put time stamps on what waits, now. Without an authority nothing is asked of anybody."""
    from asbdesk.casework.raising import raise_due
    from asbdesk.sync.seal_care import keep_up

    with options.desk() as desk:
        keep_up(desk.store)
        done = raise_due(desk)
    if options.as_json:
        show_json(done)
    else:
        print(f"{done.done} raised, {done.waiting} waiting.")
        if done.trouble:
            print(done.trouble, file=sys.stderr)
    return REFUSED if done.trouble else None


COMMANDS = (seals,)
