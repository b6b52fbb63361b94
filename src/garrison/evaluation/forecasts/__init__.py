"""How good the forecasts are on history: out of sample, beside base rates and published systems, with intervals.

`questions.toml` says what is asked, `contestants.toml` who forecasts, `bars.toml` what is to be beaten; `verify` asks
everything and writes the scorecard.
"""
