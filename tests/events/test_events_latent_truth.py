"""Which happenings are real and whose word counts: known truth is recovered, better than by votes."""

from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np
import pytest
from scipy.stats import binom
from simulated_sources import a_world, as_claims

from garrison.errors import TableError
from garrison.events import SourceRecords, learn_sources, link
from garrison.events.credibility import Rates, rates_of
from garrison.events.latent_truth import DENIES, SILENT, TELLS, Hearings, weigh_jointly
from garrison.records import Claims

STRENGTH = 20.0


def in_bands(p: np.ndarray, is_real: np.ndarray, level: float) -> list[bool]:
    """Say for each of ten bins of p whether its share of real ones lies in its binomial band."""
    found = []
    for cell in range(10):
        chosen = np.minimum((10 * p).astype(int), 9) == cell
        if chosen.sum() >= 10:
            low, high = binom.interval(level, chosen.sum(), p[chosen].mean())
            found.append(bool(low <= is_real[chosen].sum() <= high))
    return found


def brier(p: np.ndarray, is_real: np.ndarray) -> float:
    return float(((p - is_real) ** 2).mean())


def test_every_bin_of_ten_lies_in_its_band() -> None:
    """Ten bins at a level of 99.5% each: a perfect system passes in 95% of seeds."""
    world = a_world(1)
    truth = weigh_jointly(world.hearings, strength=STRENGTH, seed=1)
    found = in_bands(truth.p_happened, world.is_real, 0.995)
    assert len(found) >= 9
    assert all(found)


def test_nineteen_in_twenty_bins_lie_in_their_95_percent_bands() -> None:
    """Sixty bins of six worlds at 95%: a perfect system has 53 or more inside in 97% of seeds."""
    found = []
    for seed in range(2, 8):
        world = a_world(seed)
        truth = weigh_jointly(world.hearings, strength=STRENGTH, n_draws=200, n_warm_up=100, seed=seed)
        found += in_bands(truth.p_happened, world.is_real, 0.95)
    assert len(found) >= 50
    assert sum(found) >= binom.ppf(0.02, len(found), 0.95)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:crowdkit")
@pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")
def test_it_scores_better_than_a_vote_and_than_dawid_and_skene() -> None:
    pandas = pytest.importorskip("pandas")
    aggregation = pytest.importorskip("crowdkit.aggregation", reason="crowd-kit is a development dependency")
    world = a_world(9)
    hearings = world.hearings
    joint = weigh_jointly(hearings, strength=STRENGTH, seed=9).p_happened
    frame = pandas.DataFrame(
        {
            "task": hearings.happening,
            "worker": hearings.source,
            "label": np.where(hearings.word == TELLS, "real", "not"),
        }
    )
    table = aggregation.DawidSkene(n_iter=100).fit_predict_proba(frame).sort_index()
    dawid_skene = table["real"].to_numpy()
    vote = np.bincount(hearings.happening, weights=hearings.word == TELLS) / np.bincount(hearings.happening)
    assert brier(joint, world.is_real) < 0.9 * min(
        brier(dawid_skene, world.is_real), brier(vote, world.is_real)
    )


def test_the_rates_of_sources_are_recovered() -> None:
    """Nine in ten true log ratios lie in their 90% bands: thirty sources, 22 or more in 99% of seeds."""
    world = a_world(4, n=4000)
    truth = weigh_jointly(world.hearings, strength=STRENGTH, seed=4)
    draws = truth.log_ratio(TELLS)
    low, high = np.quantile(draws, [0.05, 0.95], axis=0)
    true_ratio = np.log(world.theta[:, 1, TELLS] / world.theta[:, 0, TELLS])
    assert ((low <= true_ratio) & (true_ratio <= high)).sum() >= 22
    assert np.corrcoef(draws.mean(axis=0), true_ratio)[0, 1] > 0.8


