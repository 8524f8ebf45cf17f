"""All pages of the register: importing this registers them."""

from compliance.admin import access, authorisations, changes, credentials, instrument_rules, registry, suspensions

__all__ = ["access", "authorisations", "changes", "credentials", "instrument_rules", "registry", "suspensions"]
