"""The article told from its readers' comments."""

import itertools
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import ruptures
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.coding import code
from garrison.records import Reports
from garrison.reports import find_comment_boundary, read_reports
from garrison.reports.cleaning import clean
from garrison.reports.comment_boundary import Rates, article_log_likelihood, best_change, cost_of_place
from garrison.reports.paragraphs import split_paragraphs

HERE = Path(__file__).parent
DOCUMENTS = HERE / "documents"
SOURCE_ARTICLE = HERE.parents[2] / "shared" / "reports" / "venezuela-2017-05-07.txt"
WITHOUT = sorted(DOCUMENTS.glob("*-without-comments-*.txt"))
FIRST_COMMENT = {
    "analysis-with-comments-zimbabwe-2017-11-16": "Tendai M • 2 days ago",
    "blog-with-comments-sudan-2019-04-09": "Great piece as always",
    "essay-with-comments-chile-2019-10-26": '"Armies seldom split',
    "french-with-comments-burkina-2014-10-30": "Bila, il y a 3 heures",
    "spanish-with-comments-bolivia-2019-11-11": "por fin!!!",
    "wire-with-comments-algeria-2019-03-27": "kabyle75 2 hours ago",
    "wire-with-polite-comments-ukraine-2014-02-22": "4 comments",
    "wire-with-short-comments-burkina-2022-09-30": "Second one this year",
}
# The true beginning of what follows the article, where something does and the test of the same name says how near.
OTHERS = {
    "channel-with-replies-myanmar-2021-02-01": "Ko Ko, [01.02.21",
    "column-with-comments-sudan-2019-06-03": "I read you every week",
    "digest-with-replies-sudan-2019-04-07": "tariq_h @tariq_h",
    "embedded-with-comments-belarus-2020-08-12": "My husband resigned",
    "forum-with-comments-egypt-2013-07-04": "Interesting that nobody asks",
    "only-comments-venezuela-2017-05-09": "maracucho 3 hours ago",
    "page-with-comments-sri-lanka-2022-07-10": "Sign up for our newsletter",
    "statement-closed-without-thread-gabon-2023-08-30": "Comments are closed.",
    "wire-with-few-comments-ivory-coast-2017-01-14": "12 million for shooting",
}


def read_one(path):
    return read_reports([path], as_of=date(2023, 12, 31)).reports[0]


def shared_part(report, end):
    """Give the share of characters that the true article and the article found have in common (intersection/union)."""
    found, true = range(report.article_start, report.article_end), range(report.article_start, end)
    if not found and not true:
        return 1.0
    return min(len(found), len(true)) / max(len(found), len(true))


@pytest.mark.skipif(not SOURCE_ARTICLE.exists(), reason="the scraped article lies outside the repository")
def test_scraped_article_is_segmented_to_the_paragraph():
    report = read_one(SOURCE_ARTICLE)
    assert (report.title_start, report.title_end) == (0, 82)
    assert (report.article_start, report.article_end) == (84, 6508)
    assert (report.comments_start, report.comments_end) == (6510, 20233)
    assert report.published == date(2017, 5, 7)


@pytest.mark.parametrize("name", FIRST_COMMENT)
def test_boundary_is_right_to_the_paragraph(name):
    report = read_one(DOCUMENTS / f"{name}.txt")
    assert report.comments.startswith(FIRST_COMMENT[name])
    assert report.comments_end == len(report.text.rstrip())
    assert not report.text[report.article_end : report.comments_start].strip()


@pytest.mark.parametrize(
    "name", ["embedded-with-comments-belarus-2020-08-12", "forum-with-comments-egypt-2013-07-04"]
)
def test_at_most_one_sober_comment_without_any_mark_stays_with_the_article(name):
    report = read_one(DOCUMENTS / f"{name}.txt")
    article = [item.text for item in split_paragraphs(report.article)]
    assert any(text.startswith(OTHERS[name]) for text in article[-1:])
    assert report.comments_end == len(report.text.rstrip())


def test_articles_found_are_nearly_the_true_ones(capsys):
    shares = {}
    for path in sorted(DOCUMENTS.glob("*.txt")):
        report = read_one(path)
        after = {**FIRST_COMMENT, **OTHERS}.get(path.stem)
        end = len(report.text[: report.text.index(after)].rstrip()) if after else len(report.text.rstrip())
        shares[path.stem] = shared_part(report, end)
    with capsys.disabled():
        exact = sum(share == 1 for share in shares.values())
        mean = sum(shares.values()) / len(shares)
        print(f"\narticle found: {exact} of {len(shares)} exact, mean intersection over union {mean:.3f}")
        print("\n".join(f"  {name}: {share:.3f}" for name, share in shares.items() if share < 1))
    assert len(shares) >= 36
    assert exact >= 32
    assert mean >= 0.97


def test_a_thread_without_an_article_is_only_comments():
    report = read_one(DOCUMENTS / "only-comments-venezuela-2017-05-09.txt")
    assert report.article == ""
    assert report.comments == report.text.strip()
    claims = code(Reports.of([report]), country="VEN")
    assert {claim.certainty for claim in claims} <= {"reader_comment"}


def test_a_note_that_comments_are_closed_is_no_comment():
    report = read_one(DOCUMENTS / "statement-closed-without-thread-gabon-2023-08-30.txt")
    assert report.comments_start is None
    assert report.article.endswith("the streets of Plein Ciel.")


