# The commands of the project; each installs what it needs from Debian's packages first.
SHELL := /bin/bash
JOBS ?= $(shell nproc)
export CMAKE_BUILD_PARALLEL_LEVEL := $(JOBS)
CASE ?= cases/dprk-2024

.PHONY: help demo build test verify bench lint sanitize fuzz format docs clean setup

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

demo: ## install what is missing, build, and brief the case of 2024
	@tools/setup build
	@$(MAKE) --no-print-directory program
	@build/casus brief $(CASE)

build: ## build the program to build/casus
	@tools/setup build
	@$(MAKE) --no-print-directory program

.PHONY: program tests-built
program:
	@cmake --preset release -DCASUS_TESTS=OFF --log-level=WARNING >/dev/null
	@cmake --build build --target casus

tests-built:
	@cmake --preset release -DCASUS_TESTS=ON --log-level=WARNING >/dev/null
	@cmake --build build

room: ## build the pages (needs Node.js) and open the briefing room
	@tools/setup build
	@$(MAKE) --no-print-directory program pages
	@build/casus serve $(CASE)

.PHONY: room pages room-test
pages:
	@command -v npm >/dev/null || { echo "the pages need Node.js 18 or newer: apt-get install nodejs npm"; exit 69; }
	@cd web && { [ -d node_modules ] && [ ! package-lock.json -nt node_modules ] || npm ci --no-audit --no-fund; }
	@cd web && npm run --silent build

room-test: ## the pages in a real browser (needs Node.js and chromium)
	@tools/setup build test room
	@$(MAKE) --no-print-directory program pages
	@cd web && node tests/room.mjs ../build/casus ..

package: ## a release with the built pages, as .tar.gz and .deb in build/ (needs Node.js)
	@tools/setup build package
	@$(MAKE) --no-print-directory program pages
	@rm -f build/casus-*.tar.gz build/casus_*.deb
	@cpack --config build/CPackConfig.cmake -B build >build/cpack.log || { tail -n 20 build/cpack.log; exit 1; }
	@rm -rf build/_CPack_Packages
	@ls -1sh build/casus-*.tar.gz build/casus_*.deb
	@tests/package_test build/casus-*.tar.gz build/casus_*.deb

.PHONY: package
test: ## build and run the quick tests
	@tools/setup build test
	@$(MAKE) --no-print-directory tests-built
	@ctest --test-dir build -L quick --output-on-failure -j $(JOBS)

verify: ## the slow evidence: everything, sanitizers and fuzzers too
	@tools/setup build test verify
	@$(MAKE) --no-print-directory tests-built
	@ctest --test-dir build -L quick --output-on-failure -j $(JOBS)
	@ctest --test-dir build -L slow --output-on-failure -j $(JOBS)
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory room-test package; else echo "skipped the pages: no Node.js"; fi
	@$(MAKE) --no-print-directory lint sanitize fuzz

bench: ## benchmarks, as ratios in one run
	@tools/setup build bench
	@cmake --preset bench --log-level=WARNING >/dev/null && cmake --build build-bench
	@for b in build-bench/bench/*_bench; do $$b; done
	@if [ -x build/modules/world_test ]; then build/modules/world_test --gtest_filter='SlowOracle.*' --gtest_brief=1; \
	else echo "skipped the ratio to NumPy: make test builds what measures it"; fi

lint: ## format, tidy, layers, self-contained headers
	@tools/setup build test lint
	@tools/lint

sanitize: ## the quick tests under address, undefined and thread sanitizers
	@tools/setup build test
	@for s in asan tsan; do cmake --preset $$s --log-level=WARNING >/dev/null && cmake --build build-$$s && \
	  ctest --test-dir build-$$s -L quick --output-on-failure -j $(JOBS) || exit 1; done

FUZZ_RUNS ?= 1000000
fuzz: ## the readers under libFuzzer
	@tools/setup build fuzz
	@cmake --preset fuzz --log-level=WARNING >/dev/null && cmake --build build-fuzz --target fuzzers
	@tools/fuzz build-fuzz $(FUZZ_RUNS)

format: ## format the sources
	@git ls-files '*.h' '*.cc' | xargs clang-format-14 -i

clean: ## remove what was built
	rm -rf build build-* out
