"""The pages of people and machine clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.access.add_secret import add_secret
from compliance.access.close_client import close_client
from compliance.access.issue_token import issue_token
from compliance.access.models import Account, ClientCredential, MachineClient
from compliance.access.set_password import set_password
from compliance.admin.access_forms import AccountForm, KeyChoice, MachineClientForm
from compliance.admin.keeper import acting
from compliance.admin.recorded import RecordedAdmin
from compliance.kernel.clock import now
from compliance.registry.state import FINGERPRINT_BYTES

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse


@admin.register(Account)
class AccountAdmin(RecordedAdmin):
    """People."""

    form = AccountForm
    list_display = ("username", "role", "organisation", "administers", "is_active", "last_login")
    list_filter = ("role", "administers", "is_active", "organisation")
    list_select_related = ("organisation",)
    search_fields = ("username", "first_name", "last_name", "email")
    fields = (
        *(
            "username",
            "role",
            "organisation",
            "administers",
            "is_active",
            "first_name",
            "last_name",
            "email",
            "language",
        ),
        *("new_password", "reason", "read_version"),
    )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Tell the form who fills it in."""
        form: Any = super().get_form(request, obj, change=change, **options)
        form.keeper = request.user
        return form

    def keep(self, request: HttpRequest, row: Any, form: Any, *, many: dict[str, Any]) -> None:
        """Keep the person, with a new password where one was given."""
        password = form.cleaned_data["new_password"]
        if password:
            reason = form.cleaned_data["reason"]
            set_password(account=row, password=password, actor=acting(request), reason=reason)
            return
        if row._state.adding:
            row.set_unusable_password()
        super().keep(request, row, form, many=many)


@admin.register(MachineClient)
class MachineClientAdmin(RecordedAdmin):
    """Systems that come in."""

    form = MachineClientForm
    list_display = ("name", "organisation", "created_at", "revoked_at")
    list_filter = ("organisation",)
    list_select_related = ("organisation",)
    search_fields = ("name",)
    fields = ("name", "organisation", "reports_for", "scopes", "key", "reason", "read_version")
    readonly_fields = ("created_at", "revoked_at", "keys")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Show what is known of the keys, once there are any."""
        fieldsets = super().get_fieldsets(request, obj)
        known = (gettext_lazy("Keys"), {"fields": ["keys", "created_at", "revoked_at"]})
        return fieldsets if obj is None else [*fieldsets[:-1], known, fieldsets[-1]]

    @admin.display(description=gettext_lazy("keys"))
    def keys(self, client: MachineClient) -> str:
        """Return a line for each key: what it is, by what it is told from others, and how it stands."""
        at = now()
        lines = [
            (credential.get_kind_display(), credential.label, fingerprint_of(credential), _standing(credential, at))
            for credential in client.credentials.all()
        ]
        return format_html_join(mark_safe("<br>"), "{} {} {} · {}", lines) or "-"

    def keep(self, request: HttpRequest, row: Any, form: Any, *, many: dict[str, Any]) -> None:
        """Keep the client, and do with its keys what was chosen."""
        actor, reason, choice = acting(request), form.cleaned_data["reason"], form.cleaned_data["key"]
        if choice == KeyChoice.TOKEN:
            row.issued = issue_token(client=row, actor=actor, reason=reason, reports_for=many["reports_for"])
            return
        if row._state.adding:
            row.created_at = now()
        super().keep(request, row, form, many=many)
        if choice == KeyChoice.SECRET:
            issued = add_secret(client=row, label="", expires_at=None, actor=actor, reason=reason)
            row.issued = issued.secret
        elif choice == KeyChoice.REVOKE:
            close_client(client=row, actor=actor, reason=reason)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> Any:
        """Show the token, once."""
        return shown_once(self, request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        """Show a new token, once."""
        return shown_once(self, request, obj) or super().response_change(request, obj)


def shown_once(pages: RecordedAdmin, request: HttpRequest, row: Any) -> HttpResponse | None:
    """Return the page that shows a key that was just made; nothing when none was."""
    secret = getattr(row, "issued", None)
    if secret is None:
        return None
    title = _("Key of %(client)s") % {"client": row}
    context = {"title": title, "opts": pages.opts, "object": row, "token": secret}
    context = {**pages.admin_site.each_context(request), **context}
    return TemplateResponse(request, "admin/compliance/token.html", context)


def fingerprint_of(credential: ClientCredential) -> str:
    """Return the first characters of the digest, by which a key is told from another."""
    return bytes(credential.digest).hex()[: 2 * FINGERPRINT_BYTES]


def _standing(credential: ClientCredential, at: datetime) -> str:
    if credential.works(at):
        return _("works")
    return _("revoked") if credential.revoked_at else _("ended")
