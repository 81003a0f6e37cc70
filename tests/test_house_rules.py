"""Rules of the house that a machine can hold: the arrow, the clock, the logs, one door out, small pieces."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROGRAM = ROOT / "asbdesk"
MODULES = sorted(PROGRAM.rglob("*.py"))
HEAVY = ("PySide6", "sqlalchemy", "sqlcipher3", "alembic", "reportlab", "pyhanko", "pikepdf", "keyring", "pydantic")
HEAVY += ("cryptography", "holidays", "ruamel", "uharfbuzz", "zxcvbn", "PIL")

BROAD = {
    "cli/__init__.py": "a command's edge: the officer gets a number, the log the place",
    "headoffice/edge.py": "the service's edge: a laptop gets a number, the log the place",
    "headoffice/hub_process.py": "a process's edge: the log gets the place, and another is begun",
    "ui/problems.py": "the window's edge",
    "documents/verify.py": "an altered PDF may raise anything at all, and is then broken",
    "documents/pictures.py": "an altered picture may raise anything at all, and is then none",
    "sync/opening.py": "one block of a segment: whatever is wrong with it, the others go on",
    "store/patience.py": "a thread's edge: what went wrong is raised by whoever waits for it",
    "store/keyring_slot.py": "keyring backends raise what they like, and must never lock anyone out",
    "ui/errands.py": "slow work's edge: what went wrong is handed to the window's own",
}
"""Where a broad `except` may stand, and why."""

LOGGED = {
    "id",
    "device",
    "number",
    "code",
    "kind",
    "size",
    "count",
    "seconds",
    "version",
    "session",
    "n",
    "__name__",
    "step",
}
"""Last names of what a log line may be filled with: ids, counts and kinds; never a name, an answer or a path."""

LONGEST_MODULE, LONGEST_FUNCTION = 300, 30
LONG = {
    "casework/visit.py": "the visit's whole face in one place: what a window may call, each method a few lines",
    "casework/views.py": "small frozen records, one after another",
    "documents/pages.py": "a table of styles",
    "ui/screens/take_on.py": "one page, its steps in their order",
    "store/apply.py": "the one writer, read from top to bottom: file, touch, project, rebuild",
    "store/journal.py": "one class, under one lock",
    "store/migrations/versions/v0001_first.py": "a list of tables",
}
"""Modules that are longer, or have a longer function, and why."""
ABSTRACT = {"documents/blocks.py", "ui/screens/visit/faces.py"}
"""Modules with a class whose children must bring a method of their own."""


def name_of(file: Path) -> str:
    return file.relative_to(PROGRAM).as_posix()


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def calls(file: Path) -> Iterator[tuple[int, str, ast.Call]]:
    """Every call in `file`: line, what is called as it is written, the call."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func), node


