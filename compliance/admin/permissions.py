"""Who may do what on the pages of the register: its keeper everything but delete, others nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compliance.admin.keeper import keeper_of_register

if TYPE_CHECKING:
    from django.http import HttpRequest


class KeeperOnly:
    """Pages for who keeps the register. Nothing is ever deleted."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Let the keeper know that it is there."""
        return keeper_of_register(request) is not None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        """Let the keeper look."""
        return keeper_of_register(request) is not None

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        """Let the keeper add."""
        return keeper_of_register(request) is not None

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        """Let the keeper change."""
        return keeper_of_register(request) is not None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        """Let nobody delete."""
        return False


class AppendOnly(KeeperOnly):
    """Pages on which the keeper adds, and changes nothing."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        """Let nobody change."""
        return False


class ReadOnly(AppendOnly):
    """Pages to look at only."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        """Let nobody add."""
        return False


class Unlogged:
    """Pages whose changes the register keeps itself; Django's own log stays empty."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Leave it to the register."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Leave it to the register."""
