# The two commands of the README are `make demo` and `make test`.
PYTHON ?= python3
SCALE ?=
TESTS ?=
BIN := .venv/bin
export PYTHON

.PHONY: help demo forget test bench lint check format migrations translations openapi

help: ## Say what there is
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 22

demo: ## Run the whole service here, with SCALE (1/50; 1 is all) of the exchanges of 2016
	@requirements/install base embedded
	@exec $(BIN)/python -m kbi_audit.demo $(if $(SCALE),--scale $(SCALE))

forget: ## Remove what the demo and the tests keep in .kbi, to begin anew
	@mkdir -p .kbi && flock --nonblock .kbi/demo.lock rm -rf .kbi || { echo "The demo is running: stop it first."; exit 1; }

test: ## Run every test, those in a browser too; TESTS names some
	@requirements/install base embedded dev
	@tests/install-programs
	@exec $(BIN)/python -m pytest -n logical --dist worksteal $(TESTS)

bench: ## Run all benchmarks
	@requirements/install base embedded dev
	@exec $(BIN)/python -m tests.benchmarks

lint: ## Look for style, types, layers, templates and manifests that are wrong
	@requirements/install base embedded dev
	@.ci/lint

check: lint test ## Everything that continuous integration checks

format: ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix-only --quiet .

migrations: ## Write the migrations that the models need
	@$(BIN)/python manage.py makemigrations

translations: ## Add new texts to the languages' files, and compile them
	@$(BIN)/python manage.py translations update
	@$(BIN)/python manage.py translations compile

openapi: ## Write docs/openapi.yaml from the code
	@$(BIN)/python manage.py spectacular --validate --fail-on-warn --file docs/openapi.yaml
