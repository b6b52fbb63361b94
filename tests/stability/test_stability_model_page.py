"""The page on the model shows what the code says: its generated parts are the code's own."""

from pathlib import Path

import pytest

from garrison.stability import model_page_blocks

PAGE = Path(__file__).parents[2] / "docs" / "model.md"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["order-of-a-day", "audit", "parameters"])
def test_generated_parts_are_up_to_date(name):
    text = PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- begin {name} -->\n", f"<!-- end {name} -->"
    assert text.count(begin) == text.count(end) == 1
    shown = text.split(begin)[1].split(end)[0]
    assert shown.strip() == model_page_blocks()[name].strip(), "regenerate docs/model.md (make docs)"
