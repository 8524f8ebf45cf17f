"""Run all benchmarks, or those named: `python -m tests.benchmarks [writer http …]`. Each gets a process of its own."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

from tests.benchmarks.reporting import print_figure
from tests.benchmarks.server import service


def main(names: list[str]) -> None:
    """Run one benchmark here on a fresh service, or several one after the other."""
    if len(names) == 1:
        with service() as made:
            import_module(f"tests.benchmarks.bench_{names[0]}").run(print_figure, made)
        return
    found = sorted(file.stem.removeprefix("bench_") for file in Path(__file__).parent.glob("bench_*.py"))
    for name in names or found:
        subprocess.run([sys.executable, "-m", "tests.benchmarks", name], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
