"""The words of each action in a chronology: an icon, a tone, a title, and what was said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from asbdesk.casework.chronology_events import EVENTS
from asbdesk.casework.words import BAND_TONES, BANDS, METHODS, NOT_ASSESSED, OTHER_DECISIONS, SIGNING, label, sentence
from asbdesk.clock import full_day, london_time

Fields = dict[str, Any]
Line = tuple[str, str, str, str]
"""(icon, tone, title, text)."""


def fields_set(sets: Mapping[str, Any]) -> dict[str, list[Fields]]:
    """Kind → its records' fields that were set, and whether each replaced something (`_changed`)."""
    found: dict[str, list[Fields]] = {}
    for record, fields in sets.items():
        told: Fields = {name: value[0] for name, value in fields.items()}
        told["_changed"] = any(len(value) > 1 for value in fields.values())
        found.setdefault(record.split("/")[0], []).append(told)
    return found


def in_words(do: str, kinds: Mapping[str, list[Fields]]) -> Line:
    """An entry as people read it. An action nobody wrote words for shows its own name, never nothing."""
    first = {kind: records[0] for kind, records in kinds.items()}
    if do in WORDS:
        return WORDS[do](first)
    if do in SIMPLE or do in EVENTS:
        icon, tone, title, place = SIMPLE.get(do) or EVENTS[do]
        kind, _, name = place.partition(".")
        text = str(first.get(kind, {}).get(name) or "")
        return icon, tone, title, f"By {full_day(text)}" if text and place in DAYS else text
    words = do.replace(".", ": ").replace("_", " ")
    return "file-text", "plain", words[:1].upper() + words[1:], ""


def _report(kinds: Mapping[str, Fields]) -> Line:
    told = kinds.get("report", {})
    what = sentence(label("behaviour", b).lower() for b in told.get("behaviours") or ())
    title = "Put right: what was reported" if told.get("_changed") else "Report" + (f": {what}" if what else "")
    return (
        "message-square",
        "info",
        title,
        told.get("words") or sentence(label("serious", s) for s in told.get("serious") or ()),
    )


def _opened(kinds: Mapping[str, Fields]) -> Line:
    _, _, title, text = _report(kinds)
    return "folder-open", "info", f"Case opened. {title}" if "report" in kinds else "Case opened", text


def _assessed(kinds: Mapping[str, Fields]) -> Line:
    told = kinds.get("assessment")
    if told is None:
        return "shield-check", "plain", "Keeping you safe: questions asked", ""
    band = told.get("band") or ""
    score = f"Score {told['score']} of {told['out_of']}." if told.get("complete") and told.get("out_of") else ""
    floors = "At least this because " + sentence(str(f) for f in told["floors"]) + "." if told.get("floors") else ""
    reason = f"Level chosen because {told['reason']}." if told.get("reason") else ""
    agreed = f"Agreed by {told['approver']}." if told.get("approver") else ""
    trigger = "" if told.get("out_of") is not None else f"{told.get('trigger') or ''}".capitalize()
    text = " ".join(t for t in (score, floors, reason, agreed, trigger) if t)
    return "shield-alert", BAND_TONES.get(band, "plain"), f"Risk assessment: {BANDS.get(band, NOT_ASSESSED)}", text


def _contact(kinds: Mapping[str, Fields]) -> Line:
    told = kinds.get("contact", {})
    how = {
        "telephone": "Telephone call",
        "phone": "Telephone call",
        "visit": "Visit",
        "letter": "Letter",
        "email": "E-mail",
        "text": "Text",
    }
    way = how.get(told.get("method") or "", METHODS.get(told.get("method") or "", "Contact"))
    made = "" if told.get("made", True) else " (tried, not reached)"
    whom = "from the resident" if told.get("direction") == "in" else "with the resident"
    return (
        "phone" if way == "Telephone call" else "message-circle",
        "info",
        f"{way} {whom}{made}",
        told.get("note") or "",
    )


def _evidence(kinds: Mapping[str, Fields]) -> Line:
    told = kinds.get("evidence", {})
    kind = label("evidence_type", told.get("type")).lower()
    text = " · ".join(t for t in (told.get("name"), told.get("note")) if t)
    return "camera", "plain", f"Evidence taken: {kind}", text


