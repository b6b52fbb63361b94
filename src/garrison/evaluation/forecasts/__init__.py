"""How good the forecasts are on history: out of sample, beside base rates and published systems, with intervals.

`questions.toml` says what is asked and `contestants.toml` who forecasts, both written before the first scored run;
`verify` asks everything and writes the scorecard.
"""
