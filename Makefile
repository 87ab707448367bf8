# Three commands from a fresh clone: `make serve`, `make quick` and `make test`. Each sets up what it
# needs in .venv, once; it installs again only when pyproject.toml or the front end has changed, for installing
# bundles the front end.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
INSTALLED_FOR_TESTS := $(VENV)/installed-for-tests
FRONTEND := $(shell find frontend -type f -not -path '*/node_modules/*' -not -path '*/__pycache__/*')
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

# Two tests at a time, for many wait for a process. Attacks have a turn of their own, beside the
# browser, which leaves them most of the machine.
TWO := -n 2 --dist worksteal
ALONE := hostile or browser

.PHONY: serve quick test peers lint check build approve clean screenshots

serve: $(INSTALLED)
	@exec $(BIN)/allograph serve

# While you write: the linters, and every test that is neither slow nor hostile nor needs a browser.
quick: lint
	$(BIN)/pytest $(TWO) -m "not ($(ALONE) or slow or peers)"

# Before a change lands: everything but what needs programs of others.
test: lint
	$(BIN)/pytest $(TWO) -m "not ($(ALONE) or peers)"
	$(BIN)/pytest -n 2 --dist loadgroup -m "($(ALONE)) and not peers"

# The programs of others that the service is made for; .ci/run installs them.
peers: $(INSTALLED_FOR_TESTS)
	$(BIN)/pytest -m peers

lint: $(INSTALLED_FOR_TESTS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/allograph fmt --check

check: $(INSTALLED)
	@$(BIN)/allograph check

build: $(INSTALLED)
	@$(BIN)/allograph build

approve: $(INSTALLED_FOR_TESTS)
	@$(BIN)/python tests/approve.py

# Pictures of the main pages in docs/screenshots, light and dark; needs Chromium.
screenshots: $(INSTALLED_FOR_TESTS)
	@$(BIN)/python docs/screenshots.py

clean:
	rm -rf $(VENV) build dist frontend/node_modules src/allograph/web/static/bundle .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "ALLograph needs Python 3.11 or later; name one: make PYTHON=python3.12 serve" >&2; \
	  exit 1; }
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): pyproject.toml $(FRONTEND) | $(BIN)/python
	$(PIP) install --editable .
	@touch $@

$(INSTALLED_FOR_TESTS): pyproject.toml $(FRONTEND) | $(BIN)/python
	$(PIP) install --editable '.[test]'
	@touch $(INSTALLED) $@
