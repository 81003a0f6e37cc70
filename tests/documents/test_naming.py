"""How people and homes are named in a text: however a name is spelled, and nothing that only looks like one."""

from __future__ import annotations

import pytest

from asbdesk.documents.naming import may_be_same, speaks_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jose rang", "José García"),
        ("José rang", "Jose Garcia"),
        ("Jose\u0301 rang", "José X"),
        ("Strauß, and STRAUSS", "Max Strauss"),
        ("Pani Żak", "Lukasz Zak"),
        ("I met Mrs Smith", "Anna Smith-Jones"),
        ("Smith Jones", "Anna Smith-Jones"),
        ("OBrien did", "Pat O'Brien"),
        ("O’Brien did", "Pat O'Brien"),
        ("O Brien did", "Pat O'Brien"),
        ("O'Brien's car", "Pat OBrien"),
        ("it was KESTER", "Kester Stroud"),
        ("Kes\u200bter", "Kester Stroud"),
        ("K.S. said", "Kester Stroud"),
        ("KJS said", "Kester John Stroud"),
        ("Mr S was", "Kester Stroud"),
        ("Ms Jones", "Anna Smith (née Jones)"),
        ("Annie", "Anna Smith (Annie)"),
        ("Will came", "Will Young"),
        ("রাহিমা বলেছেন", "রাহিমা বেগম"),
        ("محمد نے کہا", "محمد خان"),
        ("Иван пришел", "Иван Петров"),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, name: str) -> None:
    assert speaks_of(text, [name], [])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We will ring you. You may ask.", "Will May"),
        ("the neighbour came", "Kester Stroud (neighbour)"),
        ("She was known here", "Anna Smith (was known as Jones)"),
        ("Josefine", "José García"),
        ("I'll do it", "Tom Ill"),
    ],
)
def test_what_only_looks_like_a_name_is_left_alone(text: str, name: str) -> None:
    assert not speaks_of(text, [name], [])


@pytest.mark.parametrize(
    ("text", "address", "found"),
    [
        ("at LS97QT", "Flat 14, Harrow Court, Leeds LS9 7QT", True),
        ("now in ls9 7qt", "Flat 14, Harrow Court, Leeds, LS9 7QT", True),
        ("at rose cottage", "Rose Cottage, Mill Lane, Exampleton EX1 2AB", True),
        ("12 Harrow Court", "12, Harrow Court", True),
        ("12, Harrow Ct", "12 Harrow Court", True),
        ("14 mill road", "14 Mill Rd", True),
        ("12 November", "12, Harrow Court", False),
        ("Leeds is big", "Flat 14, Harrow Court, Leeds LS9 7QT", False),
    ],
)
def test_a_home_is_found_by_its_number_its_name_or_its_postcode(text: str, address: str, found: bool) -> None:
    assert speaks_of(text, [], [address]) is found


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("José García", "Jose Garcia", True),
        ("K Stroud", "Kester Stroud", True),
        ("K.S.", "Kester Stroud", True),
        ("Anna Jones", "Ms Anna Smith (née Jones)", True),
        ("Ms Smith", "Anna Smith-Jones", True),
        ("obrien", "Pat O'Brien", True),
        ("A B Stroud", "Kester Stroud", False),
        ("Mr S", "Kester Stroud", False),
    ],
)
def test_two_names_of_one_person(one: str, other: str, same: bool) -> None:
    assert may_be_same(one, other) is same
    assert may_be_same(other, one) is same
