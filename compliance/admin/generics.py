"""Django's classes as mypy sees them; at run time they take no type arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin

if TYPE_CHECKING:
    from typing import Any

    from compliance.authorisations.models import (
        Authorisation,
        AuthorisationSuspension,
        AuthorisationVersion,
        AuthorisationWithdrawal,
        SuspensionLifting,
    )
    from compliance.registry.models import RegisterChange
    from compliance.registry.named import Named
    from compliance.registry.recorded import Recorded

    AnyAdmin = BaseModelAdmin[Any]
    RecordedModelAdmin = admin.ModelAdmin[Recorded]
    RecordedStackedInline = admin.StackedInline[Recorded, Recorded]
    RecordedModelForm = forms.ModelForm[Recorded]
    NamedModelChoiceField = forms.ModelChoiceField[Named]
    NamedModelMultipleChoiceField = forms.ModelMultipleChoiceField[Named]
    ChangeModelAdmin = admin.ModelAdmin[RegisterChange]
    AuthorisationModelAdmin = admin.ModelAdmin[Authorisation]
    VersionModelAdmin = admin.ModelAdmin[AuthorisationVersion]
    VersionModelForm = forms.ModelForm[AuthorisationVersion]
    WithdrawalModelAdmin = admin.ModelAdmin[AuthorisationWithdrawal]
    WithdrawalModelForm = forms.ModelForm[AuthorisationWithdrawal]
    SuspensionModelAdmin = admin.ModelAdmin[AuthorisationSuspension]
    SuspensionModelForm = forms.ModelForm[AuthorisationSuspension]
    LiftingModelAdmin = admin.ModelAdmin[SuspensionLifting]
    LiftingModelForm = forms.ModelForm[SuspensionLifting]
else:
    AnyAdmin = BaseModelAdmin
    RecordedModelAdmin = ChangeModelAdmin = AuthorisationModelAdmin = admin.ModelAdmin
    VersionModelAdmin = WithdrawalModelAdmin = SuspensionModelAdmin = LiftingModelAdmin = admin.ModelAdmin
    RecordedStackedInline = admin.StackedInline
    RecordedModelForm = VersionModelForm = WithdrawalModelForm = forms.ModelForm
    SuspensionModelForm = LiftingModelForm = forms.ModelForm
    NamedModelChoiceField = forms.ModelChoiceField
    NamedModelMultipleChoiceField = forms.ModelMultipleChoiceField
