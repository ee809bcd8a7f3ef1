# Everything a person runs. `make` alone lists it; each target installs what it needs into .venv, once.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
FILM := $(VENV)/.installed-film
VOICE := $(VENV)/.installed-voice
DEV := $(VENV)/.installed-dev

STORY ?= examples/the-lamplighter.txt
JOBS ?= 3

# pip reports errors only, and without the addresses it fetches from.
PIP = $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
UNADDRESSED = 2>&1 | sed -E 's\#[a-z+]+://[^ ]+\#(address)\#g'

# An option of the command line, when its variable was given to make: $(call option,LENGTH,length).
option = $(if $(filter command,$(firstword $(origin $(1)))),--$(2) "$$$(1)")

export STORY

.PHONY: help film test check up down bench chaos clients docs live voice lock

help: ## This list
	@sed -nE 's/^([a-z]+):.*## (.*)$$/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16
	@echo
	@echo "  make film STORY=path/to/my.txt LENGTH=90 makes a film of your own story (also PROJECT, BRANCH, ASPECT, GENRE,"
	@echo "  RATING, TONE, OUT, MODELS, BUDGET); make bench ONLY=name runs some of the benchmarks."

film: $(FILM) ## Make the example film, or that of STORY=…
	@AIUTEUR_ASKED_BY=make $(BIN)/aiuteur make "$$STORY" $(call option,PROJECT,project) $(call option,BRANCH,branch) $(call option,LENGTH,length) \
	  $(call option,ASPECT,aspect) $(call option,GENRE,genre) $(call option,RATING,rating) $(call option,TONE,tone) \
	  $(call option,OUT,out) $(call option,MODELS,models) $(call option,BUDGET,budget)

test: $(DEV) ## Run all tests
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

check: $(DEV) ## Lint, types and the rules of the house
	@$(BIN)/ruff check .
	@$(BIN)/basedpyright
	@$(BIN)/python -m pytest -q tests/test_house.py

up: $(FILM) ## Start Postgres and Dagster, and print the address
	@$(BIN)/aiuteur up

down: $(FILM) ## Stop them
	@$(BIN)/aiuteur down

bench: $(DEV) ## Measure, print the table, write out/bench.json and docs/benchmarks.md
	@$(BIN)/python -m benchmarks $(call option,ONLY,only)

live: $(FILM) ## Try the real services with the keys that are set; says what it costs, and asks
	@$(BIN)/python -m benchmarks.live $(if $(VIDEO),--video)

clients: $(DEV) ## Hold the oldest and the newest official clients that are allowed to one POST a call
	@$(BIN)/python -m benchmarks.clients

chaos: $(DEV) ## Kill, restart and overload what spends, fifteen times as often as `make bench` does
	@AIUTEUR_CHAOS=15 $(BIN)/python -m benchmarks --only histories --only kills --only faults --only restarts --only unwritable --only disk-full --only race

docs: $(DEV) ## Render the pages of the guide that are made from code
	@$(BIN)/python -m benchmarks.pages

voice: $(VOICE) ## Install the speech synthesiser (espeak-ng, GPL-3), so that characters speak

lock: $(BIN)/python ## Pin what pyproject.toml asks for, with hashes; UPGRADE=1 takes the newest of everything
	@tmp=$$(mktemp -d); trap 'rm -rf "$$tmp"' EXIT; \
	$(BIN)/python -m venv "$$tmp"; \
	"$$tmp/bin/python" -m pip -qq --disable-pip-version-check install uv $(UNADDRESSED); \
	for lock in requirements requirements-voice requirements-dev; do \
	  extra=$${lock#requirements}; \
	  UV_NO_CONFIG=1 "$$tmp/bin/uv" pip compile pyproject.toml --quiet $(if $(UPGRADE),--upgrade) --universal --python-version 3.11 --generate-hashes \
	    --no-annotate --no-header --no-emit-index-url --no-emit-find-links --no-strip-extras \
	    --extra build $${extra:+--extra "$${extra#-}"} --output-file "$$lock.lock" $(UNADDRESSED); \
	  echo "$$lock.lock: $$(grep -c '==' "$$lock.lock") packages"; \
	done

# $(call install,lock): exactly the pinned files, then this package itself from where it lies.
define install
	@echo "Installing $(1) into $(VENV) (once; a minute or two) …"
	@$(PIP) install --require-hashes --requirement $(1) $(UNADDRESSED)
	@$(PIP) install --no-deps --no-build-isolation --editable . $(UNADDRESSED)
	@$(BIN)/python -m compileall -q aiuteur aiuteur_dagster
	@touch $@
endef

$(FILM): requirements.lock pyproject.toml | $(BIN)/python
	$(call install,requirements.lock)

$(VOICE): requirements-voice.lock pyproject.toml | $(BIN)/python
	$(call install,requirements-voice.lock)

$(DEV): requirements-dev.lock pyproject.toml | $(BIN)/python
	$(call install,requirements-dev.lock)
	@touch $(FILM) $(VOICE)

$(BIN)/python:
	@for python in $${PYTHON:-python3 python3.11 python3.12 python3.13}; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    "$$python" -m venv $(VENV) >/dev/null && exit 0; \
	    rm -rf $(VENV); \
	    echo "$$python cannot make a virtual environment: install its venv module (on Debian and Ubuntu: apt install python3-venv)." >&2; \
	    exit 1; \
	  fi; \
	done; \
	echo "Aiuteur needs Python 3.11 or later, and finds none: install it, or name one with make PYTHON=/path/to/python3.11." >&2; \
	exit 1
