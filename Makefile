# One command does all set-up that its target needs; each step is done once and again when its sources change.
PYTHON ?= python3
RUN := .venv/bin/python -m
CODE := src tests tools
# Where the machine has no Node, set-up has put one into the virtual environment.
NPM := PATH="$(CURDIR)/.venv/bin:$$PATH" npm

.NOTPARALLEL:
.PHONY: demo test check setup laws pictures bench openapi channels rules wheel lock help

help:
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:[^#]*## /	/' | expand -t 12

demo: ## everything on this machine, with simulated customers who write; Ctrl-C stops it
	@$(PYTHON) tools/setup.py demo
	@.venv/bin/dragoman demo

test: setup check ## every test, in the browser too
	cd web && $(NPM) test
	$(RUN) pytest -n 3

check: setup ## format, lint, strict types, import rules, drift of OpenAPI and docs
	$(RUN) ruff format --check $(CODE)
	$(RUN) ruff check $(CODE)
	$(RUN) mypy
	.venv/bin/lint-imports
	$(RUN) tools.openapi --check
	$(RUN) tools.channels --check
	$(RUN) tools.rules --check
	cd web && $(NPM) run check

setup: ## the set-up alone
	@$(PYTHON) tools/setup.py test

laws: setup ## what takes long: kills in the middle of everything, saboteurs that must be caught, that every bench runs, and new examples for whatever holds always
	$(RUN) pytest tests/laws tests/bench --long -s
	$(RUN) pytest -m hypothesis --long

pictures: setup ## renew the pictures that tests/pictures compares with: look at what git says has changed
	RENEW_PICTURES=1 $(RUN) pytest -n 0 -q tests/pictures

bench: setup ## the figures, each beside the machine's own limit
	.venv/bin/dragoman bench door
	.venv/bin/dragoman bench pipeline
	.venv/bin/dragoman bench live
	.venv/bin/dragoman bench lists
	.venv/bin/dragoman bench client
	.venv/bin/dragoman bench footprint
	.venv/bin/dragoman bench language
	.venv/bin/dragoman bench rules
	.venv/bin/dragoman bench rehearsal

openapi: setup ## the API's description and the browser's types, from the code
	$(RUN) tools.openapi
	cd web && $(NPM) run api

channels: setup ## docs/channels.md, from the capabilities and scorecards of the channels
	$(RUN) tools.channels

rules: setup ## docs/rules.md, from what rules may be made of
	$(RUN) tools.rules

wheel: setup ## the installable wheel, browser client inside, in dist/
	$(RUN) build --wheel --no-isolation

LOCK := .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate
lock: setup ## newer versions of all dependencies into the lock files
	$(LOCK) --upgrade pyproject.toml -o requirements/run.txt
	$(LOCK) --upgrade --extra dev pyproject.toml -c requirements/run.txt -o requirements/dev.txt
	$(LOCK) --upgrade requirements/build.in -c requirements/dev.txt -o requirements/build.txt
	$(LOCK) --upgrade requirements/node.in -o requirements/node.txt
