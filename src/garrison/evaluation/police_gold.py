"""The coder on IndiaPoliceEvents: what police did and failed to do, sentence by sentence, as trained readers coded it.

The corpus (Halterman, Keith, Sarwar and O'Connor 2021, Findings of ACL) asks of every sentence of 1,257 articles
whether police killed, arrested, used force or failed to act. Its text carries no licence: it is read, never kept.
"""

from __future__ import annotations

import csv
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from garrison.errors import TableError
from garrison.records import Claim, Report
from garrison.scoring import ClassScore, set_scores

POLICE_LABELS = ("KILL", "ARREST", "FORCE", "FAIL")
_COLUMNS = ("doc_id", "sent_id", "sent_text", *POLICE_LABELS)
# The corpus holds articles of March 2002; a text that does not name its day is taken to be of the month's end.
_PUBLISHED = date(2002, 3, 31)
_COUNTRY = "IND"


@dataclass(frozen=True, slots=True)
class PoliceSentence:
    """One sentence of the corpus: its document, its place in it, its words, and the labels that readers gave."""

    doc: str
    number: int
    text: str
    gold: frozenset[str]


@dataclass(frozen=True, slots=True)
class PoliceScores:
    """How well the coder answers the corpus: a score a label, how much was read, and the rows set aside."""

    scores: tuple[ClassScore, ...]
    n_sentences: int
    n_documents: int
    rejected: tuple[str, ...] = ()

    @property
    def f1(self) -> dict[str, float]:
        """F1 of each label, in the order KILL, ARREST, FORCE, FAIL."""
        return {score.label: score.f1 for score in self.scores}


def score_police(path: str | Path) -> PoliceScores:
    """Code every document of a file of the corpus and score the labels of its sentences.

    Parameters
    ----------
    path
        A CSV file with the columns doc_id, sent_id, sent_text, KILL, ARREST, FORCE and FAIL (0 or 1); others are
        not read.

    Returns
    -------
    PoliceScores
        Precision, recall and F1 of each label over all sentences; bad rows are named in `rejected`.

    Raises
    ------
    TableError
        If the file cannot be read, lacks a column, or holds no good row.
    """
    sentences, rejected = read_police(path)
    predicted: list[frozenset[str]] = []
    documents = list(_documents(sentences))
    for document in documents:
        predicted += police_labels_of(document)
    scores = set_scores([sentence.gold for sentence in sentences], predicted, POLICE_LABELS)
    return PoliceScores(tuple(scores), len(sentences), len(documents), tuple(rejected))


