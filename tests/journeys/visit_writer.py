"""A process that lives a visit without a window until somebody kills it; it says what it has been promised.

`python -m tests.journeys.visit_writer STORE PASSPHRASE CASE SEED`, what was promised before on standard input.
First it looks whether all of that is still there (`lost: …`), then it answers questions and finishes steps at random:
`try Q VALUE` before, `ok Q VALUE STEP` once the answer is kept, `finish STEP ASKED…`, `finished STEP` around a step.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

from asbdesk.casework.desk import Desk
from asbdesk.casework.visit import VisitPath
from asbdesk.clock import SystemClock
from asbdesk.errors import UserError
from asbdesk.forms.definition import Question
from asbdesk.paths import StorePaths
from asbdesk.store import vault

STEPS = ("before", "who", "happened", "affects", "safe", "wants")
FINISHED = ("before", "who", "affects")
"""Steps that need no answer of a certain kind, so that any moment is right to finish them."""


def tell(*words: object) -> None:
    sys.stdout.write(json.dumps(words, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def answered(path: VisitPath) -> dict[str, Any]:
    """Every answer that stands: on the screen, or kept for a question that is not asked now."""
    kept = path.state.values() | dict(path.desk.drafts.values(path.run))
    for step in STEPS:
        kept |= {asked.question.id: asked.value for asked in path.step(step).questions}
    return kept


def look(path: VisitPath, promised: dict[str, tuple[Any, str]], unsure: str) -> None:
    """Say what was promised and is not there. `unsure` was under way when the last process was killed."""
    standing = answered(path)
    for question, (value, _) in promised.items():
        if question != unsure and standing.get(question) != value:
            tell("lost", question, value, standing.get(question))


def some_value(pick: random.Random, question: Question) -> Any:
    """A value that fits, a new one each time where that is possible."""
    options = [option.value for option in question.options]
    if question.kind in ("single", "yes_no"):
        return pick.choice(options) if options else pick.choice(["yes", "no"])
    if question.kind == "multi":
        alone = [option.value for option in question.options if not option.exclusive]
        return pick.sample(alone, min(len(alone), pick.randrange(1, 4)))
    if question.kind in ("number", "scale"):
        return pick.randrange(question.min or 0, (question.max or 9) + 1)
    if question.kind == "date":
        return f"2026-11-{pick.randrange(1, 29):02d}"
    if question.kind == "time":
        return f"{pick.randrange(8, 18):02d}:{pick.randrange(60):02d}"
    return f"In their words, no. {pick.randrange(10**9)}"


def live(path: VisitPath, pick: random.Random) -> None:
    """Answer and finish for ever."""
    while True:
        step = pick.choice(STEPS)
        if pick.random() < 0.2 and step in FINISHED:
            tell("finish", step, *(asked.question.id for asked in path.step(step).questions))
            path.finish(step)
            tell("finished", step)
            continue
        asked = [a.question for a in path.step(step).questions if a.question.kind not in ("part", "person")]
        if not asked:
            continue
        question = pick.choice(asked)
        value = some_value(pick, question)
        tell("try", question.id, value)
        try:
            path.answer(step, question.id, value)
        except UserError as refused:
            tell("refused", question.id, str(refused))
        else:
            tell("ok", question.id, value, step)
        path.go(step, question.id)


def main() -> None:
    folder, passphrase, case, seed = sys.argv[1:]
    told = json.load(sys.stdin)
    store = vault.unlock(StorePaths(Path(folder)), SystemClock(), passphrase=passphrase)
    path = VisitPath.start(Desk(store), case)
    look(path, told["promised"], told["unsure"])
    tell("looked", len(told["promised"]), *path.where)
    live(path, random.Random(seed))


if __name__ == "__main__":
    main()
