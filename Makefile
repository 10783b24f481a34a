# The commands of docs/operations.md. Each does all of its own set-up; a stamp file makes that quick when
# nothing has changed. Needed: Python 3.12 or newer, make and a C compiler.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# Compiled modules halve the time of a start, so we write them even where the environment says not to.
unexport PYTHONDONTWRITEBYTECODE
unexport VIRTUAL_ENV

VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
UV_VERSION := 0.13.9
SCALE ?= 10k
PYTEST_ARGS ?=
PYTHON_CANDIDATES := python3 python3.13 python3.14 python3.12

.PHONY: help setup run test check bench clean requirements

help:
	@echo "make run      the portal on http://$${HOST:-127.0.0.1}:$${PORT:-8000}"
	@echo "make test     every test (PYTEST_ARGS is passed on)"
	@echo "make check    format, lint, types, contracts, templates, migrations, deployment"
	@echo "make bench    benchmarks (SCALE=10k, 100k or 1m)"
	@echo "make requirements   pin the dependencies of pyproject.toml anew"
	@echo "make clean    remove what the others made, except data"

run: $(STAMPS)/runtime $(STAMPS)/node
	@exec $(BIN)/python manage.py up

test: $(STAMPS)/dev $(STAMPS)/node
	@$(BIN)/python -m pytest -n logical --dist loadgroup $(PYTEST_ARGS)

check: $(STAMPS)/dev $(STAMPS)/node
	@BIN=$(BIN) bash tools/check

bench: $(STAMPS)/dev $(STAMPS)/node
	@$(BIN)/python -m bench --scale $(SCALE)

setup: $(STAMPS)/dev $(STAMPS)/node

$(STAMPS)/venv:
	@python=; \
	for candidate in $(PYTHON_CANDIDATES); do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then echo "make: Python 3.12 or newer is needed, and none of $(PYTHON_CANDIDATES) is one." >&2; exit 1; fi; \
	[ -x $(BIN)/python ] || "$$python" -m venv $(VENV)
	@mkdir -p $(STAMPS)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)" \
	  || echo "make: uv could not be installed; pip does its work, more slowly." >&2
	@touch $@

# uv is ten times as fast; where it finds no packages (an index that only pip is told of), pip installs them.
$(STAMPS)/runtime: requirements.txt $(STAMPS)/venv
	@bash tools/install $(BIN) requirements.txt
	@touch $@

$(STAMPS)/dev: requirements-dev.txt $(STAMPS)/venv
	@bash tools/install $(BIN) requirements-dev.txt
	@touch $@ $(STAMPS)/runtime

$(STAMPS)/node: package.json package-lock.json $(STAMPS)/venv
	@bash tools/install-node $(BIN)
	@touch $@

requirements: $(STAMPS)/venv
	@bash tools/pin $(BIN)

clean:
	rm -rf $(VENV) node_modules build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -not -path "./.data/*" -prune -exec rm -rf {} +
