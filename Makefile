# SPDX-License-Identifier: MIT
# The front door: thin names for what meson, ninja and the scripts do.
#
#   make            the program at build/ebb
#   make demo       builds, reads the example, draws the report, prints where its page is
#   make test       every check; STAGES="gcc web" for some of them, see tests/run.py
#   make bench      speed and memory as a table, and as build/bench.json
#   make verify     the measure on planted couples, hours; goes on where it stopped
#   make verify-bridge  the loop share in messages against the model's, half an hour
#   make verify-scenarios  what the scenarios that ship expect, of 500 couples each
#   make verify-validate  all claims on the models, with their links and without, minutes
#   make verify-figures  published figures beside the models' own, minutes
#   make verify-population  a population killed, resumed, shared out: the same bytes
#   make verify-calibrate  parameters from published figures, an hour; goes on where it stopped
#   make verify-therapy  what sessions do: doses, for whom, order, fading, minutes
#   make verify-engine  orders and laws of the engine against closed forms, minutes
#   make fuzz       each reader for FUZZ_SECONDS=3600 under sanitizers
#   make lint       clang-tidy and the style checks
#   make format     clang-format over all C sources
#   make install    PREFIX=/usr/local DESTDIR=; make uninstall takes it away again
#   make dist       a source archive in build/, the same bytes for the same commit
#   make clean      removes what was built

PREFIX ?= /usr/local
DESTDIR ?=
STAGES ?=
FUZZ_SECONDS ?= 3600
BUILD = build
MESON_FLAGS ?=

all: $(BUILD)/build.ninja
	@ninja -C $(BUILD) --quiet

$(BUILD)/build.ninja: | deps
	@meson setup $(BUILD) --prefix=$(PREFIX) $(MESON_FLAGS) >/dev/null || \
	    { meson setup $(BUILD) --prefix=$(PREFIX) $(MESON_FLAGS); exit 1; }

deps:
	@tools/deps.sh build

deps-test:
	@tools/deps.sh test

demo: all
	@tools/demo.sh $(BUILD)

test: deps-test
	@tests/run.py $(STAGES)

bench: deps-test all
	@ninja -C $(BUILD) --quiet bench-inputs
	@bench/run.py $(BUILD)

# 400 histories a cell: about 28,000 measurements. Results and plots: docs/verify.
VERIFY_OUT = $(BUILD)/verify-out
verify: all
	@$(BUILD)/verify/verify_cycles run --out $(VERIFY_OUT)
	-@$(BUILD)/verify/verify_cycles summarise --out $(VERIFY_OUT)
	@mkdir -p docs/verify && cp $(VERIFY_OUT)/results.md docs/verify/
	@verify/plot.py $(VERIFY_OUT)/summary.tsv docs/verify

# 300 couples of pursue_withdraw; goes on where it stopped. The tables of docs/verify/bridge.md.
verify-bridge: all
	@mkdir -p $(VERIFY_OUT)
	@$(BUILD)/verify/verify_bridge run --out $(VERIFY_OUT)
	@$(BUILD)/verify/verify_bridge summarise --out $(VERIFY_OUT)
	@cat $(VERIFY_OUT)/bridge.md

# The table of docs/verify/scenarios.md, a minute.
verify-scenarios: all
	@verify/scenarios.py $(BUILD)/ebb 500 docs/verify/scenarios.md

# 100,000 couples a line. Results and plots: docs/verify.
verify-engine: all
	@mkdir -p $(VERIFY_OUT) docs/verify
	@$(BUILD)/verify/verify_engine --out $(VERIFY_OUT)
	@cp $(VERIFY_OUT)/engine.md docs/verify/
	@verify/plot_engine.py $(VERIFY_OUT)/engine.tsv docs/verify

# Broken off, over threads, in parts and ranks: the same bytes. The lines of
# docs/verify/population.md, some twenty minutes of the processor.
verify-population: all
	@verify/resume.py $(BUILD)/ebb

# The table of docs/verify/validate.md.
verify-validate: all
	@verify/validate.py $(BUILD)/ebb docs/verify/validate.md

verify-figures: all
	@verify/figures.py $(BUILD)/ebb docs/verify/figures.md

# The tables of docs/verify/calibrate.md, and the sample evidence/fit/posterior.tsv.
verify-calibrate: all
	@mkdir -p $(VERIFY_OUT)
	@verify/posterior.py $(BUILD)/ebb $(VERIFY_OUT)/calibrate

verify-therapy: all
	@verify/therapy.py $(BUILD)/ebb docs/verify/therapy.md

lint: deps-test
	@tests/run.py format tidy style

format: deps-test
	@git ls-files '*.c' '*.h' | xargs clang-format -i

fuzz: deps-test
	@tests/run.py --fuzz-seconds $(FUZZ_SECONDS) fuzz

install: all
	@meson configure $(BUILD) --prefix=$(PREFIX)
	@DESTDIR=$(DESTDIR) meson install -C $(BUILD) --quiet

uninstall: $(BUILD)/build.ninja
	@ninja -C $(BUILD) --quiet uninstall

dist:
	@tools/dist.sh $(BUILD)

clean:
	rm -rf $(BUILD) build-test

.PHONY: all deps deps-test demo test bench verify verify-bridge verify-scenarios verify-engine verify-validate verify-calibrate verify-figures verify-population verify-therapy fuzz lint format install uninstall dist clean
