"""One line of progress on standard error, silent where nobody watches."""

from __future__ import annotations

import sys


def say(words: str) -> None:
    """Show what is being done, over the line before it; an empty string wipes the line.

    Parameters
    ----------
    words
        Shown only if standard error is a terminal.
    """
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{words}")
        sys.stderr.flush()
