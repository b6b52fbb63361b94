"""Counts in own sentences: bounds, kind and what is counted."""

from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.coding.number_words import number_atoms, quantity_table, value_of_words
from garrison.coding.parsing import parse
from garrison.coding.quantities import find_quantities

BLANK = spacy.blank("en")

# sentence, low, high, kind, approximate, what is counted
ONE_COUNT = [
    ("Police shot 36 people.", 36, 36, "flow", False, "people"),
    ("At least 65 soldiers were detained.", 65, 98, "flow", True, "soldiers"),
    ("Not fewer than 12 died.", 12, 18, "flow", True, "died"),
    ("More than 1,500 officers resigned.", 1501, 2250, "flow", True, "officers"),
    ("Nearly 40 students were hurt.", 36, 40, "flow", True, "students"),
    ("About 2.5 million people marched.", 2_250_000, 2_750_000, "flow", True, "people"),
    ("An estimated 20,000 people marched.", 18_000, 22_000, "flow", True, "people"),
    ("100 or so soldiers fled.", 90, 110, "flow", True, "soldiers"),
    ("150 or more soldiers fled.", 150, 225, "flow", True, "soldiers"),
    ("Up to 200 men took part.", 100, 200, "flow", True, "men"),
    ("As many as 200 men took part.", 100, 200, "flow", True, "men"),
    ("Fewer than 50 men took part.", 25, 49, "flow", True, "men"),
    ("Some three dozen sergeants fled.", 32, 40, "flow", True, "sergeants"),
    ("Three dozen sergeants fled.", 36, 36, "flow", True, "sergeants"),
    ("Half a dozen officers fled.", 6, 6, "flow", True, "officers"),
    ("A dozen cadets fled.", 12, 12, "flow", True, "cadets"),
    ("Dozens of soldiers were arrested.", 24, 99, "flow", True, "soldiers"),
    ("Dozens more were injured.", 24, 99, "flow", True, "injured"),
    ("Scores of soldiers were arrested.", 40, 99, "flow", True, "soldiers"),
    ("Hundreds of guards refused.", 200, 999, "flow", True, "guards"),
    ("Thousands of women marched.", 2000, 9999, "flow", True, "women"),
    ("Tens of thousands of people marched.", 20_000, 99_999, "flow", True, "people"),
    ("Hundreds of thousands of people marched.", 200_000, 999_999, "flow", True, "people"),
    ("Masses of people took to the streets.", 1000, 100_000, "flow", True, "people"),
    ("Several officers deserted.", 3, 9, "flow", True, "officers"),
    ("A handful of generals deserted.", 3, 7, "flow", True, "generals"),
    ("A couple of officers deserted.", 2, 2, "flow", True, "officers"),
    ("A few dozen conscripts deserted.", 24, 60, "flow", True, "conscripts"),
    ("Several hundred conscripts deserted.", 300, 999, "flow", True, "conscripts"),
    ("Between 25 and 30 cadets were tried.", 25, 30, "flow", True, "cadets"),
    ("From 25 to 30 cadets were tried.", 25, 30, "flow", True, "cadets"),
    ("25-30 cadets were tried.", 25, 30, "flow", True, "cadets"),
    ("Two or three officers fled.", 2, 3, "flow", True, "officers"),
    ("Half a million people marched.", 500_000, 500_000, "flow", False, "people"),
    ("Two hundred and fifty soldiers marched.", 250, 250, "flow", False, "soldiers"),
    ("Twenty-five soldiers marched.", 25, 25, "flow", False, "soldiers"),
    ("Three army lieutenants fled.", 3, 3, "flow", False, "lieutenants"),
    ("The three young lieutenants fled.", 3, 3, "flow", False, "lieutenants"),
    ("A group of 30 soldiers fled.", 30, 30, "flow", False, "soldiers"),
    ("A unit of 30 soldiers fled.", 30, 30, "flow", False, "soldiers"),
    ("A 300-strong crowd gathered.", 300, 300, "flow", False, "strong"),
    ("They sent 21 military and civilian personnel.", 21, 21, "flow", False, "personnel"),
    ("Seven search-and-rescue teams came.", 7, 7, "flow", False, "teams"),
    ("Thousands of Tamil civilian refugees fled.", 2000, 9999, "flow", True, "refugees"),
    ("Lebanon complained over two Israeli raids.", 2, 2, "flow", False, "raids"),
    ("Police moved over 300 prisoners.", 301, 450, "flow", True, "prisoners"),
    ("Since Monday trucks brought food for 300 families.", 300, 300, "flow", False, "families"),
    ("Officers have recently dismissed 30 cadets.", 30, 30, "flow", False, "cadets"),
    ("One woman wept.", 1, 1, "flow", False, "woman"),
    ("Ten people a day die.", 10, 10, "flow", False, "people"),
    ("40 were killed.", 40, 40, "flow", False, "killed"),
    ("The death toll approaches 40.", 36, 40, "stock", True, "toll"),
    ("The death toll has risen to 52.", 52, 52, "stock", False, "toll"),
    ("The toll rose from 10 to 36.", 36, 36, "stock", False, "toll"),
    ("The toll stands at 1,024.", 1024, 1024, "stock", False, "toll"),
    ("A total of 85 officers were jailed.", 85, 85, "stock", False, "officers"),
    ("So far 123 soldiers have been jailed.", 123, 123, "stock", False, "soldiers"),
    ("Clashes have left 40 dead in the past month.", 40, 40, "stock", False, "dead"),
    ("Since April, 40 people have died.", 40, 40, "stock", False, "people"),
    ("The ministry said 14 officers were held, not 85.", 14, 14, "flow", False, "officers"),
    ("In 2014 some 300 soldiers fled.", 270, 330, "flow", True, "soldiers"),
    ("Al menos 65 militares fueron detenidos.", 65, 98, "flow", True, "militares"),
    ("Half of the 300 cadets fled.", 150, 150, "flow", False, "cadets"),
    ("Two thirds of the 90 deputies left.", 60, 60, "flow", False, "deputies"),
    ("Most of the 300 cadets fled.", 150, 300, "flow", True, "cadets"),
    ("None of the 40 officers fled.", 0, 0, "flow", False, "officers"),
    ("Two of the three lieutenants fled.", 2, 2, "flow", False, "lieutenants"),
    ("No one was killed.", 0, 0, "flow", True, "killed"),
    ("Nobody was hurt.", 0, 0, "flow", True, "hurt"),
    ("Both officers fled.", 2, 2, "flow", True, "officers"),
    ("Hundreds, possibly thousands, marched.", 200, 9999, "flow", True, "thousands"),
    ("Hundreds or even thousands of people marched.", 200, 9999, "flow", True, "people"),
    ("10-15,000 people marched.", 10_000, 15_000, "flow", True, "people"),
    ("1.5m people marched.", 1_500_000, 1_500_000, "flow", False, "people"),
    ("20k people marched.", 20_000, 20_000, "flow", False, "people"),
    ("A quarter of a million people marched.", 250_000, 250_000, "flow", False, "people"),
    ("Another 12 soldiers fled.", 12, 12, "flow", False, "soldiers"),
    ("The death of a boy took the toll to 38.", 38, 38, "stock", False, "toll"),
    ("The opposition puts the number of dead at 40.", 40, 40, "stock", False, "dead"),
    ("The number of deserters is put at 300.", 300, 300, "flow", False, "deserters"),
    ("More than 50 men were jailed since the protests began.", 51, 75, "stock", True, "men"),
    ("Decenas de soldados fueron detenidos.", 24, 99, "flow", True, "soldados"),
    ("Miles de personas marcharon.", 2000, 9999, "flow", True, "personas"),
]

