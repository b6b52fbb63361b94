"""Bundled crises and scenarios: dated facts in our own words, and the questions that are put to the model.

A case is a folder: `case.toml` (where, when, how strong the forces, what is coded of them and on which ground),
`events.csv` (one happening a row, with the day it happened and the day it was published), `reports/` (short texts
in our own words), `SOURCES.md`, and `outcome.toml`, which says what came of it. Nothing here reads that last file:
whoever forecasts must not know the end.

A scenario is a TOML file: a country or a case, its conditions, who does what and when, which arms are compared.
Scenarios have a folder of their own (`scenarios`), with one for each hypothesis of the source article and its readers.
"""

from garrison.cases.bundled import case, case_for, cases
from garrison.cases.case_file import Case, CodedCondition, Strength
from garrison.cases.check_file import check
from garrison.cases.coded_conditions import conditions_of
from garrison.cases.scenarios.compare import Comparison, Effect, compare
from garrison.cases.scenarios.difference import difference_lines
from garrison.cases.scenarios.hypothesis import (
    Finding,
    HypothesisResult,
    all_hypotheses,
    hypothesis_table,
    judge,
    run_hypothesis,
)
from garrison.cases.scenarios.hypothesis_files import hypothesis_files
from garrison.cases.scenarios.outcome_measures import Measure, measure, outcome_names, outcome_table
from garrison.cases.scenarios.scenario import Arm, Expectation, Hypothesis, Scenario
from garrison.cases.scenarios.scenario_file import ScenarioError, load_scenario, read_scenario
from garrison.cases.scenarios.simulate_scenario import simulate
from garrison.cases.scenarios.summary import summary_lines
from garrison.events.case_table import read_events_table

__all__ = [
    "Arm",
    "Case",
    "CodedCondition",
    "Comparison",
    "Effect",
    "Expectation",
    "Finding",
    "Hypothesis",
    "HypothesisResult",
    "Measure",
    "Scenario",
    "ScenarioError",
    "Strength",
    "all_hypotheses",
    "case",
    "case_for",
    "cases",
    "check",
    "compare",
    "conditions_of",
    "difference_lines",
    "hypothesis_files",
    "hypothesis_table",
    "judge",
    "load_scenario",
    "measure",
    "outcome_names",
    "outcome_table",
    "read_events_table",
    "read_scenario",
    "run_hypothesis",
    "simulate",
    "summary_lines",
]
