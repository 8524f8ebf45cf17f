"""Ask the web server of this container whether it is ready; the exit status is the answer."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit


def main() -> int:
    """Return 0 when it is ready."""
    port = int(os.environ.get("WEB_PORT", "8000"))
    host = urlsplit(os.environ["SITE_URL"]).netloc  # Django answers to its own name only
    try:
        with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            connection.request("GET", "/health/ready", headers={"Host": host})
            with connection.getresponse() as response:
                return 0 if response.status == HTTPStatus.OK else 1
    except (OSError, HTTPException) as error:
        sys.stderr.write(f"{type(error).__name__}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
