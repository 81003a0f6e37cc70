"""The command about languages: listed, written out to be edited, approved by name, refused in one sentence."""

from __future__ import annotations

import json

from tests.test_cli import refused
from tests.test_cli_beside import Held, desk

__all__ = ["desk"]


def test_languages_are_listed_worded_and_approved(desk: Held) -> None:
    paths, _, run = desk
    listed = run("words")
    assert listed.returncode == 0 and "ur  Urdu (اردو): Draft, not approved" in listed.stdout
    assert run("words", "ur", "--edit").returncode == 0 and (paths.own_words / "plan.ur.yaml").exists()
    approved = run("words", "ur", "--approve", "Farid Haque", "--json")
    assert json.loads(approved.stdout)[0]["by"] == "Farid Haque"
    assert "Approved by Farid Haque" in run("words", "ur").stdout
    refused(run("words", "xx"), "no words for the language")
    refused(run("words", "--approve", "Farid Haque"), "Say which language")
