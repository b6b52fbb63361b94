"""A process that appends to a store in children of its own and kills them: after a time, or at their n-th system call.

Reads one job a line from standard input: home, first and last number of the events, a kind (`after` seconds, `call` n,
or `none`), its value; answers `acknowledged` or `killed`, and how many calls were made.
"""

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import numpy as np
from made_events import made_events

from garrison.events.store import EventStore
from garrison.events.store.hash_kernels import insert_keys, look_up
from garrison.events.store.row_hashes import row_hashes

CALLS = ("replace", "rename", "fsync", "unlink", "mkdir", "rmdir", "open", "ftruncate", "close")


class Fuse:
    """Counts calls of the operating system and kills the process before or after the n-th."""

    def __init__(self, at: int) -> None:
        self.at, self.n = at, 0
        for name in CALLS:
            setattr(os, name, self._wrapped(getattr(os, name)))

    def _wrapped(self, function: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            self._tick()
            found = function(*args, **kwargs)
            self._tick()
            return found

        return call

    def _tick(self) -> None:
        self.n += 1
        if self.n == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


def append(home: str, first: int, last: int, pipe: int, at: int) -> None:
    events = made_events(range(first, last)).table.to_batches(max_chunksize=20)
    fuse = Fuse(at)
    done = EventStore(home).append(events, origin="trial", digest=f"{first}-{last}")
    assert done.again or done.n_added == last - first, done
    os.write(pipe, f"acknowledged {fuse.n}".encode())
    os._exit(0)


def warm() -> None:
    """Load the compiled loops once for all children; no thread is started that a child would miss."""
    keys, contents = row_hashes(made_events(range(3)).table, 1)
    said = np.zeros(3, np.int8)
    table = np.zeros(4096, np.uint64)
    insert_keys(table, table.copy(), np.uint64(54), keys, contents, said)
    segment = np.sort(keys)
    segment.flags.writeable = False
    look_up(segment, segment, keys, contents, np.argsort(keys), said)


def main() -> None:
    warm()
    for line in sys.stdin:
        home, first, last, kind, value = line.split()
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                append(home, int(first), int(last), writer, int(value) if kind == "call" else -1)
            finally:
                os._exit(1)
        os.close(writer)
        if kind == "after":
            time.sleep(float(value))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        said = os.read(reader, 100).decode() or "killed 0"
        os.close(reader)
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0:
            said = "failed 0"
        print(said, flush=True)


if __name__ == "__main__":
    main()