def _plan(kinds: Mapping[str, Fields]) -> Line:
    told = kinds.get("plan_version", {})
    how = SIGNING.get(told.get("signing") or "", "")
    speak = f"We speak next on {full_day(told['next_contact'][:10])}." if told.get("next_contact") else ""
    again = f"We look again by {full_day(told['review_on'])}." if told.get("review_on") else ""
    tone = "good" if told.get("agreed") else "warning"
    return (
        "clipboard-check",
        tone,
        f"Plan {told.get('number') or ''}: {how or 'agreed'}",
        " ".join(t for t in (speak, again) if t),
    )


def _decision(kinds: Mapping[str, Fields]) -> Line:
    told = kinds.get("other_person_decision", {})
    again = f"Look again {full_day(told['look_again'])}." if told.get("look_again") else ""
    return "users", "warning", OTHER_DECISIONS.get(told.get("outcome") or "", "Decided about the other person"), again


def _later_seal(kinds: Mapping[str, Fields]) -> Line:
    told = kinds.get("later_seal", {})
    paper = "a letter" if (told.get("document") or "").startswith("letter_sent/") else "a plan"
    if told.get("what") == "seal":
        return "lock-keyhole", "good", f"Locked by a second officer: {paper}", f"By {told.get('name') or ''}"
    return "lock-keyhole", "plain", f"Time stamp on {paper}", f"From {told.get('name') or ''}"


def _letter(kinds: Mapping[str, Fields]) -> Line:
    told = kinds.get("letter_sent", {})
    to = f" to {told['to']}" if told.get("to") else ""
    if not told.get("override"):
        return "mail", "info", f"Letter{to}", told.get("title") or ""
    why = f"Sent although something stood in its way, because {told['override']}"
    by = f" ({told['override_by']} agreed)" if told.get("override_by") else ""
    stood = " ".join(str(each) for each in told.get("overridden") or ())
    return "mail", "danger", f"Letter{to}", f"{told.get('title') or ''}. {why}{by}. What stood in its way: {stood}"


def _share(kinds: Mapping[str, Fields]) -> Line:
    told = kinds.get("share", {})
    to = f" with {told['to']}" if told.get("to") else ""
    what = "; ".join(str(each) for each in told.get("what") or ())
    for_ = f" For: {told['purpose']}" if told.get("purpose") else ""
    if not told.get("override"):
        return "send", "info", f"Shared{to}", f"{what}.{for_}"
    stood = " ".join(str(each) for each in told.get("overridden") or ())
    why = f"It went although something stood in its way, because {told['override']}. What stood in its way: {stood}"
    return "send", "danger", f"Shared{to}", f"{what}.{for_} {why}"


def _wishes(kinds: Mapping[str, Fields]) -> Line:
    decided = _decision(kinds) if "other_person_decision" in kinds else ("", "", "", "")
    text = ". ".join(t for t in (decided[2], decided[3].rstrip(".")) if t)
    return "message-circle", "info", "What they want, and what they do not want us to do", f"{text}." if text else ""


def _out(kinds: Mapping[str, Fields]) -> Line:
    told = kinds.get("contact", {})
    tried = "" if told.get("made", True) else " (nobody was spoken to)"
    ended = "Call ended" if told.get("method") == "telephone" else "Visit ended: out and safe"
    return "house", "good", ended + tried, ""


def _kept_form(kinds: Mapping[str, Fields]) -> Line:
    """What a form says stays in it: who reads a chronology need not read a need."""
    from asbdesk.casework.finished import title_of

    return "clipboard-check", "plain", title_of(kinds.get("finished_form", {}).get("form") or ""), ""


def _going_in(kinds: Mapping[str, Fields]) -> Line:
    told = kinds.get("visit", {}).get("going_in") or {}
    who = f"{told['told']} was told" if told.get("told") else ""
    back = f"Out by {london_time(told['back_by']):%H:%M}" if told.get("back_by") else ""
    return "shield-check", "plain", "Going in", ". ".join(t for t in (who, back) if t)


