# Every job of the project. Each needs only make and Python 3.10 or newer with venv; what else it
# needs it makes for itself, once, in .venv/ and build/.

PYTHON := $(or $(PYTHON),python3)
# samples that a test draws from each task and level
SAMPLES ?=
# processes that the tests run in, and more options for pytest, such as PYTEST_ARGS="-k sokoban"
WORKERS ?= auto
PYTEST_ARGS ?=
# more for pip where an environment is made, such as PIP_ARGS="torch==2.13.0+cpu"
PIP_ARGS ?=

# The wheel is tested with both lines of datasets that it supports.
DATASETS_NEW := 5.2.0
DATASETS_OLD := 3.6.0

# The checkout's own folders and the user's settings must not reach Python.
unexport PYTHONPATH PYTHONHOME
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test conformance oracle deep trainers harnesses readme golden bench bench-grading grade-report releases lint wheel clean FORCE

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo 'Variables: PYTHON=python3.12  SAMPLES=100 (a task and level)  WORKERS=4  PYTEST_ARGS="-k sokoban"'

demo: .venv/dev/.gameqa ## three samples of every game, and a small dataset of all, in out/demo/
	@rm -rf out/demo && mkdir -p out/demo
	@$(in_scratch) out="$(CURDIR)/out/demo" && PATH="$(bin)/dev/bin:$$PATH" && \
	gameqa list && \
	for game in $$(python -c 'import gameqa; print(*gameqa.list_games())'); do \
	    for index in 0 1 2; do \
	        gameqa show "$$game" --index $$index --out "$$out/pictures" \
	            > "$$out/$$game-$$index.txt" || exit 1; \
	    done; \
	done && \
	gameqa build all --out "$$out/dataset" --train-size 120 --validation-size 30 --test-size 30 && \
	echo && echo "Pictures: out/demo/pictures/  their questions and answers: out/demo/*.txt  rows: out/demo/dataset/"

test: lint .venv/wheel/.tests .venv/datasets-3.6/.tests ## lint, then test the built wheel with both lines of datasets
	$(call pytest,wheel,tests -m 'not deep',25)
	$(call pytest,datasets-3.6,tests/builders "$(CURDIR)"/tests/hub/test_pull.py "$(CURDIR)"/tests/streams "$(CURDIR)"/tests/views -m 'not deep',40)

conformance: .venv/dev/.tools ## what every game must fulfil, on many samples
	$(call pytest,dev,tests/conformance,300)

oracle: .venv/dev/.tools ## every answer against an independent solver, on many samples
	$(call pytest,dev,tests/oracles,1000)

deep: .venv/dev/.tools ## the other tests that take minutes: many graded responses, views of every task
	$(call pytest,dev,tests/audit "$(CURDIR)"/tests/grading "$(CURDIR)"/tests/hub "$(CURDIR)"/tests/views -m deep,300)

releases: .venv/ray/.tests ## every release at a tenth of its size, and a Ray cluster that loses a machine
	$(call pytest,ray,tests/releases -m deep,40)

trainers: .venv/trainers/.tests ## the streams and views in real trainers, on the CPU; needs PyTorch and TRL
	$(call pytest,trainers,tests/training --dist=loadfile,40)

harnesses: .venv/inspect/.tests .venv/lmms-eval/.tests .venv/vlmevalkit/.tests ## the tasks in the real inspect_ai, lmms-eval and VLMEvalKit; large packages
	$(call pytest,inspect,tests/harnesses/test_inspect_ai.py --dist=loadfile,40)
	$(call pytest,lmms-eval,tests/harnesses/test_lmms_eval.py --dist=loadfile,40)
	$(call pytest,vlmevalkit,tests/harnesses/test_vlmevalkit.py --dist=loadfile,40)

readme: .venv/dev/.gameqa ## bring the README's table of games and its picture up to date
	$(in_scratch) "$(bin)/dev/bin/python" "$(CURDIR)/docs/update_readme.py"

golden: .venv/dev/.tools ## pin the output of every game whose version is new
	$(in_scratch) "$(bin)/dev/bin/python" "$(CURDIR)/tests/conformance/test_golden.py"

bench: .venv/dev/.gameqa ## time a sample of every task and level
	$(in_scratch) "$(bin)/dev/bin/python" "$(CURDIR)/benchmarks/samples.py" $(BENCH_ARGS)

bench-grading: .venv/dev/.gameqa ## count how many responses a second are graded
	$(in_scratch) "$(bin)/dev/bin/python" "$(CURDIR)/benchmarks/grading.py" $(BENCH_ARGS)

grade-report: .venv/dev/.gameqa ## grade the corpus of responses, a table per kind of answer
	$(in_scratch) "$(bin)/dev/bin/python" "$(CURDIR)/tests/grading/report.py" $(REPORT_ARGS)

lint: .venv/dev/.lint build/package ## style, format and types
	.venv/dev/bin/ruff check .
	.venv/dev/bin/ruff format --check .
	@echo mypy -p gameqa
	@.venv/dev/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "left out: the NumPy of Python 3.10 has other types, check with 3.11 or newer"; exit 0; }; \
	cd build/package && "$(bin)/dev/bin/mypy" --config-file "$(CURDIR)/pyproject.toml" \
	    --cache-dir "$(CURDIR)/.mypy_cache" -p gameqa > ../mypy.txt 2>&1; status=$$?; \
	sed -e 's,^gameqa/builders/,builders/,' -e 's,^gameqa/dataset_card/,dataset_card/,' ../mypy.txt; \
	exit $$status

