"""What is asked before an exchange, and what an exchange turns out to have been: the same facts."""

from __future__ import annotations

from typing import NamedTuple

from compliance.authorisations.judgement import Shape


class Question(NamedTuple):
    """May this organisation have these data? All codes are those of the register.

    ``user_group`` is that of who asks by hand, ``""`` when it is not told, ``None`` for an automatic exchange.
    """

    asker: str
    on_behalf_of: str | None
    source: str
    service: str
    service_version: str
    purpose: str
    legal_basis: str
    categories: tuple[str, ...]
    route: str
    environment: str
    user_group: str | None

    @property
    def recipient(self) -> str:
        """For whom the data are."""
        return self.on_behalf_of or self.asker

    @property
    def shape(self) -> Shape:
        """What decides the verdict, except the moment and the group of users."""
        return Shape(
            self.recipient,
            self.source,
            self.service,
            self.service_version,
            self.purpose,
            self.legal_basis,
            self.categories,
            self.route,
            self.environment,
        )
