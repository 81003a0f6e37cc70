"""The command about the words of plans in other languages: what there is, its files to edit, its approval."""

from __future__ import annotations

import click

from asbdesk.cli.options import Options, common, show_json


@click.command()
@click.argument("language", metavar="[CODE]", required=False)
@click.option("--edit", is_flag=True, help="Write its files into this store's own folder, to be edited there.")
@click.option("--approve", metavar="NAME", help="Its words are approved as they stand, by NAME.")
@common
@click.pass_obj
def words(options: Options, language: str | None, edit: bool, approve: str | None) -> None:
    """The languages that plans can be printed in beside English, and whether their words are approved."""
    from asbdesk.casework import languages
    from asbdesk.errors import UserError

    if (edit or approve is not None) and not language:
        raise UserError("Say which language, by its code: `asbdesk words` lists them.")
    found: tuple[languages.Language, ...]
    if approve is not None:
        with options.desk() as desk:
            found = (languages.approve(desk, language or "", approve),)
    else:
        with options.beside() as desk:
            files = languages.to_edit(desk, language or "") if edit else ()
            found = (languages.language(desk, language),) if language else languages.languages(desk)
        for file in files:
            print(file)
    if options.as_json:
        show_json(found)
    else:
        for one in found:
            print(f"{one.code}  {one.english} ({one.name}): {one.state}{', own words' if one.own else ''}")


COMMANDS = (words,)
