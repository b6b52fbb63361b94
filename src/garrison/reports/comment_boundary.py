"""Where an article ends and its readers' comments begin, in a flat text that does not say so.

One change point at most. Before it, paragraphs show their features at the rates of articles, or at those that the
author's habits let expect (a blogger says "I" throughout). After it, they show them at the rates of many readers.
The best change point is found by dynamic programming over the paragraphs, and
is accepted only against the cost of supposing one at all.
"""

from __future__ import annotations

import math
import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garrison.reports.comment_features import is_comment_heading, paragraph_features
from garrison.reports.digest import Digest, find_digest
from garrison.reports.furniture import find_furniture
from garrison.reports.paragraphs import Paragraph, split_paragraphs

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Boundary:
    """The two parts of a text: character offsets, end exclusive; the comments' are None where there are none.

    `log_odds` is the evidence for comments from here on against none at all (natural logarithm, discounted for
    features that go together). `left_out` is given for a list of posts only: replies amid them, counters, buttons.
    """

    article_start: int
    article_end: int
    comments_start: int | None
    comments_end: int | None
    log_odds: float
    left_out: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Rates:
    """How often each feature is shown: shares of paragraphs in (0, 1), each of shape (feature,).

    `worth` is how many paragraphs the article's share is worth as an expectation, above 0.
    """

    in_article: Floats
    in_comments: Floats
    worth: Floats


def without_furniture(text: str, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    r"""Leave out paragraphs that are adverts, buttons, pointers to other stories and the like.

    Parameters
    ----------
    text
        Cleaned text.
    paragraphs
        Of this text, in order.

    Returns
    -------
    list of Paragraph
        Those that are anybody's writing.

    Examples
    --------
    >>> text = "Troops left.\n\nADVERTISEMENT"
    >>> [item.text for item in without_furniture(text, split_paragraphs(text))]
    ['Troops left.']
    """
    if not paragraphs:
        return []
    spans = find_furniture(text, paragraphs[0].start, paragraphs[-1].end)
    starts = [start for start, _ in spans]
    kept = []
    for item in paragraphs:
        before = bisect_right(starts, item.start) - 1
        if before < 0 or spans[before][1] < item.end:
            kept.append(item)
    return kept


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("comment_features.toml").read_text(encoding="utf8"))


def article_log_likelihood(
    shown: Bools, rates: Rates, room: Floats | None = None, counted: Floats | None = None
) -> Floats:
    r"""Give the log-likelihood of the first k paragraphs as one author's article, for every k.

    `sum_i sum_f log p_fi` over the paragraphs i < k, where p_fi is the chance of what paragraph i shows of
    feature f, predicted from the i paragraphs before it: `(worth_f expected_f + s_fi) / (worth_f + i)`, s_fi being
    how many of them show f. An author's habits only excuse: they never make a mark of comments less, or a mark
    of articles more, to be expected than it is of all authors, so that one plain paragraph after many dense ones
    costs no more than elsewhere. Where a paragraph has less room, the chance of showing a feature is multiplied by
    that.

    Parameters
    ----------
    shown
        Shape (paragraph, feature).
    rates
        How often features are shown.
    room
        Factor in (0, 1] on the chance of showing it, shape (paragraph, feature); 1 if not given.
    counted
        How much each feature counts in each paragraph, in [0, 1], shape (paragraph, feature); 1 if not given.

    Returns
    -------
    ndarray
        Shape (paragraph + 1,); the first is 0.

    Examples
    --------
    >>> says_i = Rates(np.array([0.1]), np.array([0.4]), np.array([2.0]))
    >>> value = article_log_likelihood(np.array([[True], [True]]), says_i)
    >>> [round(float(item), 3) for item in np.exp(value)]
    [1.0, 0.1, 0.04]
    """
    n = len(shown)
    count = np.vstack([np.zeros(shown.shape[1]), np.cumsum(shown, axis=0)])
    seen_before = np.arange(n)[:, None]
    habit = (rates.worth * rates.in_article + count[:-1]) / (rates.worth + seen_before)
    marks_articles = rates.in_article > rates.in_comments
    p_shown = np.where(
        marks_articles, np.minimum(habit, rates.in_article), np.maximum(habit, rates.in_article)
    )
    if room is not None:
        p_shown = p_shown * room
    steps = np.where(shown, np.log(p_shown), np.log1p(-p_shown))
    if counted is not None:
        steps = steps * counted
    steps = steps.sum(axis=1)
    return np.concatenate([[0.0], np.cumsum(steps)])


