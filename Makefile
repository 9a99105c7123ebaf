# On a bare machine with Python 3.11 or later, `make demo` and `make test` do all that is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.8
# Not in the lock, where it would bring its registry's GPU build: pip takes a CPU build where it knows of one.
TORCH_VERSION := 2.13.0
OPEN3D_NEEDS := libusb-1.0-0 libegl1 libgl1 libx11-6
# The report of a run is looked at in a real browser.
BROWSER := chromium fonts-dejavu-core
AS_ROOT := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode

# Without bytecode each import compiles its sources again; and two test workers share the cores with numpy's threads.
unexport PYTHONDONTWRITEBYTECODE
export OPENBLAS_NUM_THREADS := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check format docs bench lock clean

help:  ## say what can be made
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 16

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "needs Python 3.11 or later: make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv==$(UV_VERSION)

$(VENV)/core.stamp: requirements.lock pyproject.toml $(BIN)/uv
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --editable .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/core.stamp
	$(INSTALL) --require-hashes -r requirements-dev.lock
	@$(BIN)/python -c 'import torch' 2>/dev/null || $(BIN)/python -m pip install --quiet torch==$(TORCH_VERSION)
	@$(BIN)/python -c 'import open3d' 2>/dev/null || { $(AS_ROOT) apt-get update -qq && \
	  $(AS_ROOT) apt-get install -qq -y --no-install-recommends $(OPEN3D_NEEDS) >/dev/null; }
	@command -v chromium chromium-browser google-chrome >/dev/null || { $(AS_ROOT) apt-get update -qq && \
	  $(AS_ROOT) apt-get install -qq -y --no-install-recommends $(BROWSER) >/dev/null; }
	@touch $@

demo: $(VENV)/core.stamp  ## install, then ask a flat made on the spot, with pictures
	@mkdir -p out
	$(BIN)/allo make flat out/flat.json --seed 7
	$(BIN)/allo show out/flat.json --picture out/plan.png
	$(BIN)/allo ask out/flat.json "How many cups are on the table?"
	$(BIN)/allo ask out/flat.json 'nearest(all("cup"), to=the("bed"))'
	$(BIN)/allo ask out/flat.json --picture out/proof.png \
	  "If I am standing by the sofa and facing the tv, is the bed to my left, right, or back?"
	@echo
	@echo "The plan:  $(CURDIR)/out/plan.png"
	@echo "The proof: $(CURDIR)/out/proof.png"

test: check  ## install all that the checks need, and check

check: $(VENV)/dev.stamp  ## format, lint, strict types, then all tests (doctests, examples, docs and house among them)
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2

format: $(VENV)/dev.stamp  ## format, and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/dev.stamp  ## build the documentation into site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "The documentation: $(CURDIR)/site/index.html"

bench: $(VENV)/dev.stamp  ## measure: ratios against slow twins, in one run
	@set -e; for file in $(basename $(notdir $(wildcard benchmarks/[a-z]*.py))); do \
	  echo "== $$file"; $(BIN)/python -m benchmarks.$$file; done

lock: $(BIN)/uv  ## resolve the dependencies anew: names, versions and hashes, no addresses
	$(BIN)/uv lock --upgrade --quiet
	$(BIN)/uv export --quiet --frozen --no-header --no-emit-project --no-dev --output-file requirements.lock
	$(BIN)/uv export --quiet --frozen --no-header --no-emit-project --all-extras --prune torch --output-file requirements-dev.lock
	@! grep -n '://' requirements.lock requirements-dev.lock

clean:  ## remove all that was made, the virtual environment too
	rm -rf $(VENV) out site dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
