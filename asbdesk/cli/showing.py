"""Commands that draw: the practice desk, and a picture of every screen."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from asbdesk.cli.options import Options, common, show_json


def has_display() -> bool:
    """Whether a window can be seen here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@click.command()
@click.option("--out", default="asbdesk-demo", metavar="DIR", show_default=True, help="Where plan and pictures go.")
@click.option("--no-window", is_flag=True, help="End when all is made, display or not.")
@common
@click.pass_obj
def demo(options: Options, out: str, no_window: bool) -> None:
    """Live one whole practice visit, from the knock to the sealed plan, and draw every screen."""
    folder = Path(out).expanduser()
    made = _live(folder, window=has_display() and not no_window and not options.as_json)
    if options.as_json:
        show_json({"made": made})
        return
    for file in made:
        print(file)


@click.command()
@click.option("--out", required=True, metavar="DIR", help="Where the pictures go.")
@common
@click.pass_obj
def pictures(options: Options, out: str) -> None:
    """Every screen drawn on the practice desk, in each theme, as PNG."""
    made = _draw(Path(out).expanduser())
    if options.as_json:
        show_json({"made": made})
    else:
        print(f"{len(made)} pictures in {Path(out).expanduser()}")


def _live(folder: Path, *, window: bool) -> list[Path]:
    raise NotImplementedError


def _draw(folder: Path) -> list[Path]:
    raise NotImplementedError


COMMANDS = (demo, pictures)
