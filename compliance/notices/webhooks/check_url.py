"""Whether an address is one that a webhook may have."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from compliance.kernel.errors import FieldError, InvalidInputError
from compliance.notices.webhooks.public_address import PrivateAddressError, require_public

LONGEST = 500


def checked_url(given: str) -> str:
    """Return the address. Raises :class:`InvalidInputError` for one that is not HTTPS, or leads to no public network.

    To which addresses its name leads is looked at again whenever something is sent.
    """
    url = given.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _refused() from None
    is_plain = parts.scheme == "https" and parts.hostname and port != 0 and len(url) <= LONGEST
    if not is_plain or parts.username is not None or parts.fragment or not url.isascii() or len(url.split()) != 1:
        raise _refused()
    try:
        require_public(parts.hostname or "")
    except PrivateAddressError:
        detail = _("This leads into a network that is not public. Give a public address, or ask who runs the service.")
        raise InvalidInputError(errors=(FieldError("/url", detail, "not-public"),)) from None
    except ValueError:  # a name, and no number: looked up when something is sent
        pass
    return url


def _refused() -> InvalidInputError:
    detail = _("Give an address that begins with https://, without a user name or a part after #.")
    return InvalidInputError(errors=(FieldError("/url", detail, "not-https"),))
