"""Claims become events: the same happening told twice is one, with the chance that it happened.

`link` groups claims; `credibility` weighs who says so; `sources` finds who said it first, so that a tweet
that ten papers retell stays one source.
"""

from garrison.events.credibility import Testimony, type_prior, weigh_sources, weigh_testimonies
from garrison.events.linking import link

__all__ = ["Testimony", "link", "type_prior", "weigh_sources", "weigh_testimonies"]
