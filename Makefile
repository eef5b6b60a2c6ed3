# Everything a newcomer needs, by name. Behind each stand plain commands that work without make; the README names them.
.POSIX:
.PHONY: help run demo-reset test quick lint bench

PORT = 8000
WORKERS = 2
PY = .venv/bin/python
# A file stays with one process, since much is made once for a file, and the longest come first (tests/conftest.py).
SHARED = -n $(WORKERS) --dist loadfile --no-loadscope-reorder

help:
	@echo 'make run [PORT=8000]   set up what is missing, then serve the portal and its demonstration on 127.0.0.1'
	@echo 'make demo-reset        start the demonstration anew'
	@echo 'make test              every check, with a real browser and on both databases'
	@echo 'make quick             what needs no browser, in less than a minute'
	@echo 'make lint              style, types and the order of imports'
	@echo 'make bench             how fast, as ratios beside baselines of the same run (docs/performance.md)'
	@echo 'PORTAL_VAR=dir moves the data, which is otherwise in var/.'

run:
	@scripts/setup.sh
	@exec $(PY) -m portal run --port $(PORT)

demo-reset:
	@scripts/setup.sh
	@$(PY) -m portal demo --reset --port $(PORT)

# PostgreSQL first and the whole on SQLite last, so that the closing lines are those of the longest run.
# Nothing stops at the first failure: one run tells everything.
test:
	@scripts/setup.sh tests
	@unset PORTAL_VAR; CHROMIUM="$$(cat .venv/.chromium)"; export CHROMIUM; failed=0; \
	$(MAKE) -s lint || failed=1; \
	echo 'Tests on PostgreSQL (all that open a database and need no browser):'; \
	scripts/postgres.sh $(PY) -m pytest -m 'not browser' $(SHARED) $(PYTEST_ARGS) || failed=1; \
	echo 'Tests on SQLite (all):'; \
	$(PY) -m pytest $(SHARED) $(PYTEST_ARGS) || failed=1; \
	exit $$failed

quick:
	@scripts/setup.sh quick
	@unset PORTAL_VAR; failed=0; \
	$(MAKE) -s lint || failed=1; \
	$(PY) -m pytest -m 'not browser and not whole' -n $(WORKERS) -q $(PYTEST_ARGS) || failed=1; \
	exit $$failed

lint:
	@scripts/setup.sh quick
	@failed=0; \
	$(PY) -m ruff check . || failed=1; \
	$(PY) -m ruff format --check --quiet . || { echo 'Some files are not formatted: .venv/bin/ruff format .'; failed=1; }; \
	$(PY) -m mypy || failed=1; \
	.venv/bin/lint-imports --no-logo >.venv/imports.log 2>&1 || { cat .venv/imports.log; failed=1; }; \
	exit $$failed

bench:
	@scripts/setup.sh
	@$(PY) scripts/bench/run.py $(BENCH_ARGS)
