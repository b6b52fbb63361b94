"""Counts in a text: how many, with bounds, of what, and whether a number is of one occasion or a running total."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from garrison.coding.counted_noun import counted_elsewhere, noun_after, own_token
from garrison.coding.number_words import NumberAtom, any_of, number_atoms, quantity_table
from garrison.coding.parsed_text import ParsedText
from garrison.coding.stock_or_flow import is_stock, rises_to
from garrison.coding.true_counts import is_count

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from garrison.coding.dates import DateMention

_RANGE = re.compile(
    r"(?i)\s*(?:to|or|[-–]|a|o)\s*|,?\s+(?:(?:or|and)\s+)?(?:possibly|perhaps|maybe|even|if not|as many as)\s+"
)
_WHOLE = re.compile(
    r"(?i)\s+of\s+(?:the|its|his|her|their|those|these|a total of)\s+$|\s+out\s+of\s+(?:the\s+)?$"
)
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
    parsed = ParsedText.of(doc)
    atoms = [atom for atom in number_atoms(parsed.text) if not _in_a_date(atom, dates)]
    found: list[QuantityMention] = []
    for start, end, atom, rises in _joined(parsed.text, atoms):
        if found and _WHOLE.fullmatch(parsed.text[found[-1].end : start] + ""):
            # "Two of the three lieutenants": the three are the whole, and are not counted here.
            continue
        start, atom = _shared(parsed.text, start, atom)
        start, end, low, high, hedged = _hedged(parsed.text, start, end, atom)
        if found and start < found[-1].end:
            # "25 or so 25": a hedge between two numbers belongs to the first.
            start = min(max(found[-1].end, start), atom.start)
        head = noun_after(parsed, end)
        if not is_count(parsed, atom, head):
            continue
        if head is None:
            head = counted_elsewhere(parsed, atom)
        kind = "stock" if rises or is_stock(parsed, start, end, dates) else "flow"
        at = head.i if head is not None else own_token(parsed, atom).i
        found.append(QuantityMention(start, end, low, high, kind, hedged or atom.vague or low != high, at))
    return found


def _in_a_date(atom: NumberAtom, dates: list[DateMention]) -> bool:
    after = bisect_left(dates, atom.end, key=lambda item: item.start)
    return after > 0 and atom.start < dates[after - 1].end


def _joined(text: str, atoms: list[NumberAtom]) -> list[tuple[int, int, NumberAtom, bool]]:
    """Join the two ends of a range; of "rose from 10 to 36" only the 36 counts, as a total."""
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
            and rises_to(text[max(0, atom.start - 60) : atom.start - len(opens.group())])
        ):
            joined.append((later.start, later.end, later, True))
            continue
        start = atom.start - (len(opens.group()) if opens else 0)
        low = atom.low * _left_out(atom, later)
        whole = replace(atom, start=atom.start, end=later.end, low=low, high=later.high, vague=True)
        joined.append((start, later.end, whole, False))
    return joined


def _left_out(atom: NumberAtom, later: NumberAtom) -> int:
    """Give the thousand or million that "10-15,000" and "two to three million" leave out of their first number."""
    if atom.low <= 0 or later.low < 1000 or atom.low >= 1000:
        return 1
    for size in (1_000_000, 1000):
        if later.low >= size and later.low % size == 0 and atom.low < later.low / size:
            return size
    return 1


@lru_cache(maxsize=1)
def _shares() -> tuple[re.Pattern[str], dict[str, tuple[float, float]]]:
    rows = quantity_table()["share"]
    share_of = {word: (row["low"], row["high"]) for row in rows for word in row["words"]}
    words = any_of(list(share_of))
    some = r"(?:(?:about|around|some|roughly|nearly|almost)\s+)?"
    whole = rf"(?:of\s+)?(?:(?:the|its|his|her|their|those|these)\s+)?{some}"
    return re.compile(rf"(?i)(?<![\w-])(?P<share>{words})\s+{whole}$"), share_of


def _shared(text: str, start: int, atom: NumberAtom) -> tuple[int, NumberAtom]:
    """Take the share that stands before a number: "half of the 300" are 150, "none of the 40" is nobody."""
    pattern, share_of = _shares()
    before = text[max(0, start - 50) : start]
    found = pattern.search(before)
    if found is None:
        return start, atom
    least, most = share_of[" ".join(found["share"].lower().replace("-", " ").split())]
    low, high = math.floor(round(atom.low * least, 6)), math.ceil(round(atom.high * most, 6))
    return start - len(before) + found.start(), replace(
        atom, low=low, high=high, vague=atom.vague or low != high
    )


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
