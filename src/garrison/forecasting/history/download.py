"""Fetch one file over HTTPS whose hash is known beforehand."""

from __future__ import annotations

import hashlib
import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Collection
from email.message import Message
from typing import IO
from urllib.parse import urlsplit

from garrison.errors import DownloadError, ParameterError
from garrison.forecasting.history.data_limits import data_limit
from garrison.version import __version__

#: Hosts of this machine: the only ones that may be asked without encryption, where the caller allows it.
_OWN_HOSTS = ("127.0.0.1", "localhost", "::1")
_PIECE = 1 << 16


def download(address: str, hashes: Collection[str], *, allow_own_host: bool = False) -> bytes:
    """Fetch a file and hold it against its hash.

    Parameters
    ----------
    address
        Begins with https.
    hashes
        SHA-256 of the files that are accepted.
    allow_own_host
        Ask a server of this very machine without encryption too (http).

    Returns
    -------
    bytes
        The whole file; nothing is written anywhere.

    Raises
    ------
    ParameterError
        For an address that is not https.
    DownloadError
        If there is no answer, the answer is too large, too slow or broken off, or the file is another one.
    """
    if not _may_ask(address, allow_own_host):
        raise ParameterError(f"{address}: only addresses that begin with https:// are asked")
    try:
        content = _read(address, allow_own_host)
    except urllib.error.HTTPError as error:
        error.close()
        raise DownloadError(
            f"{address}: the server answers {error.code} {error.reason}; the file may have moved, fetch it by hand"
        ) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise DownloadError(
            f"{address}: cannot be fetched ({reason or type(error).__name__}); try again when the network is there"
        ) from None
    found = hashlib.sha256(content).hexdigest()
    if found not in hashes:
        raise DownloadError(
            f"{address}: is another file than the known one ({len(content):,} bytes, SHA-256 {found}, known "
            f"{', '.join(hashes)}); nothing was kept"
        )
    return content


def _may_ask(address: str, allow_own_host: bool) -> bool:
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(host)
    return allow_own_host and parts.scheme == "http" and host in _OWN_HOSTS


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follow a server only to where it might have been asked at first."""

    max_redirections = data_limit("download", "most_redirects")

    def __init__(self, allow_own_host: bool) -> None:
        self.allow_own_host = allow_own_host

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        if not _may_ask(newurl, self.allow_own_host):
            raise DownloadError(
                f"{req.full_url}: leads to {newurl[:200]}, which is not https; it was not asked"
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def _opener(allow_own_host: bool) -> urllib.request.OpenerDirector:
    """Make an opener that knows no other ways than HTTPS, and HTTP where the own machine may be asked."""
    opener = urllib.request.OpenerDirector()
    handlers: list[urllib.request.BaseHandler] = [
        urllib.request.HTTPSHandler(),
        _Redirects(allow_own_host),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ]
    # The own machine is asked directly, everything else through the proxy that the system names.
    handlers.append(urllib.request.HTTPHandler() if allow_own_host else urllib.request.ProxyHandler())
    for handler in handlers:
        opener.add_handler(handler)
    opener.addheaders = [("User-Agent", f"garrison/{__version__}"), ("Accept-Encoding", "identity")]
    return opener


def _read(address: str, allow_own_host: bool) -> bytes:
    until = time.monotonic() + data_limit("download", "longest")
    largest = data_limit("download", "largest")
    with _opener(allow_own_host).open(address, timeout=data_limit("download", "silence")) as response:
        told = response.headers.get("Content-Length")
        size = int(told) if told and told.isascii() and told.isdigit() else None
        if size is not None and size > largest:
            raise DownloadError(f"{address}: {size:,} bytes are more than the {largest:,} that are fetched")
        content = bytearray()
        # One packet a time: a server that sends a byte now and then must not escape the clock.
        while piece := response.read1(_PIECE):
            content += piece
            if len(content) > largest:
                raise DownloadError(f"{address}: sends more than the {largest:,} bytes that are fetched")
            if time.monotonic() > until:
                raise DownloadError(
                    f"{address}: took longer than {data_limit('download', 'longest')} seconds"
                )
    if size is not None and len(content) < size:
        raise DownloadError(f"{address}: broke off after {len(content):,} of {size:,} bytes; try again")
    return bytes(content)
