# Sverka: `make chat` is all that a newcomer needs. `make help` lists the rest.

SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.installed
UV ?= uv

# The chat opens ARCHIVE, or else an archive in your data folder; CORPUS is a file or folder of articles to index first.
ARCHIVE ?=
CORPUS ?=
export ARCHIVE CORPUS

.DEFAULT_GOAL := help
.PHONY: help chat test eval lint lock clean browser python

help:
	@echo "make chat                  install what is missing and open the chat on the sample articles"
	@echo "make chat CORPUS=path      the same on your own articles (a file or a folder)"
	@echo "make chat ARCHIVE=folder   the same on an archive that you name"
	@echo "make test                  run every test"
	@echo "make eval                  run the evaluation on fixed questions"
	@echo "make lint                  check style and types"
	@echo "make lock                  pin all packages anew (needs uv)"
	@echo "make clean                 remove the environment and what was built"

# exec: so that Ctrl-C reaches the program alone, which then ends by itself.
chat: $(READY)
	@set --; \
	if [ -n "$$ARCHIVE" ]; then set -- "$$@" --archive "$$ARCHIVE"; fi; \
	if [ -n "$$CORPUS" ]; then set -- "$$@" --corpus "$$CORPUS"; else set -- "$$@" --sample; fi; \
	exec $(BIN)/sverka chat "$$@"

test: $(READY) browser
	@$(BIN)/python -m pytest -q

eval: $(READY)
	@exec $(BIN)/sverka eval

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/mypy

# The stamp is made last: an installation that was interrupted is taken up again.
$(READY): requirements.lock pyproject.toml | python
	@[ -x $(BIN)/pip ] || { rm -rf $(VENV); $(PYTHON) -m venv $(VENV); }
	@echo "Installing Sverka's packages into $(VENV) (once; some minutes) ..."
	@$(BIN)/pip install --quiet --no-deps --no-compile -r requirements.lock
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

python:
	@command -v $(PYTHON) >/dev/null || { echo "Sverka needs Python 3.11 or newer, and there is no $(PYTHON). Debian, Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Sverka needs Python 3.11 or newer; $(PYTHON) is `$(PYTHON) --version`. Name another one: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv package is missing. Debian, Ubuntu: sudo apt-get install python3-venv"; exit 1; }

# Tests of the page need a browser; without one they skip and say so.
browser: $(READY)
	@sh tools/browser.sh $(BIN)/python

lock:
	@command -v $(UV) >/dev/null || { echo "make lock needs uv: pip install uv"; exit 1; }
	@sh tools/lock.sh $(UV)

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
