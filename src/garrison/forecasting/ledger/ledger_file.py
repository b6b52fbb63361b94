"""The file of a ledger: lines are only ever added, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from garrison.errors import DateError, LedgerError, TableError
from garrison.forecasting.ledger.chain import (
    BrokenLineError,
    Head,
    canonical,
    head_of,
    is_half_written,
    line_after,
    read_line,
    walk,
)
from garrison.forecasting.ledger.entry import Content, Entry, ForecastEntry
from garrison.forecasting.ledger.lock import held
from garrison.forecasting.ledger.settings import setting

#: Where a half-written line is set aside, beside the ledger.
BROKEN_NAME = "{stem}.broken.jsonl"


class LedgerFile:
    """A file of chained lines.

    Parameters
    ----------
    path
        The file; it need not exist yet.
    lock_wait
        Seconds to wait for another process that writes.
    say
        Called with a sentence where something was set aside.
    """

    def __init__(self, path: Path, lock_wait: float, say: Callable[[str], None]) -> None:
        self.path = path
        self.lock_wait = lock_wait
        self.say = say

    @property
    def broken_path(self) -> Path:
        """Where half-written lines are set aside."""
        return self.path.with_name(BROKEN_NAME.format(stem=self.path.stem))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only one who writes."""
        check_place(self.path)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with held(self.path.with_name(f"{self.path.name}.lock"), self.lock_wait):
            yield

    def entries(self) -> Iterator[Entry]:
        """Give the entries from the first on, each held against the line before; none where there is no file.

        Raises
        ------
        LedgerError
            At the first line that does not fit.
        """
        for _, entry in self.lines(pass_over_half_line=True):
            yield entry

    def lines(self, *, pass_over_half_line: bool) -> Iterator[tuple[bytes, Entry]]:
        """Give each line and its entry; the errors name the file."""
        check_place(self.path)
        if not self.path.exists():
            return
        with self.path.open("rb") as stream:
            try:
                yield from walk(stream, pass_over_half_line=pass_over_half_line)
            except BrokenLineError as error:
                raise _named(error, self.path) from None

    def head(self) -> Head:
        """Give the end of the chain, from the last two lines alone.

        Raises
        ------
        LedgerError
            If they do not fit.
        """
        head, _, _ = self._tail()
        return head

    def append(self, contents: Sequence[Content], written: date) -> list[Entry]:
        """Add entries; the caller holds `writing`.

        A half-written last line is set aside first. Where a line cannot be written whole (a full disk), none is.
        """
        for content in contents:
            _check_written(content, written)
        head, size, fragment = self._tail()
        if written < head.written:
            raise DateError(
                f"written {written}: lies before the ledger's last entry ({head.written}); give today's date"
            )
        if fragment:
            self._set_aside(fragment, head, size, written)
        needs_feed = size > 0 and not self._ends_with_feed(size)
        added, text = [], b"\n" if needs_feed else b""
        for content in contents:
            line = line_after(head, content, written)
            if len(line) > setting("limits", "longest_line"):
                raise LedgerError(f"entry {head.number + 1}: takes {len(line):,} bytes, more than a line may")
            added.append(read_line(line[:-1], head))
            head = head_of(line[:-1], added[-1])
            text += line
        self._write(text, size)
        return added

    def _tail(self) -> tuple[Head, int, bytes]:
        """Read the end of the file: the chain's head, the bytes up to there, and a half-written line behind."""
        check_place(self.path)
        if not self.path.exists():
            return Head(), 0, b""
        longest = int(setting("limits", "longest_line"))
        with self.path.open("rb") as stream:
            size = stream.seek(0, os.SEEK_END)
            start = max(0, size - 3 * longest)
            stream.seek(start)
            *lines, last = stream.read(size - start).split(b"\n")
        if len(last) > longest:
            raise LedgerError(
                f"{self.path}: its last line is longer than {longest:,} bytes, which no entry is"
            )
        fragment = last if last and is_half_written(last) else b""
        if last and not fragment:
            lines.append(last)
        if not lines:
            return Head(), 0, fragment
        try:
            return (
                self._head_of(lines[-2:], whole=start == 0 and len(lines) == 1),
                size - len(fragment),
                fragment,
            )
        except BrokenLineError as error:
            raise _named(error, self.path) from None

    def _head_of(self, lines: Sequence[bytes], *, whole: bool) -> Head:
        """Hold the last line against itself and against the one before it."""
        before: Head | None = Head() if whole else None
        if len(lines) == 2:
            first = self._alone(lines[0])
            before = head_of(lines[0], first)
        entry = read_line(lines[-1], before) if before else self._alone(lines[-1])
        return head_of(lines[-1], entry)

    def _alone(self, line: bytes) -> Entry:
        try:
            return read_line(line, None)
        except BrokenLineError:
            # Near the end nothing tells which number the line has: the walk from the first line on does.
            for _ in self.lines(pass_over_half_line=True):
                pass
            raise

    def _ends_with_feed(self, size: int) -> bool:
        with self.path.open("rb") as stream:
            stream.seek(size - 1)
            return stream.read(1) == b"\n"

    def _set_aside(self, fragment: bytes, head: Head, size: int, written: date) -> None:
        """Keep a half-written line in the file beside the ledger, then cut it off; killed between, it is kept twice."""
        row = {
            "set_aside": written.isoformat(),
            "after_entry": head.number,
            "latin1": fragment.decode("latin-1"),
        }
        handle = os.open(self.broken_path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
        try:
            end = os.lseek(handle, 0, os.SEEK_END)
            torn = end > 0 and not _last_byte_is_feed(handle, end)
            _write_all(handle, (b"\n" if torn else b"") + canonical(row) + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)
        handle = os.open(self.path, os.O_RDWR)
        try:
            os.ftruncate(handle, size)
            os.fsync(handle)
        finally:
            os.close(handle)
        self.say(
            f"{self.path}: the last line was half written ({len(fragment)} bytes after entry {head.number}); "
            f"it was set aside in {self.broken_path.name}"
        )

    def _write(self, text: bytes, size: int) -> None:
        is_new = not self.path.exists()
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
        try:
            try:
                _write_all(handle, text)
                os.fsync(handle)
            except BaseException:
                os.ftruncate(handle, size)
                raise
        finally:
            os.close(handle)
        if is_new:
            _keep_folder(self.path.parent)


def check_place(path: Path) -> None:
    """Refuse a path that can be no ledger.

    Raises
    ------
    TableError
        If it is a folder, or something else than an ordinary file, or lies below a file.
    """
    if path.exists() and not path.is_file():
        raise TableError(f"{path}: is no file; give the name of a ledger, such as garrison/ledger.jsonl")
    above = next(folder for folder in path.absolute().parents if folder.exists())
    if not above.is_dir():
        raise TableError(f"{path}: {above} is a file, not a folder; choose another place")


def _check_written(content: Content, written: date) -> None:
    if type(written) is not date:
        raise DateError(f"written {written!r}: give a day (datetime.date)")
    name, day = (
        ("as_of", content.as_of) if isinstance(content, ForecastEntry) else ("resolved", content.resolved)
    )
    if written < day:
        raise DateError(f"{name} {day}: lies after the day of writing, {written}")


def _named(error: BrokenLineError, path: Path) -> BrokenLineError:
    if str(error).startswith(f"{path}: "):
        return error
    named = BrokenLineError(error.line, error.differs, "")
    named.args = (f"{path}: {error}",)
    return named


def _last_byte_is_feed(handle: int, end: int) -> bool:
    os.lseek(handle, end - 1, os.SEEK_SET)
    return os.read(handle, 1) == b"\n"


def _write_all(handle: int, text: bytes) -> None:
    while text:
        text = text[os.write(handle, text) :]


def _keep_folder(folder: Path) -> None:
    """Make a new file's name outlast a power cut, where the system lets folders be flushed."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