def test_with_rates_held_fast_it_gives_bayes_rule() -> None:
    """So strong first rates that nothing can be learned: the chance is the product rule, by enumeration."""
    rates = [rates_of("media"), rates_of("ngo"), Rates(0.3, 0.05, 0.1, 0.4)]
    patterns = list(product((SILENT, TELLS, DENIES), repeat=3))[1:]
    happening = np.repeat(np.arange(len(patterns)), 3)
    hearings = Hearings(
        happening,
        np.tile(np.arange(3), len(patterns)),
        np.array(patterns).ravel(),
        np.full(len(patterns), 0.3),
        np.zeros(len(patterns), dtype=int),
        rates,
    )
    found = weigh_jointly(hearings, strength=1e7, seed=0).p_happened
    for pattern, p in zip(patterns, found, strict=True):
        odds = 0.3 / 0.7
        for word, rate in zip(pattern, rates, strict=True):
            real = (1 - rate.tells_true - rate.denies_true, rate.tells_true, rate.denies_true)
            false = (1 - rate.tells_false - rate.denies_false, rate.tells_false, rate.denies_false)
            odds *= real[word] / false[word]
        assert p == pytest.approx(odds / (1 + odds), abs=0.01)


def test_the_same_seed_gives_the_same_bytes() -> None:
    hearings = a_world(5, n=300).hearings
    one, again = (weigh_jointly(hearings, strength=STRENGTH, n_draws=50, seed=7) for _ in range(2))
    assert one.p_happened.tobytes() == again.p_happened.tobytes()


def test_two_words_of_one_source_on_one_happening_are_refused() -> None:
    zeros = np.zeros(2, dtype=int)
    with pytest.raises(TableError, match="keep its last word"):
        Hearings(zeros, zeros, np.array([1, 2]), np.array([0.5]), np.array([0]), [rates_of("media")])


def test_records_are_learned_from_claims_and_retold_words_count_once() -> None:
    """End to end from claims: the learned weights follow the true ones, and silence speaks."""
    world = a_world(11, n=250, n_of_kind=2)
    claims = as_claims(world, random=np.random.default_rng(0))
    learned = learn_sources(claims, as_of=date(2030, 1, 1))
    assert len(learned.events) == len(world.is_real)
    by_day = {event.date_start: event for event in learned.events}
    p = np.array([by_day[day].p_happened for day in sorted(by_day)])
    plain = np.array([event.p_happened for event in link(claims)])
    told_of = np.array([any(world.hearings.happening == n) for n in range(len(world.is_real))])
    assert told_of.all()
    assert brier(p, world.is_real) < brier(plain, world.is_real)
    assert max(one.ratio_low for one in learned.sources) > 2
    assert all(one.n_told + one.n_denied >= 5 for one in learned.sources)


def test_a_learned_record_weighs_later_words(tmp_path) -> None:
    world = a_world(12, n=250, n_of_kind=2)
    claims = as_claims(world, random=np.random.default_rng(0))
    sources = learn_sources(claims).sources
    again = SourceRecords.load(sources.save(tmp_path / "sources.json"))
    assert again == sources
    trusted = max(sources, key=lambda one: one.ratio)
    first = next(one for one in claims if set(one.sources[0].text.lower().split()) >= set(trusted.words))
    alone = Claims.of([replace(first, negated=False, sources=first.sources[:1])])
    (by_kind,), (by_record,) = (link(alone, sources=known) for known in (None, sources))
    assert by_record.evidence_ratio == pytest.approx(trusted.ratio)
    assert by_record.evidence_ratio != by_kind.evidence_ratio


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("no json", "no file of source records"),
        ('{"schema": 99, "sources": []}', "schema 99"),
        ('{"schema": 1, "sources": [{"words": []}]}', "source 1: lacks kind"),
        ("[]", "no file of source records"),
    ],
)
def test_a_file_that_holds_no_records_is_named(tmp_path, content: str, message: str) -> None:
    path = tmp_path / "sources.json"
    path.write_text(content)
    with pytest.raises(TableError, match=message):
        SourceRecords.load(path)


def test_nothing_to_learn_from() -> None:
    learned = learn_sources(Claims.of([]))
    assert len(learned.events) == 0
    assert repr(learned.sources) == "SourceRecords: 0 sources"
    assert len(learned.sources.to_frame()) == 0
