"""Where the files of an event store lie, and which of them other programs may read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from garrison.errors import TableError

#: Ending of a file that is written but not yet part of the layout; no reader of `*.parquet` finds it.
ASIDE = ".part"


@dataclass(frozen=True, slots=True)
class Layout:
    """The folders of one store.

    `<home>/events/year=2017/part-000001-000.parquet` is what every reader of hive-partitioned Parquet sees. All else
    lies in `<home>/events/_store/`: `manifest.json` says which parts are committed, `staging/` holds what is being
    written, `index/` which rows are known, `counts/` what each part counts, `set_aside/` what was refused.

    Parameters
    ----------
    root
        The folder `<home>/events`.
    """

    root: Path

    @property
    def inner(self) -> Path:
        """The folder of everything that is not a part."""
        return self.root / "_store"

    @property
    def manifest(self) -> Path:
        """The file that says what is committed."""
        return self.inner / "manifest.json"

    @property
    def lock(self) -> Path:
        """The file that a writer holds."""
        return self.inner / "lock"

    def staging(self, generation: int) -> Path:
        """Give the folder in which the files of one commit are written."""
        return self.inner / "staging" / f"{generation:06d}"

    def staged(self, generation: int, file: str) -> Path:
        """Give where a file of a commit lies until it is moved to its place."""
        return self.staging(generation) / (file + ASIDE)

    def place(self, generation: int, file: str) -> Path:
        """Give where a committed file lies now: at its place, or still in the staging of the last commit."""
        final = self.root / file
        staged = self.staged(generation, file)
        return staged if staged.exists() and not final.exists() else final


def layout_of(home: str | os.PathLike[str]) -> Layout:
    """Find the store of a project folder.

    Parameters
    ----------
    home
        The project folder; it need not exist yet.

    Raises
    ------
    TableError
        If it, or the store's folder in it, is a file.

    Examples
    --------
    >>> layout_of("garrison").root.as_posix()
    'garrison/events'
    """
    root = Path(home) / "events"
    for folder in (root / "_store", root, *root.absolute().parents):
        if folder.exists() and not folder.is_dir():
            raise TableError(
                f"{folder}: is a file, so no event store can lie there; name another folder with --home"
            )
    return Layout(root)


def part_file(year: int, generation: int, number: int) -> str:
    """Name a part: its year's folder, the commit that wrote it, its number there.

    Examples
    --------
    >>> part_file(2017, 12, 3)
    'year=2017/part-000012-003.parquet'
    """
    return f"year={year}/part-{generation:06d}-{number:03d}.parquet"


def counts_file(part: str) -> str:
    """Name the side file that holds what a part counts.

    Examples
    --------
    >>> counts_file("year=2017/part-000012-003.parquet")
    '_store/counts/2017-part-000012-003.counts'
    """
    folder, name = part.split("/")
    return f"_store/counts/{folder.removeprefix('year=')}-{name.removesuffix('.parquet')}.counts"
