"""What the board of connections is narrowed to, read from the address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.connecting.models import Connection
from compliance.connecting.municipal_progress import Progress
from compliance.console.presenters.progress import ON_THE_BOARD, progress_words
from compliance.registry.models import Organisation

if TYPE_CHECKING:
    from datetime import date

    from compliance.connecting.queries import ConnectionQuerySet
    from compliance.console.presenters.names import Names

_SELECT = {"class": "input"}


class ConnectionFilter(forms.Form):
    """Route, vendor, step, and whether it is late. An address without filters keeps everything."""

    route = forms.ChoiceField(label=gettext_lazy("Route"), required=False, widget=forms.Select(attrs=_SELECT))
    vendor = forms.ChoiceField(
        label=gettext_lazy("Software vendor"), required=False, widget=forms.Select(attrs=_SELECT)
    )
    step = forms.ChoiceField(label=gettext_lazy("Step"), required=False, widget=forms.Select(attrs=_SELECT))
    late = forms.ChoiceField(label=gettext_lazy("Late"), required=False, widget=forms.Select(attrs=_SELECT))

    def __init__(self, address: Any, *, names: Names) -> None:
        """Read the query of an address; offer the vendors that have a connection."""
        super().__init__(address, auto_id="filter-%s")
        vendors = Organisation.objects.filter(pk__in=Connection.objects.exclude(vendor=None).values("vendor"))
        choices: dict[str, list[tuple[str, str]]] = {
            "route": list(names.routes.items()),
            "vendor": [(vendor.code, vendor.name) for vendor in vendors],
            "step": [(one.value, progress_words(one)) for one in ON_THE_BOARD],
            "late": [("yes", _("late only"))],
        }
        for name, values in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("all")), *values]

    @property
    def chosen(self) -> dict[str, str]:
        """The fields that narrow, with their values."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, connections: ConnectionQuerySet, *, today: date) -> ConnectionQuerySet:
        """Keep what the fields keep; a form with errors keeps nothing."""
        if not self.is_valid():
            return connections.none()
        for name, value in self.chosen.items():
            match name:
                case "late":
                    connections = connections.late(today)
                case "step" if value == Progress.CONNECTED:
                    connections = connections.connected()
                case "step":
                    connections = connections.on_the_way().filter(step=value)
                case _:
                    connections = connections.filter(**{f"{name}__code": value})
        return connections
