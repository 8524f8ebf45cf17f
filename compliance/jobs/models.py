"""Runs of jobs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.jobs.vocabulary import JobEnd


class JobRun(models.Model):
    """That a job ran. ``error`` is the kind of the exception, never its words: they may hold what was read."""

    job = models.CharField(_("job"), max_length=40)  # a new one asks for no migration: see Job
    started_at = models.DateTimeField(_("started at"))
    seconds = models.FloatField(_("seconds"))
    end = models.CharField(_("end"), max_length=10, choices=JobEnd)
    error = models.CharField(_("error"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("run of a job")
        verbose_name_plural = _("runs of jobs")
        indexes = [models.Index(fields=("job", "-started_at"), name="job_run_newest")]
        constraints = [
            models.CheckConstraint(
                name="failed_run_says_how",
                condition=models.Q(end=JobEnd.DONE, error="") | (models.Q(end=JobEnd.FAILED) & ~models.Q(error="")),
            ),
        ]

    def __str__(self) -> str:
        """Return the job and when it ran."""
        return f"{self.job} {self.started_at:%Y-%m-%d %H:%M:%S}"
