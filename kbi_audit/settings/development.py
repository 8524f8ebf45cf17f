"""A fresh machine: the embedded servers and their random secrets, unless the environment names others."""

from __future__ import annotations

from kbi_audit.embedded.home import load_environment

load_environment()

from kbi_audit.settings.base import *  # noqa: E402, F403 needs the environment that was loaded above
from kbi_audit.settings.base import environment  # noqa: E402

DEBUG = environment.debug
WHITENOISE_USE_FINDERS = True
