# make demo    a virtual environment, the index, two cited answers and a review
# make test    the whole test suite
# make check   lint, types and import contracts
# make evals   every gold set, with the report
# make env     .env.example from the settings

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test check evals env clean

demo: .venv/.installed
	@$(BIN)/safepolicing ingest
	@$(BIN)/safepolicing ask "Is the chokehold ban absolute?"
	@$(BIN)/safepolicing ask "Who certifies us in Kansas?"
	@$(BIN)/safepolicing review examples/excerpt.txt

test: .venv/.installed-dev
	@$(BIN)/python -m pytest -q

check: .venv/.installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

evals: .venv/.installed-dev
	@$(BIN)/python -m evals run

env: .venv/.installed
	@$(BIN)/python -m bot.env_file > .env.example

clean:
	rm -rf .venv build dist *.egg-info

# torch first and on its own: pip then takes the build that the index offers for this machine.
.venv/.installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(PIP) torch==2.13.0
	$(PIP) --editable .
	@touch $@

.venv/.installed-dev: .venv/.installed
	$(PIP) --editable '.[dev]'
	@touch $@
