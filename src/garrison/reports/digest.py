"""A report that is itself a list of posts: whose posts are its content, and which are replies to them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from statistics import median
from typing import Any

from garrison.reports.comment_features import is_comment_heading

Span = tuple[int, int]
_MONTHS = "jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|ene|abr|ago|dic"
_WHEN = (
    rf"(?:[\d:.,/\s·•|()\[\]–—-]|(?:{_MONTHS})[a-zé]{{0,7}}\b|\d\s?(?:secs?|mins?|hrs?|[smhd])\b"
    r"|\b(?:[ap]\.?m\b\.?|minutes?|hours?|days?|ago|yesterday|today|at|on|utc|gmt|de|hace|ayer|edited)\b)"
)
_NAME = r"[^\n@:!?\[\]]{0,40}?"
_LONGEST_HEAD = 200
_HANDLE = r"@(?P<author>\w{2,30})"
_OWN_LINE = re.compile(
    rf"\W*(?:\d{{1,2}}[:.]\d{{2}}(?:\s?[ap]m)?\W+)?(?:RT\s+)?(?:{_NAME}\W)?{_HANDLE}(?:\W+verified)?"
    rf"(?:\s*\([^()\n]{{2,40}}\))?{_WHEN}*$",
    re.IGNORECASE,
)
_CLOCK_BEHIND = re.compile(rf"\W*{_HANDLE},?\s+\d{{1,2}}[:.]\d{{2}}(?:\s?[ap]m)?\s+\S", re.IGNORECASE)
_SAME_LINE = re.compile(
    rf"\W*{_WHEN}{{0,30}}(?:RT\s+)?(?:{_NAME}[\s(])?{_HANDLE}\)?{_WHEN}{{0,30}}:\s+\S", re.IGNORECASE
)
_CHAT = re.compile(
    r"\W{0,3}(?:\[[\d:./, apm-]{4,30}\]"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?\s*[-–—])"
    r"\s*(?P<author>[^:\n]{1,40}):\s",
    re.IGNORECASE,
)
_CHANNEL = re.compile(
    r"(?P<author>[^\n\[\]]{2,50}?),?\s*\[\d{1,2}[./-]\d{1,2}[./-]\d{2,4},?\s+(?:at\s+)?\d{1,2}:\d{2}(?::\d{2})?\]"
)
_FORWARD = re.compile(
    r"\W*(?:forwarded(?: message)? from|reenviado de)\W+(?P<author>[^\n\]]{2,50}?)\W*$", re.IGNORECASE
)
_NAME_AND_TIME = re.compile(
    rf"(?P<author>[A-ZÀ-Þ][^\n@:.!?,\d]{{1,40}}?)[\s,|·•(–—-]+(?=[^\n]*\d){_WHEN}+$", re.IGNORECASE
)
_SIGNED = re.compile(r"\s*[—–-]{1,2}\s*[^\n@]{0,40}\(?@\w")
_REPLY = re.compile(
    r"\W*(?:replying to|in reply to|replied to|reply (?:to|from|by)|en respuesta a|respondiendo a)\b|[\s>]*[↳└⤷]",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\W{0,3}@(?P<author>\w{2,30})\b")
_MENTION = re.compile(r"(?<!\w)@(?P<author>\w{2,30})\b")


@dataclass(frozen=True, slots=True)
class Post:
    """One post of a digest: its stretch of characters, its author, whether it answers another author's.

    `body_start` is where its words begin behind the author's name; `end` if there are none.
    """

    start: int
    body_start: int
    end: int
    author: str
    is_reply: bool


@dataclass(frozen=True, slots=True)
class Digest:
    """A list of posts: what is its content, what its readers' replies.

    `comments_start` is where nothing but replies follows; None if there are none at the end. `left_out` are
    replies amid its posts, counters and buttons.
    """

    posts: tuple[Post, ...]
    article_end: int
    comments_start: int | None
    left_out: tuple[Span, ...]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("digest.toml").read_text(encoding="utf8"))


def _limit(name: str) -> float:
    return float(_table()["limits"][name]["value"])


@cache
def _counter() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_table()["counted"], key=len, reverse=True))
    item = rf"(?:\d[\d.,]*\s?[km]?\s*)?(?:{words})|\d[\d.,]*\s?[km]?"
    return re.compile(rf"\W*(?:{item})(?:\W+(?:{item}))*\W*$", re.IGNORECASE)


def _counts(line: str) -> bool:
    return len(line) <= _LONGEST_HEAD and bool(_counter().match(line))


@cache
def _announces() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _table()['announcing']))})(?!\w)", re.IGNORECASE)


def author_of_post(line: str, *, announced: bool = False) -> str | None:
    """Read whose post begins on a line.

    Parameters
    ----------
    line
        One line.
    announced
        Whether the text says that it lists posts; a name with a time then is enough.

    Returns
    -------
    str or None
        The handle without its @, or the name; None if no post begins here.

    Examples
    --------
    >>> author_of_post("Harbour Watch @harbour_watch · 3 May"), author_of_post("[14:05, 3/5/2019] Ana: they left")
    ('harbour_watch', 'ana')
    >>> author_of_post("Troops left the harbour on 3 May.") is None
    True
    """
    head = _head_of_post(line, announced)
    return head[0] if head else None


def _head_of_post(line: str, announced: bool) -> tuple[str, int] | None:
    """Read the author's name and how many characters of the line come before the words of the post."""
    is_short = len(line) <= _LONGEST_HEAD
    line = line[:_LONGEST_HEAD]
    if _REPLY.match(line):
        return None
    forms = [_OWN_LINE, _SAME_LINE, _CLOCK_BEHIND, _CHAT, _CHANNEL, _FORWARD]
    forms = forms if is_short else [_SAME_LINE, _CLOCK_BEHIND, _CHAT]
    for form in [*forms, _NAME_AND_TIME] if announced and is_short else forms:
        found = form.match(line)
        if found:
            before_words = found.end() - 1 if form in (_SAME_LINE, _CLOCK_BEHIND) else found.end()
            return " ".join(found["author"].split()).casefold(), before_words
    return None


