"""Learn which type a clause is of: fit the network of `garrison.coding.learned_types` to the texts of `training/`.

    python tools/train_types.py fit        # fits to everything; writes the table that the package brings
    python tools/train_types.py verify     # first measures on texts of writers left out, and writes result.json

No other library than the package's own is needed; it takes some ten minutes on two cores.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse

from garrison.coding.clause_view import ClauseView, may_open, view_of
from garrison.coding.code_reports import scenes_of
from garrison.coding.frame_table import all_frames
from garrison.coding.frames import match_sentence
from garrison.coding.learned_types import NO_CLAIM, TABLE, meaning_of, softmax
from garrison.coding.word_meanings import word_meanings
from garrison.errors import CountryError
from garrison.evaluation.gold_files import GoldDocument, read_gold
from garrison.records import Claim, Report
from garrison.vocabulary import event_types
from garrison.world import country

ROOT = Path(__file__).parent.parent
TRAINING = ROOT / "training"
TARGET = ROOT / "src" / "garrison" / "coding" / "tables" / TABLE
CODE = ("clause_view.py", "learned_types.py", "word_meanings.py")
TYPES = (NO_CLAIM, *event_types())
MARK = re.compile(r"\{([A-Z_]+):([^\s{}]+)\}")
LINE = re.compile(r"^(?:alone )?(not |[-!~])?([A-Z_]+) *\|(?:[^|]*\|)? *(.*)$")
SETTING = {
    "hidden": 64,
    "rounds": 8,
    "rate": 0.005,
    "decay": 0.01,
    "dropout": 0.4,
    "sign_dropout": 0.3,
    "batch": 512,
    "seed": 1,
}
LEAST_SIGN, LEAST_NOUN = 3, 2
FOLDS = 4
CHOICES = ((0.0, 2.0), *((row, claim) for row in (0.02, 0.05, 0.1) for claim in (0.2, 0.25, 0.3, 0.4)))
# What the processes of `measured` inherit: the coded texts, and the examples of the lines.
OFFERED: list[Any] = []


@dataclass
class Example:
    """A word that may head a claim, what is seen of it, and the type that a reader gave it."""

    signs: np.ndarray
    meaning: np.ndarray
    base: str
    is_open: bool
    label: int
    rows: tuple[str, ...] = ()
    start: int = 0


class EveryWord:
    """Holds any noun: which of them head claims is learned."""

    def __contains__(self, word: object) -> bool:
        return True


class Signs(dict[str, int]):
    """Numbers the signs in the order in which they are met."""

    def __missing__(self, sign: str) -> int:
        self[sign] = len(self)
        return self[sign]


def example_of(view: ClauseView, label: str, rows: tuple[str, ...], start: int, signs: Signs) -> Example:
    numbers = np.array([signs[sign] for sign in view.signs], dtype=np.int32)
    is_open = view.token.pos_ in ("VERB", "AUX") or bool(rows)
    meaning = meaning_of(view, word_meanings())
    return Example(numbers, meaning, view.trigger, is_open, TYPES.index(label), rows, start)


def views_of(report: Report, home: str | None, *, in_crisis: bool) -> Iterator[tuple[Any, list[Any]]]:
    """Give each part of a report and the views of its words with the rows that fit them."""
    for part, scene in scenes_of(report, home):
        if part.name == "comments":
            continue
        scene = replace(scene, in_crisis=scene.in_crisis or in_crisis)
        found: list[tuple[ClauseView, tuple[str, ...]]] = []
        for sentence in scene.sentences:
            fitting: dict[int, list[str]] = {}
            for match in match_sentence(sentence, scene):
                fitting.setdefault(match.trigger.i, []).append(match.frame.type)
            told = {name for names in fitting.values() for name in names}
            for token in sentence:
                if token.i in fitting or may_open(token, EveryWord()):
                    rows = tuple(fitting.get(token.i, ()))
                    found.append((view_of(token, scene, rows, told, in_title=part.name == "title"), rows))
        yield part, found


def head_of(
    claim: Claim, inside: list[tuple[ClauseView, tuple[str, ...]]], free: set[int]
) -> ClauseView | None:
    """Give the word that heads a gold claim: the one whose row has its type, else the highest in the tree."""
    pool = [(view, rows) for view, rows in inside if view.token.i in free]
    ruled = [view for view, rows in pool if claim.type in rows]
    if ruled or not pool:
        return ruled[0] if ruled else None
    places = {view.token.i for view, _ in inside}

    def depth(view: ClauseView) -> int:
        steps, token = 0, view.token
        while token.head.i in places and token.head != token:
            token, steps = token.head, steps + 1
        return steps

    best = min(
        (view for view, _ in pool), key=lambda view: (depth(view), view.token.pos_ != "VERB", view.token.i)
    )
    said = [
        view for view, _ in pool if view.token.head == best.token and view.token.dep_ in ("acomp", "attr")
    ]
    return said[0] if said and best.trigger in ("be", "remain", "stay", "become", "seem") else best


def of_text(document: GoldDocument, signs: Signs) -> list[Example]:
    """Make examples of a coded text."""
    examples = []
    for part, seen in views_of(document.report, known(document.country), in_crisis=False):
        start_of = {view.token.i: part.span(view.token.i, view.token.i + 1)[0] for view, _ in seen}
        labels: dict[int, str] = {}
        for claim in document.claims:
            inside = [pair for pair in seen if claim.char_start <= start_of[pair[0].token.i] < claim.char_end]
            head = head_of(claim, inside, {view.token.i for view, _ in inside} - set(labels))
            if head is not None:
                labels[head.token.i] = claim.type
        examples += [
            example_of(view, labels.get(view.token.i, NO_CLAIM), rows, start_of[view.token.i], signs)
            for view, rows in seen
        ]
    return examples


def known(code: str | None) -> str | None:
    try:
        return country(code).code if code else None
    except CountryError:
        return None


def of_marked_line(line: str, signs: Signs) -> list[Example]:
    """Make examples of a line in which the head of every claim is marked: `{TYPE:word}`."""
    text, labels, at = "", {}, 0
    for mark in MARK.finditer(line):
        text += line[at : mark.start()]
        labels[len(text)] = mark[1]
        text, at = text + mark[2], mark.end()
    report = line_report(text + line[at:])
    return [
        example_of(view, labels.get(start, NO_CLAIM), rows, start, signs)
        for part, seen in views_of(report, None, in_crisis=True)
        for view, rows in seen
        for start in [part.span(view.token.i, view.token.i + 1)[0]]
    ]


def of_typed_line(line: str, signs: Signs) -> list[Example]:
    """Make examples of `TYPE | sentence`, the rows unseen: they were written with these lines in view.

    Of a near miss (`not TYPE | sentence`) every word is an example: what its rows say of it, which were mended until
    none took it for the type. Of other lines only the claim's head is one, since nobody said what else they hold.
    """
    found = LINE.match(line)
    if found is None or found[2] not in TYPES or found[1] == "~":
        return []
    examples = []
    for part, seen in views_of(line_report(found[3].split("//")[-1].strip()), None, in_crisis=True):
        ruled = [(view, found[2]) for view, rows in seen if found[2] in rows]
        roots = [(view, found[2]) for view, _ in seen if view.token.dep_ == "ROOT"]
        told = [(view, rows[0] if rows and rows[0] != found[2] else NO_CLAIM) for view, rows in seen]
        for view, label in told if found[1] else (ruled or roots)[:1]:
            plain = tuple(sign for sign in view.signs if not sign.startswith(("row", "no row")))
            bare = ClauseView(view.token, plain, view.trigger, view.agent, view.objects, view.rest)
            examples.append(example_of(bare, label, (), part.span(view.token.i, view.token.i + 1)[0], signs))
    return examples


def line_report(text: str) -> Report:
    return Report(doc="line", text=text, published=date(2019, 5, 1), article_end=len(text))


def lines_of(paths: Iterable[Path]) -> Iterator[str]:
    for path in sorted(paths):
        yield from (line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def examples_of_rows() -> Iterator[str]:
    """Give the example of every row of the frame table as a line."""
    yield from (f"{frame.type} | {frame.example}" for frame in all_frames() if frame.example)


def from_lines(signs: Signs) -> list[Example]:
    """Make examples of the marked sentences and of the sentences with which rows are tested."""
    marked = lines_of((TRAINING / "sentences").glob("*.txt"))
    typed = [*lines_of((ROOT / "tests" / "coding").glob("*_sentences.txt")), *examples_of_rows()]
    examples = [example for line in marked for example in of_marked_line(line, signs)]
    return examples + [example for line in typed for example in of_typed_line(line, signs)]


def step_of(value: np.ndarray, slope: np.ndarray, memory: list[np.ndarray], rate: float, count: int) -> None:
    """Move weights by Adam with decoupled decay (Loshchilov and Hutter 2019, algorithm 2)."""
    first, second = memory
    first *= 0.9
    first += 0.1 * slope
    second *= 0.999
    second += 0.001 * slope * slope
    size = np.sqrt(second / (1 - 0.999**count)) + 1e-8
    value -= np.float32(rate) * (first / (1 - 0.9**count) / size + np.float32(SETTING["decay"]) * value)


def started(signs: int, meanings: int, chance: np.random.Generator) -> dict[str, np.ndarray]:
    hidden, types = int(SETTING["hidden"]), len(TYPES)
    drawn = {
        "signs": chance.standard_normal((signs, hidden)) * 0.05,
        "meanings": chance.standard_normal((meanings, hidden)) / meanings**0.5,
        "hidden_bias": np.zeros(hidden),
        "types": chance.standard_normal((hidden, types)) / hidden**0.5,
        "type_bias": np.zeros(types),
    }
    return {name: value.astype(np.float32) for name, value in drawn.items()}


def fit(signs: sparse.csr_matrix, meanings: np.ndarray, labels: np.ndarray) -> dict[str, np.ndarray]:
    """Fit the network by cross-entropy, with dropout of signs and of hidden units."""
    chance = np.random.default_rng(int(SETTING["seed"]))
    weights = started(signs.shape[1], meanings.shape[1], chance)
    memory = {name: [np.zeros_like(value), np.zeros_like(value)] for name, value in weights.items()}
    batch, total, count = int(SETTING["batch"]), len(labels), 0
    steps = int(SETTING["rounds"]) * -(-total // batch)
    for _ in range(int(SETTING["rounds"])):
        order = chance.permutation(total)
        for first in range(0, total, batch):
            taken = order[first : first + batch]
            slopes = slopes_of(weights, signs[taken], meanings[taken], labels[taken], chance)
            count += 1
            rate = SETTING["rate"] * (1 - (count - 1) / steps)
            for name, value in weights.items():
                step_of(value, slopes[name], memory[name], rate, count)
    return weights


def slopes_of(
    weights: dict[str, np.ndarray],
    signs: sparse.csr_matrix,
    meanings: np.ndarray,
    labels: np.ndarray,
    chance: np.random.Generator,
) -> dict[str, np.ndarray]:
    """Give the slope of the loss in each weight over one batch."""
    kept = chance.random(len(signs.data)) > SETTING["sign_dropout"]
    signs.data = (signs.data * kept / (1 - SETTING["sign_dropout"])).astype(np.float32)
    before = signs @ weights["signs"] + meanings @ weights["meanings"] + weights["hidden_bias"]
    open_units = (before > 0) * (chance.random(before.shape) > SETTING["dropout"]) / (1 - SETTING["dropout"])
    open_units = open_units.astype(np.float32)
    hidden = before * open_units
    error = softmax(hidden @ weights["types"] + weights["type_bias"])
    error[np.arange(len(labels)), labels] -= 1
    error /= len(labels)
    back = (error @ weights["types"].T) * open_units
    return {
        "signs": np.asarray(signs.T @ back),
        "meanings": meanings.T @ back,
        "hidden_bias": back.sum(axis=0),
        "types": hidden.T @ error,
        "type_bias": error.sum(axis=0),
    }


@dataclass
class Learned:
    """Weights with the signs and nouns that they are for."""

    weights: dict[str, np.ndarray]
    columns: dict[int, int]
    nouns: frozenset[str]

    def chances(self, examples: list[Example]) -> np.ndarray:
        signs, meanings = arrays(examples, self.columns)
        weights = self.weights
        hidden = np.maximum(
            signs @ weights["signs"] + meanings @ weights["meanings"] + weights["hidden_bias"], 0
        )
        chances = softmax(hidden @ weights["types"] + weights["type_bias"])
        for row, example in enumerate(examples):
            if not example.is_open and example.base not in self.nouns:
                chances[row] = np.eye(len(TYPES))[0]
        return chances


def arrays(examples: list[Example], columns: dict[int, int]) -> tuple[sparse.csr_matrix, np.ndarray]:
    rows = [[columns[sign] for sign in example.signs if sign in columns] for example in examples]
    ends = np.cumsum([0, *map(len, rows)])
    places = np.array([column for row in rows for column in row], dtype=np.int64)
    shape = (len(examples), len(columns))
    signs = sparse.csr_matrix((np.ones(len(places), dtype=np.float32), places, ends), shape=shape)
    return signs, np.stack([example.meaning for example in examples])


def learn(examples: list[Example]) -> Learned:
    """Fit to examples; signs and nouns that are too rare are left out."""
    heads = Counter(example.base for example in examples if example.label and not example.is_open)
    nouns = frozenset(word for word, count in heads.items() if count >= LEAST_NOUN)
    examples = [example for example in examples if example.is_open or example.base in nouns]
    counts = Counter(sign for example in examples for sign in example.signs.tolist())
    kept = sorted(sign for sign, count in counts.items() if count >= LEAST_SIGN)
    columns = {sign: column for column, sign in enumerate(kept)}
    signs, meanings = arrays(examples, columns)
    labels = np.array([example.label for example in examples])
    return Learned(fit(signs, meanings, labels), columns, nouns)


def save(learned: Learned, signs: Signs) -> None:
    """Write the table: sign weights as whole numbers of 1/127 of each unit's largest."""
    names = {number: sign for sign, number in signs.items()}
    weights = learned.weights
    scale = np.abs(weights["signs"]).max(axis=0) / 127
    text = {
        "types": TYPES,
        "signs": [names[number] for number in learned.columns],
        "nouns": sorted(learned.nouns),
    }
    stored = {name: np.frombuffer("\n".join(part).encode(), dtype=np.uint8) for name, part in text.items()}
    stored |= {
        f"weights_{name}": value.astype(np.float16) for name, value in weights.items() if name != "signs"
    }
    stored["weights_signs"] = np.round(weights["signs"] / scale).astype(np.int8)
    stored["scale_signs"] = scale.astype(np.float32)
    np.savez_compressed(TARGET, **stored)


