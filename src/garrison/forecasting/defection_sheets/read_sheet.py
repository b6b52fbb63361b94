"""Read a coding sheet that a reader has filled; every malformed cell is named with file, line and column."""

from __future__ import annotations

import calendar
import csv
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from garrison.errors import TableError, nearest
from garrison.forecasting.defection_sheets.ladder import sheet_limit, sheet_version, words_of
from garrison.forecasting.defection_sheets.sheet import CODED, GIVEN
from garrison.forecasting.history.rule import constant

#: What a reader writes who cannot tell the rung from what may be read.
UNDECIDED = "?"

Span = tuple[date, date]


@dataclass(frozen=True)
class CodedCrisis:
    """What a reader wrote of one crisis.

    Parameters
    ----------
    crisis, country, onset, last_day
        As the sheet gives them.
    line
        In the file.
    rung
        The highest rung reached, 0 to 4; None where the reader could not tell.
    days
        By rung: the first and the last day on which it may have been reached first.
    further_breaks
        Days of later breaks of the same crisis.
    kinds, forces
        How, and which.
    confidence
        As the reader put it.
    """

    crisis: str
    country: str
    onset: date
    last_day: date
    line: int
    rung: int | None
    days: Mapping[int, Span]
    further_breaks: tuple[date, ...]
    kinds: frozenset[str]
    forces: frozenset[str]
    confidence: str


@dataclass(frozen=True)
class ReadSheet:
    """A sheet as read.

    Parameters
    ----------
    path
        The file.
    reader
        Who filled it.
    coded
        By crisis.
    uncoded
        Crises that are not coded yet, with their line.
    malformed
        A sentence for every malformed cell; rows with such a cell are in neither of the two.
    crises
        All that are told of, those set aside included.
    """

    path: Path
    reader: str
    coded: dict[str, CodedCrisis]
    uncoded: dict[str, int]
    malformed: tuple[str, ...]
    crises: frozenset[str]


