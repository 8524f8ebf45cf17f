"""Which municipalities the list shows: those of a division of the Region, narrowed by what the address says."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.connecting.municipal_progress import Progress
from compliance.console.presenters.progress import progress_words
from compliance.registry.municipalities import Province

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.connecting.municipal_progress import MunicipalProgress
    from compliance.console.presenters.names import Names

DIVISIONS = {"2019": date(2019, 1, 1), "2018": date(2018, 1, 1), "2025": date(2025, 1, 1)}
NO_ROUTE = "none"
PROVINCES = {
    Province.ANTWERP: gettext_lazy("Antwerp"),
    Province.FLEMISH_BRABANT: gettext_lazy("Flemish Brabant"),
    Province.WEST_FLANDERS: gettext_lazy("West Flanders"),
    Province.EAST_FLANDERS: gettext_lazy("East Flanders"),
    Province.LIMBURG: gettext_lazy("Limburg"),
}
_SELECT = {"class": "input"}


class MunicipalityFilter(forms.Form):
    """Name or NIS code, province, progress, route, and the division into municipalities: 300 unless said otherwise."""

    search = forms.CharField(
        label=gettext_lazy("Name or NIS code"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "input", "data-search": "", "spellcheck": "false"}),
    )
    province = forms.ChoiceField(label=gettext_lazy("Province"), required=False, widget=forms.Select(attrs=_SELECT))
    progress = forms.ChoiceField(label=gettext_lazy("How far"), required=False, widget=forms.Select(attrs=_SELECT))
    route = forms.ChoiceField(label=gettext_lazy("Route"), required=False, widget=forms.Select(attrs=_SELECT))
    division = forms.ChoiceField(
        label=gettext_lazy("Municipalities of"), required=False, widget=forms.Select(attrs=_SELECT)
    )

    def __init__(self, address: Any, *, names: Names) -> None:
        """Read the query of an address."""
        super().__init__(address, auto_id="filter-%s")
        choices: dict[str, list[tuple[str, str]]] = {
            "province": [("", _("all")), *((one.value, str(words)) for one, words in PROVINCES.items())],
            "progress": [("", _("all")), *((one.value, progress_words(one)) for one in Progress)],
            "route": [("", _("all")), *names.routes.items(), (NO_ROUTE, _("none"))],
            "division": [
                ("", _("2019 to 2024: 300")),
                ("2018", _("until 2018: 308")),
                ("2025", _("since 2025: 285")),
            ],
        }
        for name, values in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = values

    @property
    def query(self) -> dict[str, str]:
        """The fields as an address has them."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def day(self) -> date:
        """A day on which the chosen municipalities stood."""
        return DIVISIONS[self.query.get("division", "2019")]

    def narrow(self, found: Iterable[MunicipalProgress]) -> list[MunicipalProgress]:
        """Keep what the fields keep; a form with errors keeps nothing."""
        if not self.is_valid():
            return []
        return [one for one in found if self._keeps(one)]

    def _keeps(self, one: MunicipalProgress) -> bool:
        asked, place = self.query, one.municipality
        search = asked.get("search", "").casefold()
        named = (place.nis, place.name_nl.casefold(), place.name_fr.casefold(), place.ocmw.casefold())
        route = asked.get("route", one.route)
        return (
            any(search in name for name in named)
            and asked.get("province", place.province) == place.province
            and asked.get("progress", one.progress) == one.progress
            and ("" if route == NO_ROUTE else route) == one.route
        )
