"""What a paragraph shows: the features that tell reporting from a reader's comment."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from garrison.reports.paragraphs import Paragraph
from garrison.reports.word_kinds import kinds_of_words, word_list, words_of

_QUOTED = re.compile(r"[“«][^”»]{1,2000}[”»]?|\"[^\"]{1,2000}(?:\"|$)|(?<!\w)'[^'\n]{12,400}'(?!\w)")
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
_DIGIT = re.compile(r"\d")
_LOWER_I = frozenset(("i", "i'm", "i've", "i'll", "i'd"))
_BLANK_BEFORE_COMMA = re.compile(r"\s,\S")
_EXCITED = ("!", "...", "…", "??")
_QUOTE_MARKS = ('"', "“", "«", " '")
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
    r"|responder|me gusta|compartir|répondre|j'aime|signaler|antworten|melden|curtir|ответить)"
)
_HANDLE_FORMS = (
    rf"{_NAME}['’]s (?:picture|avatar|profile (?:picture|photo))",
    rf"{_NAME}[\s,|·•(-]+{_AGO}(?!\.)\W{{0,3}}(?:reply|share|edited)?",
    rf"{_NAME}[\s,|·•(-]+(?:hace|il y a|há|vor) \d{{1,3}} \w{{1,8}}",
    rf"{_NAME}[\s,|·•(-]+\d{{1,3}} \w{{3,8}} назад",
    r"(?:posted|written|submitted|comment(?:ed)?) by:? \S.{0,60}",
    rf"{_NAME} (?:says|said|wrote|replied|commented|dice|dijo)(?: (?:on|at|el) .{{4,40}})?:",
    rf"[\w.$-]{{2,30}}(?: \w{{1,20}})?[\s,|·•(-]+(?:on |at )?{_DAY}[\s,|·•at-]+\d{{1,2}}:\d{{2}}.{{0,12}}",
    r"[\w.$-]{2,30}[\s,|·•(-]+\d{1,2}:\d{2}(?:\s?[ap]\.?m\.?)?",
    rf"{_BUTTON}(?:\W+{_BUTTON})*",
    r"(?:in reply to|replying to|en respuesta a) .{2,50}",
)
_HANDLE = re.compile(r"^\W*(?:" + "|".join(_HANDLE_FORMS) + r")\W*$", re.IGNORECASE)
_ADDRESS = re.compile(r"\W{0,3}@\w{2,30}\b")
_COMMENT_HEADING = re.compile(
    r"^\W*(?:(?:view |read |show |all )?(?:the )?\d{0,5} ?(?:readers?['’]? )?"
    r"(?:comments?|responses|replies|thoughts)(?: (?:on|to) .{2,120}| \(\d+\)|:)?"
    r"|comments? (?:are|section|below|closed).{0,40}|leave a (?:reply|comment).{0,40}"
    r"|(?:join|start) the (?:discussion|conversation).{0,30}"
    r"|\d{0,5} ?(?:comentarios|commentaires?|comentários|kommentare?|комментари[ийев]+)(?: \(\d+\))?)\W*$",
    re.IGNORECASE,
)
# What is cut short has less than a fourth of the words; three paragraphs show what is usual.
_CUT, _FIRST_PARAGRAPHS = 4, 3
_SHORT, _LONG, _RUN, _QUOTED_CLAUSE, _LONGEST_HANDLE = 12, 40, 8, 4, 160


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
    return len(line) <= _LONGEST_HANDLE and bool(_COMMENT_HEADING.match(line))


def is_user_line(text: str) -> bool:
    """Say whether a line of a text is what comment software writes around a comment: a user's name, a time, buttons.

    Parameters
    ----------
    text
        One line or several.

    Returns
    -------
    bool
        True if one of them is.

    Examples
    --------
    >>> is_user_line("kabyle75 2 hours ago"), is_user_line("The march began 2 hours ago.")
    (True, False)
    """
    return any(len(line) <= _LONGEST_HANDLE and _HANDLE.match(line) for line in text.split("\n"))


def _is_careless(words: Sequence[str], text: str) -> bool:
    if ",," in text or (" ," in text and _BLANK_BEFORE_COMMA.search(text)) or not _LOWER_I.isdisjoint(words):
        return True
    unfinished = len(words) > 3 and text.rstrip()[-1:] not in ".!?:;\"”'…)]»"
    return bool(words and text[:1].islower()) or unfinished


def _is_shouted(words: Sequence[str]) -> bool:
    loud = [word for word in words if len(word) > 3 and word.isupper() and word.isalpha()]
    return bool(loud) and not word_list("acronyms_longer_than_four").issuperset(loud)


def _repeats(words: Sequence[str], earlier: set[int]) -> bool:
    # Hashes, not the runs themselves: a long report has hundreds of thousands.
    runs = set(map(hash, zip(*(words[at:] for at in range(_RUN)), strict=False)))
    found = not runs.isdisjoint(earlier)
    earlier |= runs
    return found


def _is_narrated(words: Sequence[str]) -> bool:
    return any(len(word) > 4 and word.endswith("ed") for word in words)


def _features_of(paragraph: Paragraph, earlier: set[int]) -> dict[str, bool]:
    # "US" is no pronoun.
    text = paragraph.text.replace("’", "'").replace("US ", "U.S. ")
    may_quote = text.startswith("'") or any(mark in text for mark in _QUOTE_MARKS)
    quotes = [found.group() for found in _QUOTED.finditer(text)] if may_quote else []
    own = _QUOTED.sub(" ", text) if quotes else text
    words = words_of(own)
    all_words = words_of(text) if quotes else words
    lower = [word.lower() for word in words]
    all_lower = [word.lower() for word in all_words] if quotes else lower
    kinds = kinds_of_words(lower)
    heading = is_comment_heading(text)
    handle = is_user_line(paragraph.text)
    personal = not kinds.isdisjoint(("first_person", "second_person"))
    has_figure = bool(_DIGIT.search(own))
    numbered_day = has_figure and bool(_NUMBERED_DAY.search(own.lower()))
    n_words = len(all_words)
    return {
        "attribution": "attribution" in kinds and not handle,
        "quotation": any(len(quote.split()) >= _QUOTED_CLAUSE for quote in quotes),
        "dated": ("dated" in kinds or numbered_day) and not handle,
        "figure": has_figure and not handle and not heading,
        "named": len(_CAPITALISED_INSIDE.findall(text)) >= 2,
        "office": "office" in kinds or (bool(quotes) and "office" in kinds_of_words(all_lower)),
        "narrated": not personal and ("narrated" in kinds or _is_narrated(lower)),
        "long": n_words >= _LONG,
        "credits": bool(_CREDITS.match(text[:_LONGEST_HANDLE])),
        "speaker_label": bool(_SPEAKER.match(text)) and not handle,
        "first_person": "first_person" in kinds,
        "second_person": "second_person" in kinds,
        "question": "?" in own,
        "excited": any(mark in own for mark in _EXCITED),
        "careless": not handle and ("careless" in kinds or _is_careless(words, own)),
        "chat_words": "chat" in kinds,
        "contraction": "contraction" in kinds,
        "judging": "judging" in kinds,
        "talk_opener": bool(lower) and lower[0] in word_list("talk_opener") and own[:1] == text[:1],
        "profanity": "profanity" in kinds,
        "reaction": "reaction" in kinds,
        "handle": handle,
        "address": bool(_ADDRESS.match(text)),
        "comment_heading": heading,
        "shouted": _is_shouted(words),
        "short": n_words < _SHORT,
        "gap": paragraph.n_empty_lines_above > 1,
        "repeats": _repeats(all_lower, earlier),
    }


def _cut_short(lengths: Sequence[int]) -> list[bool]:
    """Tell which paragraphs have less than a quarter of the words that long paragraphs above them have.

    The measure is the highest median so far, since that of a few comments would soon be their own.
    """
    found, sorted_before, usual = [], list[int](), 0
    for length in lengths:
        found.append(usual >= _LONG and _CUT * length < usual)
        insort(sorted_before, length)
        if len(sorted_before) >= _FIRST_PARAGRAPHS:
            usual = max(usual, sorted_before[len(sorted_before) // 2])
    return found


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
    for row, is_cut in zip(rows, _cut_short([len(words_of(item.text)) for item in paragraphs]), strict=True):
        row["cut_short"] = is_cut
    return np.array([[row[name] for name in names] for row in rows], dtype=bool).reshape(
        len(rows), len(names)
    )
