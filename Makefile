# Two commands matter: `make run` and `make test`. `make help` lists the rest.
HOST ?= 127.0.0.1
PORT ?= 8050
PYTHON ?=
BIN := .venv/bin
export HOST PORT PYTHON

.DEFAULT_GOAL := help
.PHONY: help run test bench format clean

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s%s\n", $$1, $$2 }' Makefile
	@echo "  HOST=, PORT= choose the address of run; PYTHON= the interpreter that .venv is made with"

run:  ## install into .venv where needed and start the studio
	@sh tools/install.sh
	@echo "Leabra Studio: http://$(HOST):$(PORT) (Ctrl+C ends it)"
	@exec $(BIN)/python app.py

test:  ## all checks: ruff, mypy, codespell, pytest with the browser
	@sh tools/install.sh test
	@sh tools/install_browser.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/codespell
	$(BIN)/pytest

bench:  ## measure the engine, the page and the start
	@sh tools/install.sh test
	@sh tools/install_browser.sh
	@set -e; for program in benchmarks/[a-z]*.py; do echo "== $$program"; $(BIN)/python "$$program"; done

format:  ## put the code into its standard form
	@sh tools/install.sh test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:  ## remove .venv, caches and build products
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
