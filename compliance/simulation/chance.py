"""Chance that can be repeated: the same words always give the same stream, on every machine."""

from __future__ import annotations

from random import Random


def chance(*words: object) -> Random:
    """Return a stream of numbers of its own for these words (seed, partner, day, …)."""
    return Random("/".join(map(str, words)))  # noqa: S311 - to be repeated, not to be kept secret


def shares(total: int, weights: list[float]) -> list[int]:
    """Divide a whole number by weights, exactly: largest remainders, ties to the earliest."""
    if not total:
        return [0] * len(weights)
    whole = sum(weights)
    quotas = [total * weight / whole for weight in weights]
    parts = [int(quota) for quota in quotas]
    left = total - sum(parts)
    for position in sorted(range(len(weights)), key=lambda at: (parts[at] - quotas[at], at))[:left]:
        parts[position] += 1
    return parts
