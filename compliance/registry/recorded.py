"""What a row must say of itself so that its changes can be kept as versions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Recorded(models.Model):
    """A row whose every change is a version: by its code where it has one, and otherwise by its key."""

    recorded_as: ClassVar[tuple[str, ...]] = ()
    unrecorded: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    @property
    def recorded_kind(self) -> str:
        """The kind under which its versions are kept."""
        return str(self._meta.model_name)

    @property
    def recorded_code(self) -> str:
        """The code under which its versions are kept; it never changes."""
        return "/".join(str(getattr(self, name)) for name in self.recorded_as) or str(self.pk)
