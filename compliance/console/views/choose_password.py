"""Choosing a password, by a link that an administrator made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import PasswordResetConfirmView
from django.template.response import TemplateResponse
from django.urls import reverse_lazy
from django.views.decorators.debug import sensitive_post_parameters

from compliance.access.set_password import set_password
from compliance.console.presenters.frame import present_frame
from compliance.console.screen import Open, screen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.access.models import Account

    PasswordForm = SetPasswordForm[Account]
else:
    PasswordForm = SetPasswordForm

REASON = "Chosen by the person, by a link."


class ChosenPasswordForm(PasswordForm):
    """Asks for the new password, twice."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Show the fields as all others are shown."""
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    def save(self, commit: bool = True) -> Account:  # noqa: FBT001, FBT002, ARG002 - Django's signature
        """Set it through the verb, so that it is a version."""
        password = self.cleaned_data["new_password1"]
        return set_password(account=self.user, password=password, actor=self.user.actor, reason=REASON)


class _ByLink(PasswordResetConfirmView):
    """Django's own view: the link works once, and leaves the address bar before the form is shown."""

    form_class = ChosenPasswordForm
    template_name = "pages/choose-password.html"
    success_url = reverse_lazy("login")

    def get_user(self, uidb64: str) -> Account | None:
        """Return whose link it is, unless the account was closed since."""
        found = super().get_user(uidb64)
        return found if found is not None and found.is_active else None

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        """Add the frame."""
        return {**super().get_context_data(**options), "frame": present_frame(self.request)}


_view = _ByLink.as_view()


@sensitive_post_parameters()
@screen(Open.TO_ANYONE)
def choose_password(request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
    """Ask for a password; who has chosen one signs in with it."""
    response = _view(request, uidb64=uidb64, token=token)
    return response.render() if isinstance(response, TemplateResponse) else cast("HttpResponse", response)
