# Every target makes its own virtual environment in .venv and installs into it what it needs, once.

PYTHON ?= python3
DATA ?= ../shared/data
TESTS ?= tests/sync/test_pipeline.py tests/action/test_run.py

BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -q
PARALLEL := -n 4 --dist worksteal
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-compile
# Extras that the container has, and those of which people install what they need; s3 is large.
IMAGE := neural openai deepl libretranslate
EXTRAS := $(IMAGE) dev evaluate smt
LOCKS := requirements.lock requirements-dev.lock requirements-s3.lock requirements-build.lock
RUN := .venv/.installed
DEV := .venv/.installed-dev
S3 := .venv/.installed-s3
DOCS := .venv/.installed-docs

# Bytecode is written even where the environment forbids it: tests start `amts` hundreds of times.
unexport PYTHONDONTWRITEBYTECODE

WORKFLOWS := $(wildcard .github/workflows/*.yml examples/workflows/*.yml)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help demo test test-all test-s3 lint lint-workflows types audit image test-image package site bench bench-amazon lock clean

help:  ## list these targets
	@sed -n 's/^\([a-z0-9-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

demo:  ## sync a sample book into two languages, with local pull requests to look at; ENGINE=amazon: on an emulator; ENGINE=neural

ifeq ($(ENGINE),amazon)
demo: $(DEV)
	PYTHONPATH=tests $(BIN)/python tests/fakes/demo_amazon.py
else ifeq ($(ENGINE),neural)
demo: $(DEV)
	PYTHONPATH=tests $(BIN)/python tests/fakes/demo_neural.py
else
demo: $(RUN)
	$(BIN)/amts demo
endif

test: $(DEV)  ## run the tests
	$(PYTEST) $(PARALLEL)

test-all: $(DEV)  ## run all tests, the slow ones too, with fresh examples of the properties, and more of them
	$(PYTEST) $(PARALLEL) -m "" --hypothesis-profile fresh

test-s3: $(S3)  ## run the tests of the engine amazon on a real S3 server (SeaweedFS, 50 MB)
	# One server at a time. The faults of the emulator's own S3 do not reach it, so those tests are left out.
	$(PYTEST) --s3 seaweedfs -k "not any_fault" tests/engines/amazon/test_batch.py tests/sync/test_amazon_sync.py

lint: $(DEV) lint-workflows  ## check the style of the code, its imports, and the workflows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python docs/architecture.py --check
	$(BIN)/python docs/reference.py --check

lint-workflows: $(DEV)  ## check the action, the workflows, the examples of workflows and the Dockerfile
	$(BIN)/check-jsonschema --builtin-schema vendor.github-actions action.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows $(WORKFLOWS)
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/actionlint $(WORKFLOWS)
	$(BIN)/zizmor --offline --quiet --persona pedantic action.yml .github/dependabot.yml $(WORKFLOWS)
	$(BIN)/hadolint Dockerfile

types: $(DEV)  ## check the types of the code
	$(BIN)/mypy

audit: $(DEV)  ## look for known vulnerabilities in all that is locked, and in the workflows (with GH_TOKEN: in their actions)
	for lock in $(LOCKS); do $(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement $$lock || exit 1; done
	$(BIN)/zizmor --quiet --persona pedantic action.yml .github examples/workflows

image:  ## build the container image, with docker, or else with buildah and debootstrap (as root)
	.ci/image build

test-image:  ## run tests in the image that was built, on the program in it: TESTS=file, with any options of pytest
	.ci/image test -q $(TESTS)

package: | .venv/bin/python  ## build the package for the index, by what is locked (dist/)
	rm -rf dist .venv/build
	$(PYTHON) -m venv .venv/build
	.venv/build/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes --requirement requirements-build.lock
	.venv/build/bin/hatchling build

site: $(DOCS)  ## build the site of the documentation (build/site), with warnings as errors
	$(BIN)/python docs/reference.py --check
	$(BIN)/sphinx-build --fail-on-warning --keep-going --quiet --builder dirhtml docs build/site

bench: $(DEV)  ## measure speed and characters sent; the material is in DATA=folder
	$(BIN)/python benchmarks/pushes.py --data "$(DATA)"
	$(BIN)/python benchmarks/plan.py --data "$(DATA)"
	$(BIN)/python benchmarks/hostile.py
	$(BIN)/python benchmarks/hostile_files.py
	$(BIN)/python benchmarks/memory.py --data "$(DATA)"
	$(BIN)/python benchmarks/adopt.py --data "$(DATA)"
	$(BIN)/python benchmarks/replay.py --data "$(DATA)"
	$(BIN)/python benchmarks/repair.py --data "$(DATA)"
	$(BIN)/python benchmarks/defects.py --data "$(DATA)"
	$(BIN)/python benchmarks/review_page.py

bench-amazon: $(S3)  ## measure the engine amazon on an emulator, with moto and with SeaweedFS
	$(BIN)/python benchmarks/amazon.py --data "$(DATA)"
	$(BIN)/python benchmarks/amazon.py --data "$(DATA)" --s3 seaweedfs

# For every Python that the project supports, whichever makes it; dev first names what the others must agree with.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11.5 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock"

lock: $(DEV)  ## pin all dependencies by hash: of the container, of every extra, and of the build
	$(COMPILE) --upgrade $(EXTRAS:%=--extra %) --output-file requirements-dev.lock pyproject.toml
	$(COMPILE) --constraint requirements-dev.lock $(IMAGE:%=--extra %) --output-file requirements.lock pyproject.toml
	$(COMPILE) --constraint requirements-dev.lock --extra s3 --output-file requirements-s3.lock pyproject.toml
	$(COMPILE) --constraint requirements-dev.lock --group build --output-file requirements-build.lock

clean:  ## remove all that these targets made
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist
	find bot tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# Installation says little unless it fails. The development extra includes the rest, hence both stamps.

.venv/bin/python:
	@$(PYTHON) -m venv .venv

# The newest versions that pyproject.toml allows: what breaks is seen here first, users get what is locked.
$(RUN): pyproject.toml | .venv/bin/python
	@echo "installing…"
	@$(PIP) --editable . >.venv/install.log 2>&1 || { cat .venv/install.log >&2; exit 1; }
	@touch $@

$(DEV): pyproject.toml | .venv/bin/python
	@echo "installing…"
	@$(PIP) --editable '.[dev]' >.venv/install.log 2>&1 || { cat .venv/install.log >&2; exit 1; }
	@touch $(RUN) $@

$(DOCS): pyproject.toml | .venv/bin/python
	@echo "installing…"
	@$(PIP) --editable '.[docs]' >.venv/install.log 2>&1 || { cat .venv/install.log >&2; exit 1; }
	@touch $(RUN) $@

$(S3): $(DEV) pyproject.toml | .venv/bin/python
	@echo "installing…"
	@$(PIP) --editable '.[dev,s3]' >.venv/install.log 2>&1 || { cat .venv/install.log >&2; exit 1; }
	@touch $(RUN) $(DEV) $@
