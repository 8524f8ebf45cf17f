"""All pages of the register: importing this registers them."""

from compliance.admin import access, authorisations, changes, registry, suspensions

__all__ = ["access", "authorisations", "changes", "registry", "suspensions"]
