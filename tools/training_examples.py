"""What types are learned from: the words of coded texts and marked sentences, each with its signs and its type."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from garrison.coding.clause_view import ClauseView, may_open, view_of
from garrison.coding.code_reports import scenes_of
from garrison.coding.frame_table import all_frames
from garrison.coding.frames import match_sentence
from garrison.coding.learned_types import NO_CLAIM, meaning_of
from garrison.coding.word_meanings import word_meanings
from garrison.errors import CountryError
from garrison.evaluation.gold_files import GoldDocument, read_gold
from garrison.records import Claim, Report
from garrison.vocabulary import event_types
from garrison.world import country

ROOT = Path(__file__).parent.parent
TRAINING = ROOT / "training"
TYPES = (NO_CLAIM, *event_types())
MARK = re.compile(r"\{([A-Z_]+):([^\s{}]+)\}")
LINE = re.compile(r"^(?:alone )?(not |[-!~])?([A-Z_]+) *\|(?:[^|]*\|)? *(.*)$")


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


def from_texts(signs: Signs) -> list[tuple[GoldDocument, list[Example], str]]:
    """Make examples of the coded texts, each text with its writer."""
    writers = groups_of(TRAINING / "texts")
    return [
        (document, of_text(document, signs), writers[document.report.doc])
        for document in read_gold(TRAINING / "texts")
    ]


def groups_of(folder: Path) -> dict[str, str]:
    rows = tomllib.loads((folder / "documents.toml").read_text(encoding="utf-8"))
    return {Path(name).stem: str(row["writer"]) for name, row in rows.items()}