def tracked() -> list[Path]:
    """The files of the repository; without git, those of the source tree."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, check=True, text=True,
        ).stdout  # fmt: skip
        files = [ROOT / name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        folders = ("asbdesk", "tests", "resources", "installer")
        files = [file for folder in folders for file in (ROOT / folder).rglob("*")]
    return [file for file in files if file.is_file() and "__pycache__" not in file.parts]


def test_the_arrow_holds() -> None:
    command = Path(sys.executable).parent / ("lint-imports.exe" if sys.platform == "win32" else "lint-imports")
    done = subprocess.run([command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_clock_reads_the_time() -> None:
    reading = re.compile(
        r"^(time\.(?!sleep)\w+|(dt\.|datetime\.)?(datetime|date)\.(now|utcnow|today)"
        r"|Q(Date|Time|DateTime)\.current\w+)$"
    )
    found = [
        f"{name_of(f)}:{n} {c}" for f in MODULES if name_of(f) != "clock.py" for n, c, _ in calls(f) if reading.match(c)
    ]
    assert found == []


def test_days_are_not_named_by_the_locale() -> None:
    names = re.compile(r"%[aAbBcxXp]")
    found = [
        f"{name_of(file)}:{node.lineno}"
        for file in MODULES
        for node in ast.walk(tree_of(file))
        if (
            isinstance(node, ast.Call)
            and ast.unparse(node.func).endswith(".strftime")
            and names.search(ast.unparse(node))
        )
        or (isinstance(node, ast.FormattedValue) and node.format_spec and names.search(ast.unparse(node.format_spec)))
    ]
    assert found == []


def test_logs_hold_ids_only() -> None:
    logging = re.compile(r"^(log|logger|_log|logging)\.(debug|info|warning|error|critical|exception|log)$")
    found = []
    for file in MODULES:
        for line, called, call in calls(file):
            if not logging.match(called) or not call.args:
                continue
            words, *fillings = call.args
            plain = isinstance(words, ast.Constant) and isinstance(words.value, str)
            ids = all(re.split(r"\W+", ast.unparse(f).rstrip(")("))[-1] in LOGGED for f in fillings)
            if not plain or not ids or called.endswith(".exception"):
                found.append(f"{name_of(file)}:{line} {ast.unparse(call)}")
    assert found == []


def test_broad_excepts_stand_at_the_edges() -> None:
    found = [
        f"{name_of(file)}:{node.lineno}"
        for file in MODULES
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or re.search(r"\b(Base)?Exception\b", ast.unparse(node.type)))
        and name_of(file) not in BROAD
        and ast.unparse(node.body[-1]) != "raise"  # puts things away and passes it on
    ]
    assert found == []


def test_released_is_made_by_the_one_door_out() -> None:
    makers = {
        name_of(f) for f in MODULES for _, called, _ in calls(f) if re.search(r"(^|\.)Released(\[.*\])?$", called)
    }
    assert makers <= {"casework/release.py"}


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_a_module_says_what_it_is_for(file: Path) -> None:
    said = ast.get_docstring(tree_of(file))
    assert said, f"{name_of(file)} opens with no line saying what it is for"
    assert len(said.splitlines()[0]) <= 120


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_pieces_are_small(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    if name_of(file) in LONG:
        return
    lines = len(text.splitlines())
    assert lines <= LONGEST_MODULE, f"{name_of(file)} has {lines} lines and gives no reason"
    long = [f"{name_of(file)}:{f.lineno} {f.name} {size}" for f, size in functions(file) if size > LONGEST_FUNCTION]
    assert long == []


def functions(file: Path) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    """Every function of `file` with its length in lines, head and docstring left out."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            yield node, (node.end_lineno or 0) - body[0].lineno + 1


def test_every_form_has_a_test_of_its_name() -> None:
    assert unnamed(sorted(file.stem for file in (ROOT / "resources" / "forms").glob("*.yaml"))) == []


def test_every_duty_has_a_test_of_its_name() -> None:
    from asbdesk.duties import CODES

    assert unnamed(sorted(CODES)) == []


def test_every_migration_has_a_test_of_its_name() -> None:
    steps = (PROGRAM / "store" / "migrations" / "versions").glob("[0-9]*.py")
    assert unnamed(sorted(file.stem for file in steps)) == []


def unnamed(names: list[str]) -> list[str]:
    """Those of `names` that no test function or test file is named after."""
    tests = {file.stem for file in (ROOT / "tests").rglob("test_*.py")}
    for file in (ROOT / "tests").rglob("test_*.py"):
        tests |= {
            n.name for n in ast.walk(tree_of(file)) if isinstance(n, ast.FunctionDef) and n.name.startswith("test_")
        }
    return [name for name in names if not any(f"test_{name}" in test for test in tests)]


def test_no_index_host_and_no_place_on_one_machine() -> None:
    hosts = ("py" + "pi.org", "python" + "hosted.org", "registry." + "npmjs", "crates" + ".io")
    places = ("/ro" + "ot/", "/ho" + "me/", "/tmp" + "/w/", "/wo" + "rk/", "C:\\\\Us" + "ers")
    wrong = re.compile("|".join(re.escape(part) for part in (*hosts, *places)))
    found = []
    for file in tracked():
        data = file.read_bytes()
        if b"\0" in data[:4096]:
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            if wrong.search(line):
                found.append(f"{file.relative_to(ROOT)}:{number} {line.strip()[:100]}")
    assert found == []


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TO" r"DO|FIX" r"ME|XXX|HACK)\b")
    found = [name_of(file) for file in MODULES if later.search(file.read_text(encoding="utf-8"))]
    assert found == []
    stubs = [
        f"{name_of(file)}:{node.lineno}"
        for file in MODULES
        for node in ast.walk(tree_of(file))
        if name_of(file) not in ABSTRACT
        and isinstance(node, ast.Raise)
        and node.exc is not None
        and "NotImplementedError" in ast.unparse(node.exc)
    ]
    assert stubs == []


@pytest.mark.parametrize(
    ("module", "allowed"),
    [("asbdesk.__main__", ()), ("asbdesk.cli", ()), ("asbdesk.cli.commands", ()), ("asbdesk.app", ("PySide6",))],
)
def test_importing_is_cheap(module: str, allowed: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & set(HEAVY) <= set(allowed)