def decided(examples: list[Example], chances: np.ndarray, row: float, claim: float) -> list[tuple[int, str]]:
    """Decide as `garrison.coding.weighing` does: place and type of each claim."""
    found = []
    for example, chance in zip(examples, chances, strict=True):
        kept = [name for name in example.rows if chance[TYPES.index(name)] >= row]
        best = int(chance[1:].argmax()) + 1
        found += [(example.start, name) for name in kept]
        if not kept and chance[best] >= claim:
            found.append((example.start, TYPES[best]))
    return found


def right(claims: Iterable[Claim], found: list[tuple[int, str]]) -> int:
    left = list(found)
    count = 0
    for claim in claims:
        hit = next(
            (one for one in left if one[1] == claim.type and claim.char_start <= one[0] < claim.char_end),
            None,
        )
        if hit is not None:
            left.remove(hit)
            count += 1
    return count


def measured(texts: list[tuple[GoldDocument, list[Example], str]], lines: list[Example]) -> dict[str, Any]:
    """Score on texts of writers that were left out, two of eight at a time; the sentences' writers are other ones."""
    scores: Counter[tuple[str, str]] = Counter()
    OFFERED[:] = [texts, lines]
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as two:
        for part in two.map(scores_of_fold, range(FOLDS)):
            scores += part
    return {name: figures(scores, name) for name in dict.fromkeys(name for name, _ in scores)}


