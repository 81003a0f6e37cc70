"""People and homes exist once and are linked to cases, so that patterns across cases show."""

from __future__ import annotations

from sqlalchemy.orm import mapped_column as column

from asbdesk.model.record import HIGHER, Base, Flag, Many, Number, Record, Text


class Person(Record, Base):
    """A person: their own file, `person/ID`."""

    __tablename__ = "persons"
    kind = "person"

    name: Text
    """As they want to be addressed: "Ms Rahima Begum"."""
    phone: Text
    email: Text
    language: Text
    interpreter: Flag = column(info=HIGHER)
    born: Text
    home: Text = column(index=True)
    tenure: Text
    """`secure`, `assured`, `starter`, `licensee`, `leaseholder`, `shared_owner`, `private_tenant`, `freeholder`,
    `other_landlord`, `not_known`."""
    reachable: Flag


class Home(Record, Base):
    """A home: its own file, `home/ID`, which also holds its households and their needs."""

    __tablename__ = "homes"
    kind = "home"

    address: Text
    postcode: Text
    uprn: Text
    landlord_ref: Text
    tenure: Text
    owner: Text


class Household(Record, Base):
    """Who lives in a home together, from a day on."""

    __tablename__ = "households"
    kind = "household"

    home: Text = column(index=True)
    person: Text = column(index=True)
    """The person we speak to."""
    children: Number = column(info=HIGHER)
    """Count under 18."""
    since: Text
    until: Text


class Vulnerability(Record, Base):
    """A need or circumstance of a person in a household (DOMAIN.md 1.6; on screen "needs and circumstances")."""

    __tablename__ = "vulnerabilities"
    kind = "vulnerability"

    person: Text = column(index=True)
    what: Text
    said_by: Text
    """`person`, `family`, `professional`, `us`: the last two show as "not confirmed by them"."""
    told_on: Text
    note: Text
    makes_easier: Text
    ended: Text


class Adjustment(Record, Base):
    """What makes things easier: language, sight, hearing, faith, times."""

    __tablename__ = "adjustments"
    kind = "adjustment"

    person: Text = column(index=True)
    what: Text
    asked_on: Text
    made_on: Text
    refused_why: Text


class Warning(Record, Base):
    """A warning about a home or a person: an event, a decision, a review (PRACTICE.md 5)."""

    __tablename__ = "warnings"
    kind = "warning"

    about: Text = column(index=True)
    """`home/ID` or `person/ID`."""
    event: Text
    """What happened, and when."""
    what_to_do: Many
    """Of `two_officers`, `dogs`, `weapon`, `do_not_enter`, or words."""
    decided_by: Text
    told: Text
    """Whether the person was told, or why not."""
    review_on: Text
    """Within 6 months; past it the warning shows as "needs review"."""
    ended: Text
