"""What a page prints amid an article that is none of it: adverts, pointers to other stories, buttons, credits."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from garrison.reports.comment_features import is_comment_heading, is_user_line
from garrison.reports.word_kinds import kinds_of_words, words_of

Span = tuple[int, int]
_OUTER = " \t.,:;!?-–—_*·•|/\\~+=<>«»‹›\"'“”‘’()[]{}#…►▶▼▲→←↓↑✕×"
_BRACKETS = re.compile(r"\[[^\[\]\n]{2,300}\]|\([^()\n]{2,300}\)")
_HAS_SENTENCE = re.compile(r"[.!:;,…][\"'”’)\]]*$|[\"”’]$|[a-zà-ÿ][.!?][\"”’)]*\s")


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("furniture.toml").read_text(encoding="utf8"))


@cache
def _limit(name: str) -> int:
    return int(_table()["limits"][name]["value"])


@cache
def _entries(*forms: str) -> frozenset[str]:
    rows = _table().values()
    return frozenset(entry for row in rows if row.get("form") in forms for entry in row["entries"])


@cache
def _choice(*forms: str) -> str:
    return "|".join(re.escape(entry) for entry in sorted(_entries(*forms), key=len, reverse=True))


@cache
def _begins() -> re.Pattern[str]:
    return re.compile(rf"[\W_]*(?:{_choice('begins')})(?!\w)", re.IGNORECASE)


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"[\W_]*(?:{_choice('label')})\s?(?::|»|>{{1,2}}|\|)(?=\s|$)", re.IGNORECASE)


@cache
def _label_within() -> re.Pattern[str]:
    # The case of its first letter tells a label from the end of a clause; the rest may be in capitals.
    choice = "|".join(
        re.escape(entry[0].upper()) + f"(?i:{re.escape(entry[1:])})" for entry in sorted(_entries("label"))
    )
    return re.compile(rf"(?<=[.!?…\"”’)])\s+(?P<pointer>(?:{choice})\s?:\s.*)$", re.MULTILINE)


@cache
def _credit() -> re.Pattern[str]:
    owners = _choice("credit")
    return re.compile(
        rf"[\W_]*(?:{owners})[\W_]*$|(?:[^.!?]*?[\w.'’-]\s?/\s?|.*\bvia )(?:{owners})[\W_]*$"
        rf"|[\W_]*(?:{owners}|file|handout) photos?\b.*$|[\W_]*photos?(?:graphs?)? (?:by|courtesy|:).*$",
        re.IGNORECASE,
    )


@cache
def _most_words(form: str) -> int:
    return max(int(row["most_words"]) for row in _table().values() if row.get("form") == form)


@cache
def _offering_words() -> frozenset[str]:
    return frozenset(max(words_of(entry), key=len) for entry in _entries("holds"))


def _offers(bare: str) -> bool:
    # One word of each entry first: few lines hold any.
    words = bare.replace(".", " ").replace(",", " ").split()
    return not _offering_words().isdisjoint(words) and any(entry in bare for entry in _entries("holds"))


def _speaks_for_itself(line: str) -> bool:
    words = [word.lower() for word in words_of(line.replace("’", "'"))]
    return "attribution" not in kinds_of_words(words) and not re.search(r"[\"“”«]", line)


def is_furniture(line: str) -> bool:
    """Say whether a line is none of the article, by itself.

    Parameters
    ----------
    line
        One line.

    Returns
    -------
    bool
        True for an advertisement's label, a pointer to another story, an invitation, a button, a credit.

    Examples
    --------
    >>> is_furniture("ADVERTISEMENT"), is_furniture("Read more: Army arrests forty officers")
    (True, True)
    >>> is_furniture("The army shut a newspaper for an advertisement.")
    False
    """
    bare = line.strip(_OUTER).lower() if len(line) <= _limit("longest_line") else ""
    if not bare:
        return False
    if bare in _entries("whole", "heading"):
        return True
    n_words = len(line.split())
    if n_words > max(_most_words(form) for form in ("label", "begins", "holds")):
        return False
    if _label().match(line):
        return True
    if n_words <= _most_words("credit") and _credit().match(line):
        return True
    return (_offers(bare) or bool(_begins().match(line))) and _speaks_for_itself(line)


def find_furniture(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    r"""Find what stands amid an article and is none of it.

    Lines are judged one by one; besides, the titles that follow a heading such as "Related stories", what stands
    between an advertisement's label and "story continues below", and pointers and credits within a line.

    Parameters
    ----------
    text
        Cleaned text.
    start, end
        Where to look, in characters; to its end if `end` is not given.

    Returns
    -------
    tuple
        (start, end) of each stretch in order, without the blanks around it; neighbours are one.

    Examples
    --------
    >>> text = "Troops left.\n\nADVERTISEMENT\n\nThey came back. Read more: Forty officers held"
    >>> [text[slice(*span)] for span in find_furniture(text)]
    ['ADVERTISEMENT', 'Read more: Forty officers held']
    """
    lines = list(_lines(text, start, len(text) if end is None else end))
    is_out = [is_furniture(text[first:last]) for first, last in lines]
    _add_titles(text, lines, is_out)
    _add_advertisements(text, lines, is_out)
    spans: list[Span] = []
    for (first, last), out in zip(lines, is_out, strict=True):
        for span in [(first, last)] if out else _within_line(text, first, last):
            if spans and not text[spans[-1][1] : span[0]].strip():
                spans[-1] = (spans[-1][0], span[1])
            else:
                spans.append(span)
    return tuple(spans)


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for line in text[start:end].split("\n"):
        stripped = line.strip()
        if stripped:
            first = at + line.index(stripped)
            yield first, first + len(stripped)
        at += len(line) + 1


def _bare(text: str, line: Span) -> str:
    return text[slice(*line)].strip(_OUTER).lower()


def _add_titles(text: str, lines: Sequence[Span], is_out: list[bool]) -> None:
    headings = _entries("heading") | set(_table()["other_story"]["entries"])
    n_left = 0
    for index, line in enumerate(lines):
        if is_out[index]:
            n_left = _limit("most_of_list") if _bare(text, line) in headings else n_left
        elif n_left and _may_be_title(text[slice(*line)]):
            is_out[index] = True
            n_left -= 1
        else:
            n_left = 0


def _may_be_title(line: str) -> bool:
    if len(line.split()) > _limit("longest_title") or _HAS_SENTENCE.search(line):
        return False
    first = line.lstrip(" \t-–—•*·>»\"“'")[:1]
    return not first.islower() and not is_user_line(line) and not is_comment_heading(line)


def _add_advertisements(text: str, lines: Sequence[Span], is_out: list[bool]) -> None:
    labels, ends = set(_table()["advert"]["entries"]), set(_table()["continues"]["entries"])
    opened: int | None = None
    for index, line in enumerate(lines):
        if not is_out[index]:
            continue
        bare = _bare(text, line)
        if bare in ends and opened is not None and index - opened - 1 <= _limit("most_between"):
            between = range(opened + 1, index)
            if all(len(text[slice(*lines[at])].split()) <= _limit("longest_advert") for at in between):
                is_out[opened + 1 : index] = [True] * len(between)
        opened = index if bare in labels else None if bare in ends else opened


def _within_line(text: str, first: int, last: int) -> list[Span]:
    line = text[first:last]
    spans: list[Span] = []
    for found in _BRACKETS.finditer(line) if "(" in line or "[" in line else ():
        content = found.group()[1:-1]
        # An agency alone in brackets belongs to a dateline or names a source; "(home)" may name a portfolio.
        bare = content.strip(_OUTER).lower()
        ambiguous = bare in _entries("credit") or bare in _table()["button"]["entries"]
        if not ambiguous and is_furniture(content):
            spans.append((first + found.start(), first + found.end()))
    pointer = _label_within().search(line) if ":" in line else None
    if pointer and len(pointer["pointer"].split()) <= _most_words("label"):
        spans = [span for span in spans if span[1] <= first + pointer.start("pointer")]
        spans.append((first + pointer.start("pointer"), last))
    return spans
