"""Packed files (.gz, .zst) as streams: never more unpacked at once than a document may have."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from garrison.errors import ReportError
from garrison.reports.cleaning import one_line
from garrison.reports.limits import limit

_NAMES = {".gz": "gzip", ".zst": "Zstandard"}


def unpacked(stream: BinaryIO, packing: str) -> BinaryIO:
    """Give a stream of the bytes that are packed in another.

    Parameters
    ----------
    stream
        The packed bytes.
    packing
        ".gz", ".zst" or "" (not packed).

    Returns
    -------
    BinaryIO
        Nothing is unpacked before it is read.

    Examples
    --------
    >>> unpacked(io.BytesIO(gzip.compress(b"Troops left.")), ".gz").read()
    b'Troops left.'
    """
    if packing == ".gz":
        return cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    if packing == ".zst":
        import pyarrow as pa

        return cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, pa.CompressedInputStream(stream, "zstd"))))
    return stream


@contextmanager
def named_damage(name: str, packing: str = "") -> Iterator[None]:
    """Turn what unpackers and disks raise into one line that names the file.

    Parameters
    ----------
    name
        What the message calls the file.
    packing
        How it is packed.

    Raises
    ------
    ReportError
        If the file is damaged, breaks off, is gone or may not be read.

    Examples
    --------
    >>> with named_damage("a.txt.gz", ".gz"):
    ...     unpacked(io.BytesIO(b"no gzip"), ".gz").read()
    Traceback (most recent call last):
    garrison.errors.ReportError: a.txt.gz: is no whole gzip file (Not a gzipped file (b'no')); fetch it again
    """
    try:
        yield
    except FileNotFoundError:
        raise ReportError(f"{name}: no such file; check the path") from None
    except PermissionError:
        raise ReportError(f"{name}: may not be read; check its permissions") from None
    except (OSError, EOFError, zlib.error) as error:
        if packing:
            what = f"is no whole {_NAMES[packing]} file ({one_line(error)})"
            raise ReportError(f"{name}: {what}; fetch it again") from None
        raise ReportError(f"{name}: cannot be read ({one_line(error)}); check the path") from None


def read_packed(path: Path, packing: str) -> bytes:
    """Read a packed file that holds one document.

    Parameters
    ----------
    path
        Where it lies.
    packing
        ".gz" or ".zst".

    Returns
    -------
    bytes
        Unpacked.

    Raises
    ------
    ReportError
        If it is damaged, empty, or unpacks to more than `largest_file`; no more than that is unpacked.
    """
    name, largest = one_line(path), int(limit("largest_file"))
    with named_damage(name, packing), path.open("rb") as file:
        content = read_up_to(unpacked(file, packing), largest + 1)
    if len(content) > largest:
        raise ReportError(
            f"{name}: unpacks to more than the {largest / 1e6:.0f} MB that a report may have; split it"
        )
    if not content:
        raise ReportError(f"{name}: is empty; give a file with text")
    return content


def read_up_to(stream: BinaryIO, n_bytes: int) -> bytes:
    """Read a stream to its end, but no more than so many bytes.

    Parameters
    ----------
    stream
        May give less than it is asked for.
    n_bytes
        The most to read.

    Returns
    -------
    bytes
        What was read.

    Examples
    --------
    >>> read_up_to(io.BytesIO(b"abcdef"), 4)
    b'abcd'
    """
    parts: list[bytes] = []
    left = n_bytes
    while left > 0:
        part = stream.read(min(left, 1 << 20))
        if not part:
            break
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