def find_digest(text: str, start: int = 0) -> Digest | None:
    r"""Read a text as a list of posts, if it is one.

    It is one if posts begin near its start and go on to its end. Its authors are those whom its introduction names
    by their handles, or else those who post without answering anybody. What others answer is comment: at the end
    it is the report's comments, amid the posts it is left out.

    Parameters
    ----------
    text
        Cleaned text.
    start
        Where it begins: behind its title and head lines, in characters.

    Returns
    -------
    Digest or None
        None if this is no list of posts.

    Examples
    --------
    >>> posts = "@ana · 9:05\nTanks at the bridge.\n@ben · 9:20\nThey turned.\n@ana · 9:40\nGone.\n"
    >>> found = find_digest(posts + "@zoe · 9:41\nReplying to @ana\nlol sure")
    >>> [post.author for post in found.posts], found.comments_start
    (['ana', 'ben', 'ana', 'zoe'], 76)
    """
    lines = _lines(text, start)
    head = text[:start] + "\n".join(text[slice(*line)] for line in lines[: int(_limit("introduction"))])
    announced = bool(_announces().search(head))
    # Most texts are articles: their first lines already say so.
    first_lines = lines[: int(_limit("lines_searched"))]
    if all(_head_of_post(text[slice(*line)], announced) is None for line in first_lines):
        return None
    found = [_head_of_post(text[slice(*line)], announced) for line in lines]
    heads = [index for index, head in enumerate(found) if head is not None]
    signed = sum(
        bool(_SIGNED.match(text[slice(*lines[index])][:_LONGEST_HEAD])) for index in heads
    ) * 2 > len(heads)
    if not heads or not _is_list(text, lines, heads, announced, signed):
        return None
    introduction = text[:start] + "".join(text[slice(*line)] for line in lines[: 0 if signed else heads[0]])
    posts = []
    for first, last, at in _stretches(heads, len(lines), signed):
        author, before_words = found[at] or ("", 0)
        (start, _), (_, end) = lines[first], lines[last - 1]
        body = start if signed else min(start + before_words, end)
        posts.append(Post(start, body, end, author, _is_reply(text, lines[first:last])))
    return _told_apart(text, lines, posts, introduction)


