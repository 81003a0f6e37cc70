"""Evidence without its file: offered and not taken, held elsewhere, received on paper; its review and its custody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from asbdesk.casework.records import case_file, new, put
from asbdesk.casework.told import NOTHING, Said, all_of, became, happen, in_case, one_of, words
from asbdesk.model import Case, Custody, DiaryEntry, Evidence, EvidenceElsewhere
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work

STEPS = ("taken", "copied", "shown", "handed_over", "returned", "redacted", "checked")


@action("evidence.offered")
def offered(
    work: Work, case: str, from_: str, *, type_: str = "", count: int | None = None, said: Said = NOTHING
) -> str:
    """Shown or offered, and not taken: it stays open until it is."""
    return _evidence(work, case, from_, type_, count, said, not_taken=True)


@action("evidence.elsewhere")
def elsewhere(work: Work, case: str, who: str, *, type_: str = "", keep_until: str = "", said: Said = NOTHING) -> str:
    """Somebody else holds it, and will lose it on a day: a camera, a doorbell."""
    who = words(who, "Write who holds it.")
    return happen(work, EvidenceElsewhere, case, said, who=who, type=type_, keep_until=keep_until)


@action("evidence.received")
def received(
    work: Work,
    case: str,
    from_: str,
    *,
    type_: str = "",
    count: int | None = None,
    fetches: str = "",
    said: Said = NOTHING,
) -> str:
    """It came in: a diary sheet on paper, recordings in somebody's app."""
    if fetches:
        in_case(work, EvidenceElsewhere, fetches, case)
    return _evidence(work, case, from_, type_, count, said, fetches=fetches)


def _evidence(
    work: Work,
    case: str,
    from_: str,
    type_: str,
    count: int | None,
    said: Said,
    *,
    fetches: str = "",
    not_taken: bool | None = None,
) -> str:
    work.get(Case, case)
    told = {"received": work.happened, "from_": from_, "type": type_, "count": count, "fetches": fetches}
    return new(work, Evidence, case_file(case), **told, offered_not_taken=not_taken, **said.fields()).id


@action("evidence.looked_at")
def reviewed(work: Work, case: str, evidence: str = "", decision: str = "", *, said: Said = NOTHING) -> str:
    """Reviewed, decided, and whoever gave it told; all that is waiting, unless one is named."""
    if evidence:
        waiting = [in_case(work, Evidence, evidence, case)]
    else:
        waiting = [e for e in all_of(work, Evidence, case) if not e.reviewed and not e.offered_not_taken]
    for one in waiting:
        put(one, reviewed=work.happened, decision=decision or None)
    items = [one.id for one in waiting]
    return became(work, case, "evidence_reviewed", evidence, said, result=decision, items=items)


@action("evidence.custody")
def custody(
    work: Work, case: str, evidence: str, what: str, *, to: str = "", sha256: str = "", said: Said = NOTHING
) -> str:
    """One step in its keeping, with the hash of the bytes as found."""
    one_of(what, STEPS, "Choose what was done with it.")
    in_case(work, Evidence, evidence, case)
    return happen(work, Custody, case, said, evidence=evidence, what=what, by=work.member, to=to, sha256=sha256)


@dataclass(frozen=True)
class DiaryLine:
    """One incident on a sheet, as written by who saw it."""

    began: str
    seen: str
    ended: str = ""
    place: str = ""
    who: str = ""
    witnesses: str = ""
    effect: str = ""
    signed: str = ""


@action("diary.entered")
def diary(work: Work, case: str, evidence: str, person: str, line: DiaryLine, *, said: Said = NOTHING) -> str:
    """An incident of a diary sheet that came in: evidence, not a report. Word for word, no summary."""
    in_case(work, Evidence, evidence, case)
    words(line.began, "Write the day and the time it began.")
    words(line.seen, "Write what was seen or heard, word for word.")
    return happen(work, DiaryEntry, case, said, evidence=evidence, person=person, **vars(line))
