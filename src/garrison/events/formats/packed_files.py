"""Files of event data as streams of bytes: plain, .gz, .zip, .tar.gz; nothing is ever unpacked onto the disk."""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol, cast

from garrison.errors import TableError
from garrison.events.formats.limits import limit

#: Endings of files that can hold event data; others in an archive (a codebook, a licence) are passed over.
_TEXT_ENDINGS = (".csv", ".txt", ".tab", ".tsv")

#: What unpackers raise on damaged files.
DAMAGE = (OSError, EOFError, zlib.error, tarfile.TarError, zipfile.BadZipFile, NotImplementedError)


@dataclass(frozen=True)
class Member:
    """One file of text: its name for messages (`archive.zip/file.csv`), and its bytes."""

    name: str
    stream: BinaryIO


class _Steps(Protocol):
    """What gives bytes one step at a time."""

    def read1(self, size: int) -> bytes:
        """Give at most so many bytes; none at the end."""
        ...


class _Bounded(io.RawIOBase):
    """A stream that refuses to give more bytes than an honest file of its packed size can hold."""

    def __init__(self, inner: _Steps, name: str, packed: int) -> None:
        self._inner, self._name = inner, name
        self._left = limit("unpacked_free") + packed * limit("unpacked_ratio")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        # One step at a time: what was unpacked before a damage is not lost with it.
        part = self._inner.read1(len(buffer))
        self._left -= len(part)
        if self._left < 0:
            raise TableError(
                f"{self._name}: unpacks to more than {limit('unpacked_ratio')} times its size; this is no event data"
            )
        buffer[: len(part)] = part
        return len(part)


class _Gunzipped:
    """What is packed in one or more gzip streams, up to the byte at which they break off."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._unpacker, self._rest, self._begun = file, zlib.decompressobj(31), b"", False

    def read1(self, size: int) -> bytes:
        """Give at most so many bytes; none at the end."""
        while True:
            if self._unpacker.eof:
                self._rest = self._unpacker.unused_data or self._rest
                self._unpacker, self._begun = zlib.decompressobj(31), False
            packed = self._rest or self._file.read(1 << 14)
            if not packed:
                if self._begun:
                    raise EOFError("it ends in the midst of its packed data")
                return b""
            if not self._begun and not packed.strip(b"\0"):
                # Tapes and block devices fill up with zeros.
                self._rest = b""
                continue
            part = self._unpacker.decompress(packed, size)
            self._begun, self._rest = True, self._unpacker.unconsumed_tail
            if part:
                return part


def _bounded(inner: _Steps, name: str, packed: int) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_Bounded(inner, name, packed), 1 << 20))


def members(path: Path) -> Iterator[Member]:
    """Give the files of text in a file: itself, or what is packed in it, told by its first bytes.

    Parameters
    ----------
    path
        A text file, or one packed as .gz, .zip or .tar.gz.

    Yields
    ------
    Member
        One after another; each must be read before the next is asked for.

    Raises
    ------
    TableError
        If there is no such file, if it is no whole archive, if a name in it leads out of it, or if it is a bomb.

    Examples
    --------
    >>> import gzip, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "day.csv.gz"
    ...     _ = path.write_bytes(gzip.compress(b"a row"))
    ...     [member.stream.read() for member in members(path)]
    [b'a row']
    """
    with _opened(path) as file:
        head = file.peek(4)[:4]
        size = path.stat().st_size
        if head[:2] == b"\x1f\x8b":
            yield from _gzipped(file, path, size)
        elif head == b"PK\x03\x04":
            yield from _zipped(path, size)
        else:
            yield Member(str(path), cast(BinaryIO, file))


def _opened(path: Path) -> io.BufferedReader:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise TableError(f"{path}: no such file; check the path") from None
    except IsADirectoryError:
        raise TableError(f"{path}: is a folder; give one file") from None
    except OSError as error:
        raise TableError(f"{path}: cannot be read ({error.strerror}); check its permissions") from None


def _gzipped(file: io.BufferedReader, path: Path, size: int) -> Iterator[Member]:
    unpacked = _bounded(_Gunzipped(cast(BinaryIO, file)), str(path), size)
    try:
        head = cast(io.BufferedReader, unpacked).peek(512)[:512]
    except DAMAGE as error:
        raise TableError(f"{path}: is no whole gzip file ({error}); fetch it again") from None
    if head[257:262] != b"ustar":
        yield Member(str(path), unpacked)
        return
    count = 0
    try:
        with tarfile.open(fileobj=unpacked, mode="r|") as archive:
            for entry in archive:
                count += 1
                _check_name(entry.name, path, count)
                if entry.issym() or entry.islnk() or entry.isdev():
                    raise TableError(f"{path}: '{entry.name}' is a link or a device; pack files only")
                inner = archive.extractfile(entry) if entry.isfile() else None
                if inner is not None and _is_text(entry.name):
                    yield Member(f"{path}/{entry.name}", cast(BinaryIO, inner))
    except DAMAGE as error:
        raise TableError(f"{path}: is no whole tar archive ({error}); fetch it again") from None


def _zipped(path: Path, size: int) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            for count, entry in enumerate(entries, start=1):
                _check_name(entry.filename, path, count)
            for entry in entries:
                if entry.is_dir() or not _is_text(entry.filename):
                    continue
                if entry.flag_bits & 1:
                    raise TableError(f"{path}: '{entry.filename}' is locked by a password; unlock it first")
                with archive.open(entry) as inner:
                    name = f"{path}/{entry.filename}"
                    yield Member(name, _bounded(cast(_Steps, inner), name, size))
    except (*DAMAGE, RuntimeError) as error:
        raise TableError(f"{path}: is no whole zip archive ({error}); fetch it again") from None


def _check_name(name: str, path: Path, count: int) -> None:
    """Refuse names that lead out of the archive, and archives of far too many files."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if ".." in parts or (parts and (parts[0] == "/" or ":" in parts[0])):
        raise TableError(f"{path}: '{name}' leads out of the archive; it is refused whole")
    if count > limit("most_members"):
        raise TableError(f"{path}: holds more than {limit('most_members')} files; split it")


def _is_text(name: str) -> bool:
    hidden = any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)
    return name.lower().endswith(_TEXT_ENDINGS) and not hidden
