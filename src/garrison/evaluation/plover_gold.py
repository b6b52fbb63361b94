"""How well PLOVER roots are told on gold with source and target given, and how well a peer tells them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from garrison.coding.parsing import parse
from garrison.coding.plover_lexicon import quad_of, roots
from garrison.coding.plover_root import plover_root
from garrison.coding.tables import table
from garrison.errors import InputError, TableError, nearest
from garrison.scoring import ClassScore, label_scores, macro_f1

if TYPE_CHECKING:
    from spacy.tokens import Doc

_COLUMNS = ("marked_sentence", "gold_root", "gold_penta")
_PEER = "root_L2"
_PEER_QUAD = "penta_L2"
_MARK = re.compile(r"</?[st]>")


@dataclass(frozen=True, slots=True)
class RootScores:
    """Figures of one coder: macro-F1 of roots and of quads, accuracy of roots, and the scores of each class."""

    root_macro_f1: float
    accuracy: float
    quad_macro_f1: float
    roots: tuple[ClassScore, ...]
    quads: tuple[ClassScore, ...]


@dataclass(frozen=True, slots=True)
class PloverScore:
    """What the rules, and the peer where its column is there, reach on the same rows; what was set aside and why."""

    n_rows: int
    rules: RootScores
    peer: RootScores | None
    set_aside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PloverRow:
    """One row of gold: the sentence, the characters of source and target, the right root and quad, the peer's."""

    line: int
    sentence: str
    source: tuple[int, int] | None
    target: tuple[int, int] | None
    gold_root: str
    gold_quad: str
    peer_root: str | None = None
    peer_quad: str | None = None


def score_plover(path: Path | str) -> PloverScore:
    r"""Score the roots that the rules tell on a file of gold.

    Parameters
    ----------
    path
        Tab-separated, UTF-8, with the columns `marked_sentence` (the source between <s> and </s>, the target
        between <t> and </t>), `gold_root`, `gold_penta`; with `root_L2` (and `penta_L2`) the peer is scored too.

    Returns
    -------
    PloverScore
        With the rows that cannot be used named by line.

    Raises
    ------
    InputError
        If the file cannot be read.
    TableError
        If a column is missing, or no row can be used.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> lines = ["marked_sentence\tgold_root\tgold_penta", "<s>Mali</s> jailed <t>a poet</t>.\tCOERCE\t4"]
    >>> _ = (folder / "gold.tsv").write_text("\n".join(lines), encoding="utf8")
    >>> score_plover(folder / "gold.tsv").rules.root_macro_f1
    1.0
    """
    rows, set_aside = read_plover(path)
    told = [predicted_root(row) for row in rows]
    rules = _scores(rows, told, [quad_of_gold_root(root) for root in told])
    peer = None
    if all(row.peer_root is not None for row in rows):
        peer_roots = [row.peer_root or "" for row in rows]
        quads = [row.peer_quad or quad_of_gold_root(row.peer_root or "") for row in rows]
        peer = _scores(rows, peer_roots, quads)
    return PloverScore(len(rows), rules, peer, tuple(set_aside))


