# Two commands do everything: `make run` and `make test`. Each prepares .venv first, once.

.PHONY: run setup test test-all lint bench

ROUTINE ?=

run: setup
	@.venv/bin/python -m coach.cli.offer
	@.venv/bin/coach run $(ROUTINE)

setup:
	@tools/setup

test:
	@tools/setup test
	@.venv/bin/python -m pytest -m "not slow" --timeout 240

test-all:
	@tools/setup test
	@.venv/bin/python -m pytest

lint:
	@tools/setup test
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy

bench:
	@tools/setup bench
	@.venv/bin/python -m bench.journal
	@.venv/bin/python -m bench.ear
