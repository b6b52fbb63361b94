"""What is known of named sources: how often each tells what happened, what did not, how late, and how it counts."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from garrison.errors import TableError
from garrison.records import write_aside

#: Written into every file of records; a file with another number was made by another version.
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """The record of one source, learned from the happenings that it told of or was silent on.

    Attributes
    ----------
    words
        The words that name it.
    kind
        Its kind, from which its rates were shrunk.
    n_told, n_denied, n_watched
        Happenings that it told of, that it denied, and on which it could have spoken.
    tells_true, tells_false
        P(it tells | it happened) and P(it tells | it did not), posterior means.
    denies_true, denies_false
        The same for its denials.
    ratio, ratio_low, ratio_high
        What its next word weighs, tells_true / tells_false, with the 90% band of that ratio.
    denial_ratio
        What its next denial weighs, denies_true / denies_false.
    lag
        Mean days between a happening and its word.
    count_bias, count_spread
        Mean and standard deviation of log(told / true) of its numbers; None where it gave too few.
    """

    words: tuple[str, ...]
    kind: str
    n_told: int
    n_denied: int
    n_watched: int
    tells_true: float
    tells_false: float
    denies_true: float
    denies_false: float
    ratio: float
    ratio_low: float
    ratio_high: float
    denial_ratio: float
    lag: float
    count_bias: float | None = None
    count_spread: float | None = None


@dataclass(frozen=True)
class SourceRecords:
    """Records of named sources, found by the words that name them.

    Examples
    --------
    >>> len(SourceRecords(()))
    0
    """

    records: tuple[SourceRecord, ...]

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[SourceRecord]:
        return iter(self.records)

    def of(self, words: frozenset[str]) -> SourceRecord | None:
        """Find the record of a source: all words that name one are found in the other's; the longest such name."""
        if not words:
            return None
        fitting = [one for one in self.records if words <= set(one.words) or set(one.words) <= words]
        return max(fitting, key=lambda one: (len(words & set(one.words)), one.words), default=None)

    def to_frame(self) -> Any:
        """Give the records as a pandas frame, one row a source."""
        import pandas as pd

        rows = [asdict(one) | {"words": " ".join(one.words)} for one in self.records]
        return pd.DataFrame(rows, columns=[item.name for item in fields(SourceRecord)])

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the records as JSON, whole or not at all."""
        rows = [asdict(one) for one in self.records]
        return write_aside(path, json.dumps({"schema": SCHEMA, "sources": rows}, indent=1).encode())

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> SourceRecords:
        """Read records that `save` wrote.

        Raises
        ------
        TableError
            If the file is no such file, with what is wrong and where.
        """
        try:
            content = json.loads(Path(path).read_text(encoding="utf8"))
            if content["schema"] != SCHEMA:
                raise TableError(
                    f"{path}: schema {content['schema']}, this version reads {SCHEMA}; learn anew"
                )
            return cls(
                tuple(_record(row, f"{path}, source {n}") for n, row in enumerate(content["sources"], 1))
            )
        except (ValueError, KeyError, TypeError, UnicodeDecodeError) as error:
            raise TableError(
                f"{path}: no file of source records ({error}); make one with `garrison link "
                "--learn-sources FILE`"
            ) from error

    def __repr__(self) -> str:
        lines = [f"SourceRecords: {len(self)} sources"]
        for one in self.records[:8]:
            lines.append(
                f"  {' '.join(one.words)[:40]:<40} {one.kind:<16} told {one.n_told} of {one.n_watched}, "
                f"word weighs {one.ratio:.2g} [{one.ratio_low:.2g}, {one.ratio_high:.2g}]"
            )
        return "\n".join(lines + ([f"  ... and {len(self) - 8} more"] if len(self) > 8 else []))


def _record(row: Any, where: str) -> SourceRecord:
    missing = [item.name for item in fields(SourceRecord) if item.name not in row]
    if missing:
        raise TableError(f"{where}: lacks {', '.join(missing)}; learn the sources anew")
    for name in ("ratio", "ratio_low", "ratio_high", "denial_ratio"):
        if not isinstance(row[name], int | float) or not row[name] > 0:
            raise TableError(f"{where}: {name} is {row[name]!r}; a ratio is a number above 0")
    values = {item.name: row[item.name] for item in fields(SourceRecord)}
    return SourceRecord(**values | {"words": tuple(str(word) for word in row["words"])})
