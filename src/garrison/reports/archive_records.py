"""The records of a web archive, one in memory at a time; behind damage the next one is looked for."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from garrison.reports.limits import limit
from garrison.reports.parser_panic import panics_as_errors

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_BLOCK = 1 << 20
# So much is read from a packed file at once; a thousand times as much may come out of it.
_SIP = 1 << 14
_STARTS = (b"\x1f\x8b\x08", b"WARC/1.", b"WARC/0.", b"\x28\xb5\x2f\xfd")
# A record whose stated length is too long holds the head of the next.
_SWALLOWED = (b"\r\n\r\nWARC/1.0\r\nWARC-", b"\r\n\r\nWARC/1.1\r\nWARC-")

_SWALLOWS = "states a wrong length and runs into the next record; that one is read, this one is not"
_BREAKS_OFF = "breaks off"
_BEHIND = "what stands behind this record is damaged"
_GIVEN_UP = "reading ends here, the rest is not read"


@dataclass(frozen=True)
class ArchiveRecord:
    """A record as it stands: where (byte of the file), whose, from which day, and its bytes.

    `problem` says why its bytes cannot be used; they are empty then.
    """

    place: int
    url: str
    day: date | None
    content: bytes
    kind: str = ""
    charset: str = ""
    transfer: str = ""
    encodings: str = ""
    problem: str = ""


def archive_records(file: BinaryIO, *, can_seek: bool) -> Iterator[ArchiveRecord]:
    """Read the records of an archive that may be pages: answers of servers, resources, converted texts.

    Answers that are none (redirections, missing pages) and contents that are neither text nor PDF are passed over.

    Parameters
    ----------
    file
        The archive, packed by record or not at all.
    can_seek
        Whether one can go back in it; behind damage, reading goes on only then.

    Yields
    ------
    ArchiveRecord
        In order; damaged stretches too, with their `problem`.
    """
    start: int | None = 0
    n_damaged = 0
    while start is not None:
        last, n_read, problem, broke_off = start, 0, "ends in the middle", False
        watched = _Watched(file, start)
        try:
            for found in _records_from(watched):
                last, n_read = found.stream_pos, n_read + 1
                with panics_as_errors():
                    record = _as_record(found, last)
                broke_off = record is not None and record.problem.startswith(_BREAKS_OFF)
                if record is not None:
                    yield record
                watched.begin()
                if found.content_length > limit("largest_skipped") or (
                    record and record.problem == _SWALLOWS
                ):
                    problem = ""
                    break
            else:
                if not can_seek or (not file.read(1) and (broke_off or _ends_whole(file, last))):
                    return
        except (OSError, ValueError, MemoryError) as error:
            problem = " ".join(str(error).split())[:120] or type(error).__name__
        n_damaged += 1
        if problem and (n_read or start == 0):
            yield ArchiveRecord(last, "", None, b"", problem=f"{_BEHIND} ({problem})")
        if not can_seek or n_damaged > limit("damaged_stretches"):
            yield ArchiveRecord(last, "", None, b"", problem=_GIVEN_UP)
            return
        start = _next_start(file, last + 1)


class _Watched:
    """A file that breaks off when too much time went by since the last record."""

    def __init__(self, file: BinaryIO, place: int) -> None:
        self._file = file
        self._place = place
        if place:
            file.seek(place)
        self.begin()

    def begin(self) -> None:
        """Begin to count anew."""
        self._began = time.thread_time()

    def read(self, n_bytes: int = -1) -> bytes:
        """Read on."""
        seconds = limit("archive_seconds")
        if time.thread_time() - self._began > seconds:
            raise OSError(f"no record within {seconds:.0f} seconds")
        part = self._file.read(min(n_bytes, _SIP) if n_bytes >= 0 else _SIP)
        self._place += len(part)
        return part

    def tell(self) -> int:
        """Say where it stands; a pipe does not know itself."""
        return self._place


def _records_from(file: _Watched) -> Iterator[WarcRecord]:
    from fastwarc.warc import ArchiveIterator

    records = iter(ArchiveIterator(cast(BinaryIO, file), parse_http=True))
    while True:
        with panics_as_errors():
            record = next(records, None)
        if record is None:
            return
        yield record


def _as_record(found: WarcRecord, place: int) -> ArchiveRecord | None:
    from fastwarc.warc import WarcRecordType

    if found.record_type not in (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.conversion):
        return None
    url = (found.headers.get("WARC-Target-URI") or "").strip("<> ")
    day = found.record_date.date() if found.record_date is not None else None
    kind, charset = found.headers.get("Content-Type") or "", ""
    transfer = encodings = ""
    if found.is_http:
        if found.http_headers is None:
            return ArchiveRecord(place, url, day, b"", problem="is damaged (no header of a server's answer)")
        if not 200 <= (found.http_headers.status_code or 0) < 300:
            return None
        kind, charset = found.http_content_type or "", found.http_charset or ""
        transfer = found.http_headers.get("Transfer-Encoding") or ""
        encodings = found.http_headers.get("Content-Encoding") or ""
    kind = (kind or found.headers.get("WARC-Identified-Payload-Type") or "").partition(";")[0].strip().lower()
    if kind and not kind.startswith(("text/html", "text/plain", "application/xhtml", "application/pdf")):
        return None
    largest = int(limit("largest_file"))
    n_stated = found.content_length
    content = _read(found.reader, largest + 1)
    problem = ""
    if len(content) > largest:
        problem = f"is larger than the {largest / 1e6:.0f} MB that a report may have"
    elif any(head in content for head in _SWALLOWED):
        problem = _SWALLOWS
    elif len(content) < n_stated:
        problem = f"{_BREAKS_OFF} after {len(content):,} of {n_stated:,} bytes"
    return ArchiveRecord(
        place,
        url,
        day,
        b"" if problem else content,
        kind=kind,
        charset=charset,
        transfer=transfer,
        encodings=encodings,
        problem=problem,
    )


def _read(reader: Any, most: int) -> bytes:
    parts: list[bytes] = []
    left = most
    while left > 0:
        part = reader.read(min(left, _BLOCK))
        if not part:
            break
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _ends_whole(file: BinaryIO, last: int) -> bool:
    """Say whether a packed archive ends where its last record does; the reader of archives does not tell."""
    file.seek(last)
    packed = file.read(_SIP)
    if not packed.startswith(b"\x1f\x8b"):
        return True
    unpacker, n_unpacked = zlib.decompressobj(31), 0
    try:
        while packed and not unpacker.eof and n_unpacked <= limit("largest_skipped"):
            n_unpacked += len(unpacker.decompress(packed, _BLOCK))
            packed = unpacker.unconsumed_tail or file.read(_SIP)
    except zlib.error:
        return False
    behind = unpacker.unused_data + file.read(_SIP)
    return n_unpacked > limit("largest_skipped") or (unpacker.eof and not behind.strip(b"\0\r\n"))


def _next_start(file: BinaryIO, after: int) -> int | None:
    """Find the next place at which a record can begin."""
    longest = max(len(head) for head in _STARTS)
    file.seek(after)
    at, block = after, b""
    while True:
        more = file.read(_BLOCK)
        block += more
        places = [place for head in _STARTS if (place := block.find(head)) >= 0]
        if places:
            return at + min(places)
        if not more:
            return None
        at += max(0, len(block) - longest)
        block = block[-longest:]