NOT_COUNTS = [
    "One of the soldiers wept.",
    "One in three conscripts fled.",
    "Both sides fired.",
    "The Third Brigade fired.",
    "The shop at 24 Main Street burned.",
    "Flight 370 vanished.",
    "He was held for 24 hours.",
    "A 25-year-old died.",
    "A student, 25, died.",
    "He is 25 years old.",
    "Police fired at 6 p.m. on May 6, 2017.",
    "He was jailed for five years.",
    "A three-day strike began.",
    "Prices rose 300 percent.",
    "Prices rose 25%.",
    "The bribe was $5,000.",
    "The bribe was 5,000 dollars.",
    "Millions of dollars were stolen.",
    "They walked 20 kilometres.",
    "Article 350 allows it.",
    "The 41st Brigade held.",
    "Unit 41 fled.",
    "A three-star general fled.",
    "The Group of 20 met.",
    "He carried an AK-47.",
    "In 2014 soldiers fled.",
    "It is 10:30 now.",
    "The match ended 3-0.",
    "Call +58 212 555 1234.",
    "A mother of three was shot.",
    "Two thirds of the deputies left.",
    "On day 40 they marched.",
    "The worst 1969 riots began here.",
    "It cost Rs 500 crore.",
    "Houses burned in sector 27.",
    "It happened in the past five weeks.",
]


