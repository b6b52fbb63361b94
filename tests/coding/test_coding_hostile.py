"""Hostile texts: claims on their characters or none, within ten seconds a document, whatever is thrown at the coder."""

import time
import warnings
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.coding import code
from garrison.coding.tables import limits
from garrison.records import Claim, Report, Reports

PUBLISHED = date(2021, 10, 20)
STORY = "Nine soldiers deserted on Monday, the ministry said. "
LONGEST = limits()["part"]

TEXTS = {
    "a story without end": STORY * (LONGEST // len(STORY)),
    "one line of ten megabytes": STORY * (10_000_000 // len(STORY)),
    "a chain of tellers": "The ministry said that " + "the agency said that " * 400 + "soldiers deserted.",
    "a chain of denials": "The ministry denied that " * 1000 + "soldiers deserted.",
    "nested quotes": "“" * 3000 + "Soldiers deserted" + "”" * 3000,
    "quotes within quotes": "\"'" * 2000 + STORY + "'\"" * 2000,
    "a list of agents": "soldiers, " * 8000,
    "a sentence without end": "Soldiers deserted and " * 4000,
    "relative clauses": "the army which " * 5000 + "deserted",
    "genitives": "the head of " * 5000 + "the army deserted",
    "conditions": "If " * 5000 + "soldiers desert",
    "one word": "a" * LONGEST,
    "one number": "9" * LONGEST + " soldiers deserted on 99 May 99999.",
    "many numbers": "1,234,567,890 " * 7000,
    "counts and deeds": "12 soldiers deserted, 14 soldiers deserted. " * 2000,
    "many dates": "on 3 May 2019 and on 4 May 2019 " * 3000,
    "brackets": "(" * 20_000 + STORY,
    "faces": "😀🔥" * 30_000 + STORY,
    "marks on letters": "e\u0301" * 40_000 + STORY,
    "written backwards": ("\u202e" + STORY + "\u202c") * 1500,
    "unseen letters": "".join(letter + "\u200b" for letter in STORY * 900),
    "handles": "@x: " * 20_000,
    "hyphens": "army-" * 20_000,
    "full stops": ". " * 50_000,
    "line ends": "\n" * LONGEST + STORY,
    "a line a word": "soldiers\n" * 10_000,
    "capitals": STORY.upper() * 1500,
    "null bytes": "\x00" * 1000 + STORY,
}


def claims_of(text: str) -> list[Claim]:
    report = Report("hostile", text, PUBLISHED, article_start=0, article_end=len(text))
    with warnings.catch_warnings():
        # That a text beyond the limit is cut is said as a warning, and tested elsewhere.
        warnings.simplefilter("ignore")
        return list(code(Reports.of([report]), country="EGY"))


def check(text: str, claims: list[Claim]) -> None:
    for claim in claims:
        assert text[claim.char_start : claim.char_end] == claim.quote
        assert claim.quote.strip() == claim.quote != ""
        assert (claim.date_start or PUBLISHED) <= (claim.date_end or date.max)


@pytest.mark.slow
@pytest.mark.parametrize("name", TEXTS)
def test_no_hostile_text_crashes_or_hangs_the_coder(name: str) -> None:
    begun = time.process_time()
    claims = claims_of(TEXTS[name])
    # The bound of the coder on one document, in CPU seconds: no measure of its speed, a guard against hanging.
    assert time.process_time() - begun < 10
    check(TEXTS[name], claims)


PIECES = st.sampled_from(
    [*STORY.split(), "\n", "“", "”", '"', "(", ")", "-", ":", "if", "not", "no", "denied", "that", "who", "in", "on",
     "Friday", "dozens", "of", "3,000", "Khartoum", "@x:", "\u202e", "\u200b", "\x00", "é", "漢", "and", "arrested",
     "protesters", "police", "will", "were", "by", "they", "the", "coup", "since", "2002", "?"]
)  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(st.lists(PIECES, max_size=60).map(" ".join) | st.text(max_size=200))
def test_whatever_is_coded_stands_on_its_characters(text: str) -> None:
    check(text, claims_of(text))
