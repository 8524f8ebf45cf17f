"""What several organisations share: it is joined by one's own accession, and not altered by one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from compliance.access.models import Account
from compliance.access.roles import Role
from compliance.authorisations.models import Authorisation
from compliance.authorisations.requests.check_accession import check_accession
from compliance.authorisations.requests.check_content import IncompleteRequestError
from compliance.authorisations.requests.content import Wanted, as_json
from compliance.authorisations.requests.draft_request import SharedAuthorisationError, draft_request
from compliance.authorisations.requests.vocabulary import RequestKind
from compliance.kernel.clock import now
from compliance.kernel.errors import NotFoundError
from compliance.registry.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.django_db


@pytest.fixture
def general(register: None) -> Authorisation:
    """Return the general authorisation that four OCMWs share."""
    return Authorisation.objects.get(code="KSZ-VB-2017-01")


def of(code: str) -> Account:
    organisation = Organisation.objects.get(code=code)
    return Account.objects.create(username=code.lower(), role=Role.PARTNER_REQUESTER, organisation=organisation)


@pytest.mark.parametrize("kind", [RequestKind.AMENDMENT, RequestKind.RENEWAL])
def test_one_of_several_does_not_change_what_all_of_them_share(general: Authorisation, kind: RequestKind) -> None:
    with pytest.raises(SharedAuthorisationError):
        draft_request(account=of("OCMW-LEUVEN"), kind=kind, authorisation=general)


def test_only_a_general_authorisation_is_joined(cast: Mapping[str, Account], general: Authorisation) -> None:
    another = Authorisation.objects.get(code="PROT-VB-2018-01")
    with pytest.raises(NotFoundError):
        draft_request(account=cast["vmsw-requester"], kind=RequestKind.ACCESSION, authorisation=another)
    with pytest.raises(NotFoundError):
        draft_request(account=cast["vmsw-requester"], kind=RequestKind.ACCESSION)


def test_who_joins_asks_for_nothing_beyond_it(general: Authorisation) -> None:
    request = draft_request(account=of("OCMW-GENT"), kind=RequestKind.ACCESSION, authorisation=general)
    check_accession(request, at=now())

    said = request.said
    beyond = msgspec.structs.replace(
        said,
        data=msgspec.structs.replace(
            said.data, categories=(*said.data.categories, Wanted("MEDICAL-EXEMPTION", "Omdat het kan."))
        ),
        rhythm=msgspec.structs.replace(said.rhythm, routes=("MAGDA",)),
    )
    request.content = as_json(beyond)
    with pytest.raises(IncompleteRequestError) as refused:
        check_accession(request, at=now())
    assert [error.pointer for error in refused.value.errors] == ["/data/categories", "/rhythm/routes"]
    assert "MEDICAL-EXEMPTION" in refused.value.errors[0].detail
