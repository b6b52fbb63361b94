"""A look at the first bytes of a stream that cannot be turned back."""

from __future__ import annotations

import io
from typing import BinaryIO, cast

from garrison.reports.unpacking import read_up_to


class _HeadAndRest(io.RawIOBase):
    """First what was read already, then the stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        part = self._head[: len(view)] if self._head else self._rest.read(len(view)) or b""
        self._head = self._head[len(view) :]
        view[: len(part)] = part
        return len(part)


def rewound(stream: BinaryIO, n_bytes: int) -> tuple[bytes, BinaryIO]:
    """Read the first bytes of a stream, and give a stream that begins with them.

    Parameters
    ----------
    stream
        Any stream of bytes; read on from the one that is given.
    n_bytes
        How many.

    Returns
    -------
    tuple
        The first bytes (fewer if there are no more), and the whole stream.

    Examples
    --------
    >>> head, whole = rewound(io.BytesIO(b"Troops left."), 6)
    >>> head, whole.read()
    (b'Troops', b'Troops left.')
    """
    head = read_up_to(stream, n_bytes)
    return head, cast(BinaryIO, io.BufferedReader(_HeadAndRest(head, stream), 1 << 16))
