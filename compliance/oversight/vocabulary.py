"""What our own users do that is itself recorded."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActKind(models.TextChoices):
    """Kinds of acts."""

    EXCHANGES_LISTED = "exchanges:listed", _("looked at a list of exchanges")
    EXCHANGE_READ = "exchange:read", _("looked at one exchange")
    PERSON_SEARCHED = "person:searched", _("searched for a person")
    DOSSIER_SEARCHED = "dossier:searched", _("searched for a dossier")
    IDENTITY_REVEALED = "identity:revealed", _("revealed an identity")
    REPORT_EXPORTED = "report:exported", _("exported a report")
    EVIDENCE_EXPORTED = "evidence:exported", _("made an evidence bundle")
    PROOF_EXPORTED = "proof:exported", _("made the proof of one exchange")
    SIGNED_IN = "session:started", _("signed in")
    REQUEST_DRAFTED = "request:drafted", _("began a request")
    REQUEST_SUBMITTED = "request:submitted", _("submitted a request")
    REQUEST_ADVISED = "request:advised", _("advised on a request")
    REQUEST_EXTERNAL_ASKED = "request:external-advice-asked", _("asked a committee for advice on a request")
    REQUEST_EXTERNAL_RECORDED = "request:external-advice-recorded", _("recorded a committee's advice on a request")
    REQUEST_DECIDED = "request:decided", _("decided on a request")
    REQUEST_RETURNED = "request:returned", _("returned a request with questions")
    REQUEST_SIGNED = "request:signed", _("signed a protocol")
    REQUEST_PUBLISHED = "request:published", _("published a protocol")
    REQUEST_TEST_STARTED = "request:test-started", _("opened an authorisation for testing")
    REQUEST_WENT_LIVE = "request:went-live", _("put an authorisation into production")
    REQUEST_SUSPENDED = "request:suspended", _("suspended an authorisation")
    REQUEST_RESUMED = "request:resumed", _("let a suspended authorisation go on")
    REQUEST_WITHDRAWN = "request:withdrawn", _("withdrew a request or what it granted")
    REQUEST_EXPIRED = "request:expired", _("saw that an authorisation ended")
    REQUEST_RENEWED = "request:renewed", _("replaced an authorisation by its renewal")
    REQUEST_DISCUSSED = "request:discussed", _("wrote about a request")
    CONNECTION_BEGUN = "connection:begun", _("began to connect a partner")
    CONNECTION_ARRANGED = "connection:arranged", _("changed what a connection rests on")
    CONNECTION_PLANNED = "connection:planned", _("planned a step of a connection")
    CONNECTION_READY = "connection:ready", _("called a step of a connection ready")
    CONNECTION_CONFIRMED = "connection:confirmed", _("confirmed a step of a connection")
    CONNECTION_BACK = "connection:back", _("went back in a connection")
    CLIENT_CHANGED = "client:changed", _("changed a system")
    CLIENT_CLOSED = "client:closed", _("shut a system out")
    KEY_ADDED = "key:added", _("gave a system a key")
    KEY_REVOKED = "key:revoked", _("revoked a key of a system")
    PERSON_CHANGED = "person:changed", _("changed an account")
    PASSWORD_LINK_MADE = "password-link:made", _("made a link to choose a password")
    REQUEST_ATTACHED = "request:attached", _("attached a document to a request")
    SAMPLE_ANNOUNCED = "sample:announced", _("announced a sample")
    SAMPLE_DRAWN = "sample:drawn", _("drew a sample")
    SAMPLE_REVIEWED = "sample:reviewed", _("reviewed an exchange of a sample")
    SAMPLE_HANDED_OVER = "sample:handed-over", _("handed reviews of a sample over")
    REQUEST_ATTACHMENT_REMOVED = "request:attachment-removed", _("removed a document from a request")