class _BadCellError(Exception):
    """A column, and what is wrong with its cell."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(f"{column}: {reason}")


def read_sheet(path: str | os.PathLike[str]) -> ReadSheet:
    r"""Read a filled sheet.

    Parameters
    ----------
    path
        As `write_sheets` wrote it and a reader filled it; columns may have been added or moved.

    Returns
    -------
    ReadSheet
        Rows with a malformed cell are set aside whole, and every such cell is named.

    Raises
    ------
    TableError
        If the file is missing, too large, no comma-separated text, or no sheet.

    Examples
    --------
    >>> import tempfile
    >>> row = "T1b-1,ann,1,MLI-2012-03-01,Mali,MLI,2012-03-01,2012-05-30,13,D7,,,,,,,,high,,"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "defection-ann.csv")
    ...     _ = path.write_text(",".join([*GIVEN, *CODED]) + "\n" + row + "\n")
    ...     read_sheet(path).malformed[0].split(".csv, ")[1]
    "line 2: rung: 'D7' is none of D0, D1, D2, D3, D4, ?"
    """
    file = Path(path)
    coded: dict[str, CodedCrisis] = {}
    uncoded: dict[str, int] = {}
    lines_of: dict[str, list[int]] = {}
    readers: set[str] = set()
    malformed: list[str] = []
    for line, row, problem in _rows(file):
        if row is None:
            malformed.append(f"{file}, line {line}: {problem}")
            continue
        crisis = row["crisis"]
        lines_of.setdefault(crisis, []).append(line)
        readers.add(row["reader"])
        problems = list(_problems(row, line, coded, uncoded))
        malformed += [f"{file}, line {line}: {words}" for words in problems]
    for crisis, lines in lines_of.items():
        if len(lines) > 1:
            coded.pop(crisis, None)
            uncoded.pop(crisis, None)
            told = " and ".join(map(str, lines))
            malformed.append(f"{file}, line {told}: crisis: '{crisis[:40]}' is told twice; keep one row")
    if len(readers) > 1:
        raise TableError(
            f"{file}: rows of several readers ({_some(readers)}); each reader fills a sheet of their own"
        )
    return ReadSheet(file, next(iter(readers), ""), coded, uncoded, tuple(malformed), frozenset(lines_of))


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str] | None, str]]:
    """Give each row with its line, or why it is none."""
    if not file.is_file():
        raise TableError(
            f"{file}: {'is no file' if file.exists() else 'no such file'}; give a sheet of garrison code-cases"
        )
    if (size := file.stat().st_size) > sheet_limit("largest_sheet"):
        raise TableError(
            f"{file}: takes {size:,} bytes, more than a sheet can; give a sheet of garrison code-cases"
        )
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = [name.strip() for name in next(reader, [])]
            _check_header(file, header)
            for fields in reader:
                if not any(field.strip() for field in fields):
                    continue
                if len(fields) != len(header):
                    yield reader.line_num, None, f"{len(fields)} fields, the header has {len(header)}"
                else:
                    yield reader.line_num, {n: f.strip() for n, f in zip(header, fields, strict=True)}, ""
    except (UnicodeDecodeError, csv.Error) as error:
        raise TableError(f"{file}: not comma-separated text in UTF-8 ({error}); save it as such") from None


def _check_header(file: Path, header: list[str]) -> None:
    missing = [name for name in (*GIVEN, *CODED) if header.count(name) != 1]
    if len(header) == 1 and ";" in header[0]:
        raise TableError(f"{file}, line 1: the cells are parted by ';'; save the sheet with commas")
    if missing:
        raise TableError(
            f"{file}, line 1: column {', '.join(missing)} must be there once; give a sheet of garrison code-cases"
        )


def _problems(
    row: dict[str, str], line: int, coded: dict[str, CodedCrisis], uncoded: dict[str, int]
) -> Iterator[str]:
    """Sort a row in; give what is wrong with its cells, and then do not."""
    try:
        onset, last_day = _given(row)
        filled = [name for name in CODED if row[name] and name != "note"]
        if not filled:
            uncoded[row["crisis"]] = line
            return
        if not row["rung"]:
            raise _BadCellError("rung", f"is empty, but {filled[0]} is filled; write D0 to D4 or {UNDECIDED}")
        rung = _rung(row["rung"])
    except _BadCellError as error:
        yield str(error)
        return
    found: dict[str, object] = {}
    wrong = False
    for name, read in _READERS.items():
        try:
            found[name] = read(row, rung, (onset, last_day))
        except _BadCellError as error:
            wrong = True
            yield str(error)
    if not wrong:
        coded[row["crisis"]] = CodedCrisis(
            row["crisis"],
            row["country"],
            onset,
            last_day,
            line,
            rung,
            **found,  # type: ignore[arg-type]
        )


def _given(row: dict[str, str]) -> Span:
    """Hold the cells that the sheet gave against each other: they must not have been changed."""
    if row["sheet"] != sheet_version():
        raise _BadCellError("sheet", f"'{row['sheet'][:40]}' is another version than {sheet_version()}")
    if not row["reader"]:
        raise _BadCellError("reader", "is empty; the sheet gave a name")
    onset, _ = _day("onset", row["onset"], whole=True)
    last_day, _ = _day("last_day", row["last_day"], whole=True)
    if row["crisis"] != f"{row['iso']}-{onset}" or last_day < onset:
        raise _BadCellError(
            "crisis",
            f"'{row['crisis'][:40]}' does not fit iso, onset and last_day; put back what the sheet gave",
        )
    return onset, last_day


def _rung(text: str) -> int | None:
    if text == UNDECIDED:
        return None
    known = words_of("rungs")
    if text.upper() not in known:
        raise _BadCellError("rung", f"'{text[:40]}' is none of {', '.join(known)}, {UNDECIDED}")
    return known.index(text.upper())


def _days(row: dict[str, str], rung: int | None, window: Span) -> dict[int, Span]:
    days = {}
    for step in range(1, len(words_of("rungs"))):
        column = f"d{step}_day"
        if not row[column]:
            if step == rung:
                raise _BadCellError(
                    column, f"is empty, but the rung is D{rung}; write its first day or month"
                )
            continue
        if rung is None or step > rung:
            raise _BadCellError(column, f"is filled, but the rung is {row['rung']}")
        first, last = _day(column, row[column])
        if last < window[0] or first > window[1]:
            raise _BadCellError(column, f"{row[column]} lies outside the crisis ({window[0]} to {window[1]})")
        days[step] = (max(first, window[0]), min(last, window[1]))
    return days


def _further(row: dict[str, str], rung: int | None, window: Span) -> tuple[date, ...]:
    """Read days of later breaks: each so long after the one before that the state would be at risk again."""
    column, apart = "further_break_days", int(constant("crisis", "re_entry"))
    texts = _list(row[column])
    if texts and (rung is None or rung < 3):
        raise _BadCellError(column, f"is filled, but the rung is {row['rung']}: only D3 and D4 are breaks")
    days = tuple(_day(column, text, whole=True)[0] for text in texts)
    breaks = [_day(name, row[name])[0] for name in ("d3_day", "d4_day") if texts and row[name]]
    before = min(breaks, default=None)
    for day in days:
        if not window[0] <= day <= window[1]:
            raise _BadCellError(column, f"{day} lies outside the crisis ({window[0]} to {window[1]})")
        if before is not None and day < before + timedelta(days=apart):
            raise _BadCellError(column, f"{day} lies less than {apart} days after the break of {before}")
        before = day
    return days


def _words(column: str) -> Callable[[dict[str, str], int | None, Span], frozenset[str]]:
    def read(row: dict[str, str], rung: int | None, _: Span) -> frozenset[str]:
        words, known = _list(row[column].lower()), words_of(column)
        for word in words:
            if word not in known:
                raise _BadCellError(column, f"'{word[:40]}' is unknown. {nearest(word, known)}")
        if rung and not words:
            raise _BadCellError(column, f"is empty, but the rung is D{rung}; write one or more, parted by ;")
        if rung == 0 and words:
            raise _BadCellError(column, "is filled, but the rung is D0")
        return frozenset(words)

    return read


def _confidence(row: dict[str, str], rung: int | None, _: Span) -> str:
    word, known = row["confidence"].lower(), words_of("confidence")
    if word not in known and (word or rung is not None):
        raise _BadCellError("confidence", f"'{word[:40]}' is none of {', '.join(known)}")
    if rung and not row["sources"]:
        raise _BadCellError("sources", f"is empty, but the rung is D{rung}; say where that can be read")
    return word


def _day(column: str, text: str, *, whole: bool = False) -> Span:
    """Read a day, or a month as its first and last day."""
    if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", text, re.ASCII):
        try:
            first = date.fromisoformat(text if len(text) == 10 else f"{text}-01")
        except ValueError:
            raise _BadCellError(column, f"'{text}' is no day of the calendar") from None
        if len(text) == 10:
            return first, first
        if not whole:
            return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
    form = "YYYY-MM-DD" if whole else "YYYY-MM-DD, or YYYY-MM where only the month is known"
    raise _BadCellError(column, f"'{text[:40]}' is no day; write {form}")


def _list(text: str) -> list[str]:
    return [part for each in text.split(";") if (part := each.strip())]


def _some(names: set[str]) -> str:
    return ", ".join(repr(name[:40]) for name in sorted(names)[:3])


#: How the coded columns are read, by the field of `CodedCrisis`.
_READERS: dict[str, Callable[[dict[str, str], int | None, Span], object]] = {
    "days": _days,
    "further_breaks": _further,
    "kinds": _words("kinds"),
    "forces": _words("forces"),
    "confidence": _confidence,
}
