"""The formats as tables for people: what each is worth, what its codes become, what is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from garrison.events.formats.format_file import Format, Rule, formats, groups, scheme


def format_table() -> str:
    """Write the formats as a table: how they are told, who codes them, what a row is worth and why.

    Returns
    -------
    str
        Markdown.

    Examples
    --------
    >>> format_table().splitlines()[0]
    '| name | data set | told by | coded by | a row is worth | range | why |'
    """
    lines = [
        "| name | data set | told by | coded by | a row is worth | range | why |",
        "|---|---|---|---|---|---|---|",
    ]
    for kind in formats().values():
        ratio = kind.evidence_ratio
        low, high = ratio.range
        lines.append(
            f"| `{kind.name}` | {kind.title} | {_told_by(kind)} | {kind.coded_by} | {ratio.value:g} "
            f"| {low:g} to {high:g} | {ratio.why} ({ratio.source}) |"
        )
    return "\n".join(lines)


def _told_by(kind: Format) -> str:
    shape = kind.shape
    delimiter = {"\t": "tabs", ",": "commas"}[shape.delimiter]
    if not shape.header:
        return f"{len(shape.columns)} columns, {delimiter}, no header line"
    return f"{delimiter}; " + ", ".join(f"`{name}`" for name in shape.recognised_by)


def source_table() -> str:
    """Write where each data set comes from, on what terms, how it is cited, and what of it is not kept.

    Examples
    --------
    >>> "CC BY 4.0" in source_table()
    True
    """
    lines = ["| data set | home | terms | cite | not kept |", "|---|---|---|---|---|"]
    for kind in formats().values():
        lost = "; ".join(kind.lost)
        lines.append(f"| {kind.title} | {kind.home} | {kind.licence} | {kind.cite} | {lost} |")
    return "\n".join(lines)


def mapping_pages() -> str:
    """Write each format's mapping to types, in the order in which its rules are tried.

    Examples
    --------
    >>> "### CAMEO" in mapping_pages()
    True
    """
    shared = [kind.title for kind in formats().values() if kind.code_scheme == "cameo"]
    pages = [f"### CAMEO: {', '.join(shared)}\n\n" + _rule_table(scheme("cameo").types, ())]
    pages += [
        f"### {kind.title}\n\n" + _rule_table(kind.types, kind.also)
        for kind in formats().values()
        if kind.types or kind.also
    ]
    return "\n\n".join(pages)


def _rule_table(rules: Sequence[Rule], also: Sequence[Rule]) -> str:
    lines = ["| codes | who | to whom | if | type | why |", "|---|---|---|---|---|---|"]
    for rule in rules:
        lines.append(_rule_line(rule, rule.type or "none"))
    for rule in also:
        lines.append(_rule_line(rule, f"also {rule.type}"))
    return "\n".join(lines)


def _rule_line(rule: Rule, said: str) -> str:
    codes = ", ".join(rule.codes) if rule.codes != ("*",) else "any"
    tests = [f"{column} ~ `{_cell(pattern)}`" for column, pattern in rule.where.items()]
    tests += [] if rule.deaths is None else ["deaths" if rule.deaths else "no deaths"]
    doer = ", ".join(rule.actor) or "any"
    target = ", ".join(rule.target) or "any"
    turned = " (the second party did it to the first)" if rule.swap else ""
    return f"| {_cell(codes)} | {doer} | {target} | {'; '.join(tests)} | {said}{turned} | {rule.why} |"


def _cell(text: str) -> str:
    """Keep a bar from ending a cell of the table."""
    return text.replace("|", "\\|")


def plover_table() -> str:
    """Write the PLOVER root and mode of each code.

    Examples
    --------
    >>> "ACLED" in plover_table()
    True
    """
    parts = [_plover_lines("CAMEO", scheme("cameo").plover)]
    parts += [
        _plover_lines(kind.title, kind.plover_of_code) for kind in formats().values() if kind.plover_of_code
    ]
    return "\n\n".join(parts)


def _plover_lines(title: str, table: Mapping[str, tuple[str, str]]) -> str:
    by_root: dict[str, list[str]] = {}
    for code, (root, mode) in table.items():
        by_root.setdefault(f"{root} {mode}".strip(), []).append(code)
    lines = [f"| {title} | PLOVER |", "|---|---|"]
    lines += [f"| {', '.join(codes)} | {root} |" for root, codes in by_root.items()]
    return "\n".join(lines)


def group_list() -> str:
    """Write the groups of sectors that the mappings name.

    Examples
    --------
    >>> group_list().splitlines()[0]
    '`forces`: MIL, GRD, COP, SPY.'
    """
    return "\n".join(f"`{name}`: {', '.join(sectors)}." for name, sectors in groups().items())
