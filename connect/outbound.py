"""Requests to other systems, to addresses that people typed in.

Whoever may name an address could else have this host ask its own network for them. So only
https is spoken, names that lead to private addresses are refused before and after the
connection is there (a name can change its mind in between), nothing is redirected, answers
are small and soon. ``CONNECT["PRIVATE_ADDRESSES"]`` and DEBUG lift the rules on addresses.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

TIMEOUT_S: Final = 10
LARGEST_ANSWER: Final = 5_000_000
AGENT: Final = "Tutor/1"


class OutboundProblem(Exception):
    """A request could not be made or answered; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check_address(url: str) -> None:
    """Raise OutboundProblem for an address that requests are not sent to."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise OutboundProblem("address.invalid") from None
    if parts.scheme not in {"https", "http"} or not host or parts.username:
        raise OutboundProblem("address.invalid")
    if _may_be_private():
        return
    if parts.scheme != "https":
        raise OutboundProblem("address.not_https")
    try:
        found = socket.getaddrinfo(host, port or 443, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        raise OutboundProblem("address.unknown") from None
    if any(not _is_public(str(entry[4][0])) for entry in found):
        raise OutboundProblem("address.private")


class OutboundSession(requests.Session):
    """A session that keeps to the rules of this module, whatever it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        # A proxy of the environment would resolve names by itself.
        self.trust_env = False
        self.headers["User-Agent"] = AGENT
        adapter = _CheckedAdapter()
        self.mount("https://", adapter)
        self.mount("http://", adapter)

    def request(  # type: ignore[override]
        self, method: str, url: str, *args: Any, **kwargs: Any
    ) -> Any:
        """Ask; raises OutboundProblem if there is no answer that can be used."""
        check_address(url)
        kwargs |= {"allow_redirects": False, "stream": True, "timeout": TIMEOUT_S}
        try:
            response = super().request(method, url, *args, **kwargs)
            response._content = _read(response)
        except requests.Timeout:
            raise OutboundProblem("answer.late") from None
        except (requests.RequestException, OSError, ValueError) as error:
            raise OutboundProblem(_code_of(error)) from None
        return response


def _read(response: Any) -> bytes:
    content = b""
    for part in response.iter_content(65_536):
        content += part
        if len(content) > LARGEST_ANSWER:
            response.close()
            raise OutboundProblem("answer.large")
    return content


def _code_of(error: Exception) -> str:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OutboundProblem):
            return seen.code
        seen = seen.__context__ or next(
            (arg for arg in seen.args if isinstance(arg, BaseException)), None
        )
    return "connection.failed"


def _may_be_private() -> bool:
    return bool(settings.DEBUG or settings.CONNECT["PRIVATE_ADDRESSES"])


def _is_public(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return found.is_global and not found.is_multicast


def _checked(connection: socket.socket) -> socket.socket:
    if not _may_be_private() and not _is_public(connection.getpeername()[0]):
        connection.close()
        raise OutboundProblem("address.private")
    return connection


class _CheckedHTTP(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn())


class _CheckedHTTPS(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn())


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _CheckedHTTP


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _CheckedHTTPS


class _CheckedAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {
            "http": _HTTPPool,
            "https": _HTTPSPool,
        }
