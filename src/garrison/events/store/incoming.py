"""A file that is to be imported: its digest, its events, and the rows of it that are no events."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet

from garrison.errors import TableError

#: Rows that are read together from Parquet.
_ROWS_OF_BATCH = 1 << 18


class Incoming:
    """A file of events: Parquet with our columns, or any format of event data that is known.

    Parameters
    ----------
    path
        The file.
    form
        Name of its format; told by its content if None.

    Raises
    ------
    TableError
        If there is no such file, or its format is unknown.
    """

    def __init__(self, path: str | os.PathLike[str], form: str | None = None) -> None:
        self.path, self.form = Path(path), form
        if not self.path.is_file():
            what = "is a folder; name the files in it" if self.path.is_dir() else "there is no such file"
            raise TableError(f"{self.path}: {what}")
        self._opened: Any = None
        self._parquet: Any = None
        if form is None and self._is_parquet():
            self._parquet = self._open_parquet()
        else:
            from garrison.events.formats import open_events

            self._opened = open_events(self.path, format=form)

    def _is_parquet(self) -> bool:
        with self.path.open("rb") as file:
            return file.read(4) == b"PAR1" or self.path.suffix.lower() == ".parquet"

    def _open_parquet(self) -> Any:
        try:
            found = parquet.ParquetFile(self.path)
            texts = [
                field.name
                for field in found.schema_arrow
                if field.name != "id"
                and (pa.types.is_string(field.type) or pa.types.is_large_string(field.type))
            ]
            return parquet.ParquetFile(self.path, read_dictionary=texts)
        except (OSError, ValueError) as error:
            raise TableError(f"{self.path}: is damaged Parquet ({error}); fetch it again") from None

    def digest(self) -> str:
        """Tell the file's content, and the format that it is read as, from every other."""
        with self.path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        return f"{found}:{self.form}" if self.form else found

    @property
    def n_expected(self) -> int:
        """About how many events it has, 0 if that is not known before it is read."""
        return int(self._parquet.metadata.num_rows) if self._parquet is not None else 0

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Read its events, batch by batch.

        Raises
        ------
        TableError
            If it breaks off or is not of its format.
        """
        if self._opened is not None:
            yield from self._opened.batches()
            return
        try:
            yield from self._parquet.iter_batches(batch_size=_ROWS_OF_BATCH)
        except (OSError, ValueError) as error:
            raise TableError(f"{self.path}: is damaged Parquet ({error}); fetch it again") from None

    def rejects(self) -> pa.Table | None:
        """Give the rows that are no events, with line and reason, once all is read; None where there are none."""
        if self._opened is None:
            return None
        found: pa.Table = self._opened.rejects
        return found if found.num_rows else None

    def tally(self) -> str:
        """Say what its rows became, once all is read; empty for Parquet."""
        return "" if self._opened is None else str(self._opened.tally)
