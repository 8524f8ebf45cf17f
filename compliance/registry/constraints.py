"""Rules about periods that the database holds too."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db.models import CheckConstraint, F, Func, Q
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _


def ends_after_it_begins(*, name: str, start: str, end: str) -> CheckConstraint:
    """Return that the end (excluded), if there is one, comes after the beginning."""
    return CheckConstraint(
        name=name,
        condition=Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": F(start)}),
        violation_error_message=_("The end must come after the beginning."),
    )


def one_at_a_time(*, name: str, start: str, end: str) -> ExclusionConstraint:
    """Return that no two periods share a day."""
    return ExclusionConstraint(
        name=name,
        # Least: an end before the beginning makes an empty range, which the rule above explains, and no error.
        expressions=[(Func(Least(start, end), end, function="daterange"), "&&")],
        violation_error_message=_("Another period has days of this one."),
    )
