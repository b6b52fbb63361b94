"""Venezuela, April to August 2017: the case's files (`case.toml`, `events.csv`, `reports/`, `SOURCES.md`)."""
