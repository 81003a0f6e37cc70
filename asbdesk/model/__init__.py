"""Mapped record classes. Why plain columns and no relationships: rows are written by `apply` alone and read by
queries that fill one screen; a lazy load would be a query nobody sees."""

from asbdesk.model.assessment import Assessment
from asbdesk.model.case import (
    Case,
    ContactAgreement,
    DisclosureRule,
    Involvement,
    OtherPersonDecision,
    Permission,
)
from asbdesk.model.events import Contact, Evidence, Promise, Report, Visit
from asbdesk.model.landlord import FormText, Landlord, Member, UsefulNumber
from asbdesk.model.people import Adjustment, Home, Household, Person, Vulnerability, Warning
from asbdesk.model.plan import Action, PlanVersion, Signature
from asbdesk.model.record import Base, Record, kinds, new_id

__all__ = [
    "Action",
    "Adjustment",
    "Assessment",
    "Base",
    "Case",
    "Contact",
    "ContactAgreement",
    "DisclosureRule",
    "Evidence",
    "FormText",
    "Home",
    "Household",
    "Involvement",
    "Landlord",
    "Member",
    "OtherPersonDecision",
    "Permission",
    "Person",
    "PlanVersion",
    "Promise",
    "Record",
    "Report",
    "Signature",
    "UsefulNumber",
    "Visit",
    "Vulnerability",
    "Warning",
    "kinds",
    "new_id",
]
