# The commands of this repository. `make run` and `make test` need nothing but Python 3.11 or newer and, for the tests,
# what .ci/prepare names; they install the rest.
SHELL := /bin/sh
.SHELLFLAGS := -euc
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := run

PYTHON_IN := .venv/bin/python
WORKERS ?= 2
PYTEST := .venv/bin/pytest -q -n $(WORKERS) --dist loadfile
# EXAMPLE=1 adds marked example records to the demonstration.
UP := $(if $(filter-out 0 no off,$(EXAMPLE)),--example-reports)

.PHONY: run test lint types fmt assets messages screenshots

# `exec`: Ctrl-C and SIGTERM reach the supervisor itself.
run:
	@.ci/prepare run
	@exec $(PYTHON_IN) manage.py up $(UP)

# Style and types first, then everything on SQLite, then what touches the database again on PostgreSQL.
test:
	@.ci/prepare test
	@$(MAKE) lint types
	@$(PYTHON_IN) manage.py build_assets
	@$(PYTEST) tests
	@$(PYTHON_IN) -m tests.servers postgresql $(PYTEST) tests --ignore=tests/browser -m "not once"

lint:
	@.ci/prepare test
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/djlint templates --lint --quiet
	@.venv/bin/lint-imports --no-cache

types:
	@.ci/prepare test
	@.venv/bin/mypy .

fmt:
	@.ci/prepare test
	@.venv/bin/ruff check --fix --quiet .
	@.venv/bin/ruff format --quiet .

assets:
	@.ci/prepare run
	@$(PYTHON_IN) manage.py build_assets

# The translators' files: every text that people read, collected from code and templates.
messages:
	@.ci/prepare run
	@$(PYTHON_IN) manage.py collect_messages

# Pictures of every kind of public page, in docs/screenshots: to be looked at beside the design.
screenshots:
	@.ci/prepare test
	@$(PYTHON_IN) -m tests.screenshots
