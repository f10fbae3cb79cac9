# Two commands do everything: `make demo` and `make test`. They install what is missing and need only
# Debian 12 (or the like), Python 3.11 or newer, and make. CONTRIBUTING.md lists the smaller ones.
SHELL := /bin/bash
.DEFAULT_GOAL := help
# The system's own Python first: one that is installed under somebody's home cannot be shown to learners' programs.
PYTHON ?= $(shell for p in /usr/bin/python3.11 /usr/bin/python3.12 /usr/bin/python3.13 python3.11 python3.12 python3.13; do command -v $$p && break; done)
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export PORT
export UV_PYTHON_DOWNLOADS := never

.PHONY: help demo demo-reset serve test check lock assets learner-libraries browser-python psychometrics competitions install install-dev clean bench pictures

help: ## this list
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 24

demo: install assets learner-libraries browser-python ## an example academy at http://127.0.0.1:$(PORT)
	$(BIN)/bilik demo

demo-reset: ## forget the example academy and start afresh
	rm -rf var
	$(MAKE) demo

serve: install assets browser-python ## the academy of this folder, without example people
	$(BIN)/bilik serve

# What only tests download need not be small: squeezing it takes minutes.
test: export BROTLI_QUALITY ?= 5
test: install-dev assets learner-libraries browser-python ## every check and every test, on SQLite and on PostgreSQL
	bin/run-checks

check: install-dev assets ## the quick checks: style, types, borders, templates
	bin/run-checks quick

lock: $(VENV)/.uv ## make the locks in requirements/ anew
	bin/lock

bench: install-dev assets learner-libraries browser-python ## measure, and write docs/benchmarks.md
	$(BIN)/python bench/run_all.py --out docs/benchmarks.md

pictures: install-dev assets learner-libraries browser-python ## take the pictures of docs/pictures anew
	PICTURES_FOLDER=docs/pictures $(BIN)/python -m pytest tests/journeys

install: $(VENV)/.core ## the academy's own environment in .venv
install-dev: $(VENV)/.dev ## the same with all tools
assets: bilik/web/static/web/built/.built ## files for the browser, made by esbuild
psychometrics: $(VENV)/.core requirements/psychometrics.txt ## what `bilik practice estimate` needs
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/psychometrics.txt
competitions: $(VENV)/.core requirements/competitions.txt ## what scoring competitions needs
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/competitions.txt
learner-libraries: .learner/.done ## numpy, pandas and scikit-learn for learners' programs
browser-python: assets ## Python, numpy and pandas for browsers: a few minutes once, kept in .browser-python
	@$(BIN)/python bin/fetch-browser-python

$(VENV)/.uv:
	bin/make-venv "$(PYTHON)" $(VENV)
	@touch $@

$(VENV)/.core: $(VENV)/.uv requirements/core.txt pyproject.toml
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/core.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.core requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

.learner/.done: requirements/learner.txt $(VENV)/.uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --target .learner -r requirements/learner.txt
	@touch $@

bilik/web/static/web/built/.built: package-lock.json $(wildcard bilik/web/assets/*/* bilik/web/assets/*/*/*) bilik/web/assets/build.mjs $(VENV)/.uv
	bin/build-assets
	@touch $@

clean: ## remove everything that was installed or built (not the data in var/)
	rm -rf $(VENV) .learner .browser-python node_modules bilik/web/static/web/built