wheel: dist/.made ## build the source archive, and the wheel from it, in dist/
	@ls dist/*

clean: ## remove everything that these targets make
	rm -rf .venv build dist out *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---------------------------------------------------------------------------- what the jobs share

bin := $(CURDIR)/.venv

# Programs run in an empty folder: there "import gameqa" finds only what the environment has
# installed, in subprocesses too, and nothing is left of an earlier run's caches.
in_scratch = rm -rf build/run && mkdir -p build/run && cd build/run && \
    HF_HOME="$(CURDIR)/build/run/huggingface" && export HF_HOME &&

# $(call pytest,ENVIRONMENT,WHAT AND OPTIONS,SAMPLES)
pytest = $(in_scratch) GAMEQA_SAMPLES=$(or $(SAMPLES),$(3)) \
    GAMEQA_TEST_WHEEL=$(if $(filter dev,$(1)),0,1) \
    "$(bin)/$(1)/bin/pytest" -c "$(CURDIR)/pyproject.toml" --rootdir "$(CURDIR)" \
    -n $(WORKERS) --maxprocesses=8 "$(CURDIR)"/$(2) $(PYTEST_ARGS)

# ------------------------------------------------------------------------------- the environments

# Changes only when the interpreter or the place of the checkout does.
.venv/python: FORCE
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || { \
	    found=$$(command -v "$(PYTHON)" > /dev/null && "$(PYTHON)" --version 2>&1 || echo "not there"); \
	    echo "gameqa needs Python 3.10 or newer; $(PYTHON) is $$found." \
	        "Name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@mkdir -p .venv
	@"$(PYTHON)" -c 'import os, sys; print(os.getcwd(), sys.base_prefix, sys.version)' > $@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

.venv/%/.made: .venv/python
	rm -rf .venv/$*
	"$(PYTHON)" -m venv .venv/$*
	@touch $@

# gameqa as it is in the checkout, editable, and nothing but what it needs itself
.venv/dev/.gameqa: .venv/dev/.made setup.cfg setup.py
	.venv/dev/bin/python -m pip install -q -e .
	@touch $@

# what style and types need, without the tests' large packages
.venv/dev/.lint: .venv/dev/.gameqa
	.venv/dev/bin/python -m pip install -q -e '.[audit,fast,lint]'
	@touch $@

.venv/dev/.tools: .venv/dev/.gameqa
	.venv/dev/bin/python -m pip install -q -e '.[dev]'
	@touch $@

# gameqa as its users have it: the wheel, with what one job's tests need besides
environments := wheel datasets-3.6 ray trainers inspect lmms-eval vlmevalkit
$(environments:%=.venv/%/.tests): DATASETS := $(DATASETS_NEW)
.venv/datasets-3.6/.tests: DATASETS := $(DATASETS_OLD)
.venv/wheel/.tests: EXTRAS := ,servers
.venv/ray/.tests: EXTRAS := ,servers,ray
.venv/trainers/.tests: EXTRAS := ,train
.venv/inspect/.tests: EXTRAS := ,inspect
.venv/lmms-eval/.tests: EXTRAS := ,lmms-eval
.venv/vlmevalkit/.tests: EXTRAS := ,vlmevalkit
$(environments:%=.venv/%/.tests): .venv/%/.tests: .venv/%/.made dist/.made
	wheel=$$(echo dist/gameqa-*.whl) && \
	.venv/$*/bin/python -m pip install -q "datasets==$(DATASETS)" "$$wheel[test$(EXTRAS)]" $(PIP_ARGS) && \
	.venv/$*/bin/python -m pip install -q --no-deps --force-reinstall "$$wheel"
	@touch $@

.venv/build/.tools: .venv/build/.made
	.venv/build/bin/python -m pip install -q build
	@touch $@

# -------------------------------------------------------------------------------- what is built

packages := gameqa builders dataset_card
packaged := $(packages) $(wildcard setup.cfg setup.py pyproject.toml MANIFEST.in README.md LICENSE)

# Changes only when something in the wheel does, a removed file included.
build/packaged: FORCE
	@mkdir -p build
	@find $(packaged) -name __pycache__ -prune -o -type f -exec cksum {} + | LC_ALL=C sort > $@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

# The wheel is built from the source archive, so both are known to be complete.
dist/.made: build/packaged .venv/build/.tools
	rm -rf dist gameqa.egg-info
	.venv/build/bin/pyproject-build > build/wheel.txt 2>&1 || { cat build/wheel.txt; exit 1; }
	@touch $@

# The checkout's folders under the names that they are imported by, for mypy.
build/package: FORCE
	@rm -rf $@ && mkdir -p $@/gameqa
	@ln -s "$(CURDIR)"/gameqa/* "$(CURDIR)/builders" "$(CURDIR)/dataset_card" $@/gameqa/

FORCE:
