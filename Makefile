# Two commands do everything on a fresh machine with Python 3.11 and make: `make brief` and `make test`.
# Each sets up what it needs by itself, and again only what changed.

PYTHON ?= python3
VENV   := .venv
RUN    := $(VENV)/bin/python
UV     := $(VENV)/bin/uv
STAMPS := $(VENV)/.stamps
PIP    := $(RUN) -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help brief test check lint format docs bench verify-types verify-readers verify-history lock clean

help:            ## say what can be made
	@grep -E '^[a-z-]+: .*## |^[a-z-]+: *## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(STAMPS)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Garrison needs Python 3.11 or newer; '$(PYTHON)' is older. Use: make PYTHON=python3.11 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMPS)
	@touch $@

# The core lock is a subset of the development lock, at the same versions.
$(STAMPS)/core: requirements.lock pyproject.toml $(STAMPS)/venv
	@echo "Setting up Garrison (about a minute the first time) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(STAMPS)/dev: requirements-dev.lock requirements.lock pyproject.toml $(STAMPS)/venv
	@echo "Setting up Garrison with its development tools (about a minute and a half the first time) ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $(STAMPS)/core $@

brief: $(STAMPS)/core  ## write the page of the bundled case to out/venezuela-2017.html
	@$(RUN) -m garrison.cli brief -o out/venezuela-2017.html

test: $(STAMPS)/dev    ## run all tests (under 15 minutes on two cores)
	@$(RUN) -m pytest -n 2

check: $(STAMPS)/dev   ## run the quick tests (under 2 minutes)
	@$(RUN) -m pytest -n 2 -m "not slow and not browser"

lint: $(STAMPS)/dev    ## check style and types
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy --strict src

format: $(STAMPS)/dev  ## put the code into the project's form
	@$(RUN) -m ruff check --fix --quiet .
	@$(RUN) -m ruff format .

docs: $(STAMPS)/dev    ## write the generated pages anew
	@$(RUN) tools/generate_docs.py

bench: $(STAMPS)/dev   ## print how long the main job and the parts take
	@$(RUN) benchmarks/main_job.py
	@$(RUN) benchmarks/model.py
	@$(RUN) benchmarks/coder.py
	@$(RUN) benchmarks/linking.py
	@$(RUN) benchmarks/sources.py
	@$(RUN) benchmarks/event_data.py
	@$(RUN) benchmarks/store.py

verify-types: $(STAMPS)/dev ## learn the types of clauses anew and measure it on left-out writers (20 minutes)
	@$(RUN) tools/train_types.py verify

verify-readers: $(STAMPS)/dev ## send 10,000 mutated files through the readers of event data (5 minutes)
	@$(RUN) tools/verify_readers.py

verify-history: $(STAMPS)/dev ## ask history everything anew, DATA=folder of published tables (15 minutes)
	@$(RUN) tools/verify_history.py $(DATA)

lock: $(STAMPS)/dev    ## resolve both locks anew
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-annotate --no-header --all-extras pyproject.toml -o requirements-dev.lock
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-annotate --no-header --extra build \
	  -c requirements-dev.lock pyproject.toml -o requirements.lock

clean:           ## remove what was set up and written
	rm -rf $(VENV) out .pytest_cache .mypy_cache .ruff_cache .hypothesis
