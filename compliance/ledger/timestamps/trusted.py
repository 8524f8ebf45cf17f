"""The certificates of the authorities that are believed, from the file that the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.x509 import Certificate, load_pem_x509_certificates

if TYPE_CHECKING:
    from pathlib import Path


def trusted_certificates(file: Path) -> list[Certificate]:
    """Return all certificates of a PEM file, in its order; raises OSError or ValueError."""
    return load_pem_x509_certificates(file.read_bytes())
