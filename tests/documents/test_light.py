"""Importing the documents costs nothing before one is made: the first paint must not wait for them."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("reportlab", "pyhanko", "pikepdf", "cryptography", "asn1crypto", "ruamel", "PIL")
FRONT = ("plan", "seal", "verify", "authority", "preview", "pocket_card", "recovery_sheet", "never_on_it", "words")
FRONT += ("learned", "learning_sheet")


def test_nothing_heavy_is_imported_with_the_modules_that_others_import() -> None:
    names = ", ".join(f"asbdesk.documents.{name}" for name in FRONT)
    asked = f"import sys, {names}; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
