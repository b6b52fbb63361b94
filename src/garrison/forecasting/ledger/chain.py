"""The chain: every line holds the hash of the line before and of itself, so that a change of any byte shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, BinaryIO, NoReturn

from garrison.errors import GarrisonError, LedgerError
from garrison.forecasting.ledger.entry import KINDS, Content, Entry, ForecastEntry, Resolution, kind_of, plain
from garrison.forecasting.ledger.settings import setting

SCHEMA = 1

#: What the first line holds in place of the hash of a line before.
GENESIS = "0" * 64

_KEYS = {"schema", "number", "kind", "written", "previous", "content", "sha256"}


class BrokenLineError(LedgerError):
    """A line does not fit the chain; `line` is its number and `differs` what differs.

    `differs` is one of: hash, order, kind, text, schema, content, half-written.
    """

    def __init__(self, line: int, differs: str, words: str) -> None:
        super().__init__(f"line {line}: {differs}: {words}")
        self.line = line
        self.differs = differs


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: the number of its last entry, the hash of that line, the day it was written."""

    number: int = 0
    line_sha256: str = GENESIS
    written: date = date.min

    def __str__(self) -> str:
        return f"{self.number}:{self.line_sha256}"


def canonical(value: Any) -> bytes:
    """Give JSON in its one form: keys sorted, no spaces, ASCII, no NaN.

    Examples
    --------
    >>> canonical({"b": 1, "a": 0.5})
    b'{"a":0.5,"b":1}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def line_after(head: Head, content: Content, written: date) -> bytes:
    """Write the line that follows the head of a chain, with its line feed.

    Parameters
    ----------
    head
        The end of the chain so far.
    content
        A forecast or a resolution.
    written
        The day on which it is written.

    Returns
    -------
    bytes

    Raises
    ------
    LedgerError
        If the line would not read back as what it says, or the day lies before that of the line before.
    """
    row = {
        "schema": SCHEMA,
        "number": head.number + 1,
        "kind": kind_of(content),
        "written": written.isoformat(),
        "previous": head.line_sha256,
        "content": plain(content),
    }
    try:
        line = canonical({**row, "sha256": hashlib.sha256(canonical(row)).hexdigest()})
    except (TypeError, ValueError) as error:
        raise LedgerError(f"entry {head.number + 1}: cannot be written down: {error}") from None
    if read_line(line, head).content != content:
        raise LedgerError(f"entry {head.number + 1}: would not read back as it was given: {content!r}"[:500])
    return line + b"\n"


def head_of(line: bytes, entry: Entry) -> Head:
    """Give the head of the chain that ends with a line."""
    return Head(entry.number, hashlib.sha256(line).hexdigest(), entry.written)


def read_line(line: bytes, before: Head | None, number: int | None = None) -> Entry:
    """Read one line and hold it against the line before.

    Parameters
    ----------
    line
        Without its line feed.
    before
        The chain up to the line before; None holds the line only against itself.
    number
        Where the line stands, for the error, where `before` does not tell.

    Raises
    ------
    BrokenLineError
        Naming the line and what differs.
    """
    place = before.number + 1 if before else number or 0
    row = _parsed(line, place)
    if row["number"] != place and before is not None:
        _wrong(
            place, "order", f"it says that it is entry {_shown(row['number'])}; a line is missing or moved"
        )
    claimed = row.pop("sha256")
    found = hashlib.sha256(canonical(row)).hexdigest()
    if claimed != found:
        _wrong(
            place, "text", f"it was changed: its text has the hash {found[:12]}, it holds {_shown(claimed)}"
        )
    if before is not None and row["previous"] != before.line_sha256:
        words = (
            f"it follows a line with the hash {_shown(row['previous'])}, "
            + (f"line {place - 1} has {before.line_sha256[:12]}" if place > 1 else "but it is the first")
            + "; the line before was changed, or one is missing"
        )
        _wrong(place, "hash", words)
    return _entry(row, claimed, place, before)


def _parsed(line: bytes, place: int) -> dict[str, Any]:
    """Read the outer form of a line: JSON in its one form, of this schema, with its keys."""
    try:
        row = json.loads(line.decode("ascii"), parse_constant=_no_constant)
        same = canonical(row) == line
    except (ValueError, RecursionError):
        _wrong(place, "text", "it is not JSON as the ledger writes it")
    if not isinstance(row, dict):
        _wrong(place, "text", "it is no JSON object")
    if row.get("schema") != SCHEMA or isinstance(row.get("schema"), bool):
        words = f"it has schema {_shown(row.get('schema'))}, this version of Garrison reads {SCHEMA}"
        _wrong(place, "schema", words)
    if not same:
        _wrong(
            place,
            "text",
            "it was changed: spaces, order of keys or numbers are not as the ledger writes them",
        )
    if set(row) != _KEYS:
        _wrong(place, "text", f"its keys are {_shown(sorted(row))}, not {', '.join(sorted(_KEYS))}")
    return row


def _entry(row: dict[str, Any], sha256: str, place: int, before: Head | None) -> Entry:
    """Read what a line says, once its hashes are right."""
    kind = row["kind"]
    if not isinstance(kind, str) or kind not in KINDS:
        _wrong(place, "kind", f"unknown kind {_shown(kind)}; known: {', '.join(KINDS)}")
    try:
        written = date.fromisoformat(row["written"])
        content = _adapter(kind).validate_json(canonical(row["content"]), strict=True)
    except (GarrisonError, TypeError, ValueError) as error:
        _wrong(place, "content", f"it is no {kind}: {_first_fault(error)}")
    if plain(content) != row["content"] or written.isoformat() != row["written"]:
        _wrong(
            place,
            "content",
            f"it is no {kind} as the ledger writes it: a value is missing or of another form",
        )
    if before is not None and written < before.written:
        _wrong(place, "order", f"it was written on {written}, the line before on {before.written}")
    latest = content.as_of if isinstance(content, ForecastEntry) else content.resolved
    if written < latest:
        _wrong(place, "content", f"it speaks of {latest}, which lies after the day it was written, {written}")
    number = row["number"]
    if isinstance(number, bool) or not isinstance(number, int):
        _wrong(place, "order", f"its number is {_shown(number)}")
    if isinstance(content, Resolution) and content.of >= number:
        _wrong(place, "content", f"it settles entry {content.of}, which does not come before it")
    return Entry(number, written, row["previous"], sha256, content)


def walk(stream: BinaryIO, *, pass_over_half_line: bool) -> Iterator[tuple[bytes, Entry]]:
    """Walk a ledger from its first line, one line in memory at a time.

    Parameters
    ----------
    stream
        The ledger's bytes.
    pass_over_half_line
        Whether a half-written last line is passed over in silence: a reader may come while a line is being
        written.

    Yields
    ------
    tuple
        Each line without its line feed, and its entry.

    Raises
    ------
    BrokenLineError
        At the first line that does not fit.
    """
    longest = int(setting("limits", "longest_line"))
    head = Head()
    resolutions: set[int] = set()
    while raw := stream.readline(longest + 1):
        place = head.number + 1
        whole = raw.endswith(b"\n")
        if not whole and len(raw) > longest:
            _wrong(place, "text", f"it is longer than {longest:,} bytes, which no entry is")
        line = raw.removesuffix(b"\n")
        if not whole and is_half_written(line):
            if pass_over_half_line:
                return
            words = f"{len(line)} bytes without an end; the next entry that is written sets them aside"
            _wrong(place, "half-written", words)
        entry = read_line(line, head)
        if isinstance(entry.content, Resolution):
            resolutions.add(entry.number)
            if entry.content.of in resolutions:
                _wrong(place, "content", f"it settles entry {entry.content.of}, which is no forecast")
        head = head_of(line, entry)
        yield line, entry


def is_half_written(line: bytes) -> bool:
    """Tell whether a last line without a line feed is the beginning of an entry, not a whole one.

    Examples
    --------
    >>> is_half_written(b'{"content":{"as_of":"20')
    True
    """
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return True
    return False


@cache
def _adapter(kind: str) -> Any:
    from pydantic import TypeAdapter

    # Keys that a record does not have are found by comparing what was read with the line.
    return TypeAdapter(KINDS[kind])


def _first_fault(error: Exception) -> str:
    errors = getattr(error, "errors", None)
    if errors is None:
        return str(error)[:200]
    first = errors()[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"[:200]


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _shown(value: object) -> str:
    return ascii(value)[:40]


def _wrong(line: int, differs: str, words: str) -> NoReturn:
    raise BrokenLineError(line, differs, words)
