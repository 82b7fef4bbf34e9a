# Two commands: `make run` and `make test`. Both need only Python 3.11 or newer and make.

PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin

.PHONY: run test check bench lock picture clean

run: .venv/run
	@$(BIN)/python dashboard/manage.py run --port $(PORT)

test: .venv/test
	@$(BIN)/python tests/browser.py
	@$(BIN)/python -m pytest

# What takes long: the attack on disclosure control over many made-up sources, and the faults in great numbers.
check: .venv/test
	@$(BIN)/python tests/browser.py
	@$(BIN)/python -m pytest -n 0 -s -m long

bench: .venv/test
	@$(BIN)/python tests/browser.py
	@$(BIN)/python bench/run.py

# The environments, made again when what they are made from changes.
.venv/run: requirements.txt
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/test: requirements-dev.txt
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/run

# The README's picture, from the product running on PORT.
picture: .venv/test
	@$(BIN)/python docs/picture.py http://127.0.0.1:$(PORT)

# The locked lists, from pyproject.toml.
lock:
	uv pip compile --quiet --universal --generate-hashes pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --generate-hashes --extra dev pyproject.toml -c requirements.txt -o requirements-dev.txt

clean:
	rm -rf .venv var
