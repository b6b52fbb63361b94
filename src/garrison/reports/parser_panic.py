"""Parsers written in Rust tell of their own mistakes by a panic, which no ordinary `except` catches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class ParserPanicError(OSError):
    """A parser met something that its authors did not expect."""


@contextmanager
def panics_as_errors() -> Iterator[None]:
    """Turn a panic into an error that is handled as damage is; everything else passes.

    Raises
    ------
    ParserPanicError
        If the parser panicked.

    Examples
    --------
    >>> PanicException = type("PanicException", (BaseException,), {})
    >>> with panics_as_errors():
    ...     raise PanicException("index out of bounds")
    Traceback (most recent call last):
    garrison.reports.parser_panic.ParserPanicError: the parser gave up: index out of bounds
    """
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise ParserPanicError(f"the parser gave up: {' '.join(str(error).split())[:100]}") from None