def best_change(cost_before: Floats, cost_after: Floats, cost_of_change: Floats) -> tuple[int, float]:
    """Find where a sequence passes from its first regime into its second, if it does.

    Dynamic programming from the end: `rest[k] = cost_after[k] + rest[k + 1]` is the cost of everything from item k
    on under the second regime; the best change point minimises `cost_before[k] + rest[k]` over k = 1 ... n-1.

    Parameters
    ----------
    cost_before
        Cost of the first k items under the first regime; shape (n + 1,).
    cost_after
        Cost of each item under the second regime; shape (n,).
    cost_of_change
        What it costs to suppose a change behind the first k items, k = 1 ... n-1; shape (n - 1,).

    Returns
    -------
    tuple
        How many items belong to the first regime (n: there is no change), and by how much the best change is
        cheaper than none (negative: none is cheaper).

    Examples
    --------
    >>> best_change(np.array([0, 0, 0, 5, 9.0]), np.array([5, 5, 0, 0.0]), np.ones(3))
    (2, 8.0)
    """
    n = len(cost_after)
    rest = np.concatenate([np.cumsum(cost_after[::-1])[::-1], [0.0]])
    if n < 2:
        return n, -np.inf
    total = cost_before[1:n] + rest[1:n] + cost_of_change
    best = int(np.argmin(total))
    gain = float(cost_before[n] - total[best])
    return (best + 1, gain) if gain > 0 else (n, gain)


def cost_of_place(n: int, first_name: int | None, p_comments: float, p_begins_with_name: float) -> Floats:
    """Give the cost of supposing that comments begin behind the first k paragraphs, k = 1 ... n-1.

    `-log(p_comments P(k)) + log(1 - p_comments)`: all places are equally likely beforehand, but for the first line
    that comment software wrote, which has a probability of its own.

    Parameters
    ----------
    n
        Number of paragraphs.
    first_name
        Which paragraph (from 0) is the first with a user's name or a heading of comments; None if none is.
    p_comments, p_begins_with_name
        Probabilities in (0, 1).

    Returns
    -------
    ndarray
        Shape (n - 1,).

    Examples
    --------
    >>> np.exp(-cost_of_place(5, 2, 0.5, 0.6)).round(2).tolist()
    [0.1, 0.7, 0.1, 0.1]
    """
    has_name = first_name is not None and 0 < first_name < n
    p_place = np.full(max(0, n - 1), (1 - p_begins_with_name if has_name else 1.0) / max(1, n - 1))
    if has_name and first_name is not None:
        p_place[first_name - 1] += p_begins_with_name
    cost: Floats = np.log((1 - p_comments) / p_comments) - np.log(p_place)
    return cost


