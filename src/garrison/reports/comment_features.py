"""What a paragraph shows: the features that tell reporting from a reader's comment."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from garrison.reports.paragraphs import Paragraph

_QUOTED = re.compile(r"[“«][^”»]{1,2000}[”»]?|\"[^\"]{1,2000}(?:\"|$)|(?<!\w)'[^'\n]{12,400}'(?!\w)")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|/s\b")
_CAPITALISED_INSIDE = re.compile(
    r"(?<=[a-zà-ÿ,;’'] )(?:\"|“)?[A-ZÀ-Þ][\w’'.-]+|(?<=[a-z]’s )[A-ZÀ-Þ]\w+|\b[A-Z]{2,5}\b"
)
_MONTH = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)"
)
_NUMBERED_DAY = re.compile(
    rf"\b(?:1[89]|20)\d{{2}}\b|\b\d{{1,2}}(?:st|nd|rd|th)? (?:(?:of|de) )?{_MONTH}\b|\b{_MONTH} \d{{1,2}}\b"
)
_PAST = re.compile(r"\b[a-z]{3,}ed\b")
_EXCITED = re.compile(r"!|\.{3,}|\?{2,}|\?!")
_SHARE = r"(?:share|facebook|twitter|linkedin|whatsapp|telegram|reddit|e-?mail|mail|print|pinterest)"
_CREDITS = re.compile(
    r"\W*(?:reporting by|editing by|additional reporting|writing by|copyright|©|\(c\) (?:19|20)\d{2}"
    rf"|{_SHARE}(?:\W+(?:on\W+)?{_SHARE})+\W*$)",
    re.IGNORECASE,
)
_SPEAKER = re.compile(
    r"(?:[QA]|Interviewer|Question|Answer|[A-ZÀ-Þ][A-ZÀ-Þ .'-]{2,30}"
    r"|[A-ZÀ-Þ][\w.'-]+(?: [A-ZÀ-Þ][\w.'-]+){0,2})\s?:\s+\S"
)
_UNIT = r"(?:sec(?:ond)?|min(?:ute)?|h(?:ou)?r?|d(?:ay)?|w(?:ee)?k|month|mo|year|yr)s?"
_AGO = rf"(?:\d{{1,3}}|an?|one|two)\s+{_UNIT}\s+ago"
_NAME = r"[\w.$ '’-]{2,40}"
_DAY = r"(?:\w{3,9}\.? \d{1,2},? (?:20)?\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})"
_BUTTON = (
    r"(?:reply|like|share|report|flag|permalink|upvote|\d+ (?:likes?|replies|points?|votes?|upvotes?)"
    r"|responder|me gusta|compartir)"
)
_HANDLE_FORMS = (
    rf"{_NAME}['’]s (?:picture|avatar|profile (?:picture|photo))",
    rf"{_NAME}[\s,|·•(-]+{_AGO}\W{{0,3}}(?:reply|share|edited)?",
    rf"{_NAME}[\s,|·•(-]+hace \d{{1,3}} \w{{3,8}}",
    r"(?:posted|written|submitted|comment(?:ed)?) by:? \S.{0,60}",
    rf"{_NAME} (?:says|said|wrote|replied|commented|dice|dijo)(?: (?:on|at|el) .{{4,40}})?:",
    rf"[\w.$-]{{2,30}}(?: \w{{1,20}})?[\s,|·•(-]+(?:on |at )?{_DAY}[\s,|·•at-]+\d{{1,2}}:\d{{2}}.{{0,12}}",
    r"[\w.$-]{2,30}[\s,|·•(-]+\d{1,2}:\d{2}(?:\s?[ap]\.?m\.?)?",
    rf"{_BUTTON}(?:\W+{_BUTTON})*",
    r"(?:in reply to|replying to|en respuesta a) .{2,50}",
)
_HANDLE = re.compile(r"^\W*(?:" + "|".join(_HANDLE_FORMS) + r")\W*$", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"\W{0,3}@\w{2,30}\b")
_COMMENT_HEADING = re.compile(
    r"^\W*(?:(?:view |read |show |all )?(?:the )?\d{0,5} ?(?:readers?['’]? )?"
    r"(?:comments?|responses|replies|thoughts)(?: (?:on|to) .{2,120}| \(\d+\)|:)?"
    r"|comments? (?:are|section|below|closed).{0,40}|leave a (?:reply|comment).{0,40}"
    r"|(?:join|start) the (?:discussion|conversation).{0,30}|\d{0,5} ?comentarios(?: \(\d+\))?)\W*$",
    re.IGNORECASE,
)
_SHORT, _LONG, _RUN = 12, 40, 8


@cache
def _words() -> dict[str, tuple[str, ...]]:
    table = tomllib.loads(files(__package__).joinpath("comment_words.toml").read_text(encoding="utf8"))
    return {name: tuple(words) for name, words in table.items()}


@cache
def _finder(name: str) -> re.Pattern[str]:
    forms = [
        re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word) for word in _words()[name]
    ]
    return re.compile(r"(?<!\w)(?:" + "|".join(forms) + r")(?!\w)")


def is_comment_heading(line: str) -> bool:
    """Say whether a line is what comment software writes above comments.

    Parameters
    ----------
    line
        One line.

    Returns
    -------
    bool
        True for a counter or an invitation that stands alone.

    Examples
    --------
    >>> is_comment_heading("12 Comments"), is_comment_heading("The army had no comments.")
    (True, False)
    """
    return bool(_COMMENT_HEADING.match(line))


def _is_careless(words: Sequence[str], text: str, lower: str) -> bool:
    if re.search(r"(?<!\w)i(?!\w|\.)|,,|\s,\S", text) or _finder("careless").search(lower):
        return True
    unfinished = len(words) > 3 and text.rstrip()[-1:] not in ".!?:;\"”’'…)]»"
    return bool(words and text[:1].islower()) or unfinished


def _is_shouted(words: Sequence[str]) -> bool:
    known = _words()["acronyms_longer_than_four"]
    return sum(1 for word in words if len(word) > 3 and word.isupper() and word not in known) >= 1


def _repeats(lower: str, earlier: set[int]) -> bool:
    words = re.findall(r"\w+", lower)
    # Hashes, not the runs themselves: a long report has hundreds of thousands.
    runs = {hash(" ".join(words[at : at + _RUN])) for at in range(len(words) - _RUN + 1)}
    found = not runs.isdisjoint(earlier)
    earlier |= runs
    return found


def _features_of(paragraph: Paragraph, earlier: set[int]) -> dict[str, bool]:
    text = paragraph.text.replace("’", "'")
    lower = text.lower()
    own = _QUOTED.sub(" ", text)
    own_lower = own.lower()
    words = _WORD.findall(own)
    n_words = len(_WORD.findall(text))
    # No user's name is so long; trying its forms on a megabyte of dashes would take minutes.
    handle = len(paragraph.text) <= 2000 and bool(_HANDLE.search(paragraph.text))
    personal = _finder("first_person").search(own_lower) or _finder("second_person").search(own_lower)
    quotes = [found.group() for found in _QUOTED.finditer(paragraph.text)]
    return {
        "attribution": bool(_finder("attribution").search(own_lower)) and not handle,
        "quotation": any(len(quote.split()) >= 4 for quote in quotes),
        "dated": bool(_finder("dated").search(own_lower) or _NUMBERED_DAY.search(own_lower)) and not handle,
        "named": len(_CAPITALISED_INSIDE.findall(text)) >= 2,
        "office": bool(_finder("office").search(lower)),
        "narrated": not personal and bool(_finder("narrated").search(own_lower) or _PAST.search(own_lower)),
        "long": n_words >= _LONG,
        "credits": bool(_CREDITS.match(text)),
        "speaker_label": bool(_SPEAKER.match(text)) and not handle,
        "first_person": bool(_finder("first_person").search(own_lower)),
        "second_person": bool(_finder("second_person").search(own_lower)),
        "question": "?" in own,
        "excited": bool(_EXCITED.search(own)) or "…" in own,
        "careless": not handle and _is_careless(words, text, own_lower),
        "chat_words": bool(_finder("chat").search(own_lower)),
        "profanity": bool(_finder("profanity").search(own_lower)),
        "reaction": bool(_finder("reaction").search(own_lower)),
        "handle": handle,
        "address": bool(_ADDRESS.match(text)),
        "comment_heading": is_comment_heading(text),
        "shouted": _is_shouted(words),
        "short": n_words < _SHORT,
        "gap": paragraph.n_empty_lines_above > 1,
        "repeats": _repeats(lower, earlier),
    }


def paragraph_features(paragraphs: Sequence[Paragraph], names: Sequence[str]) -> NDArray[np.bool_]:
    """Describe each paragraph by what it shows.

    Parameters
    ----------
    paragraphs
        In the order of the text.
    names
        Features, as in `comment_features.toml`; they are the columns.

    Returns
    -------
    ndarray of bool
        Shape (paragraph, feature).

    Examples
    --------
    >>> lines = [Paragraph(0, 44, "lol, I told you so!!!", 0)]
    >>> paragraph_features(lines, ["attribution", "excited", "second_person"]).tolist()
    [[True, True, True]]
    """
    earlier: set[int] = set()
    rows = [_features_of(item, earlier) for item in paragraphs]
    return np.array([[row[name] for name in names] for row in rows], dtype=bool).reshape(
        len(rows), len(names)
    )
