"""Run a self-test: try samples, and keep which checks a partner's system passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.connecting.checklist import checklist, keep_passed
from compliance.connecting.models import Connection
from compliance.connecting.self_test.passed import passed_checks
from compliance.connecting.self_test.samples import split
from compliance.connecting.self_test.tried import PartnerChecks, SelfTested
from compliance.connecting.self_test.try_samples import try_samples
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from compliance.connecting.self_test.tester import Tester


def run_self_test(*, octets: bytes, tester: Tester) -> SelfTested:
    """Try every sample in a document, and keep the checks that were passed, one statement per partner.

    No exchange, no entry of the ledger and nothing of a sample is kept. Raises :class:`MalformedInputError` and
    :class:`TooLargeError`.
    """
    found, reports = try_samples(parts=split(octets), tester=tester, at=now())
    passed = passed_checks(found, reports)
    tried = {one.partner for one in found if one.partner}
    partners = []
    for connection in Connection.objects.of_any(tried).select_related("organisation"):
        code = connection.organisation.code
        if connection.connected_on is None:
            keep_passed(connection=connection, checks=passed.get(code, ()), actor=tester.actor)
        partners.append(PartnerChecks(code, tuple(checklist(connection))))
    return SelfTested(tuple(found), tuple(partners))