def test_a_page_with_everything_around_its_story():
    report = read_one(DOCUMENTS / "page-with-comments-sri-lanka-2022-07-10.txt")
    assert report.title == "Crowd takes president's house in Colombo"
    assert report.published == date(2022, 7, 10)
    assert report.article.startswith("Thousands of protesters")
    assert report.article.endswith("ready to resign.")
    assert report.comments.startswith("Comments (3)")
    left_out = [report.text[slice(*span)].split("\n")[0] for span in report.left_out]
    assert left_out == [
        "ADVERTISEMENT",
        "Read more: Police chief arrested over curfew order",
        "Related stories",
    ]


@pytest.mark.parametrize("path", WITHOUT, ids=lambda path: path.stem)
def test_an_article_without_comments_keeps_none(path):
    report = read_one(path)
    assert report.comments_start is None
    assert report.article_end == len(report.text.rstrip())


# Embedded posts are told from comments by the article that goes on behind them, which a beginning may lack.
WITHOUT_EMBEDDED_POSTS = [path for path in WITHOUT if not path.stem.startswith("check-")]


@pytest.mark.parametrize("path", WITHOUT_EMBEDDED_POSTS, ids=lambda path: path.stem)
def test_no_beginning_of_an_article_has_comments(path):
    report = read_one(path)
    for paragraph in split_paragraphs(report.text, report.article_start):
        assert (
            find_comment_boundary(report.text[: paragraph.end], report.article_start).comments_start is None
        )


def comment_lines():
    pool = []
    for name in FIRST_COMMENT:
        report = read_one(DOCUMENTS / f"{name}.txt")
        pool += [item.text for item in split_paragraphs(report.comments)]
    return pool


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(FIRST_COMMENT)), st.lists(st.sampled_from(comment_lines()), max_size=25))
def test_more_comments_never_move_the_boundary_into_the_article(name, more):
    report = read_one(DOCUMENTS / f"{name}.txt")
    longer = report.text.rstrip() + "".join(f"\n\n{line}" for line in more)
    assert find_comment_boundary(longer, report.article_start).article_end >= report.article_end


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_any_text_is_split_without_losing_a_character(text):
    text = clean(text)
    boundary = find_comment_boundary(text)
    kept = text[boundary.article_start : boundary.article_end]
    if boundary.comments_start is not None:
        assert not text[boundary.article_end : boundary.comments_start].strip()
        kept += text[boundary.comments_start : boundary.comments_end]
    assert "".join(kept.split()) == "".join(text.split())


class TwoRegimes(ruptures.base.BaseCost):
    """What a segment costs: the first regime if it starts the sequence, the second if not."""

    model = "two regimes"
    min_size = 1

    def fit(self, signal):
        self.signal = signal
        return self

    def error(self, start, end):
        return float(self.signal[start:end, 0 if start == 0 else 1].sum())


COSTS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=3, max_size=40)


@settings(deadline=None, max_examples=100)
@given(COSTS)
def test_dynamic_programming_finds_what_ruptures_finds(costs):
    # Thirds of their place make all totals differ, so that there is one best change.
    signal = np.array(costs, float) + np.arange(len(costs))[:, None] * np.array([0.0, 1e-4])
    expected = ruptures.Dynp(custom_cost=TwoRegimes(), min_size=1, jump=1).fit(signal).predict(n_bkps=1)[0]
    n = len(signal)
    before = np.concatenate([[0.0], np.cumsum(signal[:, 0])])
    place, gain = best_change(before, signal[:, 1], np.zeros(n - 1))
    totals = [before[k] + signal[k:, 1].sum() for k in range(1, n)]
    assert gain == pytest.approx(before[n] - min(totals))
    if gain > 1e-9:
        assert totals[place - 1] == pytest.approx(totals[expected - 1])


def test_a_change_that_costs_more_than_it_saves_is_not_supposed():
    before, after = np.array([0.0, 1.0, 4.0, 7.0]), np.array([3.0, 1.0, 1.0])
    assert best_change(before, after, np.full(2, 3.9)) == (1, pytest.approx(0.1))
    assert best_change(before, after, np.full(2, 4.1)) == (3, pytest.approx(-0.1))


def test_likelihood_of_an_article_sums_to_one_over_everything_it_can_show():
    rates = Rates(np.array([0.4, 0.1]), np.array([0.1, 0.3]), np.array([3.0, 2.0]))
    room = np.array([[1.0, 1.0], [0.4, 1.0], [1.0, 0.4]])
    total = 0.0
    for shown in itertools.product([False, True], repeat=6):
        total += np.exp(article_log_likelihood(np.array(shown).reshape(3, 2), rates, room)[-1])
    assert total == pytest.approx(1.0, abs=1e-12)


def test_an_authors_habit_excuses_but_never_accuses():
    says_i = Rates(np.array([0.1]), np.array([0.4]), np.array([3.0]))
    habit = np.diff(article_log_likelihood(np.ones((6, 1), bool), says_i))
    assert np.all(np.diff(habit) > 0)
    attributes = Rates(np.array([0.5]), np.array([0.05]), np.array([3.0]))
    plain_after = np.ones((6, 1), bool)
    plain_after[-1] = False
    assert np.diff(article_log_likelihood(plain_after, attributes))[-1] == pytest.approx(np.log(0.5))


@given(st.integers(2, 60), st.integers(0, 70), st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_places_share_out_one_probability(n, name, p_comments, p_name):
    cost = cost_of_place(n, name, p_comments, p_name)
    assert np.exp(-cost).sum() * (1 - p_comments) == pytest.approx(p_comments)
