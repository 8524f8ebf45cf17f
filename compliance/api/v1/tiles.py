"""``/ledger/<log>/…``: a log as C2SP tlog-tiles has it, read-only, for monitors, witnesses and auditors."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from django.http import HttpResponse
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.permissions import IsAuthenticated
from rest_framework.views import APIView

from compliance.access.roles import Capability
from compliance.api.readers import ReaderAuthentication, require
from compliance.kernel.errors import NotFoundError
from compliance.ledger.tile_store.addresses import address_of, level_of
from compliance.ledger.tile_store.opened import log_named
from compliance.ledger.tile_store.served import served_checkpoint, served_entries, served_tile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rest_framework.authentication import BaseAuthentication
    from rest_framework.parsers import BaseParser
    from rest_framework.permissions import BasePermission
    from rest_framework.renderers import BaseRenderer
    from rest_framework.request import Request

    from compliance.ledger.logs import LogNumber
    from compliance.ledger.tile_store.addresses import Address

TEXT, OCTETS = "text/plain; charset=utf-8", "application/octet-stream"
NOT_KEPT = "no-cache"
KEPT = "public, max-age=31536000, immutable"
# Who may read entries may read them from a cache of their own, and from nobody else's.
KEPT_BY_READER = "private, max-age=31536000, immutable"


class AnyMedia(BaseContentNegotiation):
    """One address has one media type, whatever a client says that it would like."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser:  # noqa: ARG002 - the framework's signature
        """Return the first."""
        return next(iter(parsers))

    def select_renderer(  # type: ignore[override]  # the stubs ask for a list where the framework passes what it has
        self,
        request: Request,  # noqa: ARG002 - the framework's signature
        renderers: Sequence[BaseRenderer],
        format_suffix: str | None = None,  # noqa: ARG002 - the same
    ) -> tuple[BaseRenderer, str]:
        """Return the first."""
        return renderers[0], renderers[0].media_type


class LedgerView(APIView):
    """What is public of a log: hashes, which say nothing about anybody."""

    schema = None  # C2SP tlog-tiles describes it, and docs/tiles.md; it is no part of the JSON interface
    authentication_classes: Sequence[type[BaseAuthentication]] = ()
    permission_classes: Sequence[type[BasePermission]] = ()
    content_negotiation_class = AnyMedia
    http_method_names = ("get", "head", "options")


class CheckpointView(LedgerView):
    """The newest checkpoint."""

    def get(self, request: Request, log: str) -> HttpResponse:  # noqa: ARG002 - the framework's signature
        """Return the signed note."""
        note = served_checkpoint(_log(log))
        return HttpResponse(note.encode(), content_type=TEXT, headers={"Cache-Control": NOT_KEPT})


class TileView(LedgerView):
    """Hashes of one level."""

    def get(self, request: Request, log: str, level: str, number: str) -> HttpResponse:  # noqa: ARG002 - the framework's signature
        """Return a tile, full or partial."""
        read = level_of(level)
        if read is None:
            raise NotFoundError
        hashes = served_tile(log=_log(log), level=read, address=_address(number))
        return HttpResponse(hashes, content_type=OCTETS, headers={"Cache-Control": KEPT})


class EntriesView(LedgerView):
    """Entries: no value about a person, but who exchanged what, and when; hence not for everybody."""

    authentication_classes = (ReaderAuthentication,)
    permission_classes = (IsAuthenticated,)

    def get(self, request: Request, log: str, number: str) -> HttpResponse:
        """Return a bundle, full or partial."""
        require(request.user, Capability.SEE_ALL_EXCHANGES, Capability.SEE_OPERATIONS)
        entries = served_entries(log=_log(log), address=_address(number))
        response = HttpResponse(content_type=OCTETS, headers={"Cache-Control": KEPT_BY_READER})
        response["Vary"] = "Accept-Encoding, Authorization, Cookie"
        if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
            response["Content-Encoding"] = "gzip"
            entries = gzip.compress(entries, compresslevel=5, mtime=0)
        response.content = entries
        return response


def _log(name: str) -> LogNumber:
    log = log_named(name)
    if log is None:
        raise NotFoundError
    return log


def _address(number: str) -> Address:
    address = address_of(number)
    if address is None:
        raise NotFoundError
    return address
