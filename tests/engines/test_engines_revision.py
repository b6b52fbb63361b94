"""The update line: where a revision ends, and what is said of a crowd that never rests."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.engines import comes_to_rest, revise
from garrison.errors import UndefinedError


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.001, 1))
def test_revision_ends_between_what_was_and_what_draws(share, drawn_to, rate):
    after = float(revise(np.array(share), np.array(drawn_to), rate))
    assert min(share, drawn_to) - 1e-15 <= after <= max(share, drawn_to) + 1e-15


def test_a_crowd_that_never_rests_is_named():
    with pytest.raises(UndefinedError, match="not come to rest"):
        comes_to_rest(lambda share: 1.0 - share, start=0.2, most_steps=50)