def read_police(path: str | Path) -> tuple[list[PoliceSentence], list[str]]:
    """Read the sentences of a file of the corpus, document by document.

    Parameters
    ----------
    path
        A CSV file, as for `score_police`.

    Returns
    -------
    tuple
        The sentences in the order of their documents and places; and what is wrong with each row set aside.

    Raises
    ------
    TableError
        If the file cannot be read, lacks a column, or holds no good row.
    """
    try:
        with Path(path).open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise TableError(
                    f"{path}: no column {', '.join(missing)}. A file of IndiaPoliceEvents has the columns "
                    f"{', '.join(_COLUMNS)}."
                )
            sentences, rejected = _read_rows(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TableError(f"{path}: cannot be read as a CSV file in UTF-8: {error}") from error
    if not sentences:
        raise TableError(
            f"{path}: no row can be used. {rejected[0] if rejected else 'The file has no rows.'}"
        )
    return _in_order(sentences), rejected


def police_labels_of(document: list[PoliceSentence]) -> list[frozenset[str]]:
    """Code one document and tell the labels of each of its sentences.

    Parameters
    ----------
    document
        The sentences of one document, in order. They are joined by line ends.

    Returns
    -------
    list of frozenset
        The labels of each sentence; a claim counts for the sentence in which it begins.

    Examples
    --------
    >>> lines = ["Rioters burned shops in the town.", "Police arrested forty rioters after the riot."]
    >>> document = [PoliceSentence("a", at, line, frozenset()) for at, line in enumerate(lines)]
    >>> [sorted(labels) for labels in police_labels_of(document)]
    [[], ['ARREST']]
    """
    from garrison.coding.code_reports import code_report

    starts, text = [], ""
    for sentence in document:
        starts.append(len(text))
        # One character for each, so that line ends within a sentence neither cut it nor move what follows.
        text += sentence.text.translate(_ONE_LINE) + "\n"
    found: list[set[str]] = [set() for _ in document]
    report = Report(document[0].doc, text, _PUBLISHED, article_start=0, article_end=len(text))
    for claim in code_report(report, _COUNTRY):
        found[bisect_right(starts, claim.char_start) - 1] |= labels_of(claim)
    return [frozenset(labels) for labels in found]


def labels_of(claim: Claim) -> set[str]:
    """Tell which questions of the corpus a claim answers with yes, by `police_labels.toml`.

    Examples
    --------
    >>> day = date(2002, 3, 1)
    >>> told = Claim("a#1", "a", 0, 9, "shot them", "REPRESSION_LETHAL", "reported_fact", day, actor_sector="COP")
    >>> sorted(labels_of(told))
    ['FORCE', 'KILL']
    """
    table = _mapping()
    if claim.certainty in table["unanswered"]["certainty"]:
        return set()
    found = {row["name"] for row in table["label"] if _answers(row, claim)}
    return found.union(*(table["implies"].get(label, ()) for label in found))


def _answers(row: dict[str, Any], claim: Claim) -> bool:
    if claim.type not in row["types"] or (claim.actor_sector or "") not in row["sectors"]:
        return False
    if row.get("modes") and claim.plover_mode not in row["modes"]:
        return False
    if row["told"] == "done":
        return not claim.negated
    own_word = bool(claim.sources) and claim.sources[0].kind in ("official", "security_force")
    return claim.negated and not own_word


@cache
def _mapping() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("police_labels.toml").read_text(encoding="utf8"))


_ONE_LINE = {ord(mark): " " for mark in "\n\r\v\f\u0085\u2028\u2029"}


def _read_rows(reader: Iterable[dict[str, Any]]) -> tuple[list[PoliceSentence], list[str]]:
    sentences: list[PoliceSentence] = []
    rejected: list[str] = []
    seen: set[tuple[str, int]] = set()
    for number, row in enumerate(reader, start=1):
        fault = _fault_of(row)
        if fault is None and (row["doc_id"], int(row["sent_id"])) in seen:
            fault = f"sentence {row['sent_id']} of document {row['doc_id']} stands there twice"
        if fault is not None:
            rejected.append(f"row {number}: {fault}")
            continue
        place = (row["doc_id"], int(row["sent_id"]))
        seen.add(place)
        gold = frozenset(label for label in POLICE_LABELS if row[label] == "1")
        sentences.append(PoliceSentence(*place, row["sent_text"], gold))
    return sentences, rejected


def _fault_of(row: dict[str, Any]) -> str | None:
    """Tell what is wrong with a row, or None."""
    empty = [name for name in _COLUMNS if row[name] is None]
    if empty:
        return f"no value in column {', '.join(empty)}"
    if not row["doc_id"].strip():
        return "no doc_id"
    if not row["sent_id"].isdecimal():
        return f"sent_id is {row['sent_id']!r}, not a whole number"
    wrong = [name for name in POLICE_LABELS if row[name] not in ("0", "1")]
    return f"{wrong[0]} is {row[wrong[0]]!r}, neither 0 nor 1" if wrong else None


def _in_order(sentences: list[PoliceSentence]) -> list[PoliceSentence]:
    """Bring together the sentences of each document, which keep the order in which they first appear."""
    places: dict[str, int] = {}
    for sentence in sentences:
        places.setdefault(sentence.doc, len(places))
    return sorted(sentences, key=lambda sentence: (places[sentence.doc], sentence.number))


def _documents(sentences: list[PoliceSentence]) -> Iterator[list[PoliceSentence]]:
    document: list[PoliceSentence] = []
    for sentence in sentences:
        if document and sentence.doc != document[0].doc:
            yield document
            document = []
        document.append(sentence)
    if document:
        yield document
