"""Commit: what is written aside becomes part of the store in one step, and a broken-off one is finished or undone.

1. Every new file is written into the staging folder and brought to the disk.
2. The manifest is renamed over the old one. **This is the commit**: before it nothing of the append is in the store,
   after it all of it is.
3. Files that the commit replaces are deleted, then the new ones are moved to their places.

A kill before 2 leaves a staging folder that nobody reads and the next writer sweeps. A kill after 2 leaves files in
staging that the manifest names: the store's own readers find them there, and whoever opens the store next moves them.
So a plain reader of the folder never sees a row that is not committed, and never sees one twice.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from garrison.errors import StoreError, TableError
from garrison.events.store.layout import Layout
from garrison.events.store.lock import write_lock
from garrison.events.store.manifest import Manifest, read_manifest, sync_folder, write_manifest


def prepare(layout: Layout) -> None:
    """Make the folders of a store.

    Raises
    ------
    TableError
        If the place may not be written to.
    """
    try:
        layout.inner.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TableError(
            f"{error.filename}: the event store cannot be made there ({error.strerror}); "
            "name another folder with --home"
        ) from None
    if not os.access(layout.inner, os.W_OK):
        raise TableError(f"{layout.inner}: may not be written to; name another folder with --home")


def sync_file(path: Path) -> None:
    """Bring a written file to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def commit(layout: Layout, manifest: Manifest) -> None:
    """Make a state whose new files lie in its staging folder the committed one, and move them to their places.

    The caller holds the lock; every new file is on the disk already.
    """
    for folder, _, _ in os.walk(layout.staging(manifest.generation)):
        sync_folder(Path(folder))
    write_manifest(layout, manifest)
    settle(layout, manifest)


def settle(layout: Layout, manifest: Manifest) -> None:
    """Bring the folders to what a committed state says: replaced files gone, new ones at their places, rest swept.

    Does nothing where that is so already, and may be broken off and repeated at any point. The caller holds the lock.
    """
    for file in manifest.dropped:
        (layout.root / file).unlink(missing_ok=True)
    staging = layout.staging(manifest.generation)
    if staging.exists():
        folders = set()
        for file in manifest.files():
            staged = layout.staged(manifest.generation, file)
            if staged.exists():
                target = layout.root / file
                if not target.parent.exists():
                    target.parent.mkdir(parents=True)
                    folders.add(target.parent.parent)
                staged.replace(target)
                folders.add(target.parent)
        for folder in sorted(folders):
            sync_folder(folder)
    if staging.parent.exists():
        shutil.rmtree(staging.parent)


def settle_if_free(layout: Layout) -> None:
    """Finish a broken-off commit where nobody is writing and the place may be written to; else leave it."""
    if not (layout.inner / "staging").exists() or not os.access(layout.inner, os.W_OK):
        return
    try:
        with write_lock(layout, wait=0):
            settle(layout, read_manifest(layout))
    except (StoreError, OSError):
        return
