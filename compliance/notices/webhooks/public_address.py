"""Which addresses of the network a webhook may lead to: public ones, and networks that the operator allows."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings

# Addresses of version 4 inside those of version 6: what looks public would lead to a network of our own.
_CARRIERS = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("2002::/16"))


class PrivateAddressError(OSError):
    """The name leads into a network that is not public."""


def require_public(text: str) -> None:
    """Raise :class:`PrivateAddressError` for an address that is not public, and not in a network that is allowed."""
    address: IPv4Address | IPv6Address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if any(address in network for network in settings.WEBHOOK_NETWORKS):
        return
    carried = isinstance(address, IPv6Address) and any(address in network for network in _CARRIERS)
    if carried or not address.is_global or address.is_multicast:
        raise PrivateAddressError
