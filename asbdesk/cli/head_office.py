"""The commands of head office's service: make it, run it."""

from __future__ import annotations

from pathlib import Path

import click

from asbdesk.cli.options import Options, common, show_json
from asbdesk.errors import UserError


@click.group("headoffice")
@common
def head_office() -> None:
    """The service on PostgreSQL where an organisation's laptops meet."""


@head_office.command()
@click.option("--database", required=True, metavar="URL", help="postgresql://name@host:5432/database")
@click.option("--dir", "folder", required=True, metavar="DIR", help="A new folder for the service's own keys.")
@click.option("--landlord", required=True, metavar="NAME", help="The landlord's name.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="What laptops reach it by; this machine's name.")
@click.option("--port", default=8443, show_default=True, metavar="N", help="Where it will listen.")
@common
@click.pass_obj
def init(options: Options, database: str, folder: str, landlord: str, names: tuple[str, ...], port: int) -> None:
    """Make the database's tables, the service's keys and its certificate; again brings them up to date."""
    _need_extra()
    from asbdesk.clock import SystemClock
    from asbdesk.headoffice.beginning import begin
    from asbdesk.headoffice.place import OfficeFolder

    place = OfficeFolder(Path(folder).expanduser())
    begun = begin(place, database, landlord, SystemClock(), names=names, port=port)
    if options.as_json:
        show_json(begun)
        return
    print(f"The service is in {begun.folder}. Nobody else may read that folder: it holds the service's keys.")
    print(f"Start it:                        asbdesk headoffice serve --dir {folder}")
    print(f"Then, on head office's laptop:   asbdesk depot create '{begun.address}'")
    print(f"and give it this code once:      {begun.code}")


@head_office.command()
@click.option("--dir", "folder", required=True, metavar="DIR", help="The service's folder.")
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="Another port than it was made with.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), metavar="N", help="Processes.")
@click.option("--host", default="0.0.0.0", show_default=True, metavar="ADDRESS", help="Listen on this address alone.")
@common
@click.pass_obj
def serve(options: Options, folder: str, port: int | None, workers: int, host: str) -> None:
    """Run the service until it is stopped."""
    _need_extra()
    from asbdesk.headoffice.place import OfficeFolder
    from asbdesk.headoffice.serving import serve as run

    run(OfficeFolder(Path(folder).expanduser()), host=host, port=port, workers=workers)


def _need_extra() -> None:
    try:
        import psycopg_pool  # noqa: F401
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as missing:
        raise UserError(
            f"Head office's service needs more than a desk does ({missing.name}). Install it with "
            "`pip install 'asbdesk[headoffice]'`, or from installer/requirements-headoffice.lock."
        ) from None


COMMANDS = (head_office,)
