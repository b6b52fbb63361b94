"""Mutated files through the readers: whatever is in a file, it is read, or refused in one line that names it."""

import gzip
import io
import random
import tarfile
import zipfile
from pathlib import Path

from garrison.errors import TableError
from garrison.events.formats import open_events
from garrison.records import Event, arrow_schema

SAMPLES = sorted((Path(__file__).parent / "samples").iterdir())
PIECES = (
    *(
        b"\t",
        b",",
        b'"',
        b'""',
        b"\n",
        b"\r",
        b"\r\n",
        b"\x00",
        b"\xff",
        b"\xe9",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
    ),
    *(
        b"0000-00-00",
        b"9999-99-99",
        b"-99",
        b"1e999",
        b"nan",
        b"inf",
        b"None",
        b"NULL",
        b"';--",
        b"%s",
        b"\\N",
    ),
    *(
        b"20170231",
        b"99999999999999999999999",
        b"\xf0\x9f\x92\xa3",
        b"\xe2\x80\xae",
        b"\x1f",
        b";" * 50,
        b" " * 300,
    ),
)


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Change a file at a few places: pieces put in, bytes changed, stretches lost, doubled or moved."""
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        start = chance.randrange(len(content) + 1)
        end = min(len(content), start + chance.choice((1, 3, 30, 400)))
        kind = chance.randrange(6)
        if kind == 0:
            content = content[:start] + chance.choice(PIECES) + content[start:]
        elif kind == 1:
            content = content[:start] + bytes(chance.randrange(256) for _ in range(3)) + content[end:]
        elif kind == 2:
            content = content[:start] + content[end:]
        elif kind == 3:
            content = content[:end] + content[start:end] * chance.choice((1, 2, 9)) + content[end:]
        elif kind == 4:
            lines = content.split(b"\n")
            chance.shuffle(lines)
            content = b"\n".join(lines)
        else:
            content = content[:start]
    return content


def packed(content: bytes, chance: random.Random) -> bytes:
    """Pack a file in one of the ways that are read, and sometimes damage what comes out."""
    way = chance.randrange(8)
    sheet = io.BytesIO()
    if way == 0:
        content = gzip.compress(content, 1)
    elif way == 1:
        with zipfile.ZipFile(sheet, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(chance.choice(("a.csv", "b/c.txt", "../d.csv")), content)
        content = sheet.getvalue()
    elif way == 2:
        with tarfile.open(fileobj=sheet, mode="w:gz") as archive:
            entry = tarfile.TarInfo("a.csv")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        content = sheet.getvalue()
    return mutated(content, chance) if way < 3 and chance.random() < 0.6 else content


def read_mutated(seeds: range, folder: Path) -> int:
    """Read one mutated file for each seed, and check what was said of it; give how many were read at all."""
    schema, n_read, refused = arrow_schema(Event), 0, {}
    for seed in seeds:
        chance = random.Random(seed)
        sample = chance.choice(SAMPLES)
        path = folder / "file.csv"
        path.write_bytes(packed(mutated(sample.read_bytes(), chance), chance))
        try:
            opened = open_events(path)
            for batch in opened.batches():
                assert batch.schema.equals(schema)
        except TableError as error:
            refused[seed] = str(error)
            continue
        tally = opened.tally
        assert tally.rows == tally.kept + tally.set_aside + tally.repeated + tally.no_events, f"seed {seed}"
        assert opened.rejects.num_rows == tally.set_aside, f"seed {seed}"
        n_read += 1
    for seed, message in refused.items():
        assert str(path) in message, f"seed {seed}: the file is not named: {message}"
        assert "\n" not in message, f"seed {seed}"
    return n_read
