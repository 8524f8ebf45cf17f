"""An evaluation as lines of text, and as plain values."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

from compliance.detection.evaluation.evaluate import Evaluation, Found, by_kind, recall
from compliance.simulation.misuse.label import Level, Sort, sort_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def as_lines(evaluation: Evaluation) -> Iterator[str]:
    """Yield a table of kinds, then the totals, then the baselines."""
    stretch = evaluation.stretch
    yield (
        f"{evaluation.days} days, {stretch.missing:.0%} of dossiers missing, seed {stretch.seed}, scale {stretch.scale}"
        f" ({evaluation.seconds:.0f} s)"
    )
    yield f"{'kind':<24}{'blatant':>9}{'plain':>9}{'subtle':>9}  {'time to detect, median and worst':<34}under  by"
    for kind, found in by_kind(evaluation.found).items():
        shares = "".join(f"{_share(recall(found, level=level)):>9}" for level in Level)
        under = sum(one.seen and not one.raised for one in found)
        by = ", ".join(sorted({name for one in found for name in one.detectors})[:4])
        yield f"{kind:<24}{shares}  {_times(found):<34}{under:>5}  {by}"
    for level in Level:
        yield f"recall {level:<10} {_share(recall(evaluation.found, level=level))}"
    a_day = evaluation.cases / evaluation.days
    yield (
        f"cases a day {a_day:.2f}: {evaluation.planted_cases} of planted stories, {evaluation.world_cases} of what is "
        f"so in the world, {evaluation.false_cases} false; precision {evaluation.precision:.2f} "
        f"(of planted alone {evaluation.precision_of_planted:.2f})"
    )
    yield (
        f"volume cases a day {evaluation.volume_cases / evaluation.days:.2f}, false ones "
        f"{evaluation.false_volume_cases / evaluation.days:.2f}"
    )
    if evaluation.false_by:
        yield "false by: " + ", ".join(f"{name} {count}" for name, count in evaluation.false_by.most_common())
    for what, count in evaluation.failures.items():
        yield f"raised {count} times: {what}"
    for name, rule in evaluation.rules.items():
        yield (
            f"{name}: {rule.alarms_a_day:.1f} alarms a day, {rule.false_cases_a_day:.2f} false partner's days a day, "
            f"{rule.found:.2f} of planted volumes found"
        )


def as_values(evaluation: Evaluation) -> dict[str, Any]:
    """Return everything that the lines say, for a program."""
    number = evaluation.days
    return {
        "seed": evaluation.stretch.seed,
        "scale": str(evaluation.stretch.scale),
        "days": number,
        "missing": evaluation.stretch.missing,
        "kinds": {
            str(kind): {
                "planted": len(found),
                "recall": {str(level): recall(found, level=level) for level in Level},
                "working_days": [one.working_days for one in found if one.raised],
                "hours": [round(one.hours, 2) for one in found if one.hours is not None],
            }
            for kind, found in by_kind(evaluation.found).items()
        },
        "recall": {str(level): recall(evaluation.found, level=level) for level in Level},
        "cases_a_day": evaluation.cases / number,
        "precision": evaluation.precision,
        "precision_of_planted": evaluation.precision_of_planted,
        "false_by": dict(evaluation.false_by),
        "false_volume_cases_a_day": evaluation.false_volume_cases / number,
        "baselines": {
            name: {
                "alarms_a_day": rule.alarms_a_day,
                "false_cases_a_day": rule.false_cases_a_day,
                "recall_of_volumes": rule.found,
            }
            for name, rule in evaluation.rules.items()
        },
        "missed": [
            {"name": one.label.name, "seen_under_the_line": one.seen} for one in evaluation.found if not one.raised
        ],
        "failures": dict(evaluation.failures),
        "seconds": evaluation.seconds,
    }


def _share(part: float | None) -> str:
    return "-" if part is None else f"{part:.2f}"


def _times(found: Sequence[Found]) -> str:
    raised = [one for one in found if one.raised]
    if not raised:
        return "-"
    if sort_of(raised[0].label.kind) is Sort.VOLUMES:
        hours = [one.hours or 0.0 for one in raised]
        return f"{median(hours):.1f} h, {max(hours):.1f} h"
    working = [one.working_days or 0 for one in raised]
    return f"{median(working):.0f} working days, {max(working)}"
