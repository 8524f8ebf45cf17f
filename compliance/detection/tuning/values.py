"""What may be set of a detector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.detection.detectors.catalogue import DETECTORS
from compliance.kernel.errors import FieldError, InvalidInputError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.detection.detectors.detector import Detector


def detector_of(name: str) -> Detector:
    """Return a detector. Raises :class:`NotFoundError`."""
    if name not in DETECTORS:
        raise NotFoundError
    return DETECTORS[name]


def changed_of(detector: Detector, parameters: Mapping[str, float]) -> dict[str, float]:
    """Return the parameters that differ from their defaults.

    Raises :class:`InvalidInputError` for one that the detector does not have, or outside what it may be set to.
    """
    known = {parameter.name: parameter for parameter in detector.parameters}
    errors = []
    for name, value in parameters.items():
        if name not in known:
            detail = _("This detector has no such parameter.")
            errors.append(FieldError(f"/parameters/{name}", detail, "unknown-parameter"))
        elif not known[name].least <= value <= known[name].most:
            detail = _("Choose from %(least)g to %(most)g.") % {"least": known[name].least, "most": known[name].most}
            errors.append(FieldError(f"/parameters/{name}", detail, "out-of-range"))
    if errors:
        raise InvalidInputError(errors=tuple(errors))
    return {name: float(value) for name, value in parameters.items() if value != known[name].default}