def read_plover(path: Path | str) -> tuple[list[PloverRow], list[str]]:
    """Read a file of gold; see `score_plover` for its columns.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    tuple
        The rows that can be used, and one sentence for each that cannot.

    Raises
    ------
    InputError
        If the file cannot be read.
    TableError
        If a column is missing, or no row can be used.

    Examples
    --------
    >>> read_plover("nowhere.tsv")
    Traceback (most recent call last):
    garrison.errors.InputError: nowhere.tsv cannot be read: No such file or directory. Give a TSV file of gold.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise InputError(f"{path} cannot be read: {why}. Give a TSV file of gold.") from error
    rows: list[PloverRow] = []
    set_aside: list[str] = []
    for line, cells in _table_rows(text, path):
        row = _row(line, cells)
        if isinstance(row, str):
            set_aside.append(f"{path}, line {line}: {row}")
        else:
            rows.append(row)
    if not rows:
        why = set_aside[0] if set_aside else f"{path}: only a header"
        raise TableError(f"{path} has no row that can be used. {why}")
    return rows, set_aside


def _table_rows(text: str, path: Path | str) -> Iterator[tuple[int, dict[str, str]]]:
    """Give each row of a table with the line on which it ends, its cells by column."""
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t")
    try:
        header = [name.strip() for name in reader.fieldnames or ()]
        reader.fieldnames = header
        for column in _COLUMNS:
            if column not in header:
                raise TableError(f"{path}, line 1: no column {column!r}. {nearest(column, header)}")
        for cells in reader:
            yield reader.line_num, {key: cells[key] or "" for key in header}
    except csv.Error as error:
        raise TableError(
            f"{path}, after line {reader.line_num}: {error}. Give a tab-separated file."
        ) from error


def predicted_root(row: PloverRow) -> str:
    """Tell the root of a row in the names of the gold; an empty word where the rules find nothing.

    Examples
    --------
    >>> predicted_root(PloverRow(2, "Mali freed a poet.", (0, 4), (11, 17), "YIELD", "2"))
    'YIELD'
    """
    root = plover_root(_parsed(row.sentence), row.source, row.target)
    return _gold_name(root) if root else ""


def quad_of_gold_root(root: str) -> str:
    """Give the quad of a root by the names of the gold; an empty word for a name that it does not have.

    Examples
    --------
    >>> quad_of_gold_root("YIELD"), quad_of_gold_root("AID"), quad_of_gold_root("")
    ('2', '2', '')
    """
    named = {_gold_names().get(name, name): quad_of(name) for name in roots()}
    return named.get(_gold_names().get(root, root), "")


def _row(line: int, cells: dict[str, str]) -> PloverRow | str:
    """Read one row; a sentence says why it cannot be used."""
    root, quad = _gold_name(cells["gold_root"]), cells["gold_penta"].strip()
    if not quad_of_gold_root(root):
        return f"gold_root is {root!r}, which is no PLOVER root. {nearest(root, _known_roots())}"
    if quad not in {"1", "2", "3", "4"}:
        return f"gold_penta is {quad!r}; it must be 1, 2, 3 or 4."
    sentence, source, target = unmarked(cells["marked_sentence"])
    if not sentence.strip():
        return "marked_sentence is empty."
    if source is None and target is None:
        return "marked_sentence marks neither a source (<s>...</s>) nor a target (<t>...</t>)."
    peer = cells.get(_PEER)
    return PloverRow(
        line=line,
        sentence=sentence,
        source=source,
        target=target,
        gold_root=root,
        gold_quad=quad,
        peer_root=None if peer is None else _gold_name(peer),
        peer_quad=(cells.get(_PEER_QUAD) or "").strip() or None,
    )


def unmarked(marked: str) -> tuple[str, tuple[int, int] | None, tuple[int, int] | None]:
    """Take the marks out of a sentence and give where the first source and the first target stand.

    Parameters
    ----------
    marked
        With <s>, </s>, <t>, </t>; marks may be nested or repeated.

    Returns
    -------
    tuple
        The sentence; first character of the source and the one after its last, or None; those of the target.

    Examples
    --------
    >>> unmarked("<s>Mali</s> hailed <t>Chad</t>.")
    ('Mali hailed Chad.', (0, 4), (12, 16))
    """
    pieces: list[str] = []
    length, begun = 0, 0
    opened: dict[str, int] = {}
    found: dict[str, tuple[int, int]] = {}
    for mark in [*_MARK.finditer(marked), None]:
        piece = marked[begun : mark.start() if mark else None]
        pieces.append(piece)
        length += len(piece)
        if mark is None:
            break
        begun = mark.end()
        name = mark.group()[-2]
        if "/" not in mark.group():
            opened[name] = length
        elif name in opened and length > opened[name]:
            found.setdefault(name, (opened.pop(name), length))
    sentence = "".join(pieces)
    spans = {name: at for name, at in found.items() if any(map(str.isalnum, sentence[slice(*at)]))}
    return sentence, spans.get("s"), spans.get("t")


def _scores(rows: list[PloverRow], told: list[str], quads: list[str]) -> RootScores:
    gold = [row.gold_root for row in rows]
    by_root = label_scores(gold, told)
    by_quad = label_scores([row.gold_quad for row in rows], quads)
    right = sum(said == wanted for said, wanted in zip(told, gold, strict=True))
    return RootScores(
        root_macro_f1=macro_f1(by_root),
        accuracy=right / len(rows),
        quad_macro_f1=macro_f1(by_quad),
        roots=tuple(by_root),
        quads=tuple(by_quad),
    )


@lru_cache(maxsize=32)
def _parsed(sentence: str) -> Doc:
    return parse(sentence)


@cache
def _gold_names() -> dict[str, str]:
    """Give the names that the gold has for today's roots, where they differ."""
    names: dict[str, str] = table("plover")["older_names"]
    return names


def _gold_name(root: str) -> str:
    name = root.strip().upper()
    return _gold_names().get(name, name)


def _known_roots() -> Iterator[str]:
    yield from (_gold_name(root) for root in roots())
