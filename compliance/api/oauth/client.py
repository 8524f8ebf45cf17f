"""A machine client as the token endpoint sees it: who it says it is, and what proves that."""

from __future__ import annotations

from authlib.oauth2.rfc6749 import ClientMixin
from django.utils.crypto import constant_time_compare

from compliance.access.models import ClientCredential
from compliance.access.scopes import scopes_in, written
from compliance.access.tokens import hash_of
from compliance.access.vocabulary import CredentialKind
from compliance.kernel.clock import now

GRANT = "client_credentials"


class Claimant(ClientMixin):  # type: ignore[misc]  # Authlib ships no types
    """Who says to be the client of this name; there may be none, which is answered like a wrong proof."""

    def __init__(self, name: str) -> None:
        """Look up what would prove it. One query."""
        at = now()
        known = name if name.isprintable() else ""  # the database takes no NUL
        found = ClientCredential.objects.filter(client__name=known).select_related("client__organisation")
        self.name = name
        self.credentials = [credential for credential in found if credential.works(at)]
        self.proved: ClientCredential | None = None
        self.thumbprint: bytes | None = None

    def of_kind(self, kind: CredentialKind) -> list[ClientCredential]:
        """Return the working credentials of a kind."""
        return [credential for credential in self.credentials if credential.kind == kind]

    def check_client_secret(self, client_secret: str) -> bool:
        """Tell whether a secret is one of the client's. Digests are compared, each in constant time."""
        sent = hash_of(client_secret)
        for credential in self.of_kind(CredentialKind.SECRET):
            if constant_time_compare(bytes(credential.digest), sent):
                self.proved = credential
        return self.proved is not None

    def check_certificate(self, thumbprint: bytes) -> bool:
        """Tell whether a certificate is one of the client's; the token is then bound to it."""
        for credential in self.of_kind(CredentialKind.CERTIFICATE):
            if bytes(credential.digest) == thumbprint:
                self.proved, self.thumbprint = credential, thumbprint
        return self.proved is not None

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:  # noqa: ARG002 - Authlib's signature
        """Tell whether the client proved who it is; any method that it has a credential for will do."""
        return self.proved is not None

    def check_grant_type(self, grant_type: str) -> bool:
        """Tell whether it is the one grant that there is."""
        return grant_type == GRANT

    def get_client_id(self) -> str:
        """Return the name."""
        return self.name

    def get_allowed_scope(self, scope: str | None) -> str | None:
        """Return what was asked, all that was granted when nothing was, and nothing when more was asked."""
        if self.proved is None:
            return None
        granted = self.proved.client.granted
        words = (scope or "").split()
        if not words:
            return written(granted) or None
        asked = scopes_in(words)
        return written(asked) if asked <= granted and len(asked) == len(set(words)) else None
