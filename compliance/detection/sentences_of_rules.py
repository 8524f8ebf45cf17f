"""The sentences of detectors of broken rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise as StrPromise

RULE_SENTENCES: Final[Mapping[str, StrPromise]] = {
    "no-cover": ngettext_lazy(
        "%(partner)s used %(service)s once without cover.",
        "%(partner)s used %(service)s %(exchanges)s times without cover.",
        "exchanges#",
    ),
    "no-cover/no-authorisation": ngettext_lazy(
        "%(partner)s used %(service)s once without any authorisation.",
        "%(partner)s used %(service)s %(exchanges)s times without any authorisation.",
        "exchanges#",
    ),
    "no-cover/not-yet-valid": ngettext_lazy(
        "%(partner)s used %(service)s once before its authorisation began.",
        "%(partner)s used %(service)s %(exchanges)s times before its authorisation began.",
        "exchanges#",
    ),
    "no-cover/withdrawn": ngettext_lazy(
        "%(partner)s used %(service)s once after its authorisation was withdrawn.",
        "%(partner)s used %(service)s %(exchanges)s times after its authorisation was withdrawn.",
        "exchanges#",
    ),
    "no-cover/suspended": ngettext_lazy(
        "%(partner)s used %(service)s once while its authorisation was suspended.",
        "%(partner)s used %(service)s %(exchanges)s times while its authorisation was suspended.",
        "exchanges#",
    ),
    "no-cover/environment-outside": ngettext_lazy(
        "%(partner)s used %(service)s once in production, for which its authorisation does not hold.",
        "%(partner)s used %(service)s %(exchanges)s times in production, for which its authorisation does not hold.",
        "exchanges#",
    ),
    "no-cover/service-outside": ngettext_lazy(
        "%(partner)s used %(service)s once, a service that its authorisation does not name.",
        "%(partner)s used %(service)s %(exchanges)s times, a service that its authorisation does not name.",
        "exchanges#",
    ),
    "no-cover/category-outside": ngettext_lazy(
        "%(partner)s asked %(service)s once for data that its authorisation does not name.",
        "%(partner)s asked %(service)s %(exchanges)s times for data that its authorisation does not name.",
        "exchanges#",
    ),
    "no-cover/purpose-outside": ngettext_lazy(
        "%(partner)s used %(service)s once for a purpose that its authorisation does not name.",
        "%(partner)s used %(service)s %(exchanges)s times for a purpose that its authorisation does not name.",
        "exchanges#",
    ),
    "no-cover/legal-basis-not-named": ngettext_lazy(
        "%(partner)s used %(service)s once on a legal basis that its authorisation does not name.",
        "%(partner)s used %(service)s %(exchanges)s times on a legal basis that its authorisation does not name.",
        "exchanges#",
    ),
    "no-cover/route-outside": ngettext_lazy(
        "%(partner)s used %(service)s once over a route that its authorisation does not name.",
        "%(partner)s used %(service)s %(exchanges)s times over a route that its authorisation does not name.",
        "exchanges#",
    ),
    "no-cover/condition-broken/hours": ngettext_lazy(
        "%(partner)s used %(service)s once outside the hours that its authorisation sets.",
        "%(partner)s used %(service)s %(exchanges)s times outside the hours that its authorisation sets.",
        "exchanges#",
    ),
    "no-cover/condition-broken/user-group": ngettext_lazy(
        "%(partner)s used %(service)s once by a user of a group that its authorisation does not name.",
        "%(partner)s used %(service)s %(exchanges)s times by users of groups that its authorisation does not name.",
        "exchanges#",
    ),
    "category-beyond/authorised": ngettext_lazy(
        "%(partner)s got from %(service)s once what its authorisation does not name: %(categories)s.",
        "%(partner)s got from %(service)s %(exchanges)s times what its authorisation does not name: %(categories)s.",
        "exchanges#",
    ),
    "category-beyond/requested": ngettext_lazy(
        "%(partner)s got from %(service)s once what it had not asked for: %(categories)s.",
        "%(partner)s got from %(service)s %(exchanges)s times what it had not asked for: %(categories)s.",
        "exchanges#",
    ),
    "expired-cover": ngettext_lazy(
        "%(partner)s used %(service)s once on %(authorisation)s, which had expired.",
        "%(partner)s used %(service)s %(exchanges)s times on %(authorisation)s, which had expired.",
        "exchanges#",
    ),
    "expiring-cover": ngettext_lazy(
        "%(authorisation)s of %(partner)s ends in one day, is in use, and has no successor.",
        "%(authorisation)s of %(partner)s ends in %(days)s days, is in use, and has no successor.",
        "days#",
    ),
    "ceiling-broken": ngettext_lazy(
        "%(partner)s went once beyond the number of exchanges that %(authorisation)s allows.",
        "%(partner)s went %(judged)s times beyond the number of exchanges that %(authorisation)s allows.",
        "judged#",
    ),
    "ceiling-broken/day": _("%(partner)s used %(authorisation)s %(used)s times that day; %(most)s are allowed."),
    "ceiling-broken/week": _("%(partner)s used %(authorisation)s %(used)s times that week; %(most)s are allowed."),
    "ceiling-broken/month": _("%(partner)s used %(authorisation)s %(used)s times that month; %(most)s are allowed."),
    "ceiling-broken/year": _("%(partner)s used %(authorisation)s %(used)s times that year; %(most)s are allowed."),
    "quoted-decision/not-ours": ngettext_lazy(
        "%(partner)s quoted a decision once over %(service)s that we never gave.",
        "%(partner)s quoted a decision %(exchanges)s times over %(service)s that we never gave.",
        "exchanges#",
    ),
    "quoted-decision/differs": ngettext_lazy(
        "%(partner)s used %(service)s once in another way than it had asked leave for.",
        "%(partner)s used %(service)s %(exchanges)s times in another way than it had asked leave for.",
        "exchanges#",
    ),
    "quoted-decision/afterwards": ngettext_lazy(
        "%(partner)s used %(service)s once and asked leave afterwards.",
        "%(partner)s used %(service)s %(exchanges)s times and asked leave afterwards.",
        "exchanges#",
    ),
    "quoted-decision/another-time": ngettext_lazy(
        "%(partner)s used %(service)s once at another time than it had asked leave for.",
        "%(partner)s used %(service)s %(exchanges)s times at another time than it had asked leave for.",
        "exchanges#",
    ),
    "quoted-decision/denied": ngettext_lazy(
        "%(partner)s used %(service)s once although the answer beforehand was no.",
        "%(partner)s used %(service)s %(exchanges)s times although the answer beforehand was no.",
        "exchanges#",
    ),
    "quoted-decision/judged-otherwise": ngettext_lazy(
        "%(partner)s used %(service)s once on a decision that did not hold any more.",
        "%(partner)s used %(service)s %(exchanges)s times on a decision that did not hold any more.",
        "exchanges#",
    ),
    "off-hours": ngettext_lazy(
        "A user of %(partner)s looked a person up once outside office hours, without an explanation.",
        "A user of %(partner)s looked persons up %(unexplained)s times outside office hours, without an explanation.",
        "unexplained#",
    ),
    "off-hours/closed": ngettext_lazy(
        "A user of %(partner)s looked a person up once on a closing day, without an explanation.",
        "A user of %(partner)s looked persons up %(unexplained)s times on a closing day, without an explanation.",
        "unexplained#",
    ),
    "invalid-dossier/closed": ngettext_lazy(
        "A user of %(partner)s looked up a person once whose dossier was closed long before.",
        "A user of %(partner)s looked up persons %(exchanges)s times whose dossiers were closed long before.",
        "exchanges#",
    ),
    "invalid-dossier/not-yet": ngettext_lazy(
        "A user of %(partner)s looked up a person once whose dossier was not open yet.",
        "A user of %(partner)s looked up persons %(exchanges)s times whose dossiers were not open yet.",
        "exchanges#",
    ),
    "invalid-dossier/another": ngettext_lazy(
        "A user of %(partner)s gave the dossier of another person once as the reason of a look-up.",
        "A user of %(partner)s gave the dossiers of other persons %(exchanges)s times as the reason of a look-up.",
        "exchanges#",
    ),
    "invalid-dossier": ngettext_lazy(
        "A user of %(partner)s looked up a person once on a dossier that gives no reason.",
        "A user of %(partner)s looked up persons %(exchanges)s times on dossiers that give no reason.",
        "exchanges#",
    ),
    "missing-dossier": _(
        "A user of %(partner)s gave %(dossiers)s dossiers as reasons of look-ups, of which %(partner)s never told "
        "us of %(missing)s; among colleagues that is so with %(usual)s out of a hundred."
    ),
    "replayed-reference": ngettext_lazy(
        "One message of %(producer)s about %(service)s came again at another moment.",
        "%(messages)s messages of %(producer)s about %(service)s came again at another moment.",
        "messages#",
    ),
    "clock-drift/ahead": ngettext_lazy(
        "The clock of %(producer)s is a second ahead.",
        "The clock of %(producer)s is %(seconds)s seconds ahead.",
        "seconds#",
    ),
    "clock-drift/behind": ngettext_lazy(
        "The clock of %(producer)s is a second behind, or everything arrives so much later.",
        "The clock of %(producer)s is %(seconds)s seconds behind, or everything arrives so much later.",
        "seconds#",
    ),
    "test-in-production/person": ngettext_lazy(
        "%(partner)s looked up a test person once in production, over %(service)s.",
        "%(partner)s looked up test persons %(exchanges)s times in production, over %(service)s.",
        "exchanges#",
    ),
    "test-in-production/application": ngettext_lazy(
        "A test application of %(partner)s used %(service)s once in production.",
        "A test application of %(partner)s used %(service)s %(exchanges)s times in production.",
        "exchanges#",
    ),
    "test-in-production/marker": ngettext_lazy(
        "%(partner)s used %(service)s once in production with a message that says it is a test.",
        "%(partner)s used %(service)s %(exchanges)s times in production with messages that say they are tests.",
        "exchanges#",
    ),
    "unanswered": _(
        "%(unanswered)s of %(of)s requests of %(partner)s to %(service)s got no answer, %(streak)s of them in a row."
    ),
    "sequence-gap": ngettext_lazy(
        "A number of %(producer)s never came (%(numbers)s): an exchange that was not reported.",
        "%(missing)s numbers of %(producer)s never came (%(numbers)s): exchanges that were not reported.",
        "missing#",
    ),
}
"""By detector, and by the kind of what it found."""
