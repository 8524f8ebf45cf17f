"""All pages of the register: importing this registers them."""

from compliance.admin import access, authorisations, changes, registry

__all__ = ["access", "authorisations", "changes", "registry"]
