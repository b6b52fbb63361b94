"""Sources with known reliability that tell of happenings with known truth."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from garrison.events.credibility import rates_of
from garrison.events.latent_truth import DENIES, SILENT, TELLS, Hearings, _first_weights
from garrison.records import Claim, Claims, Source

KINDS = ("media", "ngo", "opposition", "social_media", "official", "witness")


@dataclass(frozen=True)
class World:
    """What really happened and what was told of it."""

    is_real: np.ndarray
    hearings: Hearings
    theta: np.ndarray


def a_world(
    seed: int, *, n: int = 3000, share_real: float = 0.4, n_of_kind: int = 5, strength: float = 20.0
) -> World:
    """Draw sources from their kinds' first rates, and let each watch half of all happenings."""
    random = np.random.default_rng(seed)
    rates = [rates_of(kind) for kind in KINDS for _ in range(n_of_kind)]
    theta = random.standard_gamma(_first_weights(rates, strength))
    theta /= theta.sum(axis=2, keepdims=True)
    is_real = (random.random(n) < share_real).astype(int)
    watches = random.random((n, len(rates))) < 0.5
    bounds = theta.cumsum(axis=2)[np.arange(len(rates))[None, :], is_real[:, None]]
    word = (random.random((n, len(rates)))[..., None] > bounds).sum(axis=2).clip(0, 2)
    told = ((word != SILENT) & watches).any(axis=1)
    is_real, watches, word = is_real[told], watches[told], word[told]
    happening, source = np.nonzero(watches)
    hearings = Hearings(
        happening,
        source,
        word[happening, source],
        np.full(len(is_real), share_real),
        np.zeros(len(is_real), dtype=int),
        rates,
    )
    return World(is_real, hearings, theta)


def as_claims(world: World, *, random: np.random.Generator) -> Claims:
    """Write a world as claims: happening i on day 3i in Venezuela, some words retold by papers of no record."""
    claims = []
    hearings = world.hearings
    n_sources = len(hearings.rates)
    per_kind = n_sources // len(KINDS)
    for happening, source, word in zip(hearings.happening, hearings.source, hearings.word, strict=True):
        if word == SILENT:
            continue
        day = date(2015, 1, 1) + timedelta(days=3 * int(happening))
        kind = KINDS[source // per_kind]
        name = f"Desk{kind.replace('_', '').title()}{'abcdefghij'[source % per_kind]}"
        for copy in range(1 + int(random.integers(0, 3))):
            chain = (Source(name, kind), *((Source(f"paper {copy}", "media"),) if copy else ()))
            claims.append(
                Claim(
                    id=f"{happening}-{source}-{copy}#1",
                    doc=f"{happening}-{source}-{copy}",
                    char_start=0,
                    char_end=1,
                    quote="x",
                    type="STRIKE",
                    certainty="claim_media",
                    published=day + timedelta(days=1),
                    date_start=day,
                    date_end=day,
                    country="VEN",
                    sources=chain,
                    negated=bool(word == DENIES),
                )
            )
    assert TELLS == 1
    return Claims.of(claims)
