"""The pages of clients' keys: given, looked at and revoked, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.forms import ModelChoiceField
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.access.add_key import add_certificate, add_public_key
from compliance.access.add_secret import add_secret, add_token
from compliance.access.models import ClientCredential
from compliance.access.revoke_credential import revoke_credential
from compliance.access.vocabulary import CredentialKind
from compliance.admin.access import fingerprint_of, shown_once
from compliance.admin.credential_form import CredentialForm
from compliance.admin.keeper import acting
from compliance.admin.recorded import RecordedAdmin
from compliance.kernel.errors import ConflictError, InvalidInputError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_SHOWN = ("client", "kind", "label", "fingerprint", "created_at", "expires_at", "revoked_at")
_ASKED, _KEPT = ("client", "kind", "label", "pasted", "expires_at"), (*_SHOWN, "revoke")


@admin.register(ClientCredential)
class ClientCredentialAdmin(RecordedAdmin):
    """Keys of all organisations' systems."""

    form = CredentialForm
    list_display = _SHOWN
    list_filter = ("kind", "client__organisation")
    list_select_related = ("client__organisation",)
    search_fields = ("client__name", "label")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:  # noqa: ARG002 - Django's signature
        """Ask for a new key, or show one that there is."""
        return [*(_ASKED if obj is None else _KEPT), "reason", "read_version"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:  # noqa: ARG002 - Django's signature
        """Let nothing of a key change."""
        return [] if obj is None else list(_SHOWN)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Show systems by their name, which is all the code they have."""
        return super().formfield_for_foreignkey(db_field, request, **options, form_class=ModelChoiceField)

    @admin.display(description=gettext_lazy("fingerprint"))
    def fingerprint(self, credential: ClientCredential) -> str:
        """Return the first characters of the digest."""
        return fingerprint_of(credential)

    def keep(self, request: HttpRequest, row: Any, form: Any, *, many: dict[str, Any]) -> None:  # noqa: ARG002 - as in the class above
        """Give the key, or revoke it."""
        actor, said = acting(request), form.cleaned_data
        if not row._state.adding:
            if said["revoke"]:
                revoke_credential(credential=row, actor=actor, reason=said["reason"])
            return
        given: dict[str, Any] = {name: said[name] for name in ("client", "label", "expires_at", "reason")}
        match said["kind"]:
            case CredentialKind.PUBLIC_KEY:
                made = add_public_key(**given, text=said["pasted"], actor=actor)
            case CredentialKind.CERTIFICATE:
                made = add_certificate(**given, text=said["pasted"], actor=actor)
            case CredentialKind.SECRET:
                made, row.issued = add_secret(**given, actor=actor)
            case _:
                made, row.issued = add_token(**given, actor=actor)
        row.pk, row._state.adding = made.pk, False

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> Any:
        """Show a secret, once."""
        return shown_once(self, request, obj) or super().response_add(request, obj, post_url_continue)

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Say why a key cannot be given."""
        try:
            return super().changeform_view(request, *args, **options)
        except (ConflictError, InvalidInputError) as error:
            told = error.errors[0].detail if error.errors else error.detail
            self.message_user(request, _("Nothing was kept. %(why)s") % {"why": told}, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
