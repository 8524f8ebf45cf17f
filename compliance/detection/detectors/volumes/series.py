"""What is counted apart: a partner, or a partner's service, route or outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator


class Series(NamedTuple):
    """The exchanges of a partner that are counted together; what is empty does not limit."""

    partner: str
    service: str = ""
    route: str = ""
    trigger: str = ""
    outcome: str = ""

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what ``str`` wrote: ``partner=VDAB service=KBI-DOSSIER``. Raises ValueError on anything else."""
        fields = dict(part.partition("=")[::2] for part in text.split(" "))
        if "partner" not in fields or not fields.keys() <= set(cls._fields):
            raise ValueError(text)
        return cls(**fields)

    def __str__(self) -> str:
        """Write what limits it, for a finding's ``series``."""
        return " ".join(f"{name}={value}" for name, value in self._limits())

    def _limits(self) -> Iterator[tuple[str, str]]:
        return ((name, value) for name, value in zip(self._fields, self, strict=True) if value)

    def of(self, counts: pl.DataFrame) -> pl.DataFrame:
        """Return the counts that belong to it."""
        return counts.filter(*(pl.col(name) == value for name, value in self._limits()))
