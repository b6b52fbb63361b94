"""Events and the model become the state of the forces: simulated crises weighted by what was published.

`observations` says what the reports tell of the things that the model counts (`running_totals` keeps incidents and
tolls one count), `likelihood` how well each run
fits, `state` holds the weighted runs, `infer` is the way from events to it.
"""

from garrison.inference.infer import infer
from garrison.inference.observations import known_by, observe
from garrison.inference.observed import CountObserved, StoriesObserved, describe
from garrison.inference.state import State

__all__ = [
    "CountObserved",
    "State",
    "StoriesObserved",
    "describe",
    "infer",
    "known_by",
    "observe",
]