def scores_of_fold(fold: int) -> Counter[tuple[str, str]]:
    """Learn without every fourth writer, and count what is right in the texts of those left out."""
    texts, lines = OFFERED
    groups = sorted({group for _, _, group in texts})
    out = {group for place, group in enumerate(groups) if place % FOLDS == fold}
    learned = learn([one for _, part, group in texts if group not in out for one in part] + lines)
    scores: Counter[tuple[str, str]] = Counter()
    for document, examples, group in texts:
        if group not in out or not examples:
            continue
        chances = learned.chances(examples)
        for row, claim in CHOICES:
            found = decided(examples, chances, row, claim)
            name = "rules alone" if claim > 1 else f"row {row:.2f}, claim {claim:.2f}"
            scores[name, "right"] += right(document.claims, found)
            scores[name, "coded"] += len(found)
            scores[name, "gold"] += len(document.claims)
    print(f"fold {fold + 1} of {FOLDS}", file=sys.stderr, flush=True)
    return scores


def figures(scores: Counter[tuple[str, str]], name: str) -> dict[str, float]:
    hit, coded, gold = (scores[name, what] for what in ("right", "coded", "gold"))
    shares = {"precision": hit / coded, "recall": hit / gold, "f1": 2 * hit / (coded + gold)}
    return {what: round(share, 4) for what, share in shares.items()}