WORDS: dict[str, Callable[[Mapping[str, Fields]], Line]] = {
    "case.opened": _opened,
    "report.recorded": _report,
    "report.corrected": _report,
    "risk.assessed": _assessed,
    "contact.recorded": _contact,
    "evidence.received": _evidence,
    "plan.agreed": _plan,
    "other_person.decided": _decision,
    "visit.wishes": _wishes,
    "post.sealed": _letter,
    "seal.time_stamped": _later_seal,
    "seal.second_put": _later_seal,
    "share.made": _share,
    "share.left": _share,
    "form.kept": _kept_form,
    "visit.going_in": _going_in,
    "visit.out_safe": _out,
}
"""Actions whose words are put together. The strand of a hate report, and who frightens whom, stay out of them."""
SIMPLE: dict[str, tuple[str, str, str, str]] = {
    "contact.agreed": ("phone", "plain", "How to reach them", ""),
    "contact.corrected": ("message-circle", "plain", "Put right: what was said", "contact.note"),
    "contact.safe_way": ("lock", "plain", "A safe way to reach them was recorded", ""),
    "evidence.offered": ("camera", "warning", "Evidence shown and not taken", "evidence.note"),
    "evidence.reviewed": ("camera", "plain", "Evidence looked at", "evidence.decision"),
    "plan.copy_given": ("copy", "plain", "Copy of the plan", "plan_version.copy_how"),
    "plan.action_done": ("check", "good", "A step of the plan is done", "action.note"),
    "plan.action_moved": ("clock", "warning", "A step of the plan has a new day", "action.by"),
    "plan.reviewed": ("clipboard-check", "good", "Plan looked at again", "plan_review.outcome"),
    "permission.answered": ("handshake", "plain", "Whom we may talk to", "permission.body"),
    "person.added": ("user-plus", "plain", "A person was added", ""),
    "person.involved": ("user-plus", "plain", "A person was added", ""),
    "person.merged": ("users", "plain", "Written down twice, and one person now", "progress.note"),
    "person.left": ("log-out", "plain", "Somebody has no part in it any more", ""),
    "person.changed": ("pen-line", "plain", "Put right: somebody's details", ""),
    "person.address": ("map-pin", "plain", "Another address", ""),
    "person.home_held": ("house", "plain", "Whose home it is", ""),
    "case.moved_to_welfare": ("shield-check", "danger", "This is a welfare case from now on", ""),
    "now.answered": ("bell", "good", "Answered: what could not wait", "action.note"),
    "warning.recorded": ("triangle-alert", "danger", "Warning recorded", "warning.event"),
    "visit.started": ("house", "info", "Visit begun", ""),
    "visit.prepared": ("house", "plain", "Before the visit", ""),
    "visit.room": ("users", "plain", "Who was here was asked", ""),
    "visit.effects": ("hand-heart", "info", "How it affects the household was asked", ""),
    "visit.plan_written": ("clipboard-list", "plain", "Plan written with the resident", ""),
    "visit.read_back": ("notebook-pen", "plain", "Plan read back", ""),
    "visit.copy": ("copy", "plain", "Copy talked about", ""),
    "visit.copy_given": ("copy", "plain", "Copy of the plan", "plan_version.copy_how"),
    "visit.left_early": ("log-out", "warning", "Visit left early", ""),
    "visit.other_person_came": ("log-out", "warning", "Visit broken off: somebody came in", ""),
    "visit.why_left": ("log-out", "warning", "Why the visit was left early", "visit.left_why"),
    "viewed": ("eye", "plain", "Looked at", ""),
    "disclosure.ruled": ("lock", "danger", "Something must not be told to somebody", ""),
    "record.corrected": ("pen-line", "plain", "Put right", "progress.note"),
    "hate.changed": ("flag", "plain", "Hate incident: something put right", ""),  # of earlier versions
    "record.moved": ("arrow-right", "warning", "Put into another case, where it belongs", ""),
    "undone": ("undo-2", "plain", "Undone", ""),
    "history.imported": ("download", "plain", "Taken over from a case history", ""),
}
"""Action → (icon, tone, title, the field whose words follow)."""
DAYS = ("action.by", "promise.by", "appointment.day", "repair.due", "rest.until")
