"""Every model of the app, gathered from the packages that own them."""

from compliance.access.models import Account, MachineClient
from compliance.authorisations.models import (
    Authorisation,
    AuthorisationSuspension,
    AuthorisationUse,
    AuthorisationVersion,
    AuthorisationWithdrawal,
    SuspensionLifting,
)
from compliance.cases.models import Case
from compliance.exchanges.models import Exchange, ExchangeCorrection
from compliance.ledger.models import (
    Checkpoint,
    Cosignature,
    Edge,
    Entry,
    Head,
    Opening,
    PersonKey,
    Position,
    Tile,
    Timestamp,
)
from compliance.notices.models import MailPreference, Notice
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
from compliance.reporting.verification.models import VerificationRun
from compliance.statistics.models import FollowerCursor, HourCount, MonthCount

__all__ = [
    "Account",
    "Act",
    "Authorisation",
    "AuthorisationSuspension",
    "AuthorisationUse",
    "AuthorisationVersion",
    "AuthorisationWithdrawal",
    "Case",
    "Checkpoint",
    "ClosingDay",
    "ConnectionPeriod",
    "ControllerPeriod",
    "Cosignature",
    "DataCategory",
    "Edge",
    "Entry",
    "Exchange",
    "ExchangeCorrection",
    "FollowerCursor",
    "Footnote",
    "Head",
    "HourCount",
    "LegalBasis",
    "MachineClient",
    "MailPreference",
    "MonthCount",
    "Notice",
    "Opening",
    "Organisation",
    "PersonKey",
    "Position",
    "ProcessingMandate",
    "PublishedDocument",
    "PublishedFigure",
    "Purpose",
    "RegisterChange",
    "Route",
    "Service",
    "SuspensionLifting",
    "Tile",
    "Timestamp",
    "VerificationRun",
]
