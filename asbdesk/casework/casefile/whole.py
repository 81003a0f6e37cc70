"""The full chronology, whether the file can be relied on, and who looked at it: the last chapters."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.casefile.chapters import chapter, table
from asbdesk.casework.casefile.reading import Reading, moment
from asbdesk.casework.chronology_corrected import told_in_words
from asbdesk.casework.kept import kept_from_reader, names_reader
from asbdesk.casework.landlord import landlord_view
from asbdesk.casework.records import case_file
from asbdesk.clock import long_day
from asbdesk.documents.casefile import Chapter, Line
from asbdesk.errors import NotWhole
from asbdesk.model.journal import body, entry
from asbdesk.store.apply import leaf_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

OURS = (
    *("other_person.", "warning.", "disclosure.", "safeguarding.", "police.", "share.", "data.", "conflict.", "due."),
    *("manager.", "enforcement.", "court.", "proportion.", "allegation.", "seen.", "now.", "case.linked", "person."),
    *("case.made_a_place", "household.", "history.", "record.", "undone"),
)
"""How actions begin whose lines in the chronology are not for the resident."""


def chronology(r: Reading) -> Chapter:
    """Every entry, the first to happen first; who looked is an annex."""
    lines = tuple(sorted(_lines(r), key=lambda pair: pair[0]))
    made = tuple(line for _, line in lines)
    return chapter(r, "chronology", table(r, ("when", "what", "who"), (0.2, 0.62, 0.18), made))


def _rows(r: Reading, viewed: bool) -> Iterator[dict[str, Any]]:
    which = sa.select(body.c.text).join(entry, entry.c.n == body.c.n).where(entry.c.file == case_file(r.case))
    like = '%"do":"viewed"%'
    which = which.where(body.c.text.like(like) if viewed else body.c.text.not_like(like)).order_by(entry.c.n)
    for text in r.session.scalars(which.execution_options(yield_per=500)):
        yield json.loads(text)


def _lines(r: Reading) -> Iterator[tuple[tuple[str, int], Line]]:
    hidden = kept_from_reader(r.session, r.case)
    for n, told in enumerate(told for told in _rows(r, viewed=False) if not names_reader(told.get("set", ()), hidden)):
        sets, happened, recorded = told.get("set", {}), str(told["happened"]), str(told["recorded"])
        _, _, title, text = told_in_words(r.session, told)
        late = f"Written down {moment(recorded)}" if recorded[:10] > happened[:10] else ""
        words = "\n".join(t for t in (title, text, late) if t)
        about = tuple(record.partition("/")[2] for record in sets)
        ours = str(told.get("do", "")).startswith(OURS)
        who = r.names.get(str(told.get("by", "")), "")
        yield (happened, n), Line((moment(happened), words, who), about, private=ours)


def looked(r: Reading) -> Chapter:
    """Who looked at the case, and when."""
    lines = tuple(Line((moment(t["happened"]), r.names.get(str(t.get("by", "")), ""))) for t in _rows(r, viewed=True))
    return chapter(r, "looked", table(r, ("when", "who"), (0.4, 0.6), lines))


def integrity(r: Reading, files: int, member: str) -> Chapter:
    """Whether it can be relied on, in four sentences, after looking. Raises NotWhole."""
    count = _entries_whole(r.session, r.case)
    second = landlord_view(r.session, member).second_name
    says = (
        r.say.bare("integrity.one"),
        r.say.bare("integrity.two", day=long_day(r.today), count=str(count)),
        r.say.bare("integrity.three", count=str(files)) if files else r.say.bare("integrity.three_none"),
        r.say.bare("integrity.four", name=second) if second else r.say.bare("integrity.four_nobody"),
    )
    return chapter(r, "integrity", says=says)


def _entries_whole(session: Session, case: str) -> int:
    """How many entries the case has, each compared with the mark made when it was taken in. Raises NotWhole."""
    which = sa.select(body.c.salt, body.c.text, entry.c.leaf).join(entry, entry.c.n == body.c.n)
    count = 0
    for salt, text, leaf in session.execute(
        which.where(entry.c.file == case_file(case)).execution_options(yield_per=500)
    ):
        if not hmac.compare_digest(leaf_of(salt, text), leaf):
            raise NotWhole(
                "An entry of this case is not as it was written. Run “asbdesk check” before it is given out."
            )
        count += 1
    return count
