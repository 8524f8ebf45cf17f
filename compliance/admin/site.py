"""Who comes in, and what is there: our own tables only, for who keeps the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.contrib.auth.views import PasswordChangeView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compliance.admin.keeper import keeper_of_register
from compliance.admin.own_password import OwnPasswordForm
from compliance.registry.models import RegisterChange

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse
    from django.template.response import TemplateResponse

LATEST = 10


class RegisterSite(admin.AdminSite):
    """The admin of the register."""

    site_header = _("Register")
    site_title = _("Register")
    index_title = _("What exchanges are judged by")

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in who keeps the register; Django's own flags for staff and superusers count for nothing."""
        return keeper_of_register(request) is not None

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002 - Django's signature
        """Send who has not signed in to the one place where people do; refuse the others."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", reverse("admin:index")))

    def register(self, model_or_iterable: type[Model] | Iterable[type[Model]], *args: Any, **options: Any) -> None:
        """Take in our own tables; those of other apps are no part of the register."""
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        ours = [model for model in models if model._meta.app_label == "compliance"]
        super().register(ours, *args, **options)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the latest changes beside what there is."""
        latest = RegisterChange.objects.order_by("-id")[:LATEST]
        return super().index(request, {**(extra_context or {}), "latest_changes": latest})

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Let people choose a new password for themselves."""
        view = PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            success_url=reverse("admin:password_change_done"),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )
        return cast("TemplateResponse", view(request))
