# Escala: `make run` sets everything up and serves; `make test` sets everything up and proves it.
# Nothing but Python 3.11 or newer (with venv) and make is needed beforehand.

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= $(shell $(PYTHON) -c "import os; print((os.cpu_count() or 1) + 1)")  # tests in a browser wait a good deal
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder
COMPILE := $(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-header --no-emit-index-url \
  --no-emit-trusted-host --no-emit-find-links --no-emit-options
# to a minor version in pyproject.toml, until the next one is tried
PINNED := streamlit plotly pandas duckdb
export PIP_DISABLE_PIP_VERSION_CHECK = 1
unexport PYTHONDONTWRITEBYTECODE  # what one process of a test has compiled serves the next
# the workers of a run share the processors; matrices are small, and threads would only wait for one another
check tests whole next: export OPENBLAS_NUM_THREADS := 1

.PHONY: help run check test tests whole bench soak lint rules types lock next texts pack sbom browser clean

help:  # what can be made
	@grep -E '^[a-z]+:.*#' $(MAKEFILE_LIST) | sed -E 's/:[^#]*# */: /' | sort

run: $(VENV)/.run  # the dashboard, set up and served on $PORT
	$(BIN)/escala serve --port $(PORT)

check: lint  # quick: lint, types and the tests that need neither a browser nor processes of their own
	$(PYTEST) -m "not browser and not long and not whole"

test: rules  # every test, of large products a share; types are judged meanwhile
	@$(MAKE) --no-print-directory --jobs 3 types tests

tests: browser $(VENV)/.collected
	$(PYTEST) -m "not whole"

whole: lint browser  # every test and the products whole: every stop of the walk, fonts made again
	$(PYTEST)

bench: $(VENV)/.dev browser  # times and sizes, side by side with named alternatives
	$(BIN)/python -m tests.benchmarks

soak: $(VENV)/.dev browser  # the long trials, half an hour; some of them: make soak NAMES="fuzz builds"
	$(BIN)/python -m tests.soak $(NAMES)

lint: rules types  # rules, layout, known dangers, types

rules: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

browser: $(VENV)/.dev
	$(BIN)/python -m tests.find_browser --install

$(VENV)/.collected: $(VENV)/.dev  # a first reading of all tests, once: each worker would rewrite every assertion
	@$(BIN)/python -m pytest -n 0 --collect-only >/dev/null && touch $@

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Escala needs Python 3.11 or newer; found: $$($(PYTHON) --version 2>&1). Use: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements.lock requirements-build.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-build.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.lock
	@touch $@

texts: $(VENV)/.dev  # takes the texts out of the code into the Spanish catalogue; gone ones go, translations stay
	$(BIN)/python -m tests.dashboard.texts

pack: $(VENV)/.dev  # makes the scripts and fonts of dashboard/static/own anew; needs Node (tools/pack/README.md)
	cd tools/pack && npm ci --ignore-scripts --silent
	$(BIN)/python -m tools.pack

lock: $(VENV)/.dev  # rewrites the lock files from pyproject.toml
	$(COMPILE) --output-file requirements.lock pyproject.toml
	$(COMPILE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml
	$(COMPILE) --only-build-deps --build-deps-for editable --constraint requirements.lock \
	  --output-file requirements-build.lock pyproject.toml

sbom: $(VENV)/.run  # what is installed to serve, as CycloneDX; the same lock gives the same bytes
	$(BIN)/python -m tests.sbom dist/escala.cdx.json

next: $(VENV)/.dev browser  # the newest versions there are, past the pins of pyproject.toml, and the suite with them
	$(PYTHON) -m venv .venv-next
	.venv-next/bin/python -m pip install --quiet --editable ".[dev]"
	.venv-next/bin/python -m pip install --quiet --upgrade $(PINNED)
	.venv-next/bin/python -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder

clean:  # what was made here
	rm -rf $(VENV) .venv-next .escala dist build tools/pack/node_modules