@pytest.mark.parametrize(("sentence", "low", "high", "kind", "approximate", "head"), ONE_COUNT)
def test_a_count_with_its_bounds(
    sentence: str, low: float, high: float, kind: str, approximate: bool, head: str
) -> None:
    doc = parse(sentence)
    found = [
        (item.low, item.high, item.kind, item.approximate, doc[item.head].text)
        for item in find_quantities(doc)
    ]
    assert found == [(low, high, kind, approximate, head)]


@pytest.mark.parametrize("sentence", NOT_COUNTS)
def test_numbers_that_count_nobody(sentence: str) -> None:
    assert find_quantities(parse(sentence)) == []


def test_two_counts_of_one_sentence() -> None:
    text = "Over 300 protesters and around 50 police were hurt."
    doc = parse(text)
    assert [(text[item.start : item.end], doc[item.head].text) for item in find_quantities(doc)] == [
        ("Over 300", "protesters"),
        ("around 50", "police"),
    ]


def test_what_is_added_to_a_toll_is_no_toll() -> None:
    found = find_quantities(parse("Two more people were killed on Monday, bringing the death toll to 40."))
    assert [(item.low, item.kind) for item in found] == [(2, "flow"), (40, "stock")]


def test_every_bound_says_why() -> None:
    table = quantity_table()
    for entry in [*table["vague"], *table["hedge"], *table["share"]]:
        assert entry["why"], entry
        assert entry["low"] <= entry["high"], entry


ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int) -> str:
    if number < 10:
        return ONES[number - 1]
    if number < 20:
        return TEENS[number - 10]
    if number < 100:
        return TENS[number // 10 - 2] + (f"-{ONES[number % 10 - 1]}" if number % 10 else "")
    for size, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            return f"{in_words(number // size)} {name}" + (f" and {in_words(rest)}" if rest else "")
    raise AssertionError(number)


@given(st.integers(1, 999_999_999))
def test_number_words_are_read_back(number: int) -> None:
    assert value_of_words(in_words(number)) == number


@given(st.integers(1, 10**12))
def test_digits_are_read_back_with_or_without_commas(number: int) -> None:
    for text in (f"{number:,}", str(number)):
        (atom,) = number_atoms(f"They held {text} soldiers.")
        assert (atom.low, atom.high) == (number, number)


def check_laws(text: str) -> None:
    doc = BLANK(text)
    found = find_quantities(doc)
    for item in found:
        assert 0 <= item.start < item.end <= len(text)
        assert 0 <= item.low <= item.high
        assert item.kind in ("flow", "stock")
        assert 0 <= item.head < len(doc)
    for left, right in pairwise(found):
        assert left.end <= right.start


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_laws_on_any_text(text: str) -> None:
    check_laws(text)


def test_a_hostile_line_is_read_in_linear_work() -> None:
    """Every number of an endless line is read, each from its own neighbourhood alone."""
    text = "5 men and " * 2000
    found = find_quantities(BLANK(text))
    assert len(found) == 2000
    assert {(item.low, item.high, item.kind) for item in found} == {(5, 5, "flow")}


scraps = st.sampled_from(
    [
        "at",
        "least",
        "more",
        "than",
        "nearly",
        "or",
        "so",
        "between",
        "and",
        "from",
        "to",
        "25",
        "1,200",
        "3.5",
        "million",
        "dozen",
        "dozens",
        "hundreds",
        "of",
        "soldiers",
        "-",
        "–",
        "several",
        "a",
        "few",
        "0",
        "000",
        "1.000.000",
        "²",
        "٣",
        "half",
        "thirty",
        "rose",
        "toll",
        "so",
        "far",
        "one",
        "%",
        "$",
        "10-12",
        "several",
        "hundred",
        "masses",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(scraps, max_size=14))
def test_laws_on_scrambled_numbers(words: list[str]) -> None:
    check_laws(" ".join(words))