def n_article_paragraphs(paragraphs: Sequence[Paragraph], story_end: int | None = None) -> tuple[int, float]:
    r"""Say how many paragraphs, from the first on, are the article.

    Parameters
    ----------
    paragraphs
        In the order of the text.
    story_end
        Where the page's element that holds the story ends, in characters, if that is known.

    Returns
    -------
    tuple
        Their number (all of them: no comments; 0: nothing else), and the log-odds of comments against none.

    Examples
    --------
    >>> told = "The ministry said on Friday that troops had left Lima.\nAccording to Minister Juan Silva, they obeyed."
    >>> talk = "lol!!! you dont say\nim sure they were paid, arent we all\nThanks for the link, dude!"
    >>> n_article_paragraphs(split_paragraphs(f"{told}\n{talk}"))[0]
    2
    """
    change = {name: row["value"] for name, row in _table()["change"].items()}
    names = list(_table()["feature"])
    rows = list(_table()["feature"].values())
    rates = Rates(*(np.array([row[key] for row in rows], np.float64) for key in Rates.__slots__))
    shown = paragraph_features(paragraphs, names)
    needs_room = np.array([row.get("needs_room", False) for row in rows])
    room = np.where(np.outer(shown[:, names.index("short")], needs_room), change["share_where_short"], 1.0)
    # What repeats the text word for word shows the features of what it repeats, not its own.
    repeats = names.index("repeats")
    counted = (~shown[:, [repeats]] | (np.arange(len(names)) == repeats)).astype(np.float64)
    # A comment may be as long as any paragraph: only that one is cut short tells something.
    cut_short = names.index("cut_short")
    counted[:, cut_short] *= shown[:, cut_short]
    counted[:, [not row.get("by_software", False) for row in rows]] *= change["weight_of_features"]
    p_in_comments = rates.in_comments * room
    after = (np.where(shown, np.log(p_in_comments), np.log1p(-p_in_comments)) * counted).sum(axis=1)
    before = article_log_likelihood(shown, rates, room, counted)
    likely = {
        "p_begins_with_heading": np.flatnonzero(shown[:, names.index("comment_heading")]),
        "p_begins_behind_story": _first_behind(paragraphs, story_end),
        "p_begins_with_name": np.flatnonzero(shown[:, names.index("handle")]),
    }
    mark = next((name for name, places in likely.items() if len(places)), "p_begins_with_name")
    first = int(likely[mark][0]) if len(likely[mark]) else None
    supposed = cost_of_place(len(paragraphs), first, change["p_comments"], change[mark])
    n, gain = best_change(-before, -after, supposed)
    only_comments = float(after.sum() - before[-1]) + np.log(change["p_only_comments"])
    if only_comments > gain:
        n, gain = 0, only_comments
    return (n, gain) if gain >= change["least_evidence"] else (len(paragraphs), gain)


def _first_behind(paragraphs: Sequence[Paragraph], story_end: int | None) -> NDArray[np.int64]:
    behind = [story_end is not None and item.start >= story_end for item in paragraphs]
    return np.flatnonzero(behind)


def find_comment_boundary(text: str, start: int = 0, story_end: int | None = None) -> Boundary:
    r"""Tell an article from the readers' comments that follow it.

    Parameters
    ----------
    text
        Cleaned text.
    start
        Where the article begins: behind its title and head lines, in characters.
    story_end
        Where the page's element that holds the story ends, in characters, if that is known: a likely place.

    Returns
    -------
    Boundary
        Offsets into `text`.

    Examples
    --------
    >>> find_comment_boundary("The minister resigned on Friday, officials said.").comments_start is None
    True
    """
    every = split_paragraphs(text, start)
    if not every:
        return Boundary(start, start, None, None, 0.0)
    digest = find_digest(text, start)
    if digest is not None:
        return _boundary_of_digest(text, digest, every)
    paragraphs = without_furniture(text, every) or every
    while len(paragraphs) > 1 and is_comment_heading(paragraphs[-1].text):
        paragraphs.pop()  # Above no comment.
    n, log_odds = n_article_paragraphs(paragraphs, story_end)
    first, last = paragraphs[0], paragraphs[-1]
    if n == len(paragraphs):
        return Boundary(first.start, last.end, None, None, log_odds)
    article_end = paragraphs[n - 1].end if n else first.start
    return Boundary(first.start, article_end, paragraphs[n].start, last.end, log_odds)


def _boundary_of_digest(text: str, digest: Digest, paragraphs: Sequence[Paragraph]) -> Boundary:
    start, end = paragraphs[0].start, paragraphs[-1].end
    if digest.comments_start is not None:
        # A post says itself whom it answers; nothing is inferred from how it is written.
        return Boundary(start, digest.article_end, digest.comments_start, end, math.inf, digest.left_out)
    posts = digest.posts
    bodies = [
        Paragraph(post.body_start, post.end, text[post.body_start : post.end].strip(), 1) for post in posts
    ]
    n, log_odds = n_article_paragraphs(bodies)
    before, after = ({post.author for post in some} for some in (posts[:n], posts[n:]))
    if any(post.is_reply for post in posts) or n == len(posts) or before & after:
        return Boundary(start, digest.article_end, None, None, log_odds, digest.left_out)
    left_out = tuple(span for span in digest.left_out if span[1] <= posts[n - 1].end)
    return Boundary(start, posts[n - 1].end, posts[n].start, end, log_odds, left_out)
