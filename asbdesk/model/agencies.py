"""Who else is in it: agencies, what we asked and were asked, what they told us, the police."""

from __future__ import annotations

from sqlalchemy.orm import mapped_column as column

from asbdesk.model.happening import Happening
from asbdesk.model.record import EARLIER, HIGHER, STRICTER, Base, Flag, Record, Text


class Agency(Record, Base):
    """A body we work with, in the landlord's own file."""

    __tablename__ = "agencies"
    kind = "agency"

    name: Text
    sort: Text
    """A key of the agency list: `police`, `council_asb`, `childrens_social_care` …"""
    contact: Text
    number: Text
    email: Text
    agreement: Text
    """The information-sharing agreement, and its day."""
    ended: Text


class Referral(Happening, Base):
    """We asked an agency for something."""

    __tablename__ = "referrals"
    kind = "agency_referral"

    agency: Text
    purpose: Text
    person: Text
    """About whom."""
    permission: Text = column(info=STRICTER)
    """What they answered: `yes`, `ask_first`, `no`, or empty where we told and did not ask."""
    basis: Text
    """The power used to share without a yes, and why it was needed."""
    decided_by: Text
    told_first: Text
    """Whether the person was told before, or why not."""
    came_from: Text
    """Id of the safeguarding decision that it carries out."""


class AgencyInformation(Happening, Base):
    """An agency told us something unasked."""

    __tablename__ = "agency_information"
    kind = "agency_information"

    agency: Text
    risk: Flag = column(info=HIGHER)


class AgencyRequest(Happening, Base):
    """An agency asked something of us; the police's question about risk comes before all else."""

    __tablename__ = "agency_requests"
    kind = "agency_request"

    agency: Text
    risk: Flag = column(info=HIGHER)
    due: Text = column(info=EARLIER)


class PoliceReport(Happening, Base):
    """The police question settled, with their reference where there is one."""

    __tablename__ = "police_reports"
    kind = "police_report"

    outcome: Text
    """`reported`, `offered`, `declined`, `unsafe`."""
    reference: Text
    """Crime number or police log number."""
    officer: Text
    report: Text
    result: Text
    """Arrest, charge, caution, no further action."""


class ProfessionalLetter(Happening, Base):
    """Someone with a duty of care, or a relative, wrote about harm."""

    __tablename__ = "professional_letters"
    kind = "professional_letter"

    from_: Text
    about: Text
    """Id of the person, or words."""
    sort: Text
    """`doctor`, `school`, `carer`, `relative`, `other`: weighed the same for each resident."""
    harm: Flag = column(info=HIGHER)
    """It speaks of self-harm or suicide: that is Now."""
    evidence: Text


class CaseReview(Happening, Base):
    """An ASB Case Review asked for, of us or of the council."""

    __tablename__ = "case_reviews"
    kind = "case_review"

    asked_of: Text
    """`us` or `council`."""
    passed_on: Text
    information_by: Text = column(info=EARLIER)
    by: Text


class CourtOrder(Happening, Base):
    """A hearing, a notice or a court order with a day."""

    __tablename__ = "court_orders"
    kind = "court_order"

    what: Text
    day: Text = column(info=EARLIER)
    against: Text
    court: Text


class OrderBreach(Happening, Base):
    """A breach of a court order or an undertaking."""

    __tablename__ = "order_breaches"
    kind = "order_breach"

    order: Text
    """Id of the court order, where it is in the case."""
    report: Text
