# Everything is got and built into the git-ignored folder .local/ (see scripts/kpi_local).
PYTHON ?= python3
KPI = $(PYTHON) scripts/kpi.py

.PHONY: help demo test lint bench screenshots stop clean

help:
	@echo 'make demo         the demo company on http://localhost:8069 (SERVE=0 only prints; HTTP_PORT=8070 another port;'
	@echo '                  ODOO_HOME=/path an Odoo 19 that is already there)'
	@echo 'make test         all tests; ARGS="addons/kpi_sale -k revenue" only these, quickly'
	@echo 'make lint         static checks (scripts/lint --fix formats)'
	@echo 'make bench        the benchmark'
	@echo 'make screenshots  pictures of the demo'
	@echo 'make stop         stops the local database (and a demo in the background)'
	@echo 'make clean        removes .local/ with everything in it, the demo database too'
	@echo 'scripts/odoo ARGS Odoo'"'"'s own command line on this set-up'

demo test bench screenshots stop clean:
	@$(KPI) $@ $(ARGS)

lint:
	@scripts/lint $(ARGS)
