"""The scorecard in words and tables: bars, scores by question, comparisons; for the shell and for the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from garrison.forecasting.scorecard import Asked, Bar, Compared, Estimate, Scorecard, Scored

_HEAD = "| forecaster | log skill | Brier skill | ROC | PR (rate) | slope | mean (rate) |"


def bar_table(bars: Sequence[Bar]) -> str:
    """Write what was to be beaten, and whether it was.

    Parameters
    ----------
    bars
        Of a scorecard.

    Returns
    -------
    str
        A Markdown table.
    """
    lines = ["| bar | to beat | ours [95%] | |", "|---|---|---|---|"]
    for bar in bars:
        verdict = "clearly above" if bar.clearly else "above" if bar.above else "missed"
        lines.append(f"| {bar.name} | {bar.bar:g} | {_shown(bar.ours)} | {verdict} |")
    return "\n".join(lines)


def score_table(scores: Iterable[Scored]) -> str:
    """Write the forecasters of one question side by side, the headline in bold.

    Parameters
    ----------
    scores
        Of the same question and horizon.

    Returns
    -------
    str
        A Markdown table; skill is against the first line, the base rate.
    """
    lines = [_HEAD, "|---|---|---|---|---|---|---|"]
    for item in scores:
        score = item.score
        name = f"**{item.forecaster}**" if item.role in ("headline", "published") else item.forecaster
        base = item.role == "base"
        lines.append(
            f"| {name} | {'' if base else _shown(score.log_skill)} | {'' if base else _shown(score.brier_skill)} "
            f"| {score.roc_auc.value:.3f} | {score.pr_auc:.4f} ({score.rate:.4f}) "
            f"| {_shown(score.slope, 2) if score.slope else ''} | {score.mean_forecast:.4f} ({score.rate:.4f}) |"
        )
    return "\n".join(lines)


def comparison_table(comparisons: Iterable[Compared]) -> str:
    """Write paired differences of skill, with what the rows could have shown.

    Returns
    -------
    str
        A Markdown table; above 0 the first forecaster is better.
    """
    lines = [
        "| question | first, second | log skill | Brier skill | ROC | could have shown | p over time |",
        "|---|---|---|---|---|---|---|",
    ]
    for item in comparisons:
        found = item.comparison
        shown = "" if found.detectable is None else f"{found.detectable:.3f}"
        p_value = "" if found.p_value is None else f"{found.p_value:.2f}"
        lines.append(
            f"| {_where(item.asked)} | {item.first}, {item.second} | {_shown(found.log_skill)} "
            f"| {_shown(found.brier_skill)} | {_shown(found.roc_auc)} | {shown} | {p_value} |"
        )
    return "\n".join(lines)


def scorecard_page(card: Scorecard) -> str:
    """Write the tables of a whole scorecard, question by question.

    Parameters
    ----------
    card
        From `shipped_scorecard`.

    Returns
    -------
    str
        Markdown.
    """
    parts = []
    for question in dict.fromkeys(item.asked.question for item in card.scores):
        parts.append(f"### {question}")
        asked = [item for item in card.scores if item.asked.question == question]
        for one in dict.fromkeys(item.asked for item in asked):
            mine = [item for item in asked if item.asked == one]
            first = mine[0].score
            parts.append(
                f"{one.label_set}, {one.horizon_days} days, {one.validation}, {one.first_year} to {one.last_year}: "
                f"{first.n_rows:,} rows, {first.n_followed:,} of them followed by an event, in {first.n_states} states."
            )
            parts.append(score_table(mine))
    return "\n\n".join(parts)


def plain_tables(card: Scorecard) -> str:
    """Write a scorecard for the shell: the bars, then each question's base rate, headline and published forecaster.

    Parameters
    ----------
    card
        A scorecard.

    Returns
    -------
    str
        Plain text.
    """
    lines = [f"{'bar':<46}{'to beat':>9}  ours [95%]"]
    for bar in card.bars:
        verdict = "clearly above" if bar.clearly else "above" if bar.above else "missed"
        lines.append(f"{bar.name:<46}{bar.bar:>9.3f}  {_shown(bar.ours)}  {verdict}")
    lines.append("")
    for one in dict.fromkeys(item.asked for item in card.scores):
        mine = [item for item in card.scores if item.asked == one]
        first = mine[0].score
        lines.append(
            f"{one.question}; {one.label_set}; {one.horizon_days} days: {first.n_rows:,} rows, "
            f"{first.n_followed:,} followed by an event, {first.n_states} states"
        )
        for item in mine:
            if item.role == "contestant":
                continue
            score = item.score
            skill = f"log skill {_shown(score.log_skill)}, Brier {_shown(score.brier_skill)}, "
            lines.append(
                f"  {item.forecaster:<26} {'' if item.role == 'base' else skill}ROC {score.roc_auc.value:.3f}, "
                f"mean {score.mean_forecast:.4f} (came {score.rate:.4f})"
            )
    return "\n".join(lines)


def _where(asked: Asked) -> str:
    return f"{asked.question}; {asked.label_set}; {asked.horizon_days} d"


def _shown(estimate: Estimate, digits: int = 3) -> str:
    return f"{estimate.value:.{digits}f} [{estimate.low:.{digits}f}, {estimate.high:.{digits}f}]"
