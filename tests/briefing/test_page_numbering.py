"""Notes are numbered as a reader meets them, and still lead to the same rows."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from page_content import CONTENT

from garrison.briefing import BriefContent, in_reading_order, render

ORDERED = in_reading_order(CONTENT)


def rows(content: BriefContent) -> dict[str, tuple[str, ...]]:
    """Tell each row by its words, with the words of the rows that it rests on."""
    words = {row.number: f"{row.shown}: {row.origin}" for row in content.provenance}
    return {
        words[row.number]: tuple(words[number] for number in row.depends_on) for row in content.provenance
    }


def test_the_headline_is_note_one_and_rows_count_up() -> None:
    assert ORDERED.headline.chance.note == 1
    assert [row.number for row in ORDERED.provenance] == list(range(1, len(CONTENT.provenance) + 1))


def test_every_note_leads_to_the_row_that_it_led_to() -> None:
    assert rows(ORDERED) == rows(CONTENT)
    for before, after in (
        (CONTENT.header.note, ORDERED.header.note),
        (CONTENT.headline.age_note, ORDERED.headline.age_note),
        (CONTENT.levers[0].note, ORDERED.levers[0].note),
        (CONTENT.claims[0].note, ORDERED.claims[0].note),
        (CONTENT.verdict[0].notes[0], ORDERED.verdict[0].notes[0]),
    ):
        old = next(row for row in CONTENT.provenance if row.number == before)
        new = next(row for row in ORDERED.provenance if row.number == after)
        assert (old.shown, old.origin) == (new.shown, new.origin)


def test_numbering_twice_changes_nothing() -> None:
    assert render(in_reading_order(ORDERED)) == render(ORDERED)


@given(st.permutations(range(len(CONTENT.provenance))))
def test_the_order_of_the_ledger_does_not_show(order: list[int]) -> None:
    shuffled = replace(CONTENT, provenance=tuple(CONTENT.provenance[place] for place in order))
    assert in_reading_order(shuffled).provenance == ORDERED.provenance


def test_the_first_notes_on_the_page_are_the_first_numbers() -> None:
    page = render(ORDERED)
    answer = page[page.index('class="frequency"') :]
    assert re.findall(r'href="#n(\d+)"', answer)[0] == "1"
