"""Learn which type a clause is of: fit the network of `garrison.coding.learned_types` to the texts of `training/`.

    python tools/train_types.py fit        # fits to everything; writes the table that the package brings
    python tools/train_types.py verify     # first measures on texts of writers left out, and writes result.json

No other library than the package's own is needed; it takes some ten minutes on two cores.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
from training_examples import ROOT, TRAINING, TYPES, Example, Signs, from_lines, from_texts

from garrison.coding.learned_types import TABLE, softmax
from garrison.evaluation.gold_files import GoldDocument
from garrison.records import Claim

TARGET = ROOT / "src" / "garrison" / "coding" / "tables" / TABLE
CODE = ("clause_view.py", "learned_types.py", "word_meanings.py")
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
    paths += [TARGET.parent.parent / name for name in CODE] + [
        Path(__file__),
        Path(__file__).with_name("training_examples.py"),
    ]
    joined = hashlib.sha256()
    for path in paths:
        joined.update(path.name.encode() + path.read_bytes())
    return joined.hexdigest()


def main(task: str) -> None:
    signs = Signs()
    texts = from_texts(signs)
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
