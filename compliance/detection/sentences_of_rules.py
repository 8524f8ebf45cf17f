"""The sentences of detectors of broken rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy as _n

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise as StrPromise

RULE_SENTENCES: Final[Mapping[str, StrPromise]] = {
    "no_cover": _n(
        "%(partner)s used %(service)s once without cover.",
        "%(partner)s used %(service)s %(exchanges)s times without cover.",
        "exchanges#",
    ),
    "no_cover/no-authorisation": _n(
        "%(partner)s used %(service)s once without any authorisation.",
        "%(partner)s used %(service)s %(exchanges)s times without any authorisation.",
        "exchanges#",
    ),
    "no_cover/not-yet-valid": _n(
        "%(partner)s used %(service)s once before its authorisation began.",
        "%(partner)s used %(service)s %(exchanges)s times before its authorisation began.",
        "exchanges#",
    ),
    "no_cover/withdrawn": _n(
        "%(partner)s used %(service)s once after its authorisation was withdrawn.",
        "%(partner)s used %(service)s %(exchanges)s times after its authorisation was withdrawn.",
        "exchanges#",
    ),
    "no_cover/suspended": _n(
        "%(partner)s used %(service)s once while its authorisation was suspended.",
        "%(partner)s used %(service)s %(exchanges)s times while its authorisation was suspended.",
        "exchanges#",
    ),
    "no_cover/environment-outside": _n(
        "%(partner)s used %(service)s once in production, for which its authorisation does not hold.",
        "%(partner)s used %(service)s %(exchanges)s times in production, for which its authorisation does not hold.",
        "exchanges#",
    ),
    "no_cover/service-outside": _n(
        "%(partner)s used %(service)s once, a service that its authorisation does not name.",
        "%(partner)s used %(service)s %(exchanges)s times, a service that its authorisation does not name.",
        "exchanges#",
    ),
    "no_cover/category-outside": _n(
        "%(partner)s asked %(service)s once for data that its authorisation does not name.",
        "%(partner)s asked %(service)s %(exchanges)s times for data that its authorisation does not name.",
        "exchanges#",
    ),
    "no_cover/purpose-outside": _n(
        "%(partner)s used %(service)s once for a purpose that its authorisation does not name.",
        "%(partner)s used %(service)s %(exchanges)s times for a purpose that its authorisation does not name.",
        "exchanges#",
    ),
    "no_cover/legal-basis-not-named": _n(
        "%(partner)s used %(service)s once on a legal basis that its authorisation does not name.",
        "%(partner)s used %(service)s %(exchanges)s times on a legal basis that its authorisation does not name.",
        "exchanges#",
    ),
    "no_cover/route-outside": _n(
        "%(partner)s used %(service)s once over a route that its authorisation does not name.",
        "%(partner)s used %(service)s %(exchanges)s times over a route that its authorisation does not name.",
        "exchanges#",
    ),
    "no_cover/condition-broken/hours": _n(
        "%(partner)s used %(service)s once outside the hours that its authorisation sets.",
        "%(partner)s used %(service)s %(exchanges)s times outside the hours that its authorisation sets.",
        "exchanges#",
    ),
    "no_cover/condition-broken/user-group": _n(
        "%(partner)s used %(service)s once by a user of a group that its authorisation does not name.",
        "%(partner)s used %(service)s %(exchanges)s times by users of groups that its authorisation does not name.",
        "exchanges#",
    ),
    "category_beyond/authorised": _n(
        "%(partner)s got from %(service)s once what its authorisation does not name: %(categories)s.",
        "%(partner)s got from %(service)s %(exchanges)s times what its authorisation does not name: %(categories)s.",
        "exchanges#",
    ),
    "category_beyond/requested": _n(
        "%(partner)s got from %(service)s once what it had not asked for: %(categories)s.",
        "%(partner)s got from %(service)s %(exchanges)s times what it had not asked for: %(categories)s.",
        "exchanges#",
    ),
    "expired_cover": _n(
        "%(partner)s used %(service)s once on %(authorisation)s, which had expired.",
        "%(partner)s used %(service)s %(exchanges)s times on %(authorisation)s, which had expired.",
        "exchanges#",
    ),
    "expiring_cover": _n(
        "%(authorisation)s of %(partner)s ends in one day, is in use, and has no successor.",
        "%(authorisation)s of %(partner)s ends in %(days)s days, is in use, and has no successor.",
        "days#",
    ),
    "ceiling_broken": _n(
        "%(partner)s went once beyond the number of exchanges that %(authorisation)s allows.",
        "%(partner)s went %(judged)s times beyond the number of exchanges that %(authorisation)s allows.",
        "judged#",
    ),
    "ceiling_broken/day": _("%(partner)s used %(authorisation)s %(used)s times that day; %(most)s are allowed."),
    "ceiling_broken/week": _("%(partner)s used %(authorisation)s %(used)s times that week; %(most)s are allowed."),
    "ceiling_broken/month": _("%(partner)s used %(authorisation)s %(used)s times that month; %(most)s are allowed."),
    "ceiling_broken/year": _("%(partner)s used %(authorisation)s %(used)s times that year; %(most)s are allowed."),
    "quoted_decision/not-ours": _n(
        "%(partner)s quoted a decision once over %(service)s that we never gave.",
        "%(partner)s quoted a decision %(exchanges)s times over %(service)s that we never gave.",
        "exchanges#",
    ),
    "quoted_decision/differs": _n(
        "%(partner)s used %(service)s once in another way than it had asked leave for.",
        "%(partner)s used %(service)s %(exchanges)s times in another way than it had asked leave for.",
        "exchanges#",
    ),
    "quoted_decision/afterwards": _n(
        "%(partner)s used %(service)s once and asked leave afterwards.",
        "%(partner)s used %(service)s %(exchanges)s times and asked leave afterwards.",
        "exchanges#",
    ),
    "quoted_decision/another-time": _n(
        "%(partner)s used %(service)s once at another time than it had asked leave for.",
        "%(partner)s used %(service)s %(exchanges)s times at another time than it had asked leave for.",
        "exchanges#",
    ),
    "quoted_decision/denied": _n(
        "%(partner)s used %(service)s once although the answer beforehand was no.",
        "%(partner)s used %(service)s %(exchanges)s times although the answer beforehand was no.",
        "exchanges#",
    ),
    "quoted_decision/judged-otherwise": _n(
        "%(partner)s used %(service)s once on a decision that did not hold any more.",
        "%(partner)s used %(service)s %(exchanges)s times on a decision that did not hold any more.",
        "exchanges#",
    ),
    "off_hours": _n(
        "A user of %(partner)s looked a person up once outside office hours, without an explanation.",
        "A user of %(partner)s looked persons up %(unexplained)s times outside office hours, without an explanation.",
        "unexplained#",
    ),
    "off_hours/closed": _n(
        "A user of %(partner)s looked a person up once on a closing day, without an explanation.",
        "A user of %(partner)s looked persons up %(unexplained)s times on a closing day, without an explanation.",
        "unexplained#",
    ),
    "invalid_dossier/closed": _n(
        "A user of %(partner)s looked up a person once whose dossier was closed long before.",
        "A user of %(partner)s looked up persons %(exchanges)s times whose dossiers were closed long before.",
        "exchanges#",
    ),
    "invalid_dossier/not-yet": _n(
        "A user of %(partner)s looked up a person once whose dossier was not open yet.",
        "A user of %(partner)s looked up persons %(exchanges)s times whose dossiers were not open yet.",
        "exchanges#",
    ),
    "invalid_dossier/another": _n(
        "A user of %(partner)s gave the dossier of another person once as the reason of a look-up.",
        "A user of %(partner)s gave the dossiers of other persons %(exchanges)s times as the reason of a look-up.",
        "exchanges#",
    ),
    "invalid_dossier": _n(
        "A user of %(partner)s looked up a person once on a dossier that gives no reason.",
        "A user of %(partner)s looked up persons %(exchanges)s times on dossiers that give no reason.",
        "exchanges#",
    ),
    "missing_dossier": _(
        "A user of %(partner)s gave a dossier as the reason of %(look_ups)s look-ups, and %(missing)s times one that "
        "%(partner)s never told us of; among colleagues that is so in %(usual)s out of a hundred."
    ),
    "replayed_reference": _n(
        "One message of %(producer)s about %(service)s came again at another moment.",
        "%(messages)s messages of %(producer)s about %(service)s came again at another moment.",
        "messages#",
    ),
    "clock_drift/ahead": _n(
        "The clock of %(producer)s is a second ahead.",
        "The clock of %(producer)s is %(seconds)s seconds ahead.",
        "seconds#",
    ),
    "clock_drift/behind": _n(
        "The clock of %(producer)s is a second behind, or everything arrives so much later.",
        "The clock of %(producer)s is %(seconds)s seconds behind, or everything arrives so much later.",
        "seconds#",
    ),
    "test_in_production/person": _n(
        "%(partner)s looked up a test person once in production, over %(service)s.",
        "%(partner)s looked up test persons %(exchanges)s times in production, over %(service)s.",
        "exchanges#",
    ),
    "test_in_production/application": _n(
        "A test application of %(partner)s used %(service)s once in production.",
        "A test application of %(partner)s used %(service)s %(exchanges)s times in production.",
        "exchanges#",
    ),
    "test_in_production/marker": _n(
        "%(partner)s used %(service)s once in production with a message that says it is a test.",
        "%(partner)s used %(service)s %(exchanges)s times in production with messages that say they are tests.",
        "exchanges#",
    ),
    "unanswered": _(
        "%(unanswered)s of %(of)s requests of %(partner)s to %(service)s got no answer, %(streak)s of them in a row."
    ),
    "sequence_gap": _n(
        "A number of %(producer)s never came (%(numbers)s): an exchange that was not reported.",
        "%(missing)s numbers of %(producer)s never came (%(numbers)s): exchanges that were not reported.",
        "missing#",
    ),
}
"""By detector, and by the kind of what it found."""
