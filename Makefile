# Two commands are the whole set-up: `make run` and `make test`. The rest is for those who work on haalweg.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:

VENV := .venv
PYTHON ?= python3
BIN := $(VENV)/bin
NATIVE := CMakeLists.txt pyproject.toml $(shell find native -name '*.cpp' -o -name '*.hpp' -o -name '*.inc')
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
FUZZ_SECONDS ?= 900
SHOTS ?= shots

.PHONY: help run first-scan test lint python-tests web-tests browser-tests wasm wasm-check pages pages-check shots translations docs fuzz fuzz-gate bench bench-trace soak storm lock clean
.DEFAULT_GOAL := help

help:  ## what there is to make
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

RUN := $(if $(FOLDER),--folder '$(FOLDER)') $(if $(PORT),--port '$(PORT)') $(if $(SECONDS),--seconds '$(SECONDS)')

run: $(VENV)/.run  ## set everything up, then run a helpline to try out; FOLDER (run/), PORT, SECONDS (until Ctrl-C)
	$(BIN)/python examples/helpline.py $(RUN)

first-scan: $(VENV)/.run  ## set everything up, then find altered copies of a picture that is drawn on the spot
	$(BIN)/python examples/first_scan.py

$(VENV)/.run: requirements/run.txt $(NATIVE)
	@command -v c++ >/dev/null || { echo "haalweg needs a C++ compiler: on Debian and Ubuntu, apt-get install g++"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "haalweg needs Python 3.11 or newer; set PYTHON=..."; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-build-isolation --no-deps -e .
	touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	$(PIP) install --require-hashes -r requirements/test.txt
	touch $@

$(VENV)/.docs: requirements/docs.txt $(VENV)/.run
	$(PIP) install --require-hashes -r requirements/docs.txt
	touch $@

$(VENV)/.bench: requirements/bench.txt $(VENV)/.test
	$(PIP) install --require-hashes -r requirements/bench.txt
	touch $@

test: $(VENV)/.test $(VENV)/.docs  ## everything that guards main: lint, types, contracts, tests, browser, docs, half a minute of fuzzing
	scripts/system-packages.sh
	$(MAKE) -j2 -O browser-tests lint docs
	$(MAKE) python-tests web-tests
	$(MAKE) fuzz FUZZ_SECONDS=15

lint: $(VENV)/.test  ## style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	scripts/check-text.sh
	$(BIN)/python scripts/translations.py --check
	PYTHON=$(BIN)/python scripts/web_translations.sh --check

python-tests: $(VENV)/.test  ## the Python and C++ tests
	$(BIN)/python -m pytest -n 3 --dist worksteal

WEB_TESTS := DJANGO_SETTINGS_MODULE=tests.web.django_settings $(BIN)/python -m pytest -n 2 tests/web

# These bring an SQLite of their own, or look at the scripts in a browser: they run once. `test_whole_way.py` has a
# browser report to both.
ON_SQLITE := test_storm.py test_serve.py test_backup_killed.py intake/test_slips.py intake/test_in_a_browser.py \
	intake/test_adding_in_a_browser.py intake/test_marking.py intake/test_in_firefox.py intake/test_staying.py \
	test_desk_in_a_browser.py

web-tests: $(VENV)/.test  ## the pages and the desk, on SQLite and on a PostgreSQL that is started for it
	$(WEB_TESTS)
	PYTHON=$(BIN)/python scripts/with-postgres.sh env $(WEB_TESTS) $(ON_SQLITE:%=--ignore tests/web/%)

# Node comes with the system; the modules are for building and testing only. Nothing of it is needed to run haalweg.
HAS_NPM := $(shell command -v npm)
NODE_MODULES := web-hasher/node_modules/.package-lock.json

$(NODE_MODULES): web-hasher/package-lock.json
	cd web-hasher && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

PAGE_MODULES := web-pages/node_modules/.package-lock.json

$(PAGE_MODULES): web-pages/package-lock.json
	cd web-pages && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

shots: $(VENV)/.test $(NODE_MODULES) $(PAGE_MODULES)  ## pictures of every page and of the desk in SHOTS (shots/), to be looked at; some of them go into the documentation
	mkdir -p $(SHOTS)
	HAALWEG_SHOTS=$(abspath $(SHOTS)) DJANGO_SETTINGS_MODULE=tests.web.django_settings \
		$(BIN)/python -m pytest tests/web/intake/shots.py tests/web/test_desk_in_a_browser.py tests/web/test_whole_way.py
	$(BIN)/python scripts/doc_pictures.py $(SHOTS)

browser-tests: $(VENV)/.test  ## the hasher under node and in Chromium, and whether the shipped one is what the source gives
ifeq ($(HAS_NPM),)
	@echo "Skipped: browser-tests needs node and npm (Debian packages nodejs and npm)."
else
	$(MAKE) wasm-check pages-check $(PAGE_MODULES)
	cd web-hasher && npm run --silent typecheck && npm test --silent
endif

wasm: $(VENV)/.test $(NODE_MODULES)  ## build src/haalweg/data/web_hasher anew
	$(BIN)/python native/build_wasm.py

wasm-check: $(VENV)/.test $(NODE_MODULES)  ## build it elsewhere and compare byte by byte
	$(BIN)/python native/build_wasm.py --check

pages: $(VENV)/.test $(NODE_MODULES)  ## build the scripts of the pages anew
	$(BIN)/python scripts/web_pages.py

pages-check: $(VENV)/.test $(NODE_MODULES)  ## build them elsewhere and compare byte by byte
	$(BIN)/python scripts/web_pages.py --check

translations: $(VENV)/.test  ## bring the Dutch texts of the terminal and the pages up to date with the code
	$(BIN)/python scripts/translations.py
	PYTHON=$(BIN)/python scripts/web_translations.sh

docs: $(VENV)/.docs  ## the documentation, English and Dutch, in site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@! grep -rl '```' site --include='*.html' || { echo "Code that is not shown as code in the pages above."; exit 1; }

fuzz: $(VENV)/.test  ## look for input that breaks the JPEG reader or the index; FUZZ_SECONDS (900) for each
	PYTHON=$(BIN)/python native/fuzz/run.sh $(FUZZ_SECONDS)

fuzz-gate: $(VENV)/.test  ## ask every route of the gate GATE_EXAMPLES (2000) things that its OpenAPI documents allow, and as many that they do not
	GATE_EXAMPLES=$${GATE_EXAMPLES:-2000} $(BIN)/python -m pytest -q tests/gate/test_openapi.py --timeout 3600

bench: $(VENV)/.bench  ## one table: ours, the peer in the same run, the ratio
	$(BIN)/python benchmarks/main.py

bench-trace: $(VENV)/.bench  ## derived pictures recognised, and false alarms, against PDQ, ORB and SIFT; needs ../shared/data
	$(BIN)/python benchmarks/bench_trace.py --peers

soak: $(VENV)/.bench  ## a day compressed: a million checks of two gates while everything goes wrong; SOAK="--checks N --seed N"
	$(BIN)/python benchmarks/soak.py $(SOAK)

storm: $(VENV)/.test  ## reports come in while the helpline's processes are killed; STORM="--reports N --kills N"
	$(BIN)/python benchmarks/storm.py $(STORM)

lock:  ## write requirements/*.txt anew (needs uv)
	scripts/lock.sh

clean:  ## forget everything that was built
	rm -rf $(VENV) build dist site
