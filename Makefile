# `make demo` shows evenkeel running; `make test` proves that a change holds. Both do their own set-up.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

assets := src/evenkeel/ground/static/vendor/htmx.min.js
run := .venv/.ready-run
all := .venv/.ready-all

.PHONY: help demo install setup test check docs bench lock clean

help: ## Say what there is
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

demo: $(run) $(assets) ## Start evenkeel with a synthetic organisation; prints an address and a log-in per role
	@exec .venv/bin/evenkeel demo

install: $(run) $(assets) ## What an installation needs, into .venv: packages and front-end assets
	@echo 'evenkeel is in .venv/bin'

setup: $(all) $(assets) ## Everything for working on evenkeel, into .venv
	@scripts/prepare-tests

test: setup ## Style, types, imports, manual, tests on SQLite and PostgreSQL, browser tests
	@scripts/test

check: $(all) ## Style, imports and types alone
	@scripts/check

docs: $(all) ## Build the manual into build/docs
	@scripts/docs

bench: $(all) $(assets) ## Measure the figures that bench/ names
	@scripts/bench

lock: ## Pin the packages that pyproject.toml asks for, keeping what is pinned
	@scripts/lock

clean: ## Remove what these commands made, packages included; never an installation's data
	rm -rf .venv .tools node_modules build dist src/evenkeel/ground/static/vendor
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find src tests -type d -name __pycache__ -prune -exec rm -rf {} +

$(run): requirements/run.txt pyproject.toml
	@scripts/prepare-python run

$(all): requirements/all.txt pyproject.toml
	@scripts/prepare-python all

$(assets): package.json package-lock.json scripts/assets.mjs
	@npm ci --loglevel=error --ignore-scripts --no-audit --no-fund --no-update-notifier
	@node scripts/assets.mjs
