"""Counts in a text: how many, with bounds, of what, and whether a number is of one occasion or a running total."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from garrison.coding.counted_noun import counted_elsewhere, noun_after, own_token, words_behind
from garrison.coding.number_words import NumberAtom, any_of, number_atoms, quantity_table
from garrison.coding.parsed_text import ParsedText

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from garrison.coding.dates import DateMention

_RANGE = re.compile(r"(?i)\s*(?:to|or|[-–]|a|o)\s*")
_AND = re.compile(r"(?i)\s+(?:and|y)\s+")
_BETWEEN = re.compile(r"(?i)\b(?:between|entre)\s+$")
_FROM = re.compile(r"(?i)\b(?:from|de)\s+$")
# Only the grain and the place of dates matter here, so any late day of publication serves.
_LATE_DAY = date(2090, 1, 1)


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A count that a text tells.

    Parameters
    ----------
    start, end
        Its characters with its hedge ("at least 65"), end exclusive.
    low, high
        Bounds of the count, persons or things; equal for an exact one.
    kind
        `stock` for a running total, `flow` for one occasion.
    approximate
        Whether its words say that it is not exact.
    head
        Index in the text's tokens of what is counted; the number's own if no word names it.
    """

    start: int
    end: int
    low: float
    high: float
    kind: str
    approximate: bool
    head: int


@lru_cache(maxsize=1)
def _hedges() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, dict[str, Any]]]:
    table = quantity_table()
    by_name = {entry["name"]: entry for entry in table["hedge"]}
    by_word = {word: entry for entry in table["hedge"] for word in entry["words"]}
    by_word |= {word: by_name[entry["hedge"]] for entry in table["after"] for word in entry["words"]}
    before = any_of([word for entry in table["hedge"] for word in entry["words"]])
    behind = any_of([word for entry in table["after"] for word in entry["words"]])
    return (
        re.compile(rf"(?i)(?<!\w)(?P<hedge>{before})\s+(?:the\s+|a\s+)?$"),
        re.compile(rf"(?i)\s*,?\s*(?P<hedge>{behind})(?!\w)"),
        by_word,
    )


def find_quantities(doc: Doc, dates: list[DateMention] | None = None) -> list[QuantityMention]:
    """Find every count in a text, with bounds.

    Years, dates, ages, times of day, durations, percentages, money and measures are not counts.

    Parameters
    ----------
    doc
        A parsed text; with tags, what is counted is found.
    dates
        Its dates where they are known; they are found anew where None.

    Returns
    -------
    list of QuantityMention
        In the order of the text, without overlaps.

    Examples
    --------
    >>> import spacy
    >>> [(q.low, q.high) for q in find_quantities(spacy.blank("en")("At least 65 soldiers, dozens of officers"))]
    [(65.0, 98.0), (24.0, 99.0)]
    """
    if dates is None:
        from garrison.coding.dates import resolve_dates

        dates = resolve_dates(doc, _LATE_DAY)
    parsed = ParsedText(doc)
    atoms = [atom for atom in number_atoms(parsed.text) if not _in_a_date(atom, dates)]
    found: list[QuantityMention] = []
    for start, end, atom, rises in _joined(parsed.text, atoms):
        start, end, low, high, hedged = _hedged(parsed.text, start, end, atom)
        if found and start < found[-1].end:
            # "25 or so 25": a hedge between two numbers belongs to the first.
            start = min(max(found[-1].end, start), atom.start)
        head = noun_after(parsed, end)
        if not _is_count(parsed, atom, head):
            continue
        if head is None:
            head = counted_elsewhere(parsed, atom)
        kind = "stock" if rises or _is_stock(parsed, start, end, dates) else "flow"
        at = head.i if head is not None else own_token(parsed, atom).i
        found.append(QuantityMention(start, end, low, high, kind, hedged or atom.vague or low != high, at))
    return found


def _in_a_date(atom: NumberAtom, dates: list[DateMention]) -> bool:
    after = bisect_left(dates, atom.end, key=lambda item: item.start)
    return after > 0 and atom.start < dates[after - 1].end


