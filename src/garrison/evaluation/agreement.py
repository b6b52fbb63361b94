"""How far the two independent readings of the project's own gold agreed, before their differences were settled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from garrison.evaluation.claim_matching import matched
from garrison.evaluation.gold_files import GoldDocument, read_gold
from garrison.records import Claim
from garrison.scoring import krippendorff_alpha, set_distance

READERS = ("first_reading", "second_reading")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Krippendorff's alpha of two blind readings.

    `types` is over the articles' sentences, each with the set of types that a reader coded on it (MASI distance);
    `certainty` and `sectors` are nominal, over the claims that both coded; `claim_f1` takes one reader for the other.
    """

    n_sentences: int
    n_claims: tuple[int, int]
    claim_f1: float
    types: float
    certainty: float
    sectors: float

    def figures(self) -> dict[str, float | int]:
        """Give the figures by name."""
        return {
            "sentences": self.n_sentences,
            "claims_first": self.n_claims[0],
            "claims_second": self.n_claims[1],
            "claim_f1": self.claim_f1,
            "alpha_types": self.types,
            "alpha_certainty": self.certainty,
            "alpha_sectors": self.sectors,
        }


def agreement_of(gold: Path) -> Agreement:
    """Compare the two readings of the project's own gold.

    Parameters
    ----------
    gold
        The folder with the parts of the gold; each part holds `readings/first_reading.jsonl` and
        `readings/second_reading.jsonl` beside its documents.

    Returns
    -------
    Agreement
        Over both parts together.
    """
    pairs: list[tuple[Claim, Claim]] = []
    units: list[tuple[frozenset[str], frozenset[str]]] = []
    counts = [0, 0]
    for part in sorted(path for path in gold.iterdir() if (path / "readings").is_dir()):
        first, second = (read_gold(part, claims=part / "readings" / f"{reader}.jsonl") for reader in READERS)
        for one, other in zip(first, second, strict=True):
            told, said = list(one.claims), list(other.claims)
            counts[0] += len(told)
            counts[1] += len(said)
            pairs += matched(told, said)
            units += _sentences(one, told, said)
    return Agreement(
        n_sentences=len(units),
        n_claims=(counts[0], counts[1]),
        claim_f1=2 * len(pairs) / sum(counts),
        types=krippendorff_alpha(units, set_distance),
        certainty=krippendorff_alpha([(one.certainty, other.certainty) for one, other in pairs]),
        sectors=krippendorff_alpha(
            [(str(one.actor_sector), str(other.actor_sector)) for one, other in pairs]
        ),
    )


def _sentences(
    document: GoldDocument, told: list[Claim], said: list[Claim]
) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Give what each reader coded on each sentence of the article and its title."""
    from garrison.coding.parsing import parts_of

    found = []
    for part in parts_of(document.report):
        if part.name == "comments":
            continue
        for sentence in part.doc.sents:
            start, end = part.span(sentence.start, sentence.end)
            span = document.report.raw_span(start, end) or (start, end)
            found.append((_types_on(told, *span), _types_on(said, *span)))
    return found


def _types_on(claims: list[Claim], start: int, end: int) -> frozenset[str]:
    """Give the types of the claims whose middle stands on a stretch, so that each claim belongs to one sentence."""
    return frozenset(
        claim.type for claim in claims if start <= (claim.char_start + claim.char_end) // 2 < end
    )
