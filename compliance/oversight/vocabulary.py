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
