# Customs Forum: every task of a developer, one line each. `make` alone prints them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PRODUCT := $(wildcard manage.py portal casestudies forums search)
CATALOGUES := $(wildcard portal/locale/*/LC_MESSAGES/django.po)
TEMPLATES := $(wildcard portal casestudies forums search)
BASE := $(VENV)/.base-installed
DEV := $(VENV)/.dev-installed
# The lock files are complete: with --no-deps pip never asks for what is newer than the lock.
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps
PIP_COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url \
  --no-emit-find-links --no-header --allow-unsafe --strip-extras
DJHTML := $(BIN)/djhtml --tabwidth 2

FAULT_RUNS ?= 20

.DEFAULT_GOAL := help
.PHONY: help run setup check lint types format test coverage elasticsearch bench browser \
  messages lock docs clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## serve the portal with demonstration content on http://127.0.0.1:8000/
	$(BIN)/python manage.py run_portal

setup: $(BASE) $(CATALOGUES:.po=.mo) ## make .venv from the lock file and compile the catalogues

check: lint types ## everything that needs no server: format, rules, types, floors, migrations
	$(BIN)/lint-imports --no-logo
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --settings portal.settings.test
	$(DJHTML) --check $(TEMPLATES)
	$(BIN)/python -m pytest -q -n0 tests/architecture tests/portal/test_catalogues.py

lint: $(DEV) ## ruff: format and rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(DEV) ## mypy with django-stubs on the product code
	$(BIN)/mypy $(PRODUCT)

format: $(DEV) ## mend what can be mended: Python and templates
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(DJHTML) $(TEMPLATES)

test: $(DEV) setup ## all tests, real servers and browser included
	$(BIN)/python -m tests.support.run_tiers $(ARGS)

coverage: $(DEV) setup ## the quick tests, with lines and branches counted
	$(BIN)/python -m pytest -q --cov --cov-report=term

elasticsearch: $(DEV) ## a real Elasticsearch node on 127.0.0.1:9200, in the foreground
	$(BIN)/python -m tests.support.nodes.elasticsearch --port 9200

bench: $(DEV) setup ## measure speed, each beside its yardstick; then long fault runs (FAULT_RUNS=20)
	$(BIN)/python -m pytest -q -s -n0 -m bench tests/bench
	FAULT_RUNS=$(FAULT_RUNS) $(BIN)/python -m pytest -q -n0 -m bench tests/trials

browser: $(DEV) setup ## the journeys in a real Chromium
	$(BIN)/python -m pytest -q -n0 -m browser tests/browser

messages: $(DEV) ## gather the texts of code and templates into the catalogues, and compile them
	$(BIN)/python -m tests.support.extract_messages
	$(BIN)/python manage.py compile_catalogues

lock: $(DEV) ## pin every package with its hashes, from pyproject.toml
	$(PIP_COMPILE) --output-file requirements/base.lock pyproject.toml
	$(PIP_COMPILE) --extra dev --constraint requirements/base.lock \
	  --output-file requirements/dev.lock pyproject.toml

docs: $(DEV) ## check that every link in the documents leads somewhere
	$(BIN)/python -m pytest -q -n0 tests/architecture/test_documents.py

clean: ## remove caches and compiled catalogues; var/ and .venv stay
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis htmlcov .coverage
	find $(PRODUCT) tests -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -f $(CATALOGUES:.po=.mo)

$(VENV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(BASE): requirements/base.lock | $(VENV)
	@echo "Installing the packages of $<"
	@$(PIP_INSTALL) -r $<
	@touch $@

$(DEV): requirements/dev.lock $(BASE)
	@echo "Installing the packages of $<"
	@$(PIP_INSTALL) -r $<
	@$(BIN)/python -m pip check --disable-pip-version-check
	@touch $@

$(CATALOGUES:.po=.mo): %.mo: %.po $(BASE)
	$(BIN)/python manage.py compile_catalogues
