"""The types a setting can have: how each is written, in words, and how it is read."""

from __future__ import annotations

import base64
import binascii
import typing
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NewType
from urllib.parse import urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

if TYPE_CHECKING:
    from collections.abc import Callable

Key = NewType("Key", bytes)
"""Thirty-two secret bytes."""
DatabaseURL = NewType("DatabaseURL", str)
RedisURL = NewType("RedisURL", str)
EmailURL = NewType("EmailURL", str)
WebURL = NewType("WebURL", str)
EndpointURL = NewType("EndpointURL", str)
"""The address of one service, kept as it is written, since a slash at its end may count."""
FilePath = NewType("FilePath", Path)
"""A file; whether it is there and can be read is looked at where it is used."""
FolderPath = NewType("FolderPath", Path)
"""A folder, made when it is first needed."""
SocketURL = NewType("SocketURL", str)
"""A socket of this machine or of another."""
StoreURL = NewType("StoreURL", str)
"""A folder's absolute path, or `s3://bucket/prefix`."""
Networks = NewType("Networks", tuple[IPv4Network | IPv6Network, ...])
"""Addresses of machines, alone or by the network."""

KEY_BYTES = 32
WORDS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
EMAIL_SCHEMES = frozenset({"smtp", "smtp+tls", "smtps", "console", "memory"})


class MalformedError(ValueError):
    """A value that does not read as its type; the message never repeats the value."""

    def __init__(self, message: str = "is malformed") -> None:
        """Say what is wrong, so that it reads after the variable's name."""
        super().__init__(message)


def expected(kind: object) -> str:
    """Return what a value of this kind looks like, in words."""
    return _reader(kind)[0]


def parse(kind: object, written: str) -> object:
    """Return the value that is written, or raise MalformedError."""
    return _reader(kind)[1](written)


def _whole_number(written: str) -> int:
    if not written.isdecimal():
        raise MalformedError
    return int(written)


def _truth(written: str) -> bool:
    try:
        return WORDS[written.lower()]
    except KeyError as error:
        raise MalformedError from error


def _words(written: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in written.split(",") if word.strip())


def _key(written: str) -> Key:
    try:
        key = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedError from error
    if len(key) != KEY_BYTES:
        raise MalformedError
    return Key(key)


def _database_url(written: str) -> DatabaseURL:
    try:
        parts = conninfo_to_dict(written)
    except ProgrammingError:
        parts = {}
    if not written.startswith(("postgresql://", "postgres://")) or not {"user", "dbname"} <= parts.keys():
        raise MalformedError
    return DatabaseURL(written)


def _url(written: str, schemes: frozenset[str], *, host: bool) -> str:
    try:
        parts = urlsplit(written)
        _ = parts.port
    except ValueError as error:
        raise MalformedError from error
    if parts.scheme not in schemes or (host and not parts.hostname):
        raise MalformedError
    return written


def _redis_url(written: str) -> RedisURL:
    return RedisURL(_url(written, frozenset({"redis", "rediss"}), host=True))


def _email_url(written: str) -> EmailURL:
    return EmailURL(_url(written, EMAIL_SCHEMES, host=written.startswith("smtp")))


def _web_url(written: str) -> WebURL:
    return WebURL(_url(written, frozenset({"http", "https"}), host=True).rstrip("/"))


def _endpoint_url(written: str) -> EndpointURL:
    return EndpointURL(_url(written, frozenset({"http", "https"}), host=True))


def _file_path(written: str) -> FilePath:
    return FilePath(Path(written).absolute())


def _folder_path(written: str) -> FolderPath:
    return FolderPath(Path(written).absolute())


def _socket_url(written: str) -> SocketURL:
    if written.startswith("unix:/"):
        return SocketURL(_url(written, frozenset({"unix"}), host=False))
    return SocketURL(_url(written, frozenset({"tcp"}), host=True))


def _store_url(written: str) -> StoreURL:
    if written.startswith("s3:"):
        return StoreURL(_url(written, frozenset({"s3"}), host=True).rstrip("/"))
    if "://" in written:
        raise MalformedError
    return StoreURL(str(Path(written).absolute()))


def _networks(written: str) -> Networks:
    try:
        return Networks(tuple(ip_network(word) for word in _words(written)))
    except ValueError as error:
        raise MalformedError from error


READERS: dict[object, tuple[str, Callable[[str], object]]] = {
    str: ("text", str),
    int: ("a whole number", _whole_number),
    bool: ("true or false", _truth),
    tuple[str, ...]: ("words separated by commas", _words),
    Key: ("base64 of 32 bytes", _key),
    DatabaseURL: ("postgresql://role:password@host:port/database", _database_url),
    RedisURL: ("redis://:password@host:port/0 (rediss:// for TLS)", _redis_url),
    EmailURL: ("smtp+tls://user:password@host:587, smtps://…, smtp://… or console:", _email_url),
    WebURL: ("http:// or https:// and a host", _web_url),
    EndpointURL: ("http:// or https://, a host and a path", _endpoint_url),
    FilePath: ("the path of a file", _file_path),
    Networks: ("addresses or networks separated by commas", _networks),
    FolderPath: ("the path of a folder", _folder_path),
    SocketURL: ("unix:/path/of/the.socket, or tcp://host:port", _socket_url),
    StoreURL: ("the path of a folder, or s3://bucket/prefix", _store_url),
}


def _reader(kind: object) -> tuple[str, Callable[[str], object]]:
    if typing.get_origin(kind) is Literal:
        choices = typing.get_args(kind)
        return "one of " + ", ".join(choices), lambda written: _choice(written, choices)
    options = [option for option in typing.get_args(kind) if option is not type(None)]
    if kind not in READERS and len(options) == 1:
        return READERS[options[0]]
    return READERS[kind]


def _choice(written: str, choices: tuple[str, ...]) -> str:
    if written not in choices:
        raise MalformedError
    return written
