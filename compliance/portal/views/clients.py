"""The systems of the own organisation: what each may do, and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from compliance.access.add_key import add_certificate, add_public_key
from compliance.access.add_secret import add_secret
from compliance.access.close_client import close_client
from compliance.access.grantable import grantable_to
from compliance.access.keeping import kept_organisation, own_client, own_clients, own_credential
from compliance.access.register_client import grant_scopes, register_client
from compliance.access.revoke_credential import revoke_credential
from compliance.access.roles import Capability
from compliance.access.vocabulary import CredentialKind
from compliance.console.page import page
from compliance.console.presenters.clients import present_client, present_clients, present_key
from compliance.console.reader import reader_of
from compliance.console.screen import screen
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError, InvalidInputError, NotFoundError
from compliance.portal.forms import CertificateForm, ClientForm, KeyForm, PublicKeyForm, ScopesForm, StepForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.access.models import MachineClient
    from compliance.console.presenters.clients import KeyRow
    from compliance.kernel.actor import Actor

FORMS = ("GET", "HEAD", "POST")
KEY_FORMS: dict[str, type[KeyForm]] = {
    CredentialKind.SECRET: KeyForm,
    CredentialKind.PUBLIC_KEY: PublicKeyForm,
    CredentialKind.CERTIFICATE: CertificateForm,
}


@require_safe
@screen(Capability.KEEP_OWN_PEOPLE)
def clients(request: HttpRequest) -> HttpResponse:
    """List them."""
    keeper = reader_of(request)
    rows = present_clients(own_clients(keeper), at=now())
    return page(request, "pages/clients.html", clients=rows, organisation=kept_organisation(keeper).name)


@require_http_methods(FORMS)
@screen(Capability.KEEP_OWN_PEOPLE)
def new_client(request: HttpRequest) -> HttpResponse:
    """Make a system; its first key comes next."""
    keeper = reader_of(request)
    organisation = kept_organisation(keeper)
    grantable = grantable_to(organisation, at=now())
    form = ClientForm(request.POST if request.method == "POST" else None, grantable=grantable)
    if request.method == "POST" and form.is_valid():
        try:
            made = register_client(organisation=organisation, actor=keeper.actor, **form.cleaned_data)
        except (InvalidInputError, ConflictError) as error:
            form.refuse(error)
        else:
            return redirect("portal-client", made.name)
    return page(request, "pages/client-new.html", form=form, prefix=organisation.code.lower())


@require_safe
@screen(Capability.KEEP_OWN_PEOPLE)
def client(request: HttpRequest, name: str) -> HttpResponse:
    """Show one of them with its keys, and how to replace one."""
    found = own_client(reader_of(request), name)
    return page(request, "pages/client.html", client=present_client(found, at=now()))


@require_http_methods(FORMS)
@screen(Capability.KEEP_OWN_PEOPLE)
def scopes(request: HttpRequest, name: str) -> HttpResponse:
    """Change what it may do."""
    keeper = reader_of(request)
    found = own_client(keeper, name)
    grantable = grantable_to(found.organisation, at=now()) | found.granted
    posted = request.POST if request.method == "POST" else None
    form = ScopesForm(posted, grantable=grantable, initial={"scopes": sorted(found.granted)})
    if request.method == "POST" and form.is_valid():
        grant_scopes(client=found, actor=keeper.actor, **form.cleaned_data)
        return redirect("portal-client", name)
    return _step(request, found, form, _("What %(system)s may do"), _("Keep"))


@require_http_methods(FORMS)
@screen(Capability.KEEP_OWN_PEOPLE)
def closing(request: HttpRequest, name: str) -> HttpResponse:
    """Shut it out, with all its keys."""
    keeper = reader_of(request)
    found = own_client(keeper, name)
    form = StepForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        close_client(client=found, actor=keeper.actor, **form.cleaned_data)
        return redirect("portal-client", name)
    return _step(request, found, form, _("Shut %(system)s out for good"), _("Shut the system out"))


@sensitive_post_parameters("public_key", "certificate")
@require_http_methods(FORMS)
@screen(Capability.KEEP_OWN_PEOPLE)
def new_key(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """Give it a key. A secret is shown in the answer, and never again."""
    keeper = reader_of(request)
    found = own_client(keeper, name)
    if kind not in KEY_FORMS:
        raise NotFoundError
    form = KEY_FORMS[kind](request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            secret = _added(found, CredentialKind(kind), form, keeper.actor)
        except (InvalidInputError, ConflictError) as error:
            form.refuse(error)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            if not secret:
                return redirect("portal-client", name)
            return page(request, "pages/client-secret.html", client=present_client(found, at=now()), secret=secret)
    headings = {
        CredentialKind.SECRET: _("A new secret for %(system)s"),
        CredentialKind.PUBLIC_KEY: _("A public key for %(system)s"),
        CredentialKind.CERTIFICATE: _("A certificate for %(system)s"),
    }
    act = _("Make the secret") if kind == CredentialKind.SECRET else _("Add the key")
    return _step(request, found, form, headings[CredentialKind(kind)], act)


@require_http_methods(FORMS)
@screen(Capability.KEEP_OWN_PEOPLE)
def revoking(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Revoke a key."""
    keeper = reader_of(request)
    credential = own_credential(keeper, name, number)
    form = StepForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        revoke_credential(credential=credential, actor=keeper.actor, **form.cleaned_data)
        return redirect("portal-client", name)
    key = present_key(credential, at=now())
    return _step(request, credential.client, form, _("Revoke a key of %(system)s"), _("Revoke the key"), key=key)


def _added(found: MachineClient, kind: CredentialKind, form: KeyForm, actor: Actor) -> str:
    """Add a key of this kind; return the secret where there is one to show."""
    given, expires_at = form.cleaned_data, form.expires_at
    label, reason = given["label"], given["reason"]
    match kind:
        case CredentialKind.PUBLIC_KEY:
            text = given["public_key"]
            add_public_key(client=found, label=label, text=text, expires_at=expires_at, actor=actor, reason=reason)
            return ""
        case CredentialKind.CERTIFICATE:
            text = given["certificate"]
            add_certificate(client=found, label=label, text=text, expires_at=expires_at, actor=actor, reason=reason)
            return ""
        case _:
            return add_secret(client=found, label=label, expires_at=expires_at, actor=actor, reason=reason).secret


def _step(
    request: HttpRequest, found: MachineClient, form: StepForm, heading: str, act: str, *, key: KeyRow | None = None
) -> HttpResponse:
    row = present_client(found, at=now())
    told: dict[str, Any] = {"heading": heading % {"system": row.name}, "act": act, "key": key}
    return page(request, "pages/step.html", form=form, over=_("Systems"), back=row.address, **told)
