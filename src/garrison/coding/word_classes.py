"""Word classes by memory: what the parser's attribute ruler answers for a word of one kind, it answers once.

The ruler tries 179 patterns on every token of every text, an eighth of all parsing. Nearly all of them look at one
token alone: its tag, its relation, its letters where a pattern names them. So the answer is kept by these, and the
ruler itself runs only on a text with a kind of token that it has not met. What the few patterns over two tokens look at
(*there is*, *gon na*) is kept apart by the neighbours.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc, Token

# Tag, relation, letters (0 where no pattern names them), white space or not, what decides before and after.
Kind = tuple[int, int, int, bool, int, int]
# Word class, morphology, lemma (0 where the ruler gives none), tag, relation.
Answer = tuple[int, str, int, int, int]
_EXPLETIVE = "expl"
_SINGLE, _PAIRED = 1, 2


class RememberedRuler:
    """Answers as an attribute ruler does, from memory where it can.

    Parameters
    ----------
    ruler
        The ruler whose answers are remembered.
    """

    def __init__(self, ruler: AttributeRuler) -> None:
        self._ruler = ruler
        self._answers: dict[Kind, Answer] = {}
        self._is_named: dict[int, int] = {}
        patterns: list[Any] = [pattern for row in cast(Any, ruler.patterns) for pattern in row["patterns"]]
        self._single = _letters_in([pattern for pattern in patterns if len(pattern) == 1])
        self._pairs = _letters_in([pattern for pattern in patterns if len(pattern) > 1])

    def __call__(self, doc: Doc) -> Doc:
        """Give every token of a tagged and parsed text its word class, morphology and special lemma."""
        tokens = list(doc)
        kinds = [self._kind(token, tokens) for token in tokens]
        answers = self._answers
        if any(kind not in answers for kind in kinds):
            self._ruler(doc)
            for token, kind in zip(tokens, kinds, strict=True):
                answers[kind] = (token.pos, str(token.morph), token.lemma, token.tag, token.dep)
            return doc
        for token, kind in zip(tokens, kinds, strict=True):
            token.pos, morphology, lemma, token.tag, token.dep = answers[kind]
            cast(Any, token).set_morph(morphology)
            if lemma:
                token.lemma = lemma
        return doc

    def _kind(self, token: Token, tokens: list[Token]) -> Kind:
        place, letters = token.i, token.lower
        expletive = place > 0 and tokens[place - 1].dep_ == _EXPLETIVE
        named = self._names(token)
        if not expletive and not named & _PAIRED:
            return (token.tag, token.dep, letters if named else 0, token.is_space, 0, 0)
        beside = [
            tokens[near].lower if 0 <= near < len(tokens) and self._names(tokens[near]) & _PAIRED else 0
            for near in (place - 1, place + 1)
        ]
        return (token.tag, token.dep, letters, token.is_space, -1 if expletive else beside[0], beside[1])

    def _names(self, token: Token) -> int:
        """Tell whether a pattern of one token names these letters, and whether one of two tokens does."""
        known = self._is_named.get(token.lower)
        if known is None:
            single = _SINGLE if self._single.fullmatch(token.lower_) else 0
            known = self._is_named[token.lower] = single + (
                _PAIRED if self._pairs.fullmatch(token.lower_) else 0
            )
        return known


def _letters_in(patterns: list[list[dict[str, Any]]]) -> re.Pattern[str]:
    """Join the letters that patterns name, exactly or as an expression, into one expression."""
    found: set[str] = set()
    for pattern in patterns:
        for token in pattern:
            named = token.get("LOWER")
            if isinstance(named, str):
                found.add(re.escape(named))
            elif isinstance(named, dict) and "REGEX" in named:
                found.add(named["REGEX"])
            elif isinstance(named, dict):
                found.update(re.escape(word) for word in named["IN"])
    return re.compile("|".join(sorted(found)))


def remember_word_classes(parser: Language) -> None:
    """Put a ruler with memory in the place of a parser's own.

    Parameters
    ----------
    parser
        A pipeline with an attribute ruler; it is changed.
    """
    from spacy.language import Language

    name = "attribute_ruler"
    following = parser.pipe_names[parser.pipe_names.index(name) + 1]
    remembered = RememberedRuler(cast(Any, parser.get_pipe(name)))
    Language.component(f"remembered_{name}", func=remembered)
    parser.remove_pipe(name)
    parser.add_pipe(f"remembered_{name}", name=name, before=following)
