"""Every fact that a letter may name, with what it is: a word that is not here is refused when the file is read."""

from __future__ import annotations

from typing import NamedTuple


class Known(NamedTuple):
    """A fact: its sort (`words`, `day`, `list`, `so`) and what it is, as an officer is told that it is missing."""

    sort: str
    what: str


def _known(sort: str, **said: str) -> dict[str, Known]:
    return {name: Known(sort, what) for name, what in said.items()}


FACTS: dict[str, Known] = {
    **_known(
        "words",
        landlord="the landlord's name",
        reference="the case number",
        name="the name of whoever the letter is for",
        officer="your name",
        number="your number",
        hours="your hours",
        closed_number="the number for when we are closed",
        second="the second person's name",
        second_number="the second person's number",
        complaint_number="the number for complaints",
        review_number="the number for the ASB Case Review",
        how="how they want to be reached, as a verb",
        times="when they want to be reached",
        plan_number="the version of the plan",
        who_words="how they want it said",
        stage="the stage of the complaint",
        complaint_reference="the number of the complaint",
        complaint_about="what the complaint is about",
        wanted="what would put it right for them",
        body="the other body",
        body_said="what they said",
        decision="what we think of it",
        reason="the reason",
    ),
    **_known(
        "day",
        today="today",
        speak_by="the day by which we speak",
        talked_on="the day we talked",
        review_by="the day we look at the plan again",
        visit_day="the day of the visit",
        object_by="the day until when they can disagree",
        received="the day it was said",
        asked_on="the day we asked",
        plan_day="the day of the plan",
    ),
    **_known(
        "list",
        done="what was done, with dates",
        given="what they gave us",
        points="the points of the complaint",
        support="the help that goes on",
        numbers="numbers worth having",
    ),
    **_known(
        "so",
        ombudsman="the Housing Ombudsman can look at it",
        hate="a hate incident is recorded",
        welfare="it is a welfare case",
        other_known="the other person is known",
        other_agreed="it was agreed to speak with the other person",
        evidence="something was given to us",
        agency="another body was asked or told us something",
        plan="there is a plan",
        appointment="a visit or meeting is booked",
        complaint="there is a complaint about us",
        complaint_open="a complaint is open",
        stage_two="a complaint is at stage 2",
        open="the case is open",
        closed="the case is closed",
        closing="the case is being closed",
        call_wanted="they want to be rung after closing",
    ),
}
"""Name → what it is. A letter's own questions add to them."""
