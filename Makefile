# Thin calls of `python -m egov_model`, which does the same without make (Windows: `py -m egov_model report`).
# Works with GNU make 3.81 and later and any POSIX shell.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# reports, data, notebooks and tests are folders too: unlisted here, their targets would never run
.PHONY: help env check reports lab what-if test lint bench golden mutation browser-check office-check editor-check guide-check clean distclean tests force

ifeq ($(origin PYTHON),command line)
  # `make PYTHON=python3 ...`: an environment that is already active (conda, say); nothing is created
  PY := $(PYTHON)
  ENV :=
  export PYTHONPATH := $(CURDIR)
else
  PY := $(if $(filter Windows_NT,$(OS)),.venv/Scripts/python.exe,.venv/bin/python)
  ENV := env
endif
EGOV := $(PY) -m egov_model

help:  ## list the targets
	@echo 'make TARGET [NAME=value ...]'
	@sed -n 's/^\([a-z%-]*\):.*  ## \(.*\)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{ printf "  %-15s %s\n", $$1, $$2 }'
	@echo 'SCENARIOS="lean baseline"  only these scenarios      LANG_REPORT=en  reports in English'
	@echo 'JOBS=4                     that many at a time       PYTHON=python3  use the active environment, create none'

# any Python that is new enough will do: on macOS and older Linux plain python3 often is not
env:  ## make .venv from requirements.lock (needs no root; does nothing when it is there)
	@found=; for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if test -z "$$found"; then echo 'Perlu Python 3.11 atau lebih baru / needs Python 3.11 or newer: https://www.python.org/downloads/' >&2; exit 2; fi; \
	$$found -m egov_model env $(if $(filter env,$(MAKECMDGOALS)),,--quiet)

check: $(ENV)  ## check every input file of data/
	@$(EGOV) check $(SCENARIOS)

reports: $(ENV)  ## build reports/ (what is out of date) and reports/index.html
	@$(EGOV) report $(SCENARIOS) $(if $(LANG_REPORT),--lang $(LANG_REPORT)) $(if $(JOBS),--jobs $(JOBS))

report-%: force $(ENV)  ## build the reports of one scenario: make report-lean
	@$(EGOV) report $* $(if $(LANG_REPORT),--lang $(LANG_REPORT)) $(if $(JOBS),--jobs $(JOBS))

lab: $(ENV)  ## open the notebooks in JupyterLab
	@$(EGOV) lab

what-if: $(ENV)  ## move levers and see what follows, in the browser; save it as a scenario
	@$(EGOV) what-if $(SCENARIOS) $(if $(LANG_REPORT),--lang $(LANG_REPORT))

test: $(ENV)  ## run the tests
	@$(PY) -m pytest

tests: test

lint: $(ENV)  ## look for mistakes in the Python code and for another layout than that of ruff format
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

bench: $(ENV)  ## measure speed and memory of the model against their bars (benchmarks/)
	@$(PY) -m benchmarks.run --check --json build/bench.json

golden: $(ENV)  ## record the headline answers of every scenario, which a test holds; tells what moved
	@$(EGOV) golden

mutation: $(ENV)  ## which small faults put into the model the tests do not notice (docs/mutation.md; takes long)
	@$(PY) -m pip --quiet --disable-pip-version-check install --target build/mutmut mutmut==3.8.1
	@PYTHONPATH=build/mutmut $(PY) -m benchmarks.mutation $(MUTANTS)

browser-check: $(ENV)  ## open every built report in Chromium, network blocked
	@$(PY) -m pytest --dist worksteal tests/browser

office-check: $(ENV)  ## let LibreOffice calculate the workbook and compare every total with the plan
	@$(PY) -m pytest tests/office

editor-check: $(ENV)  ## ask the language server of YAML editors about scenario files (Node.js, from the npm registry)
	@npm ci --silent --no-audit --no-fund --prefix tests/editor
	@$(PY) -m pytest tests/editor -n 0

guide-check: $(ENV)  ## do what docs/panduan-perencana.md says, from the first question to the forecast, over a copy of data/
	@$(PY) -m pytest tests/guide -n 0

clean: $(ENV)  ## delete the built reports
	@$(EGOV) clean

distclean:  ## delete the built reports, .venv and every cache
	@find reports -mindepth 1 ! -name README.md -delete
	@rm -rf .venv .pytest_cache .ruff_cache .hypothesis mutants build dist egov_model.egg-info
	@find egov_model tests notebooks -depth \( -name __pycache__ -o -name .ipynb_checkpoints \) -exec rm -rf {} +

force:
