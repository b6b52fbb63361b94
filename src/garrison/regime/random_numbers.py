"""Random numbers that are looked up by name instead of being drawn in turn.

Each number depends on a seed, on what it is for, on its replicate and on its step, and on nothing else. So
replicate i is the same whatever the number of replicates, a longer horizon changes no earlier day, and two
arms of a what-if meet the same chance.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garrison.regime.cohorts import Floats

# The constants of SplitMix64: an odd increment from the golden ratio and two multipliers that mix all bits.
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_SHIFTS = (np.uint64(30), np.uint64(27), np.uint64(31))
_KEPT_BITS = 53


def _mix(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    words = (words ^ (words >> _SHIFTS[0])) * _FIRST
    words = (words ^ (words >> _SHIFTS[1])) * _SECOND
    return words ^ (words >> _SHIFTS[2])


def uniforms(seed: int, purpose: str, replicate: NDArray[np.int64], step: int = 0) -> Floats:
    """Look up one random number between 0 and 1 for each replicate.

    Parameters
    ----------
    seed
        The run's one seed.
    purpose
        What the number decides, in words: numbers of different purposes are independent.
    replicate
        Shape (run,). Which replicate each run is, 0 or more.
    step
        Which of a sequence (a week, an attempt).

    Returns
    -------
    ndarray
        Shape (run,), each strictly between 0 and 1.

    Notes
    -----
    A counter-based generator: the replicate number is mixed with two keys that are a hash of (seed, purpose,
    step). Source: Steele, Lea and Flood 2014 (SplitMix64).

    Examples
    --------
    >>> few = uniforms(1, "push", np.arange(2))
    >>> many = uniforms(1, "push", np.arange(9))
    >>> bool((few == many[:2]).all())
    True
    """
    first, second = np.frombuffer(_keys(seed, purpose, step), dtype="<u8")
    return _looked_up(np.asarray(replicate).astype(np.uint64), first, second)


def uniforms_of_steps(seed: int, purpose: str, replicate: NDArray[np.int64], n_steps: int) -> Floats:
    """Look up the random numbers of the first steps of a sequence at once.

    Parameters
    ----------
    seed, purpose, replicate
        As for `uniforms`.
    n_steps
        How many steps.

    Returns
    -------
    ndarray
        (run, step), the numbers that `uniforms` gives step by step.

    Examples
    --------
    >>> table = uniforms_of_steps(1, "push", np.arange(2), 3)
    >>> bool((table[:, 2] == uniforms(1, "push", np.arange(2), 2)).all())
    True
    """
    keys = b"".join(_keys(seed, purpose, step) for step in range(n_steps))
    first, second = np.frombuffer(keys, dtype="<u8").reshape(n_steps, 2).T
    return _looked_up(np.asarray(replicate).astype(np.uint64)[:, None], first, second)


def _keys(seed: int, purpose: str, step: int) -> bytes:
    return hashlib.blake2b(f"{seed}|{purpose}|{step}".encode(), digest_size=16).digest()


def _looked_up(replicate: NDArray[np.uint64], first: Any, second: Any) -> Floats:
    words = _mix(_mix(replicate * _GOLDEN + first) ^ second)
    kept = (words >> np.uint64(64 - _KEPT_BITS)).astype(np.float64)
    return (kept + 0.5) * 2.0**-_KEPT_BITS
