"""The command that writes a case file: a whole case in order, for an investigator, the resident or a court."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from asbdesk.cli.options import Options, common, show_json

if TYPE_CHECKING:
    from asbdesk.exchange.casefile import Written


@click.command()
@click.argument("reference", metavar="REF")
@click.option("--out", required=True, metavar="PLACE", help="A new PDF; with --folder a new folder, or an empty one.")
@click.option("--copy", type=click.Choice(["investigator", "resident", "court"]), required=True, help="Whom it is for.")
@click.option("--folder", is_flag=True, help="A folder of open files with a list to check them by (BagIt).")
@click.option(
    "--to", default="", metavar="NAME", help="Who receives it; else the Ombudsman, the resident or the court."
)
@click.option(
    "--without-third-parties", is_flag=True, help="Leave out who the others are. The resident's copy always does."
)
@click.option("--looked", is_flag=True, help="Add who looked at the case.")
@click.option("--reason", default="", metavar="WORDS", help="Why it leaves although something stands in its way.")
@common
@click.pass_obj
def casefile(
    options: Options, reference: str, out: str, copy: str, to: str, reason: str, *, folder: bool, looked: bool,
    without_third_parties: bool,
) -> None:  # fmt: skip
    """A whole case in order, one page first: a tagged PDF with its files inside, or a folder. Not encrypted.

    It is written whole or not at all, and kept in the case that it left.
    """
    from asbdesk.casework.casefile import Asked
    from asbdesk.casework.release import Override
    from asbdesk.exchange.casefile import write_folder, write_pdf

    asked = Asked(copy, to, third_parties=not without_third_parties, looked=looked)  # type: ignore[arg-type]
    with options.desk() as desk:
        write = write_folder if folder else write_pdf
        done = write(desk, desk.case(reference), asked, Path(out).expanduser(), Override(reason), _told)
    _say(options, done)


def _told(done: int, of: int) -> None:
    """How far it is, on a terminal alone."""
    if sys.stderr.isatty():
        print(f"\r{100 * done // max(of, 1)} %", end="" if done < of else "\n", file=sys.stderr, flush=True)


def _say(options: Options, done: Written) -> None:
    if options.as_json:
        show_json(done)
        return
    print(f"{done.entries} entries and {done.files} files are in {done.place}. It is not encrypted.")
    for name in done.missing:
        print(f"Not on this laptop, and so not in it: {name}", file=sys.stderr)


COMMANDS = (casefile,)
