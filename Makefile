# Two commands matter: `make run` and `make test`. Each brings what it needs and says what it does.
.DEFAULT_GOAL := help
.PHONY: help run test lint bench shots setup icons pins clean

PY := .venv/bin/python

# Python may be named: make run PYTHON=/opt/python3.12/bin/python3
export PYTHON

help:  ## list these commands
	@echo "Signing Day"
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  PORT (8000), HOST (127.0.0.1), DATABASE_URL and SIGNING_DAY_HOME (./data) are honoured."

run:  ## install what is missing, load the sample conference once, start web and worker
	@scripts/setup run
	@$(PY) -m scripts.serve

test:  ## everything: lint, types, import contracts, tests on SQLite and PostgreSQL, browser journeys
	@scripts/setup test
	@$(PY) -m scripts.check $(ARGS)

lint:  ## ruff, mypy, import contracts, translations
	@scripts/setup test
	@$(PY) -m scripts.check --lint

bench:  ## check-ins per second, badges and import rows per CPU second
	@scripts/setup test
	@$(PY) -m tests.load

shots:  ## take the README's pictures from a throw-away running program
	@scripts/setup shots
	@$(PY) -m scripts.trial $(PY) -m scripts.shots {url} --out docs/pictures

setup:  ## only bring what run and test need
	@scripts/setup test

icons:  ## rebuild the icon sprite from app/static/icons.txt
	@$(PY) -m scripts.icons

pins:  ## write constraints.txt anew from what is installed
	@$(PY) -m scripts.pins

clean:  ## remove what set-up brought (not your data)
	rm -rf .venv node_modules app/static/vendor .run .mypy_cache .ruff_cache .pytest_cache .hypothesis
