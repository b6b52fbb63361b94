"""The manifest: which files of a store are committed. What it does not name is not in the store."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from garrison.errors import StoreError
from garrison.events.store.layout import Layout

VERSION = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One committed Parquet file: where, of which year, how many rows and bytes, its digest, its columns."""

    file: str
    year: int
    rows: int
    bytes: int
    sha256: str
    counts: str
    columns: str


@dataclass(frozen=True, slots=True)
class Segment:
    """One committed piece of the index of known rows."""

    file: str
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Appended:
    """What one append did: rows added, already known, and set aside for the same id with other content.

    `n_unusable` are rows set aside since they have no id or no date. `again` is true where the same file had been
    appended before, so that nothing was read; the other numbers are then those of that time.
    """

    origin: str
    digest: str
    n_added: int
    n_known: int
    n_other_content: int
    n_unusable: int = 0
    set_aside: str | None = None
    again: bool = False

    def __repr__(self) -> str:
        if self.again:
            return f"{self.origin}: imported before, nothing added"
        words = f"{self.origin}: {self.n_added} added, {self.n_known} already known"
        if self.n_other_content:
            words += f", {self.n_other_content} set aside (id known with other content)"
        if self.n_unusable:
            words += f", {self.n_unusable} set aside (no id or no date)"
        return words


@dataclass(frozen=True, slots=True)
class Manifest:
    """One committed state of a store.

    Parameters
    ----------
    generation
        How many commits led to it.
    salt
        Seeds the hashes by which rows are known, so that nobody can make two rows collide on purpose.
    parts, segments, appends
        What it holds.
    dropped
        Files that the last commit replaced; they are deleted after it.
    """

    generation: int
    salt: int
    parts: tuple[Part, ...] = ()
    segments: tuple[Segment, ...] = ()
    appends: tuple[Appended, ...] = ()
    dropped: tuple[str, ...] = ()

    @property
    def n_rows(self) -> int:
        """Events in the store."""
        return sum(part.rows for part in self.parts)

    def files(self) -> list[str]:
        """List every file that the state needs, relative to the store's root."""
        asides = [done.set_aside for done in self.appends if done.set_aside]
        found = [file for part in self.parts for file in (part.file, part.counts)]
        return [*found, *(segment.file for segment in self.segments), *asides]


def _body(manifest: Manifest) -> dict[str, Any]:
    return dataclasses.asdict(manifest)


def _digest(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def read_manifest(layout: Layout) -> Manifest:
    """Read the committed state of a store; one that was never written to is empty.

    Raises
    ------
    StoreError
        If the manifest is damaged, missing beside parts, or of a later version of Garrison.
    """
    try:
        text = layout.manifest.read_bytes()
    except FileNotFoundError:
        if any(layout.root.glob("year=*/part-*.parquet")):
            raise StoreError(
                f"{layout.manifest}: is missing, but there are parts. {_rescue(layout)}"
            ) from None
        return Manifest(0, secrets.randbits(63))
    try:
        whole = json.loads(text)
        version, body = whole["version"], whole["body"]
        right = whole["sha256"] == _digest(body)
    except (ValueError, KeyError, TypeError):
        version, body, right = VERSION, {}, False
    if right and version != VERSION:
        raise StoreError(
            f"{layout.manifest}: written by a later Garrison (form {version}, this one reads {VERSION}); update it"
        )
    if not right:
        raise StoreError(f"{layout.manifest}: is damaged. {_rescue(layout)}")
    return Manifest(
        generation=body["generation"],
        salt=body["salt"],
        parts=tuple(Part(**row) for row in body["parts"]),
        segments=tuple(Segment(**row) for row in body["segments"]),
        appends=tuple(Appended(**row) for row in body["appends"]),
        dropped=tuple(body["dropped"]),
    )


def _rescue(layout: Layout) -> str:
    return (
        "Restore it from a copy, or import the parts into a new store: "
        f"garrison import {layout.root}/year=*/part-*.parquet --home NEW_FOLDER"
    )


def write_manifest(layout: Layout, manifest: Manifest) -> None:
    """Make a state the committed one: written beside, brought to the disk, then renamed over the old one."""
    body = _body(manifest)
    text = json.dumps({"version": VERSION, "sha256": _digest(body), "body": body}, indent=0)
    neighbour = layout.manifest.with_name("manifest.json.part")
    with neighbour.open("wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    neighbour.replace(layout.manifest)
    sync_folder(layout.inner)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
