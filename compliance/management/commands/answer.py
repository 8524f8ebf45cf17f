"""Answer how often personal data were exchanged, per partner and month: the same figures as the page gives."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from compliance.kernel.errors import ComplianceError
from compliance.reporting.answer import build_answer
from compliance.reporting.months import Month
from compliance.reporting.render_answer import Form, render_answer

if TYPE_CHECKING:
    from argparse import ArgumentParser

BINARY = {Form.PDF, Form.XLSX}


class Command(BaseCommand):
    """Write the answer to a file, or to standard output."""

    help = "Exchanges per partner and month, for any period, compared with other years."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="first", required=True, metavar="MONTH", help="First month, e.g. 2016-01.")
        parser.add_argument("--to", dest="last", required=True, metavar="MONTH", help="Last month, e.g. 2016-12.")
        parser.add_argument(
            "--compare",
            nargs="+",
            type=int,
            default=[],
            metavar="YEAR",
            help="Set the same months of these years beside them.",
        )
        parser.add_argument("--partner", metavar="CODE", help="Only one organisation, as its own people see it.")
        parser.add_argument("--format", type=Form, choices=list(Form), default=Form.TABLE, help="Default: table.")
        parser.add_argument("--output", type=Path, metavar="FILE", help="Write to this file.")
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE[:2],
            help="Of words and figures; JSON holds all.",
        )

    def handle(
        self,
        *,
        first: str,
        last: str,
        compare: list[int],
        partner: str | None,
        format: Form,  # noqa: A002 the option's name
        output: Path | None,
        language: str,
        **_options: object,
    ) -> None:
        if format in BINARY and output is None and sys.stdout.isatty():
            message = "This form is not for a terminal: name a file with --output."
            raise CommandError(message)
        try:
            with override(language):
                answer = build_answer(first=Month.read(first), last=Month.read(last), compare=compare, scope=partner)
                rendered = render_answer(answer=answer, form=format, language=language)
            if output is not None:
                output.write_bytes(rendered.content)
            elif format in BINARY:
                sys.stdout.buffer.write(rendered.content)
            else:
                self.stdout.write(rendered.content.decode(), ending="")
        except ComplianceError as error:
            raise CommandError(error.detail) from error
        except OSError as error:
            message = f"{output}: {error.strerror}"
            raise CommandError(message) from error
