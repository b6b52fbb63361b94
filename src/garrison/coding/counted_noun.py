"""What a number counts: the noun behind it, or the subject or verb of its clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from garrison.coding.number_words import NumberAtom, quantity_table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from garrison.coding.parsed_text import ParsedText

_HYPHENS = ("-", "‐", "–")
_SPANISH_WORDS = frozenset(
    {
        "de",
        "del",
        "la",
        "las",
        "los",
        "el",
        "en",
        "que",
        "al",
        "un",
        "una",
        "y",
        "fueron",
        "se",
        "menos",
        "más",
    }
)


def own_token(parsed: ParsedText, atom: NumberAtom) -> Token:
    """Give the last token of a number.

    Parameters
    ----------
    parsed, atom
        The text and a number of it.

    Returns
    -------
    Token
    """
    return parsed.tokens(atom.start, atom.end)[-1]


def noun_after(parsed: ParsedText, end: int) -> Token | None:
    """Find the noun that follows a number: past "of", articles and adjectives to the last of its nouns.

    Parameters
    ----------
    parsed
        The text.
    end
        Where the number ends, hedges behind it included.

    Returns
    -------
    Token or None
        None if a verb, a preposition or the end of the sentence comes first.
    """
    casualties = quantity_table()["casualties"]["words"]
    noun: Token | None = None
    span = parsed.tokens(max(end - 1, 0), end)
    doc = parsed.doc
    following = doc[span.end : span.end + 8]
    if len(following) > 1 and following[0].text in _HYPHENS and following[0].idx == end:
        return following[1]
    if _is_spanish(doc, span.start):
        return next(
            (token for token in following if token.is_alpha and token.lower_ not in _SPANISH_WORDS), None
        )
    for token, later in zip(following, [*following[1:], None], strict=False):
        if _joins(token, later) or token.text in _HYPHENS:
            # "fact-finding commissions": the word before a hyphen only describes.
            continue
        if token.lower_ in casualties and noun is None:
            is_described = later is not None and later.pos_ in ("NOUN", "PROPN") and token.tag_ == "VBN"
            if not is_described:
                return token
        elif token.pos_ in ("NOUN", "PROPN"):
            if noun is not None and (token.pos_ == "PROPN" and noun.pos_ == "NOUN"):
                break
            noun = token
        elif noun is not None and noun.pos_ == "PROPN" and token.pos_ == "ADJ":
            # "Tamil civilian refugees": a name describes, the noun comes later.
            continue
        elif noun is not None or not _may_stand_before_noun(token):
            break
    return noun


def _joins(token: Token, later: Token | None) -> bool:
    """Tell the first part of a compound with a hyphen, and "and" between two adjectives."""
    if later is not None and later.text in _HYPHENS and not token.whitespace_ and not later.whitespace_:
        return True
    return token.lower_ in ("and", "or") and token.i > 0 and token.nbor(-1).pos_ == "ADJ"


def _is_spanish(doc: Doc, at: int) -> bool:
    """Tell Spanish words around a number: the English tags mean nothing there."""
    near = [token.lower_ for token in doc[max(0, at - 8) : at + 8] if token.is_alpha]
    return sum(word in _SPANISH_WORDS for word in near) * 5 >= len(near) > 0


def _may_stand_before_noun(token: Token) -> bool:
    if token.pos_ in ("ADJ", "DET", "NUM", "X", "SYM") or token.tag_ in (
        "VBG",
        "VBN",
        "PRP$",
        "CD",
        "HYPH",
        "RB",
        "JJ",
    ):
        return True
    return token.lower_ in ("of", "the", "more", "other", "-", "‐", "de", "los", "las", '"', "“", "'")


def counted_elsewhere(parsed: ParsedText, atom: NumberAtom) -> Token | None:
    """Find what a bare number counts: of "the toll nears 40" the toll, of "killed 27" those killed.

    Parameters
    ----------
    parsed, atom
        The text and a number of it behind which no noun stands.

    Returns
    -------
    Token or None
        None where grammar does not tell.
    """
    if not parsed.has_grammar:
        return None
    table, token = quantity_table(), own_token(parsed, atom)
    relation = token.dep_
    for _ in range(5):
        if token.pos_ in ("VERB", "AUX"):
            break
        relation, token = token.dep_, token.head
    else:
        return None
    if token.lower_ in table["casualties"]["words"]:
        return token
    if token.lemma_ == "be" and relation == "nsubj":
        return next((child for child in token.children if child.dep_ == "attr"), None)
    if token.lemma_.lower() not in table["subject_counts"]["verbs"]:
        return None
    # "Raised the number of seats to 40" counts the object, "the toll rose to 40" the subject.
    objects = [child for child in token.children if child.dep_ == "dobj"] if relation == "prep" else []
    subjects = [child for child in token.children if child.dep_ in ("nsubj", "nsubjpass")]
    counted = next(iter(objects + subjects), None)
    return counted if counted is None else _of_number(counted)


def _of_number(noun: Token) -> Token:
    """Give the deserters of "the number of deserters"."""
    if noun.lemma_.lower() not in ("number", "count", "total"):
        return noun
    of = next((child for child in noun.children if child.lower_ == "of"), None)
    return (
        next((child for child in of.children if child.dep_ in ("pobj", "amod", "pcomp")), noun)
        if of
        else noun
    )


def words_behind(parsed: ParsedText, end: int, head: Token | None) -> list[Token]:
    """Give the word right behind a number, and what it counts.

    Parameters
    ----------
    parsed, end
        The text and where the number ends.
    head
        What it counts, if that is known.

    Returns
    -------
    list of Token
    """
    span = parsed.tokens(max(end - 1, 0), end)
    near = list(parsed.doc[span.end : span.end + 1])
    if near and near[0].text in ("-", "‐", "of"):
        near = list(parsed.doc[span.end : span.end + 2])
    return near + ([head] if head is not None else [])
