"""The bundled hypotheses: one scenario file each, in `hypotheses/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from garrison.errors import CaseError, nearest


@cache
def hypothesis_files() -> dict[str, Path]:
    """Give the file of every bundled hypothesis by its id, h01 first.

    Returns
    -------
    dict
        Id ("h01") to path.

    Examples
    --------
    >>> list(hypothesis_files())[:2]
    ['h01', 'h02']
    """
    here = Path(__file__).parent / "hypotheses"
    return {path.stem.split("_")[0]: path for path in sorted(here.glob("h*.toml"))}


def hypothesis_file(name: str) -> Path:
    """Find the file of a bundled hypothesis.

    Parameters
    ----------
    name
        Its id: "h01", "H1" or "1".

    Raises
    ------
    CaseError
        If there is none; the message names those there are.

    Examples
    --------
    >>> hypothesis_file("H9").name
    'h09_patron_finance_delays.toml'
    """
    number = name.strip().lower().removeprefix("h")
    key = f"h{int(number):02d}" if number.isascii() and number.isdigit() and len(number) < 4 else name
    found = hypothesis_files()
    if key not in found:
        raise CaseError(f"hypothesis '{name}' is unknown. {nearest(key, found)}")
    return found[key]