def _lines(text: str, start: int) -> list[Span]:
    lines: list[Span] = []
    at = start
    for line in text[start:].split("\n"):
        stripped = line.strip()
        if stripped:
            first = at + line.index(stripped)
            lines.append((first, first + len(stripped)))
        at += len(line) + 1
    return lines


def _stretches(heads: Sequence[int], n: int, signed: bool) -> list[tuple[int, int, int]]:
    """Give the first line, the one after the last and the author's line of each post."""
    if signed:
        return [
            (head, last + 1, last) for head, last in zip([0, *(at + 1 for at in heads)], heads, strict=False)
        ]
    return [(head, last, head) for head, last in zip(heads, [*heads[1:], n], strict=True)]


def _is_list(text: str, lines: Sequence[Span], heads: Sequence[int], announced: bool, signed: bool) -> bool:
    stretches = _stretches(heads, len(lines), signed)
    lengths = []
    for first, last, _ in stretches:
        body = [text[slice(*line)] for line in lines[first:last]]
        at_comments = next((at for at, line in enumerate(body) if is_comment_heading(line)), len(body))
        lengths.append(sum(not _counts(line) for line in body[:at_comments]))
    allowed = _limit("length_of_post") * median(lengths) + _limit("length_allowed")
    introduction = _limit("announced_introduction" if announced else "introduction")
    return len(heads) >= _limit("least_posts") and stretches[0][0] <= introduction and max(lengths) <= allowed


def _is_reply(text: str, lines: Sequence[Span]) -> bool:
    own = [text[slice(*line)] for line in lines]
    return any(_REPLY.match(line[:_LONGEST_HEAD]) for line in own) or any(
        _ADDRESS.match(line) and author_of_post(line) is None for line in own[1:2]
    )


def _told_apart(text: str, lines: Sequence[Span], posts: Sequence[Post], introduction: str) -> Digest:
    listed = {found["author"].casefold() for found in _MENTION.finditer(introduction)}
    heading = _heading_of_replies(text, lines, posts[0].start)
    before = [post for post in posts if heading is None or post.start < heading]
    own = (listed & {post.author for post in posts}) or _authors(before)
    answers = [
        post for post in posts if post.author not in own or (heading is not None and post.start > heading)
    ]
    n_last = 0
    while n_last < len(answers) and answers[-1 - n_last] == posts[-1 - n_last]:
        n_last += 1
    starts = [post.start for post in answers[len(answers) - n_last :]]
    starts += [heading] if heading is not None else []
    comments_start = min(starts, default=None)
    if comments_start is not None and not text[lines[0][0] : comments_start].strip():
        comments_start, answers, n_last = None, [], 0
    inside = [line for line in lines if comments_start is None or line[1] <= comments_start]
    left_out = [(post.start, post.end) for post in answers[: len(answers) - n_last]]
    left_out += [line for line in inside if _counts(text[slice(*line)])]
    return Digest(tuple(posts), inside[-1][1], comments_start, _merged(left_out))


def _authors(posts: Sequence[Post]) -> set[str]:
    """Name those who posted before anybody answered, or more than once without answering."""
    first_reply = next((at for at, post in enumerate(posts) if post.is_reply), len(posts))
    own = Counter(post.author for post in posts if not post.is_reply)
    return {post.author for post in posts[:first_reply]} | {name for name, n in own.items() if n > 1}


def _heading_of_replies(text: str, lines: Sequence[Span], first: int) -> int | None:
    for index, line in enumerate(lines):
        if line[0] <= first or not is_comment_heading(text[slice(*line)]):
            continue
        # "12 replies" next to "40 likes" counts; it does not announce.
        near = [*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2]]
        if not any(_counts(text[slice(*other)]) for other in near):
            return line[0]
    return None


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span[0] <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], span[1]))
        else:
            merged.append(span)
    return tuple(merged)
