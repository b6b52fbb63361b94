"""A stream of bytes as numbered lines of UTF-8, by the block: line ends, encodings and control characters made one."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, cast

from garrison.events.formats.limits import limit
from garrison.events.formats.packed_files import DAMAGE

#: Control characters but tab and line ends; they mean nothing in a table.
_CONTROLS = bytes(set(range(32)) - {9, 10, 13}) + b"\x7f"


@dataclass(frozen=True)
class Trouble:
    """A line that cannot be a row: its number, its column where that is known, why not, and its text."""

    line: int
    column: str | None
    reason: str
    text: str


@dataclass
class Block:
    """Some lines of a file: their bytes (valid UTF-8, without line ends), the number of the first, the troubles."""

    lines: list[bytes]
    first: int
    troubles: list[Trouble] = field(default_factory=list)


def blocks(stream: BinaryIO) -> Iterator[Block]:
    r"""Read a stream by the block.

    UTF-8 and UTF-16 are known; a line that is not UTF-8 is read as Windows-1252, which is what mixed files mix in.

    Parameters
    ----------
    stream
        Unpacked bytes.

    Yields
    ------
    Block
        Lines too long to be rows stand in `troubles`; so does the place where a packed file breaks off.

    Examples
    --------
    >>> [(block.first, block.lines) for block in blocks(io.BytesIO(b"a\r\nb\xe9\n"))]
    [(1, [b'a', b'b\xc3\xa9'])]
    """
    stream, size, line, tail = _without_mark(stream), limit("block"), 1, b""
    while True:
        part, broken = _read(stream, size)
        text = (tail + part).translate(None, _CONTROLS)
        at_end = not part or broken is not None
        if not at_end and text.endswith(b"\r"):
            # The line feed that may follow belongs to the same line end.
            text, held = text[:-1], b"\r"
        else:
            held = b""
        if b"\r" in text:
            text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n" if b"\n" not in text else b" ")
        lines = text.split(b"\n")
        tail = b"" if at_end else lines.pop() + held
        if at_end and lines and not lines[-1]:
            lines.pop()
        block = Block(_decoded(lines), line)
        if broken is not None:
            cut = block.lines.pop() if block.lines else b""
            block.troubles.append(Trouble(line + len(block.lines), None, broken, _shown(cut)))
        line += len(lines)
        _set_long_lines_aside(block)
        if len(tail) > limit("longest_line"):
            _skip_to_line_end(stream, block, line, tail)
            line, tail = line + 1, b""
        if block.lines or block.troubles:
            yield block
        if at_end:
            return


def _without_mark(stream: BinaryIO) -> BinaryIO:
    """Take the byte order mark off, and turn UTF-16 into UTF-8."""
    reader = stream if hasattr(stream, "peek") else io.BufferedReader(cast(io.RawIOBase, stream))
    try:
        head = cast(io.BufferedReader, reader).peek(3)[:3]
    except DAMAGE:
        # Said where the first block is read.
        return reader
    if head == codecs.BOM_UTF8:
        reader.read(3)
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        text = io.TextIOWrapper(reader, "utf-16", errors="replace", newline="")
        return cast(BinaryIO, io.BufferedReader(_Encoded(text)))
    return reader


class _Encoded(io.RawIOBase):
    """Text read elsewhere, as bytes of UTF-8."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        part = self._text.read(len(buffer) // 4).encode("utf-8", "replace")
        buffer[: len(part)] = part
        return len(part)


def _read(stream: BinaryIO, size: int) -> tuple[bytes, str | None]:
    """Read some bytes; where a packed file breaks off, what was read before and why it ends."""
    parts: list[bytes] = []
    while size > 0:
        try:
            part = cast(io.BufferedReader, stream).read1(min(size, 1 << 20))
        except DAMAGE as error:
            return b"".join(parts), f"the packed file breaks off here ({error}); fetch it again"
        if not part:
            break
        parts.append(part)
        size -= len(part)
    return b"".join(parts), None


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are no UTF-8 as Windows-1252; those that it leaves open as Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    letters = [bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in bad]
    return "".join(letters), error.end


codecs.register_error("garrison-windows-1252", _as_windows)


def _decoded(lines: list[bytes]) -> list[bytes]:
    whole = b"\n".join(lines)
    if whole.isascii():
        return lines
    try:
        whole.decode("utf-8")
    except UnicodeDecodeError:
        return [_one_decoded(line) for line in lines]
    return lines


def _one_decoded(line: bytes) -> bytes:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("utf-8", "garrison-windows-1252").encode("utf-8")
    return line


def _set_long_lines_aside(block: Block) -> None:
    longest = limit("longest_line")
    if block.lines and max(map(len, block.lines)) > longest:
        for number, line in enumerate(block.lines):
            if len(line) > longest:
                block.troubles.append(_too_long(block.first + number, line))
                block.lines[number] = b""


def _skip_to_line_end(stream: BinaryIO, block: Block, line: int, begun: bytes) -> None:
    block.troubles.append(_too_long(line, begun))
    readline = cast(io.BufferedReader, stream).readline
    try:
        while (part := readline(1 << 20)) and not part.endswith(b"\n"):
            pass
    except DAMAGE:
        return


def _too_long(line: int, text: bytes) -> Trouble:
    reason = f"the line has more than {limit('longest_line'):,} bytes; split it or take it out"
    return Trouble(line, None, reason, _shown(text))


def _shown(line: bytes) -> str:
    """Give the beginning of a line for a message."""
    return line[: 4 * limit("longest_text")].decode("utf-8", "replace")[: limit("longest_text")]
