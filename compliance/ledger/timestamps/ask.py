"""Ask an authority: one POST (RFC 3161, section 3.4), with little patience and little belief."""

from __future__ import annotations

import time
from http import HTTPStatus
from http.client import HTTPException
from urllib.request import HTTPRedirectHandler, Request, build_opener

SOCKET_SECONDS = 5.0
WHOLE_SECONDS = 10.0
LARGEST = 128 * 1024
"""Bytes of an answer; with its chain a token takes some 6,000."""
QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"


class NoAnswerError(Exception):
    """The authority did not answer, or not with a timestamp; the message never repeats what it said."""


class NoRedirects(HTTPRedirectHandler):
    """An authority is where the settings say, and nowhere else."""

    def redirect_request(self, *_args: object) -> None:
        """Follow none."""


OPENER = build_opener(NoRedirects)


def ask(*, url: str, request: bytes) -> bytes:
    """Return the authority's response (DER) to a request (DER), or raise NoAnswerError within some ten seconds."""
    deadline = time.monotonic() + WHOLE_SECONDS
    posted = Request(url, data=request, headers={"Content-Type": QUERY, "Accept": REPLY})  # noqa: S310 the settings take http and https only
    try:
        with OPENER.open(posted, timeout=SOCKET_SECONDS) as answer:
            if answer.status != HTTPStatus.OK or answer.headers.get_content_type() != REPLY:
                message = f"status {answer.status}, {answer.headers.get_content_type()}"
                raise NoAnswerError(message)
            response = b""
            while read := answer.read1(LARGEST):
                response += read
                if len(response) > LARGEST:
                    message = f"more than {LARGEST} bytes"
                    raise NoAnswerError(message)
                if time.monotonic() > deadline:
                    message = "still not complete"
                    raise NoAnswerError(message)
    except (OSError, HTTPException) as error:
        raise NoAnswerError(type(error).__name__) from error
    return response
