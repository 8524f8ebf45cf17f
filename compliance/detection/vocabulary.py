"""Closed vocabularies of detection."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FindingState(models.TextChoices):
    """What became of a finding."""

    FOUND = "found", _("found, not looked at yet")
    RAISED = "raised", _("part of a case")
    BELOW = "below", _("under the line")
    SUPPRESSED = "suppressed", _("expected, by a decision")
    TRIED = "tried", _("found by a trial")
    GONE = "gone", _("no longer found")


class FindingFamily(models.TextChoices):
    """What a finding is about, as :class:`compliance.detection.detectors.finding.Family` has it."""

    COVER = "cover", _("cover")
    PEOPLE = "people", _("people")
    VOLUME = "volume", _("volumes")
    DELIVERY = "delivery", _("delivery")


class FindingTier(models.IntegerChoices):
    """What a finding rests on, as :class:`compliance.detection.detectors.finding.Tier` has it."""

    LAW = 0, _("a rule of law")
    PATTERN = 1, _("a pattern")
    STATISTIC = 2, _("a probability")
    PEER = 3, _("a comparison with others")
    SAMPLE = 4, _("a random sample")


class RunKind(models.TextChoices):
    """Why detectors ran."""

    HOURLY = "hourly", _("what came in")
    NIGHTLY = "nightly", _("explained again")
    HISTORY = "history", _("history")
