# Two commands do everything: `make run` and `make test`. Each prepares .venv first, once.

.PHONY: run setup test test-all lint coverage bench

ROUTINE ?=

run: setup
	@.venv/bin/python -m coach.cli.offer
	@.venv/bin/coach run $(ROUTINE)

setup:
	@tools/setup

test:
	@tools/setup test
	@.venv/bin/python -m pytest -m "not slow" --timeout 240 -n 2 --dist loadgroup

test-all:
	@tools/setup test
	@.venv/bin/python -m pytest

lint:
	@tools/setup test
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

# The unit tests alone, and which branches of each room they take.
coverage:
	@tools/setup test
	@.venv/bin/python -m pytest -m "not slow and not live" --ignore tests/whole --timeout 240 \
		--cov --cov-report term:skip-covered

bench:
	@tools/setup bench
	@.venv/bin/python -m bench.journal
	@.venv/bin/python -m bench.ear
