"""Run a command beside the servers it needs: `python -m kbi_audit.embedded ./manage.py migrate`."""

from __future__ import annotations

import subprocess
import sys

from kbi_audit.embedded.servers import running_servers


def main() -> int:
    """Run the command and return its exit status."""
    if len(sys.argv) == 1:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    with running_servers():
        return subprocess.run(sys.argv[1:], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
