"""An import that cannot go on: its file cannot be read, or the database cannot be written."""

from __future__ import annotations

from compliance.kernel.errors import ComplianceError


class ImportStoppedError(ComplianceError):
    """What was committed stays; run the same command again when the cause is gone."""

    problem_type = "import-stopped"
    title = "The import stopped."
