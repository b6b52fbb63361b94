"""What a web server sent, with the packings of the way taken off: chunks, gzip, deflate, Brotli, Zstandard."""

from __future__ import annotations

import io
import zlib

from garrison.errors import ReportError
from garrison.reports.parser_panic import panics_as_errors
from garrison.reports.unpacking import read_up_to

_MOST_LAYERS = 3


def payload_of(content: bytes, transfer: str, encodings: str, largest: int) -> bytes:
    """Unpack what a server sent.

    Crawlers often store a page unpacked and keep the header that says otherwise: what is not packed as the header
    says is taken as it is.

    Parameters
    ----------
    content
        The bytes behind the header.
    transfer
        Its `Transfer-Encoding`, or "".
    encodings
        Its `Content-Encoding`, or ""; several are separated by commas.
    largest
        The most bytes that are unpacked.

    Returns
    -------
    bytes
        The page.

    Raises
    ------
    ReportError
        If it unpacks to more than `largest`, or is packed many times over.

    Examples
    --------
    >>> payload_of(zlib.compress(b"<p>Troops left."), "", "deflate", 100)
    b'<p>Troops left.'
    """
    if transfer.strip().lower() == "chunked":
        content = _without_chunks(content)
    layers = [name.strip().lower() for name in encodings.split(",") if name.strip()]
    layers = [name for name in layers if name != "identity"]
    if len(layers) > _MOST_LAYERS:
        raise ReportError("is packed many times over; leave it out")
    for name in reversed(layers):
        content = _unpacked(content, name, largest + 1)
        if len(content) > largest:
            raise ReportError(f"unpacks to more than {largest / 1e6:.0f} MB; leave it out")
    return content


def _without_chunks(content: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while True:
        end = content.find(b"\r\n", at, at + 1024)
        size_field = content[at:end].partition(b";")[0].strip() if end >= 0 else b""
        try:
            size = int(size_field, 16) if len(size_field) <= 8 else -1
        except ValueError:
            size = -1
        if size < 0:
            # No chunk at all: stored as a whole. No chunk here: what came so far is the page.
            return b"".join(parts) if parts else content
        if size == 0:
            return b"".join(parts)
        parts.append(content[end + 2 : end + 2 + size])
        at = end + 2 + size + 2


def _unpacked(content: bytes, name: str, most: int) -> bytes:
    if name in ("gzip", "x-gzip", "deflate"):
        for form in (47, -15):
            try:
                return _inflated(content, form, most)
            except zlib.error:
                continue
        return content
    from fastwarc.stream_io import BrotliReader, ZstdReader

    readers = {"br": BrotliReader, "zstd": ZstdReader}
    if name not in readers:
        return content
    try:
        with panics_as_errors():
            return read_up_to(readers[name](io.BytesIO(content)), most) or content
    except (OSError, ValueError):
        return content


def _inflated(content: bytes, form: int, most: int) -> bytes:
    unpacker = zlib.decompressobj(form)
    parts = [unpacker.decompress(content, most)]
    n_bytes = len(parts[0])
    # A member may follow a member, as where logs are put together.
    while unpacker.eof and unpacker.unused_data[:2] == b"\x1f\x8b" and n_bytes < most:
        rest = unpacker.unused_data
        unpacker = zlib.decompressobj(form)
        parts.append(unpacker.decompress(rest, most - n_bytes))
        n_bytes += len(parts[-1])
    return b"".join(parts)
