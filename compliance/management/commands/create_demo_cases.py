"""Tell the past weeks of the demo, with misuse in them, and make cases of what detectors find; once."""

from __future__ import annotations

import time

from django.core.management.base import BaseCommand

from compliance import pipeline
from compliance.cases.demonstration.tell_cases import tell_cases
from compliance.cases.models import Case
from compliance.detection.behind import behind
from compliance.detection.demonstration.look_at_weeks import look_at_weeks
from compliance.detection.demonstration.recent_weeks import tell_recent_weeks

_PAUSE = 0.2


class Command(BaseCommand):
    """Never for production."""

    help = "Tell four invented weeks that end yesterday, and make cases of them; where they were told, nothing changes."

    def handle(self, **_options: object) -> None:
        told = tell_recent_weeks()
        if told is None:
            self.stdout.write("The past weeks were told before.")
            return
        pipeline.follow_until_idle()
        pipeline.follow_detection()
        while behind().transactions:  # the sealer is at it
            time.sleep(_PAUSE)
            pipeline.follow_detection()
        findings = look_at_weeks(told)
        pipeline.raise_cases()
        tell_cases()
        cases = Case.objects.count()
        self.stdout.write(
            f"{told.reports:,} reports of {told.first} to {told.last}: {findings} findings, {cases} cases."
        )
