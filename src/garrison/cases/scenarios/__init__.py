"""Scenarios: questions that are put to the model, as TOML files, and what its runs answer.

`scenario` is the question, `scenario_file` reads it and `scenario_problems` says what is wrong with it;
`simulate_scenario` and `compare` run it, `outcome_measures` names what can be asked of the runs, `summary` and
`difference` say it in lines. `hypotheses/` holds one scenario for each hypothesis that the source article and its
readers put forward; `hypothesis` runs and judges them.
"""
