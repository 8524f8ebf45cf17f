"""What a log may never hold."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

import pytest

from compliance.simulation.numbers import synthetic_insz
from kbi_audit.logs import logging_settings

if TYPE_CHECKING:
    from logging import LogRecord


@pytest.mark.parametrize("form", ["json", "console"])
def test_an_exception_is_told_without_the_variables_that_could_hold_a_person(form: str) -> None:
    number = synthetic_insz(7)
    settings = logging_settings(level="INFO", form=form)  # type: ignore[arg-type]  # parametrised
    factory = dict(settings["formatters"]["events"])
    formatter = factory.pop("()")(**factory)

    line = formatter.format(record_of_failure(number))

    assert "ZeroDivisionError" in line
    assert "record_of_failure" in line
    assert number not in line
    if form == "json":
        assert json.loads(line)["event"] == "it_failed"


def record_of_failure(number: str) -> LogRecord:
    """Return a log record of an exception raised where a local variable holds a person's number."""
    held = number
    try:
        raise ZeroDivisionError(len(held))
    except ZeroDivisionError as error:
        told = (type(error), error, error.__traceback__)
        return logging.LogRecord("test", logging.ERROR, __file__, 1, "it_failed", (), told)
