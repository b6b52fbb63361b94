"""One thread for small tables: threads that wait for each other on a busy machine cost more than they save."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def _controller(library: str) -> Any:
    # Looking for the loaded libraries takes milliseconds: once for each kind, after the first use of one is at hand.
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController().select(user_api=library)


def one_thread(library: str) -> Any:
    """Keep linear algebra or trees to one thread while a block runs.

    Parameters
    ----------
    library
        `blas` or `openmp`.

    Returns
    -------
    context manager

    Examples
    --------
    >>> import numpy as np
    >>> with one_thread("blas"):
    ...     float((np.eye(2) @ np.ones(2)).sum())
    2.0
    """
    return _controller(library).limit(limits=1)
