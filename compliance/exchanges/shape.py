"""What of an exchange decides its verdict: the same for a report that comes in and for an entry that is read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from compliance.authorisations.judgement import Shape

if TYPE_CHECKING:
    from compliance.exchanges.submission import ServiceVersion


class _Asker(Protocol):
    @property
    def organisation(self) -> str:
        """Code of who asked."""

    @property
    def on_behalf_of(self) -> str | None:
        """Code of on whose behalf."""


class Judged(Protocol):
    """What a report and an entry have in common, as far as a verdict needs it."""

    @property
    def asker(self) -> _Asker:
        """Who asked."""

    @property
    def source(self) -> str:
        """Code of who was asked."""

    @property
    def service(self) -> ServiceVersion:
        """What was asked."""

    @property
    def purpose(self) -> str:
        """What for."""

    @property
    def legal_basis(self) -> str:
        """By what right."""

    @property
    def categories_requested(self) -> tuple[str, ...]:
        """Which data were asked."""

    @property
    def categories_delivered(self) -> tuple[str, ...]:
        """Which data were given."""

    @property
    def route(self) -> str:
        """Over which route."""

    @property
    def environment(self) -> str:
        """In which environment."""


def shape_of(exchange: Judged) -> Shape:
    """Return the shape of an exchange."""
    asker, service = exchange.asker, exchange.service
    requested, delivered = exchange.categories_requested, exchange.categories_delivered
    return Shape(
        asker.on_behalf_of or asker.organisation,
        exchange.source,
        service.code,
        service.version,
        exchange.purpose,
        exchange.legal_basis,
        requested if delivered == requested else requested + delivered,
        exchange.route,
        exchange.environment,
    )


def user_group_of(*, group: str | None, trigger: str) -> str | None:
    """Return the group of who asked; ``""`` when it was asked by hand by nobody knows which group."""
    return "" if group is None and trigger == "manual" else group
