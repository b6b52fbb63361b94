"""History: dated events from published sources, the crises that are at risk, and what came of them.

`sources` describes each published table, one module reads it; `labels` merges what the lists date, `crisis_set` runs
the rule of the risk set, `country_months` makes the panel of country-months, `targets` defines what is forecast.
"""
