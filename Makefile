# `make demo` and `make test` do all their own set-up on a fresh machine.
SHELL := /bin/bash
.DELETE_ON_ERROR:

PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3.14 python3; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v "$$name" && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
OUT ?= build/demo
JOBS ?= 2
VALIDATOR := tests/website/validator

.PHONY: help setup system run demo test lint types imports unit fuzz soak bench bundle screenshots samples lock clean

help:
	@echo "make demo         the whole journey on the sample submissions, into $(OUT)"
	@echo "make test         every check and test"
	@echo "make run          open the window"
	@echo "make setup        only set up, so that $(BIN)/casebook works"
	@echo "make fuzz         damage thousands of Word files and read them (minutes)"
	@echo "make soak         kill, cut off and crowd it, and see that nothing is lost (minutes)"
	@echo "make bench        measure the numbers, floor and peers beside ours"
	@echo "make bundle       the frozen program in build/bundle, tried without Python, and packages of it (minutes)"
	@echo "make screenshots  pictures of the real window into docs/pictures"
	@echo "make samples      build the sample submissions again"
	@echo "make lock         choose versions of the dependencies again"

setup: $(READY) system

$(READY): requirements/dev.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Casebook needs Python 3.11 or later: install python3.11 and python3.11-venv."; exit 1; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv is missing: install python3-venv."; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Libraries of the operating system: names what Qt lacks, and installs it where it may (root, with apt).
system: $(READY)
	@bash build_spec/linux/system.sh $(BIN)/python qt

run: setup
	$(BIN)/casebook

demo: setup
	$(BIN)/casebook demo $(OUT)

test: setup
	@bash build_spec/linux/system.sh $(BIN)/python tests
	@npm ci --silent --prefix $(VALIDATOR) || echo "The Nu Html Checker is not installed; left out: tests of the website's HTML by it."
	@$(MAKE) --no-print-directory lint types imports unit

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/basedpyright

imports: $(READY)
	$(BIN)/lint-imports

unit: $(READY)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n $(JOBS) --dist worksteal -q

fuzz: $(READY)
	$(BIN)/python benchmarks/fuzz.py

# Programs killed, servers stopped, wires cut, many publishers at once; say KILLS=, ROUNDS=, MINUTES=, SEED= for others.
KILLS ?= 500
ROUNDS ?= 1000
MINUTES ?= 15
soak: $(READY)
	$(BIN)/python -m tests.soak --kills $(KILLS) --rounds $(ROUNDS) --minutes $(MINUTES) $(if $(SEED),--seed $(SEED))

bench: $(VENV)/peers
	@for script in benchmarks/*.py; do case $$script in */fuzz.py) ;; *) echo "== $$script"; $(BIN)/python $$script || exit 1;; esac; done

# The programs that Casebook is measured against.
$(VENV)/peers: requirements/bench.lock $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.lock
	@touch $@

# The program with all it needs, for people who have no Python.
BUNDLE := build/bundle
FROZEN := $(BUNDLE)/dist/casebook/casebook
BUNDLER := .venv-bundle
bundle: $(BUNDLER)/ready
	@bash build_spec/linux/system.sh $(BUNDLER)/bin/python qt
	@bash build_spec/linux/system.sh $(BUNDLER)/bin/python bundle
	$(BUNDLER)/bin/python build_spec/icon/make_icon.py $(BUNDLE)/icons
	$(BUNDLER)/bin/pyinstaller --noconfirm --log-level ERROR --distpath $(BUNDLE)/dist --workpath $(BUNDLE)/work build_spec/casebook.spec
	$(BUNDLER)/bin/python build_spec/try_bundle.py $(FROZEN) $(BUNDLE)/tried
	@if [ "$$(uname -s)" = Linux ]; then \
		$(BUNDLER)/bin/python build_spec/linux/make_packages.py $(BUNDLE)/dist/casebook $(BUNDLE)/icons $(BUNDLE)/packages && \
		bash build_spec/linux/try_packages.sh $(BUNDLER)/bin/python $(BUNDLE)/packages; fi

$(BUNDLER)/ready: requirements/bundle.lock
	@test -n "$(PYTHON)" || { echo "Casebook needs Python 3.11 or later: install python3.11 and python3.11-venv."; exit 1; }
	@test -x $(BUNDLER)/bin/python || "$(PYTHON)" -m venv $(BUNDLER) || { rm -rf $(BUNDLER); echo "Python's venv is missing: install python3-venv."; exit 1; }
	$(BUNDLER)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bundle.lock
	@touch $@

screenshots: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python docs/make_screenshots.py
	QT_QPA_PLATFORM=offscreen $(BIN)/python docs/first_day.py docs/pictures

samples: setup
	$(BIN)/python build_spec/samples/make_samples.py

# Versions and hashes only: no index or download address is written.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate
lock: $(READY)
	$(BIN)/python -m pip install --quiet uv
	$(LOCK) --upgrade pyproject.toml -o requirements/run.lock
	$(LOCK) --upgrade pyproject.toml --group dev -c requirements/run.lock -o requirements/dev.lock
	$(LOCK) --upgrade pyproject.toml --group bundle -c requirements/run.lock -o requirements/bundle.lock
	$(LOCK) --upgrade --group bench -c requirements/dev.lock -o requirements/bench.lock

clean:
	rm -rf $(VENV) $(BUNDLER) build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache
