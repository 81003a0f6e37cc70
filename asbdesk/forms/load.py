"""Loading forms: text to `Form`, with every fault named; the shipped forms and a landlord's own together.

Definitions are data so that a landlord can bring its partnership's matrix. A finished form keeps the hash of the exact
text, so the text is never rewritten on the way in (but for a byte order mark and Windows line ends).
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asbdesk.forms import check, yaml_text
from asbdesk.forms.definition import SCORED, Band, Floor, Form, Option, Question, Section
from asbdesk.forms.faults import Fault, FormError
from asbdesk.forms.when import parse
from asbdesk.paths import own_files, resources

if TYPE_CHECKING:
    from asbdesk.forms.schema import FormShape, QuestionShape


class Library(dict[str, Form]):
    """Forms by id. `refused` holds what is wrong with a landlord's own files that could not be used."""

    refused: tuple[FormError, ...] = ()


def form_hash(text: str) -> str:
    """`sha256:` and 64 hex digits of the exact text."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


@lru_cache(maxsize=256)  # more than there are
def load_text(text: str, name: str) -> Form:
    """The form that `text` defines; `name` is the file's name. Raises FormError with every fault."""
    tree = yaml_text.parse(text, name)
    shape = _shape(tree, name)
    faults = [Fault(tree.line(place), what, mend, name) for place, what, mend in check.troubles(shape)]
    if faults:
        raise FormError(faults)
    return _form(shape, text, name, tree)


def load(path: Path) -> Form:
    """The form in a file. Raises FormError."""
    return load_text(yaml_text.read_text(path), path.name)


def library(own_folder: Path | None = None) -> Library:
    """Every form in use: the shipped ones, and the landlord's own, which replace (same id) or join them.

    Of several of its own with one id the highest version is used. A broken one is refused in words (`refused`), and
    what it would have replaced stays in use.
    """
    forms = Library({form.id: form for form in map(load, sorted((resources() / "forms").glob("*.yaml")))})
    own: dict[str, Form] = {}
    refused: list[FormError] = []
    for path in own_files(own_folder):
        try:
            form = load(path)
            _replace(own, form)
        except FormError as error:
            refused.append(error)
    forms.update(own)
    forms.refused = tuple(refused)
    return forms


def one_form(id: str, own_folder: Path | None = None) -> Form:
    """One of the short forms for adding to a case or a register: the landlord's own of that id, else the shipped one.

    It is asked at the desk: no question offers "not asked". Read alone, because there are many and one is wanted.
    Raises KeyError when there is none.
    """
    for path in own_files(own_folder):
        if path.stem == id:
            try:
                return _at_the_desk(load(path))
            except FormError:
                break  # `library` says what is wrong with it
    for folder in ("adds", "registers", "."):
        path = resources() / "forms" / folder / f"{id}.yaml"
        if path.is_file():
            return _at_the_desk(load(path))
    raise KeyError(id)


@cache
def put_right_form(id: str) -> Form:
    """The questions by which a record is put right: a form of its own, or the shipped one that it was written with.
    Raises KeyError when there is none."""
    for folder in ("put_right", "adds", "."):
        path = resources() / "forms" / folder / f"{id}.yaml"
        if path.is_file():
            return _at_the_desk(load(path))
    raise KeyError(id)


def _at_the_desk(form: Form) -> Form:
    sections = (
        replace(section, questions=tuple(replace(question, face="desk") for question in section.questions))
        for section in form.sections
    )
    return replace(form, sections=tuple(sections))


def _replace(own: dict[str, Form], form: Form) -> None:
    other = own.get(form.id)
    if other is not None and _version(other) == _version(form) and other.hash != form.hash:
        what = f"form “{form.id}” version {form.version} is also in {other.name}, with other words"
        raise FormError([Fault(1, what, "give the newer one a higher version", form.name)])
    if other is None or _version(form) > _version(other):
        own[form.id] = form


def _version(form: Form) -> tuple[int, ...]:
    return tuple(int(part) for part in form.version.split("."))


def _shape(tree: yaml_text.Tree, name: str) -> FormShape:
    """The data as shapes. Raises FormError with every fault of shape."""
    from pydantic import ValidationError

    from asbdesk.forms.schema import FormShape
    from asbdesk.forms.shape_faults import in_words

    data = tree.data
    if not isinstance(data, dict):
        what = "holds nothing" if data is None else "does not begin with “id: …”"
        raise FormError([Fault(1, what, "write it like the forms that come with asbdesk", name)])
    if isinstance(data.get("version"), int) and not isinstance(data["version"], bool):
        data["version"] = str(data["version"])
    try:
        return FormShape.model_validate(data)
    except ValidationError as error:
        faults = [in_words(one, tree, name) for one in error.errors()]
        faults += [Fault(tree.line(place), what, mend, name) for place, what, mend in check.of_parts(data)]
        raise FormError(faults) from None


def _form(shape: FormShape, text: str, name: str, tree: yaml_text.Tree) -> Form:
    sections = tuple(
        Section(
            id=section.id,
            title=section.title,
            help=section.help or "",
            aloud=section.aloud or "",
            questions=tuple(
                _question(question, section.id, tree.line(("sections", s, "questions", q)))
                for q, question in enumerate(section.questions)
            ),
            when=parse(section.when) if section.when else None,
        )
        for s, section in enumerate(shape.sections)
    )
    bands = tuple(
        Band(b.key, b.label, b.min, b.max, tuple(b.required), b.review_days, b.contact_days, b.sign_off or "")
        for b in shape.bands
    )
    floors = tuple(Floor(parse(f.when), f.band, f.reason, tuple(f.required)) for f in shape.floors)
    head: dict[str, Any] = {"id": shape.id, "version": shape.version, "title": shape.title, "name": name}
    said: dict[str, Any] = {"banner": shape.banner or "", "source": shape.source or "", "facts": tuple(shape.facts)}
    return Form(**head, **said, hash=form_hash(text), text=text, sections=sections, bands=bands, floors=floors)


def _question(q: QuestionShape, section: str, line: int) -> Question:
    options = tuple(Option(o.value, o.label, o.points or 0, o.exclusive) for o in q.options or [])
    if q.kind == "yes_no" and not options:
        options = (Option("yes", "Yes", q.points or 0), Option("no", "No"))
    return Question(
        id=q.id,
        kind=q.kind,
        text=q.text or "",
        help=q.help or "",
        aloud=q.aloud or "",
        options=options,
        required=q.required,
        when=parse(q.when) if q.when else None,
        section=section,
        face=q.face,
        private=q.private,
        professional=q.professional,
        scored=q.kind in SCORED and any(o.points for o in options),
        part=q.part or "",
        pick=q.pick or "",
        rows=q.rows or (4 if q.kind == "long_text" else 1),
        asks_about=q.asks_about or "",
        min=q.min,
        max=q.max,
        min_label=q.min_label or "",
        max_label=q.max_label or "",
        past=q.past,
        line=line,
    )
