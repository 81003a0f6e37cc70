"""The breach sheet: what was on a laptop that is gone, for the data protection lead, with the time the law gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from asbdesk.clock import london_day, london_time, long_day
from asbdesk.documents.words import words

if TYPE_CHECKING:
    from asbdesk.documents.words import Words


class Lost(Protocol):
    """What of a lost laptop goes on paper (`sync.revocation.Breach`)."""

    @property
    def device(self) -> str: ...
    @property
    def officer(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def letter(self) -> str: ...
    @property
    def why(self) -> str: ...
    @property
    def known_at(self) -> str: ...
    @property
    def tell_ico_by(self) -> str: ...
    @property
    def last_met(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def cases(self) -> tuple[str, ...]: ...
    @property
    def people(self) -> int: ...
    @property
    def homes(self) -> int: ...
    @property
    def encryption(self) -> str: ...
    @property
    def incomplete(self) -> str: ...


def make(landlord: str, lost: Lost, *, language: str = "en") -> bytes:
    """The sheet as a PDF."""
    from asbdesk.documents.finish import About
    from asbdesk.documents.fonts import markup, printable
    from asbdesk.documents.pages import STANDARD, Paper, render

    say = words("breach_sheet", language)
    page = Paper(STANDARD)
    top = page.section(say.say("title"), style="title", role="H1")
    known = say.say("known", at=_moment(lost.known_at), why=lost.why)
    top.text(say.say("whose", landlord=landlord), "<br/>" + known)
    parts = [top]
    for name, lines in (
        ("deadline", [say.say("deadline.ico", by=_moment(lost.tell_ico_by)), *_said(say, "deadline", "people record")]),
        ("held", list(_held(say, lost))),
        ("laptop", list(_laptop(say, lost))),
        ("safe", [markup(lost.encryption), *_said(say, "safe", "locked unknown done sent cannot")]),
        ("next", _said(say, "next", "safe officer account police")),
    ):
        part = page.section(say.say(f"{name}.heading"))
        part.items(lines)
        parts.append(part)
    page.flowables = [flowable for part in parts for flowable in part.flowables]
    about = About(say.bare("title"), printable(landlord), lost.known_at, f"{say.language}-GB")
    return render([page], about, lambda page, pages: (say.bare("footer"), f"{page} / {pages}"))


def _said(say: Words, part: str, lines: str) -> list[str]:
    return [say.say(f"{part}.{name}") for name in lines.split()]


def _laptop(say: Words, lost: Lost) -> Iterator[str]:
    role = lost.role.replace("_", " ")
    yield say.say("laptop.whose", officer=lost.officer or "not known", role=role, letter=lost.letter)
    yield say.say("laptop.number", device=lost.device)
    if lost.last_met:
        yield say.say("laptop.met", at=_moment(lost.last_met), version=lost.version)
    else:
        yield say.say("laptop.never")
    yield say.say("laptop.later")


def _held(say: Words, lost: Lost) -> Iterator[str]:
    counts = {"cases": str(len(lost.cases)), "people": str(lost.people), "homes": str(lost.homes)}
    yield say.say("held.counts", **counts)
    yield say.say("held.cases", references=", ".join(lost.cases)) if lost.cases else say.say("held.none")
    if lost.incomplete:
        yield say.say("held.incomplete", why=lost.incomplete)


def _moment(at: str) -> str:
    return f"{long_day(london_day(at))}, {london_time(at):%H:%M}"
