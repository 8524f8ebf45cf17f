"""Check digits and forms of the numbers of organisations."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError as DjangoValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.be import vat
from stdnum.exceptions import ValidationError

_OVO = re.compile(r"OVO[0-9]{6}")


def check_kbo_number(number: str) -> None:
    """Refuse a KBO (CBE) enterprise number whose check digits are wrong; ten digits, no dots."""
    try:
        correct = vat.validate(number) == number
    except ValidationError:
        correct = False
    if not correct:
        raise DjangoValidationError(_("This is not a KBO number: give its ten digits without dots."))


def check_ovo_code(code: str) -> None:
    """Refuse what is not an OVO code of the Flemish organisation register."""
    if not _OVO.fullmatch(code):
        raise DjangoValidationError(_("This is not an OVO code: give OVO and six digits."))
