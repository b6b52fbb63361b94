"""Lines of a stream, none longer than it may be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from garrison.errors import ReportError
from garrison.reports.limits import limit


def bounded_lines(stream: BinaryIO, longest: int, name: str) -> Iterator[tuple[int, bytes | None]]:
    r"""Give a stream's lines; one that is too long is skipped, never held.

    Parameters
    ----------
    stream
        Bytes.
    longest
        The longest line that is given, in bytes.
    name
        What a message calls the stream.

    Yields
    ------
    tuple
        The line's number from 1, and the line; None if it is too long.

    Raises
    ------
    ReportError
        If a line does not end within `largest_skipped` bytes.

    Examples
    --------
    >>> import io
    >>> list(bounded_lines(io.BytesIO(b"a\nlonger\nb"), 4, "a.txt"))
    [(1, b'a\n'), (2, None), (3, b'b')]
    """
    number = 0
    while line := stream.readline(longest + 1):
        number += 1
        if len(line) <= longest:
            yield number, line
            continue
        n_skipped = len(line)
        while line and not line.endswith(b"\n"):
            line = stream.readline(longest + 1)
            n_skipped += len(line)
            if n_skipped > limit("largest_skipped"):
                size = f"{limit('largest_skipped') / 1e6:.0f} MB"
                raise ReportError(
                    f"{name}, line {number}: does not end within {size}; the rest of the file is not read: "
                    f"cut it off there"
                )
        yield number, None
