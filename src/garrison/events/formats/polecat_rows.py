"""Rows of POLECAT mended: surplus tabs at their end, and tabs inside a name, which shift every later cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}.*")
_UNKNOWN = ("", "None", "NA", "nan")

#: What cells must look like where a row is laid out right; a shifted row breaks at least one of them.
_MUST: dict[str, Callable[[str], bool]] = {
    "Event Date": lambda cell: bool(_DATE.fullmatch(cell)),
    "Intensity": lambda cell: cell in _UNKNOWN or bool(_NUMBER.fullmatch(cell)),
    "Actor Country": lambda cell: cell in _UNKNOWN or bool(re.fullmatch(r"[A-Z]{3}([;,] ?[A-Z]{3})*", cell)),
    "Primary Actor Sector": lambda cell: cell in _UNKNOWN or bool(re.fullmatch(r"[A-Z]{3}", cell)),
    "Recipient Country": lambda cell: (
        cell in _UNKNOWN or bool(re.fullmatch(r"[A-Z]{3}([;,] ?[A-Z]{3})*", cell))
    ),
    "Primary Recipient Sector": lambda cell: cell in _UNKNOWN or bool(re.fullmatch(r"[A-Z]{3}", cell)),
    "Country": lambda cell: not any(letter.isdigit() for letter in cell),
    "GeoNames ID": lambda cell: cell in _UNKNOWN or bool(_NUMBER.fullmatch(cell)),
    "Latitude": lambda cell: cell in _UNKNOWN or bool(_NUMBER.fullmatch(cell)),
    "Longitude": lambda cell: cell in _UNKNOWN or bool(_NUMBER.fullmatch(cell)),
    "Publication Date": lambda cell: cell in _UNKNOWN or bool(_DATE.fullmatch(cell)),
}

#: Columns of free text, in which a tab can stand.
_FREE = (
    *("Contexts", "Actor Name", "Actor Title", "Actor Name Raw", "Recipient Name", "Recipient Title"),
    *("Recipient Name Raw", "Placename", "City", "District", "Province", "Raw Placename", "Source"),
    *("Story People", "Story Organizations", "Story Locations"),
)

#: No honest row has more stray tabs, or more characters.
_MOST_STRAY, _LONGEST = 3, 100_000


def mended_row(line: str, columns: Sequence[str]) -> str | None:
    r"""Give a row with as many cells as there are columns.

    Parameters
    ----------
    line
        A row with too many or too few tabs.
    columns
        Of the file.

    Returns
    -------
    str or None
        The row, each stray tab a space; None where no place of the stray tabs makes sense of it.

    Examples
    --------
    >>> mended_row("1\t2020-01-02\tthe\tpolice\t\t", ["Event ID", "Event Date", "Actor Name"])
    '1\t2020-01-02\tthe police'
    """
    cells = line.split("\t")
    while len(cells) > len(columns) and not cells[-1].strip():
        cells.pop()
    stray = len(cells) - len(columns)
    if stray == 0:
        return "\t".join(cells)
    if not 0 < stray <= _MOST_STRAY or len(line) > _LONGEST:
        return None
    # A name that a tab cuts leaves two pieces of text; only if that explains nothing may a piece be empty.
    for told in (True, False):
        tried = [(_sense(joined, columns), joined) for joined in _joined(cells, columns, stray, told)]
        score, best = max(tried, key=lambda one: one[0], default=(0, []))
        if score > 0:
            return "\t".join(best)
    return None


def _joined(cells: list[str], columns: Sequence[str], stray: int, told: bool) -> Iterator[list[str]]:
    """Give every way to join cells of free text, at one place or at two, so that `stray` cells vanish."""
    free = [place for place, name in enumerate(columns) if name in _FREE]
    for place in free:
        if one := _join(cells, place, stray, told):
            yield one
    for first in free:
        for here in range(1, stray):
            part = _join(cells, first, here, told)
            if part is None:
                continue
            for second in free:
                if second > first and (both := _join(part, second, stray - here, told)):
                    yield both


def _join(cells: list[str], place: int, stray: int, told: bool) -> list[str] | None:
    """Join a cell with as many after it; None if one of them says nothing though all should be told."""
    pieces = cells[place : place + stray + 1]
    if told and any(piece.strip() in _UNKNOWN for piece in pieces):
        return None
    return [*cells[:place], " ".join(pieces), *cells[place + stray + 1 :]]


def _sense(cells: Sequence[str], columns: Sequence[str]) -> int:
    """Count the cells that tell what their column asks for; 0 if one tells something else."""
    count = 0
    for name, cell in zip(columns, cells, strict=True):
        if name in _MUST:
            if not _MUST[name](cell.strip()):
                return 0
            count += cell.strip() not in _UNKNOWN
    return count
