"""Commands that look: the list, one case, what is due, the current plan, a PDF's seal, the store's health."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from asbdesk.cli.keeping import new_file
from asbdesk.cli.options import Options, common, show_json
from asbdesk.errors import NotWhole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from asbdesk.casework.views import CasePage, TodayView


@click.command()
@click.option("--search", default="", metavar="WORDS", help="Name, address or reference.")
@click.option("--status", type=click.Choice(["open", "closed", "all"]), default="open", show_default=True)
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, metavar="N")
@common
@click.pass_obj
def cases(options: Options, search: str, status: str, limit: int) -> None:
    """The list of cases."""
    from asbdesk.casework.cases import list_cases

    with options.beside() as desk:
        found = desk.read(list_cases, search=search, status=status, limit=limit, today=desk.today)
    if options.as_json:
        show_json(found)
        return
    if not found.lines:
        none = f"There is no {'' if status == 'all' else f'{status} '}case on this desk."
        print("No case matches." if search else none)
        return
    heads = ("Case", "Risk level", "What", "Who reported it", "Address", "Next due")
    rows = [(c.reference, c.band or "not assessed", c.title, c.reporter, c.address, c.next_text) for c in found.lines]
    table((heads, *rows))
    if found.total > len(found.lines):
        print(f"{found.total - len(found.lines)} more: --limit {found.total} shows all.")


@click.command()
@click.argument("reference", metavar="REF")
@common
@click.pass_obj
def case(options: Options, reference: str) -> None:
    """One case whole: chronology, what is due, people, assessments, plans."""
    from asbdesk.casework.cases import case_page

    with options.beside(notes=True) as desk:
        found = desk.case(reference)
        page = desk.read(case_page, found, desk.today)
        if not desk.store.reading:
            desk.viewed(found)
    if options.as_json:
        show_json(page)
    else:
        _print_case(page)


def _print_case(page: CasePage) -> None:
    print(f"{page.line.reference}  {page.line.title}")
    print(f"{page.line.band or 'not assessed'} · {page.line.status} · {page.home}")
    section("Take care", (alert.text for alert in page.alerts))
    section("Due", (f"{due.when_text}: {due.title} ({due.why}; {due.source})" for due in page.due))
    section("People", (f"{person.name}: {person.role}" for person in page.people))
    section("Risk", (f"{a.day_text}: {a.band_text}, {a.score_text}" for a in page.assessments))
    section("Plans", (f"{plan.number}, {plan.day_text}: {plan.signing_text}" for plan in page.plans))
    section("Chronology", (" ".join(f"{c.day_text}: {c.title}. {c.text}".split()) for c in page.chronology))


@click.command()
@common
@click.pass_obj
def today(options: Options) -> None:
    """What is due, case by case."""
    from asbdesk.casework.conflicts import of_the_landlord
    from asbdesk.casework.now import for_manager
    from asbdesk.casework.today import today as read_today

    with options.beside() as desk:
        view = desk.read(read_today, desk.member, desk.today)
        view = replace(view, now=(*view.now, *desk.read(for_manager, desk.member, desk.clock.now())))
        differ = desk.read(of_the_landlord, desk.member, desk.store.journal.role)
    if options.as_json:
        show_json(view)
    else:
        _print_today(view)
        section("To decide in the landlord's own records", (line.title for line in differ))


def _print_today(view: TodayView) -> None:
    print(view.heading)
    print(view.counts)
    for heading, cards in (("Now", view.now), ("Late or due today", view.late_or_due)):
        section(heading, (f"{card.title} ({card.address})" for card in cards))
    section("Coming", (f"{day.day_text}: {day.text}" for day in view.coming))
    section("Visits", (f"{visit.time_text}: {visit.address}" for visit in view.visits))
    if view.more:
        print(view.more)


@click.command()
@click.argument("reference", metavar="REF")
@click.option("--out", required=True, metavar="FILE", help="Where the PDF goes.")
@click.option("--layout", metavar="LAYOUT", help="standard, large, easy or card; left out: as it was locked (sealed).")
@click.option("--language", metavar="CODE", help="Beside English: ur, pl …; en for English alone.")
@click.option("--large", is_flag=True, help="The same as --layout large.")
@click.option("--reason", default="", metavar="WORDS", help="Why it leaves although something stands in its way.")
@common
@click.pass_obj
def plan(
    options: Options, reference: str, out: str, layout: str | None, language: str | None, *, large: bool, reason: str
) -> None:
    """The current plan: the sealed file as it was, or, made anew in another form, a draft marked so."""
    from asbdesk.casework.plan_papers import hand_out

    file = Path(out).expanduser()
    form = layout or ("large" if large else "")
    with new_file(file, "--out") as paper, options.desk() if reason else options.beside(notes=True) as desk:
        case = desk.case(reference)
        found = hand_out(desk, case, paper.write, layout=form, language=language, reason=reason)
    if options.as_json:
        show_json({"file": file, "number": found.number, "sealed": found.sealed})
    else:
        print(
            f"{file}: plan {found.number}, {'as it was locked (sealed)' if found.sealed else 'a draft, and marked so'}."
        )


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--authority", metavar="FILE", help="The landlord's authority.pem to check against.")
@common
@click.pass_obj
def verify(options: Options, file: str, authority: str | None) -> int:
    """Is this PDF whole, who sealed it, when, and by which authority. Needs no passphrase."""
    from asbdesk.documents.verify import verify_file

    own = options.paths.authority
    named = Path(authority).expanduser() if authority else own if own.exists() else None
    verdict = verify_file(Path(file).expanduser(), named.read_bytes() if named else None)
    if options.as_json:
        show_json(verdict)
    else:
        for sentence in verdict.words:
            print(sentence)
    return 0 if verdict.passes else 1


@click.command()
@common
@click.pass_obj
def check(options: Options) -> int:
    """Database, journal, evidence, and whether the case files are what the journal says: whole or not."""
    from asbdesk.store.check import check as check_store
    from asbdesk.store.trouble import damaged_sentence

    try:
        with options.beside() as desk:
            findings = check_store(desk.store)
    except NotWhole as damaged:
        if str(damaged) != damaged_sentence(options.paths):
            raise
        raise NotWhole(UNOPENABLE.format(database=options.paths.database)) from damaged
    if options.as_json:
        show_json(findings)
    else:
        for finding in findings:
            print(f"{'whole' if finding.whole else 'NOT WHOLE'}: {finding.sentence}")
    if all(finding.whole for finding in findings):
        return 0
    raise NotWhole("This store is not whole. Nothing was changed; keep it as it is and restore the newest copy.")


UNOPENABLE = (
    "{database} is so damaged that it cannot be opened, and so not checked. Nothing was changed. Keep the folder as it "
    "is, and bring the newest copy back with `asbdesk restore COPY`, which moves this one aside."
)


def table(rows: Sequence[Sequence[str]]) -> None:
    """Print columns as wide as their widest cell; the first row is the heading."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def section(heading: str, lines: Iterable[str]) -> None:
    """Print a heading and its lines, or nothing where there is none."""
    first = True
    for line in lines:
        if first:
            print(f"\n{heading}")
        first = False
        print(f"  {line}")


COMMANDS = (cases, case, today, plan, verify, check)
