"""Work on many runs, shared among the cores: compiled code holds no lock, so that threads run side by side."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

# Small enough to share cores evenly, large enough to be worth handing out.
RUNS_A_PIECE = 256


def in_pieces(n_runs: int, work: Callable[[slice], None]) -> None:
    """Do a piece of work for all runs, some runs at a time, on all cores.

    Parameters
    ----------
    n_runs
        How many runs there are.
    work
        Called once for each slice of the runs; it may write to these runs alone.

    Raises
    ------
    Exception
        The first that a piece raised.

    Examples
    --------
    >>> done = []
    >>> in_pieces(300, done.append)
    >>> sorted(piece.start for piece in done)
    [0, 256]
    """
    pieces = [slice(first, min(first + RUNS_A_PIECE, n_runs)) for first in range(0, n_runs, RUNS_A_PIECE)]
    n_threads = min(len(pieces), len(os.sched_getaffinity(0)))
    if n_threads <= 1:
        for piece in pieces:
            work(piece)
        return
    with ThreadPoolExecutor(n_threads) as threads:
        for done in [threads.submit(work, piece) for piece in pieces]:
            done.result()