def digest() -> str:
    """Give the hash of everything from which the table was made."""
    paths = [path for path in sorted(TRAINING.rglob("*")) if path.suffix in (".txt", ".jsonl", ".toml")]
    paths += sorted((ROOT / "tests" / "coding").glob("*_sentences.txt"))
    paths += [TARGET.parent.parent / name for name in CODE] + [Path(__file__)]
    joined = hashlib.sha256()
    for path in paths:
        joined.update(path.name.encode() + path.read_bytes())
    return joined.hexdigest()


def groups_of(folder: Path) -> dict[str, str]:
    rows = tomllib.loads((folder / "documents.toml").read_text(encoding="utf-8"))
    return {Path(name).stem: str(row["writer"]) for name, row in rows.items()}


def main(task: str) -> None:
    signs = Signs()
    writers = groups_of(TRAINING / "texts")
    texts = [
        (document, of_text(document, signs), writers[document.report.doc])
        for document in read_gold(TRAINING / "texts")
    ]
    lines = from_lines(signs)
    print(f"{len(texts)} texts, {len(lines)} words of sentences", file=sys.stderr)
    if task == "verify":
        result = {
            "digest": digest(),
            "texts": len(texts),
            "claims": sum(len(text[0].claims) for text in texts),
        }
        result |= {"left_out": measured(texts, lines)}
        (TRAINING / "result.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
        print(json.dumps(result["left_out"], indent=1))
    save(learn([one for _, part, _ in texts for one in part] + lines), signs)


if __name__ == "__main__":
    if sys.argv[1:] not in (["fit"], ["verify"]):
        sys.exit("python tools/train_types.py fit|verify")
    main(sys.argv[1])
