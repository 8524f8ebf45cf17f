"""A fresh machine: the embedded servers and their random secrets, unless the environment names others."""

from __future__ import annotations

from kbi_audit.embedded.home import load_environment

load_environment()

from kbi_audit.settings.base import *
from kbi_audit.settings.base import environment

DEBUG = environment.debug
STATIC_ROOT = None  # nothing is collected; files are served from where they lie
WHITENOISE_USE_FINDERS = True
