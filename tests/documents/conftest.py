"""Every document once, unsigned and sealed, for all the tests that look at files."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from asbdesk.documents import bundle, letter
from asbdesk.documents.authority import Identity, issue, new_authority
from asbdesk.documents.give_along import contact_card, diary_sheet, what_next
from asbdesk.documents.paper import LAYOUTS, Step
from asbdesk.documents.seal import SECOND, seal
from asbdesk.documents.stamp import time_stamp
from tests.documents import builders
from tests.documents.builders import AT, plan, released
from tests.documents.casefiles import every_case_file
from tests.documents.for_managers import for_managers
from tests.documents.learned import learned
from tests.documents.learned import released as to_learn
from tests.documents.letters import a_common_page, a_day_of_visits, a_statement, every_letter, given
from tests.documents.own_language import LANGUAGES, in_two, own
from tests.documents.time_authority import time_authority


@dataclass(frozen=True)
class Keys:
    authority: Identity
    officer: Identity


@pytest.fixture(scope="session")
def keys() -> Keys:
    authority = new_authority("Wharram Homes", at=AT)
    return Keys(authority, issue(authority, "Dami Okafor", "Wharram Homes", at=AT))


@pytest.fixture(scope="session")
def sealed(keys: Keys) -> bytes:
    """A usual plan, sealed."""
    from asbdesk.documents.plan import make

    return seal(make(released()), keys.officer, keys.authority.cert_pem, reason="Plan 1 as agreed", at=AT)


def letters_on_paper() -> dict[str, bytes]:
    """Every letter, the extremes, and the long ones in large print too."""
    made = {f"letter-{name}": letter.make(each) for name, each in every_letter().items()}
    return made | {
        f"letter-{name}-large": letter.make(every_letter()[name], large=True) for name in ("closing", "long")
    }


def _raised(made: dict[str, bytes], keys: Keys, folder: Path) -> dict[str, bytes]:
    """Some of the sealed ones as they are later: sealed by a second officer, and time-stamped, and both again."""
    second = issue(keys.authority, "Rosalind Hughes", "Wharram Homes", at=AT)
    plans = {name: made[f"plan-{name}-sealed"] for name in ("usual", "ur-large", "ur-easy")}
    twice = {
        name: seal(data, second, keys.authority.cert_pem, reason="Read", at=AT, field=SECOND)
        for name, data in plans.items()
    }
    with time_authority(folder / "tsa") as clock:
        stamped = {f"plan-{name}-raised": time_stamp(data, clock.address)[0] for name, data in twice.items()}
        stamped["plan-usual-raised-again"] = time_stamp(stamped["plan-usual-raised"], clock.address)[0]
        stamped["letter-raised"] = time_stamp(made["letter-closing-sealed"], clock.address)[0]
    return {**{f"plan-{name}-twice": data for name, data in twice.items()}, **stamped}


@pytest.fixture(scope="session")
def every_document(tmp_path_factory: pytest.TempPathFactory, keys: Keys) -> list[Path]:
    """Files of every template and every turn a plan can take, each also sealed where it has a place for it."""
    from asbdesk.documents import (
        common_page,
        learning_sheet,
        learning_statement,
        pocket_card,
        recovery_sheet,
        visit_list,
    )
    from asbdesk.documents import plan as plans

    folder = tmp_path_factory.mktemp("documents")
    made = {f"plan-{name}": plans.make(released(paper)) for name, paper in builders.every_plan().items()}
    made["plan-large"] = plans.make(released(plan(ours=plan().ours * 3)), layout="large")
    made["plan-long-large"] = plans.make(released(builders.every_plan()["long"]), layout="large")
    made |= {f"plan-ur-{layout}": in_two("ur", layout) for layout in LAYOUTS}
    made |= letters_on_paper()
    for name, data in list(made.items()):
        made[f"{name}-sealed"] = seal(data, keys.officer, keys.authority.cert_pem, reason="As agreed", at=AT)
    made |= _raised(made, keys, folder) if shutil.which("openssl") else {}
    made |= {f"plan-{language}": in_two(language) for language in LANGUAGES if language != "ur"}
    made["plan-draft"] = plans.make(released(), draft=True)
    made["plan-draft-large"] = plans.make(released(plan(ours=(Step("x"),))), draft=True, layout="large")
    made["plan-large-to-read"] = plans.make(released(), layout="large", to_read=True)
    made["letter-not-sent"] = letter.make(every_letter()["update"], not_sent=True)
    made |= {f"given-{make.__name__}": make(given()) for make in (diary_sheet, contact_card, what_next)}
    made["given-what_next-large"] = what_next(given(), large=True)
    made["statement"] = learning_statement.make(a_statement())
    made |= for_managers()
    made["common"] = common_page.make(a_common_page())
    made["visits"] = visit_list.make(a_day_of_visits())
    made["card"] = pocket_card.make(released())
    made["card-ur"] = pocket_card.make(released(), own=own("ur"))
    made["recovery"] = recovery_sheet.make(
        "Wharram Homes", "Dami Okafor", builders.CODE, "2026-11-21", store="ab12cd34"
    )
    for name, view in {"short": learned(), "long": learned(150), "in-time": learned(owed=())}.items():
        made[f"learning-{name}"] = learning_sheet.make(to_learn(view))
    made |= {f"casefile-{name}": bundle.make(file) for name, file in every_case_file().items()}
    files = []
    for name, data in made.items():
        files.append(folder / f"{name}.pdf")
        files[-1].write_bytes(data)
    return files
