"""The pages of a kind of row: a reason for each change, through the verb, never deleted, with its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.admin.generics import RecordedModelAdmin, RecordedStackedInline
from compliance.admin.history_page import history_page
from compliance.admin.keeper import acting
from compliance.admin.labels import Labelled
from compliance.admin.permissions import KeeperOnly, Unlogged
from compliance.admin.reason_form import ReasonForm
from compliance.registry.change import ChangedMeanwhileError
from compliance.registry.change import change as change_register

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from compliance.registry.recorded import Recorded

ASKED = ["reason", "read_version"]


class RecordedInline(KeeperOnly, Labelled, RecordedStackedInline):
    """Rows that belong to the row of the page."""

    extra = 0
    can_delete = False


class RecordedAdmin(Unlogged, KeeperOnly, Labelled, RecordedModelAdmin):
    """The pages of one kind of row."""

    form = ReasonForm
    list_per_page = 50
    actions = None

    @admin.display(description=gettext_lazy("name"))
    def named(self, row: Any) -> str:
        """Return the name in the language of the reader."""
        return str(row.name)

    def get_readonly_fields(self, request: HttpRequest, obj: Recorded | None = None) -> list[str]:
        """Keep the code as it is, once it is made."""
        return [*super().get_readonly_fields(request, obj), *(obj.recorded_as if obj is not None else ())]

    def get_fieldsets(self, request: HttpRequest, obj: Recorded | None = None) -> list[Any]:
        """Show the code first, and ask for the reason last."""
        fieldsets: list[Any] = [
            (title, {**options, "fields": self._in_order(options["fields"])})
            for title, options in super().get_fieldsets(request, obj)
        ]
        return [*fieldsets, (gettext_lazy("Reason"), {"fields": ASKED})]

    def _in_order(self, fields: Any) -> list[Any]:
        first = [name for name in self.model.recorded_as if name in fields]
        return [*first, *(name for name in fields if name not in (*first, *ASKED))]

    def save_model(self, request: HttpRequest, obj: Recorded, form: Any, change: bool) -> None:  # noqa: ARG002, FBT001 - Django's signature
        """Save through the verb, with the relations that the page shows."""
        relations = {field.name for field in obj._meta.many_to_many} & form.cleaned_data.keys()
        self.keep(request, obj, form, many={name: form.cleaned_data[name] for name in relations})

    def keep(self, request: HttpRequest, row: Any, form: Any, *, many: dict[str, Any]) -> None:
        """Call the verb that keeps a row."""
        reason, read = form.cleaned_data["reason"], form.cleaned_data["read_version"]
        change_register(instance=row, actor=acting(request), reason=reason, many=many, read_version=read)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Save the rows that belong to it; its own relations are saved by now."""
        for formset in formsets:
            self.save_formset(request, form, formset, change=change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: ARG002, FBT001 - Django's signature
        """Save each row that was added or changed, through the verb and for the same reason."""
        for row in formset.save(commit=False):
            change_register(instance=row, actor=acting(request), reason=form.cleaned_data["reason"])

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Show the page as it is now when somebody else was faster by a moment."""
        try:
            return super().changeform_view(request, *args, **options)
        except ChangedMeanwhileError:
            self.message_user(request, _("Somebody else changed this meanwhile; look at it again."), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the versions of the row: who, when, why and what."""
        row = get_object_or_404(self.model, pk=object_id)
        return history_page(self, request, row, kind=row.recorded_kind, code=row.recorded_code, extra=extra_context)
