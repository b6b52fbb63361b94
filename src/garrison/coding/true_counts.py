"""Which numbers of a text count somebody or something: no ages, years, sums of money, measures, names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from garrison.coding.counted_noun import words_behind
from garrison.coding.number_words import NumberAtom, quantity_table

if TYPE_CHECKING:
    from spacy.tokens import Token

    from garrison.coding.parsed_text import ParsedText


@lru_cache(maxsize=1)
def _numbered_names() -> re.Pattern[str]:
    nouns = quantity_table()["not_counts"]
    return re.compile(
        rf"(?i)(?:\b(?:{'|'.join(nouns['numbered'])})\.?|[$€£]|\bUS\$|\bBs\.?|\b[Rr]s\.?|\b[Rr]e)\s*$"
    )


@lru_cache(maxsize=1)
def _not_counted_nouns() -> frozenset[str]:
    nouns = quantity_table()["not_counts"]
    return frozenset(word.rstrip("s") for kind in ("time", "money", "measure") for word in nouns[kind])


def is_count(parsed: ParsedText, atom: NumberAtom, head: Token | None) -> bool:
    """Tell a count from a duration, an age, money, a measure, a time of day, a name with a number.

    Parameters
    ----------
    parsed, atom
        The text and a number of it.
    head
        What stands behind the number, if a noun does.

    Returns
    -------
    bool
    """
    table = quantity_table()
    text, nouns = parsed.text, table["not_counts"]
    before, behind = text[max(0, atom.start - 30) : atom.start], text[atom.end : atom.end + 24]
    if re.match(
        r"\s*(?:[ap]\.?m\b|%|percent\b|per cent\b|(?:-|\s)years?[-\s]old|por ciento)|['’]s\b|:\d", behind
    ):
        return False
    if _numbered_names().search(before) or _is_of_a_rate(before, behind):
        return False
    if text[atom.start : atom.end].lower() == "both":
        joined = re.match(r"(?i)[^.,;]{0,40}\band\b", behind)
        return head is not None and head.tag_ == "NNS" and not joined and head.lemma_ not in nouns["measure"]
    if head is not None and head.pos_ == "PROPN" and head.lower_ in nouns["streets"]:
        return False
    if re.search(r"\+\d[\d\s()-]*$|\bGroup of\s+$", before):
        return False
    hyphen = re.match(r"[-‐–](\w+)", behind)
    if hyphen and not hyphen[1].isdigit() and hyphen[1].lower() not in nouns["hyphened"]:
        return False
    if re.search(r"[^\W\d_],\s+$", before) and re.match(r"\s*,|\s*\.\s", behind) and atom.high < 110:
        return False
    following = {token.lemma_.lower() for token in words_behind(parsed, atom.end, head)}
    if {word.rstrip("s") for word in following} & _not_counted_nouns():
        return False
    if atom.in_digits and _may_be_a_year(text, atom):
        return False
    if _is_one(text, atom):
        return (
            head is not None
            and not re.match(r"(?i)\s+(?:of|another)\b", behind)
            and not re.search(r"(?i)\b(?:no|any|some|every|each|this|that|the)[\s-]+$", before)
        )
    named = re.search(r"(?<![.!?\n]\s)(?<!^)\b[A-Z][\w'’-]*\s+$", before)
    if named and atom.in_digits and not (head is not None and head.tag_ in ("NNS", "NNPS", "JJ", "VBN", "")):
        return False
    return not re.match(r"\s*(?:[-–]\s*\d|\))", behind) or head is not None


def _is_of_a_rate(before: str, behind: str) -> bool:
    """Tell "one in three", "two out of every five": shares of which the whole is not told."""
    number = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)"
    opens = re.search(rf"(?i)\b{number}\s+(?:in|out of)(?:\s+every)?\s+$", before)
    return bool(
        opens
        or re.match(rf"(?i)\s+(?:in|out of)\s+(?:every\s+)?{number}\b(?!\s+(?:towns|cities|states))", behind)
    )


def _may_be_a_year(text: str, atom: NumberAtom) -> bool:
    """Tell "1969" from "2,000" and "2000": four figures without a comma that are no round number."""
    return text[atom.start : atom.end].isdigit() and 1900 < atom.low < 2100 and atom.low % 100 != 0


def _is_one(text: str, atom: NumberAtom) -> bool:
    return text[atom.start : atom.end].lower() == "one"
