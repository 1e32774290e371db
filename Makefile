# Escala: `make run` sets everything up and serves; `make test` sets everything up and proves it.
# Nothing but Python 3.11 or newer (with venv) and make is needed beforehand.

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run check test bench lint lock browser clean

run: $(VENV)/.run
	$(BIN)/escala serve --port $(PORT)

check: lint  # quick: lint, types and the tests that need no browser
	$(BIN)/python -m pytest -n auto --dist loadgroup --no-loadscope-reorder -m "not browser"

test: lint browser  # all of it; the tests of one file, and the stops of one reader, stay on one worker
	$(BIN)/python -m pytest -n auto --dist loadgroup --no-loadscope-reorder

bench: $(VENV)/.dev browser
	$(BIN)/python -m tests.benchmarks

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

browser: $(VENV)/.dev
	$(BIN)/python -m tests.find_browser --install

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Escala needs Python 3.11 or newer; found: $$($(PYTHON) --version 2>&1). Use: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	$(BIN)/python -m pip install --quiet --requirement requirements-dev.lock
	@touch $@

lock: $(VENV)/.dev  # rewrites both lock files from pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) .escala dist build
