# The two commands of the README are `make demo` and `make test`.
PYTHON ?= python3
SCALE ?= 0.02
TESTS ?=
BIN := .venv/bin
export PYTHON

.PHONY: help demo test bench lint check format migrations translations

help: ## Say what there is
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 22

demo: ## Run the whole service here, with SCALE (0.02; 1 is all) of the exchanges of 2016
	@requirements/install base embedded
	@exec $(BIN)/python -m kbi_audit.demo --scale $(SCALE)

test: ## Run every test, those in a browser too; TESTS names some
	@requirements/install base embedded dev
	@tests/install-browser
	@exec $(BIN)/python -m pytest -n auto --dist worksteal $(TESTS)

bench: ## Run all benchmarks
	@requirements/install base embedded dev
	@exec $(BIN)/python -m tests.benchmarks

lint: ## Look for style, types, layers, templates and manifests that are wrong
	@requirements/install base embedded dev
	@PATH="$(CURDIR)/$(BIN):$$PATH" .ci/lint

check: lint test ## Everything that continuous integration checks

format: ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix-only --quiet .

migrations: ## Write the migrations that the models need
	@$(BIN)/python manage.py makemigrations

translations: ## Add new texts to the languages' files, and compile them
	@$(BIN)/python manage.py translations update
	@$(BIN)/python manage.py translations compile
