PYTHON ?= python3

.PHONY: check format lint types house test bench fuzz

check: lint types house test

format:
	$(PYTHON) -m ruff format shuangsuiji tests benchmarks tools
	$(PYTHON) -m ruff check --fix shuangsuiji tests benchmarks tools

lint:
	$(PYTHON) -m ruff format --check shuangsuiji tests benchmarks tools
	$(PYTHON) -m ruff check shuangsuiji tests benchmarks tools

types:
	$(PYTHON) -m mypy

house:
	lint-imports

test:
	$(PYTHON) -m pytest -n auto

bench:
	$(PYTHON) benchmarks/run.py

fuzz:
	$(PYTHON) -m tests.safety.fuzz $(if $(INPUTS),--inputs $(INPUTS),--seconds $(or $(SECONDS),60)) $(if $(SEED),--seed $(SEED))
