"""The frame around every page: where one can go, in which language, and what is shown since when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, get_language_info, gettext_lazy

from compliance.access.models import Account
from compliance.access.roles import Capability
from compliance.console.presenters.notices import Bell, present_bell
from compliance.console.presenters.provenance import Provenance, present_provenance
from compliance.console.theme import Theme, theme_of

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Destination:
    """A place in the navigation: its words, address and keys, and who may go there.

    ``beside`` belongs to it too; what is not of every day stands ``aside``, under one word.
    """

    name: str
    words: str | Promise
    keys: str
    needed: Capability | None
    beside: str = ""
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A destination as this reader sees it."""

    words: str
    address: str
    keys: str
    here: bool
    aside: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several: its value, its words, and whether it is the present one."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What the base template needs."""

    account: Account | None
    bell: Bell | None
    role: str
    links: tuple[Link, ...]
    languages: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    theme: str
    here: str
    provenance: Provenance

    @property
    def daily(self) -> tuple[Link, ...]:
        """The places that are always in sight."""
        return tuple(link for link in self.links if not link.aside)

    @property
    def aside(self) -> tuple[Link, ...]:
        """The places that are in sight when asked for."""
        return tuple(link for link in self.links if link.aside)

    @property
    def aside_here(self) -> str:
        """The place aside where the reader is."""
        return next((link.words for link in self.aside if link.here), "")


DESTINATIONS = (
    Destination("start", gettext_lazy("Start"), "g s", None),
    Destination("cases", gettext_lazy("Cases"), "g d", Capability.SEE_CASES),
    Destination("exchanges", gettext_lazy("Exchanges"), "g u", Capability.SEE_ALL_EXCHANGES),
    Destination("portal-exchanges", gettext_lazy("Exchanges"), "g u", Capability.SEE_OWN_EXCHANGES),
    Destination("statistics", gettext_lazy("Figures"), "g f", Capability.SEE_ALL_STATISTICS),
    Destination("portal-statistics", gettext_lazy("Figures"), "g f", Capability.SEE_OWN_STATISTICS),
    Destination("partners", gettext_lazy("Partners"), "g n", Capability.SEE_ALL_STATISTICS),
    Destination("portal-standing", gettext_lazy("How you stand"), "g n", Capability.SEE_OWN_REQUESTS),
    Destination("questions", gettext_lazy("Questions"), "g v", Capability.SEE_CASES),
    Destination("portal-questions", gettext_lazy("Questions"), "g v", Capability.SEE_OWN_QUESTIONS),
    Destination("authorisations", gettext_lazy("Authorisations"), "g a", Capability.SEE_REGISTER),
    Destination("portal-authorisations", gettext_lazy("Authorisations"), "g a", Capability.SEE_OWN_EXCHANGES),
    Destination("requests", gettext_lazy("Requests"), "g q", Capability.SEE_ALL_REQUESTS),
    Destination("portal-requests", gettext_lazy("Requests"), "g q", Capability.SEE_OWN_REQUESTS),
    Destination("connections", gettext_lazy("Connections"), "g c", Capability.SEE_CONNECTIONS, aside=True),
    Destination("portal-connections", gettext_lazy("Connection"), "g c", Capability.SEE_OWN_CONNECTION, aside=True),
    Destination("proof", gettext_lazy("Proof"), "g p", Capability.SEE_LEDGER, aside=True),
    Destination("portal-proof", gettext_lazy("Proof"), "g p", Capability.SEE_OWN_EXCHANGES, aside=True),
    Destination("portal-events", gettext_lazy("Planned events"), "g e", Capability.ANNOUNCE_EVENTS, aside=True),
    Destination("detectors", gettext_lazy("Detectors"), "g t", Capability.SEE_CASES, aside=True),
    Destination("samples", gettext_lazy("Samples"), "g m", Capability.SEE_SAMPLES, aside=True),
    Destination("review", gettext_lazy("Review"), "g w", Capability.SEE_CASES, aside=True),
    Destination("oversight", gettext_lazy("Oversight"), "g o", Capability.SEE_OVERSIGHT, aside=True),
    Destination("jobs", gettext_lazy("Jobs"), "g j", Capability.SEE_JOBS, aside=True),
    Destination("clients", gettext_lazy("Systems"), "g y", Capability.SEE_OPERATIONS, aside=True),
    Destination("webhooks", gettext_lazy("Webhooks"), "g h", Capability.KEEP_WEBHOOKS, aside=True),
    Destination(
        "portal-people", gettext_lazy("People and systems"), "g y", Capability.KEEP_OWN_PEOPLE, beside="portal-clients"
    ),
    Destination("admin:index", gettext_lazy("Register"), "g r", Capability.KEEP_REGISTER, aside=True),
)


def present_frame(request: HttpRequest) -> Frame:
    """Gather the frame for whoever reads."""
    account = request.user if isinstance(request.user, Account) else None
    bell = present_bell(account, path=request.path) if account else None
    theme = theme_of(request)
    return Frame(
        account=account,
        bell=bell,
        role=_role(account),
        links=_links(account, "" if bell and bell.here else request.path),
        languages=tuple(
            Choice(code, get_language_info(code)["name_local"], code == get_language())
            for code, _name in settings.LANGUAGES
        ),
        themes=tuple(Choice(one.value, str(one.label), one == theme) for one in Theme),
        theme=theme.value,
        here=request.get_full_path(),
        provenance=present_provenance(),
    )


def _role(account: Account | None) -> str:
    if account is None:
        return ""
    role = account.get_role_display()
    return f"{role}, {account.organisation.name}" if account.organisation else str(role)


def _links(account: Account | None, path: str) -> tuple[Link, ...]:
    if account is None:
        return ()
    reachable = [one for one in DESTINATIONS if one.needed is None or account.may(one.needed)]
    addresses = {one: reverse(one.name) for one in reachable}
    beside = {reverse(one.beside): addresses[one] for one in reachable if one.beside}
    within = {address: address for address in addresses.values()} | beside
    nearest = within.get(max((address for address in within if path.startswith(address)), key=len, default=""))
    return tuple(
        Link(str(one.words), address, one.keys, here=address == nearest, aside=one.aside)
        for one, address in addresses.items()
    )
