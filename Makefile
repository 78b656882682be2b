PYTHON ?= python3

.PHONY: check format lint types house test thorough bench

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

# The long campaigns whole: killed at every write, on a disk full from every write on, every draw by every route.
thorough:
	SSJ_THOROUGH=1 $(PYTHON) -m pytest -n auto tests/year/test_crash.py tests/publish/test_publish_crash.py tests/verify

bench:
	$(PYTHON) benchmarks/run.py
