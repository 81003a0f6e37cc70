"""What we learned from the Ombudsman: said once, followed as promises, printed for everybody, and nobody is named."""

from __future__ import annotations

import pytest

from asbdesk.casework.chronology import chronology
from asbdesk.casework.desk import Desk
from asbdesk.casework.learning_statement import state_learning, statement_pdf
from asbdesk.casework.parts import part
from asbdesk.casework.people import reporter_of
from asbdesk.casework.release import Refused
from asbdesk.errors import UserError
from tests.documents.test_plan import pages_of, text_of

SAID = ("Maladministration", "For 4 months nobody rang back.", "We ring within 3 working days.")
CHANGES = [("Train all officers <& managers>", "2027-03-01"), ("Look at all open cases", "2027-01-15")]


def state(desk: Desk, case: str, **other: str) -> None:
    told = {"found": SAID[0], "wrong": SAID[1], "differently": SAID[2], **other}
    desk.do(state_learning, case, **told, changes=CHANGES, agreed_by="The board")


@pytest.mark.needs("pdftotext")
def test_it_is_kept_promised_and_printed(desk: Desk, case: str) -> None:
    state(desk, case)
    assert desk.read(chronology, case)[0].title == "What we learned from the Ombudsman"
    promised = [card for card in desk.read(part("contacts").cards, case, desk.today) if "Train all" in str(card)]
    assert promised and "1 March" in str(promised[0])
    pdf = statement_pdf(desk, case)
    text = text_of(pdf)
    assert pages_of(pdf) == 1 and "Train all officers <& managers>: by Monday 1 March 2027" in text
    assert "Agreed by: The board." in text and "Begum" not in text


def test_a_statement_that_names_somebody_is_not_printed(desk: Desk, case: str) -> None:
    reporter = desk.read(reporter_of, case)
    assert reporter is not None
    state(desk, case, wrong=f"We let {reporter.name} down.")
    with pytest.raises(Refused, match="Nobody of the case is named"):
        statement_pdf(desk, case)


@pytest.mark.parametrize(("changes", "said"), [([("Train", "")], "by when"), ([("", "2027-01-01")], "what we will do")])
def test_a_change_has_its_day(desk: Desk, case: str, changes: list[tuple[str, str]], said: str) -> None:
    with pytest.raises(UserError, match=f"(?i){said}"):
        desk.do(state_learning, case, *SAID, changes=changes, agreed_by="The board")


def test_without_one_it_says_what_to_do(desk: Desk, case: str) -> None:
    with pytest.raises(UserError, match="No statement is written yet"):
        statement_pdf(desk, case)
