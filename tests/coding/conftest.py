"""Most tests of this folder are about the rows of the frame table, sentence by sentence: there rows decide alone.

What is learned from coded texts weighs rows in whole reports; `test_coding_learned.py` tests that, and the tests of
streams, pages, hostile texts and gold run the coder as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from garrison.coding import code_reports

_AS_IT_IS = ("learned", "stream", "hostile", "interchange")


@pytest.fixture(autouse=True, scope="module")
def rows_decide_alone(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the rows stand that fit, but in the modules that test the coder as it is."""
    if any(name in request.module.__name__ for name in _AS_IT_IS):
        yield
        return

    def as_found(sentence: Any, scene: Any, found: list[Any], *, in_title: bool = False) -> list[Any]:
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(code_reports, "weighed", as_found)
        yield