def _joined(text: str, atoms: list[NumberAtom]) -> list[tuple[int, int, NumberAtom, bool]]:
    """Join the two ends of a range; of "rose from 10 to 36" only the 36 counts, as a total."""
    rises = _stock_patterns()["rises"]
    joined: list[tuple[int, int, NumberAtom, bool]] = []
    skip = False
    for atom, later in zip(atoms, [*atoms[1:], None], strict=False):
        if skip:
            skip = False
            continue
        gap = "" if later is None else text[atom.end : later.start]
        if later is not None and gap in ("-", "–") and later.low < atom.low:
            # "3-0" is a score, "24-7" a habit: neither is a count.
            skip = True
            continue
        between = _BETWEEN.search(text[max(0, atom.start - 12) : atom.start]) if _AND.fullmatch(gap) else None
        if later is None or not (between or (_RANGE.fullmatch(gap) and gap)) or later.low < atom.low:
            joined.append((atom.start, atom.end, atom, False))
            continue
        skip = True
        opens = between or _FROM.search(text[max(0, atom.start - 8) : atom.start])
        if (
            opens
            and not between
            and rises.search(text[max(0, atom.start - 60) : atom.start - len(opens.group())])
        ):
            joined.append((later.start, later.end, later, True))
            continue
        start = atom.start - (len(opens.group()) if opens else 0)
        whole = replace(atom, start=atom.start, end=later.end, high=later.high, vague=True)
        joined.append((start, later.end, whole, False))
    return joined


def _hedged(text: str, start: int, end: int, atom: NumberAtom) -> tuple[int, int, float, float, bool]:
    """Widen the bounds by what stands before or behind the number ("at least", "or so")."""
    before, behind, by_word = _hedges()
    low, high, hedged = float(atom.low), float(atom.high), False
    for match, is_before in (
        (before.search(text[max(0, start - 40) : start]), True),
        (behind.match(text, end), False),
    ):
        if match is None:
            continue
        hedge = by_word[" ".join(match["hedge"].lower().split())]
        if high < hedge.get("smallest", 0):
            continue
        if hedge.get("strict"):
            low, high = (low + 1, high) if hedge["high"] > 1 else (low, max(high - 1, 0))
        low, high = math.floor(round(low * hedge["low"], 6)), math.ceil(round(high * hedge["high"], 6))
        low, hedged = min(low, high), True
        if is_before:
            start -= len(text[max(0, start - 40) : start]) - match.start()
        else:
            end = match.end()
    return start, end, float(low), float(high), hedged


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


def _is_count(parsed: ParsedText, atom: NumberAtom, head: Token | None) -> bool:
    """Tell a count from a duration, an age, money, a measure, a time of day, a name with a number."""
    table = quantity_table()
    text, nouns = parsed.text, table["not_counts"]
    before, behind = text[max(0, atom.start - 30) : atom.start], text[atom.end : atom.end + 24]
    if re.match(
        r"\s*(?:[ap]\.?m\b|%|percent\b|per cent\b|(?:-|\s)years?[-\s]old|por ciento)|['’]s\b|:\d", behind
    ):
        return False
    if _numbered_names().search(before):
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


def _may_be_a_year(text: str, atom: NumberAtom) -> bool:
    """Tell "1969" from "2,000" and "2000": four figures without a comma that are no round number."""
    return text[atom.start : atom.end].isdigit() and 1900 < atom.low < 2100 and atom.low % 100 != 0


def _is_one(text: str, atom: NumberAtom) -> bool:
    return text[atom.start : atom.end].lower() == "one"


@lru_cache(maxsize=1)
def _stock_patterns() -> dict[str, re.Pattern[str]]:
    table = quantity_table()["stock"]
    counted = quantity_table()["casualties"]["words"] + table["counted_over_time"]
    return {
        "cues": re.compile(rf"(?i)\b{any_of(table['cues'])}\b"),
        "counted": re.compile(rf"(?i)\b{any_of(counted)}(?:s|es)?\b"),
        "per_day": re.compile(rf"(?i)\b{any_of(table['per_day'])}\b"),
        "rises": re.compile(rf"(?i)\b{any_of(table['rises'])}\b[^.;\n]{{0,30}}$"),
    }


def _is_stock(parsed: ParsedText, start: int, end: int, dates: list[DateMention]) -> bool:
    """Tell a running total: said so, or dead, arrested or deserted over a stretch of time up to now."""
    patterns = _stock_patterns()
    left, right = parsed.sentence_bounds(start, end)
    sentence = parsed.text[left:right]
    if patterns["cues"].search(sentence):
        return True
    first = bisect_left(dates, left, key=lambda item: item.start)
    last = bisect_left(dates, right, key=lambda item: item.start)
    over_time = any(item.unit == "span" and not item.future for item in dates[first:last])
    return bool(over_time and patterns["counted"].search(sentence)) and not patterns["per_day"].search(
        sentence
    )
