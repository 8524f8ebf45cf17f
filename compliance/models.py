"""Every model of the app, gathered from the packages that own them."""

from compliance.access.models import Account, MachineClient
from compliance.authorisations.models import (
    Authorisation,
    AuthorisationUse,
    AuthorisationVersion,
    AuthorisationWithdrawal,
)
from compliance.exchanges.models import Exchange, ExchangeCorrection
from compliance.ledger.models import Entry, Opening, PersonKey
from compliance.oversight.models import Act
from compliance.registry.models import (
    ClosingDay,
    ConnectionPeriod,
    ControllerPeriod,
    DataCategory,
    Footnote,
    LegalBasis,
    Organisation,
    ProcessingMandate,
    PublishedDocument,
    PublishedFigure,
    Purpose,
    RegisterChange,
    Route,
    Service,
)
from compliance.statistics.models import FollowerCursor, HourCount, MonthCount

__all__ = [
    "Account",
    "Act",
    "Authorisation",
    "AuthorisationUse",
    "AuthorisationVersion",
    "AuthorisationWithdrawal",
    "ClosingDay",
    "ConnectionPeriod",
    "ControllerPeriod",
    "DataCategory",
    "Entry",
    "Exchange",
    "ExchangeCorrection",
    "FollowerCursor",
    "Footnote",
    "HourCount",
    "LegalBasis",
    "MachineClient",
    "MonthCount",
    "Opening",
    "Organisation",
    "PersonKey",
    "ProcessingMandate",
    "PublishedDocument",
    "PublishedFigure",
    "Purpose",
    "RegisterChange",
    "Route",
    "Service",
]
