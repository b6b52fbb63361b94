"""One teller in the chain through which an assertion reached the text."""

from __future__ import annotations

from dataclasses import dataclass

from garrison.coding.actors import Actor
from garrison.coding.issuers import Issuer

#: The verb of a voice that is only a rumour or a report that nobody is named for.
HEARSAY = "hearsay"


@dataclass(frozen=True, slots=True)
class Voice:
    """One link of a source chain: its words, its kind, its agent if it is one, and the verb of its telling.

    `issuer` is the one whose words the whole text or post is, None for a teller within it.
    """

    text: str
    kind: str
    actor: Actor | None
    verb: str
    issuer: Issuer | None = None
