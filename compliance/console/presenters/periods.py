"""Periods of ceilings, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

PERIOD_WORDS = {"day": _("a day"), "week": _("a week"), "month": _("a month"), "year": _("a year")}
