"""What tests of the admin share: sign in, fill in a form as it is shown, send it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.test import Client

if TYPE_CHECKING:
    from django.db.models import Model

    from compliance.access.models import Account

SENT = 302


def registered() -> list[type[Model]]:
    """Return the tables that have pages."""
    return list(admin.site._registry)  # noqa: SLF001 - there is no public way to ask


def signed_in(account: Account) -> Client:
    """Return a client of somebody who has signed in."""
    client = Client()
    client.force_login(account)
    return client


def shown(client: Client, address: str) -> dict[str, Any]:
    """Return the values that a form shows, as a browser would send them."""
    context: Any = client.get(address).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    values: dict[str, Any] = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is None or value is False:
                continue
            written = field.field.prepare_value(value) if hasattr(field.field, "prepare_value") else value
            values[field.html_name] = _written(field, written)
    return values


def send(client: Client, address: str, /, **changes: Any) -> Any:
    """Open a form, change what it shows, and send it."""
    return client.post(address, {**shown(client, address), **changes})


def errors_of(response: Any) -> dict[str, Any]:
    """Return what the page says is wrong."""
    return dict(response.context["adminform"].form.errors)


def _written(field: Any, value: Any) -> Any:
    formatted = field.field.widget.format_value(value) if hasattr(field.field.widget, "format_value") else value
    if isinstance(value, list | tuple):
        return [str(getattr(each, "pk", each)) for each in value]
    return formatted if isinstance(formatted, str | int) else str(value)
