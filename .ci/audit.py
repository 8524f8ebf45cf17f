"""Ask pip-audit for known vulnerabilities of all pinned packages. One that is found fails.

A service that cannot be reached, or does not know a package, is a fact about the network and not a finding: it is said
loudly, and the run goes on.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = sorted(Path("requirements").glob("*.txt"))


def main() -> int:
    """Return 1 when a pinned package has a known vulnerability."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--format=json"]
    command += ["--progress-spinner=off", "--timeout=20", *(f"--requirement={file}" for file in REQUIREMENTS)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        packages = json.loads(ran.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError):
        reason = (ran.stderr.strip().splitlines() or ["no answer"])[-1]
        _shout(f"NOT AUDITED: the vulnerability service did not answer ({reason})")
        return 0
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    if skipped:
        _shout(f"NOT AUDITED: the service told nothing about {len(skipped)} of {len(packages)} packages")
    found = [(package, flaw) for package in packages for flaw in package.get("vulns", [])]
    for package, flaw in found:
        fixed = ", ".join(flaw["fix_versions"]) or "no version"
        sys.stderr.write(f"{package['name']} {package['version']}: {flaw['id']}, fixed in {fixed}\n")
    return 1 if found else 0


def _shout(message: str) -> None:
    sys.stderr.write(f"\n{'!' * 100}\n{message}\n{'!' * 100}\n\n")


if __name__ == "__main__":
    sys.exit(main())
