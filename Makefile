# Pump Lab. `make run` opens the laboratory, `make test` proves it; both set up what is missing.

GO        ?= go
BIN       := bin/pumplab
DEMO      := out/demo
DEBS      := libgl1-mesa-dev xorg-dev libasound2-dev xvfb fonts-dejavu-core
SUDO      := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
HEADLESS  := -tags headless
QUIET     := ./pumpmodel/... ./studies/... ./analysis/... ./assets/... ./app/cli/...

.PHONY: run build headless test check lint bench bench-engine bench-analysis soak proofs fuzz windows arm64 setup compiler clean

run: build
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
	  [ -e $(DEMO)/study.yaml ] || $(BIN) study new $(DEMO) --template demo; \
	  echo "Opening the laboratory on $(DEMO)."; $(BIN) $(DEMO); \
	else \
	  echo "No display here: running the demonstration without a window."; \
	  $(BIN) demo --out out/report; \
	fi

# Compilers and headers: installed on Debian and Ubuntu, named elsewhere.
setup: compiler
	@if command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then \
	  missing=""; for p in $(DEBS); do \
	    dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	  command -v cc >/dev/null 2>&1 || missing="$$missing gcc libc6-dev"; \
	  command -v pkg-config >/dev/null 2>&1 || missing="$$missing pkg-config"; \
	  if [ -n "$$missing" ]; then \
	    echo "Installing$$missing (once)."; \
	    $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	  fi; \
	elif [ "$$(uname)" = Linux ]; then \
	  echo "Not Debian or Ubuntu: make sure that a C compiler, pkg-config and the headers of OpenGL, X11 (libX11, Xrandr, Xinerama, Xcursor, Xi, Xxf86vm), ALSA and the program Xvfb are installed."; \
	fi

compiler:
	@command -v $(GO) >/dev/null 2>&1 || { echo "Go is missing: install Go 1.26 or newer from your system's packages or go.dev, then run this again."; exit 1; }

build: setup
	@echo "Building. The first build takes three to five minutes on two cores, later ones seconds."
	@$(GO) build -o $(BIN) ./app
	@echo "Built $(BIN)."

headless: compiler
	@$(GO) build $(HEADLESS) -o bin/pumplab-headless ./app
	@echo "Built bin/pumplab-headless (no window)."

# Every test; those with a real window start an Xvfb of their own.
test: setup
	@echo "Testing. A first run builds everything and takes some ten minutes on two cores."
	$(GO) test -timeout 20m ./...

# Everything a change must pass besides the tests with a window: form, vet, staticcheck, architecture, data races.
check: lint
	$(GO) test $(HEADLESS) -run 'TestArchitecture' ./app
	$(GO) test -race $(HEADLESS) -timeout 30m $(QUIET)

lint: setup
	@unformatted=$$($(GO) tool gofumpt -l app pumpmodel studies analysis assets); \
	  [ -z "$$unformatted" ] || { echo "run gofumpt -w on: $$unformatted"; exit 1; }
	$(GO) vet $(HEADLESS) ./...
	$(GO) vet ./app/...
	$(GO) tool staticcheck ./...

# The analysis alone, some minutes: how exact (largest difference from R), how fast (beside R in the same run, if it is installed), how often
# tests err and intervals hold the truth, and ten million events. The small timings come last, on what is then a quiet machine.
bench-analysis: compiler
	$(GO) test $(HEADLESS) -count 1 -v -run 'TestReferenceTable|TestModelsAgree' ./analysis/mixed ./app/cli
	$(GO) test -run '^$$' -bench 'AgainstR|Coverage|ErrorRates|Bootstrap10000|TenMillion' -benchtime 1x -timeout 60m -v ./analysis/compare ./analysis/mixed ./analysis/frame
	$(GO) test -run '^$$' -bench 'Logistic|Poisson|Linear|Prepare' -benchmem ./analysis/mixed

# The largest study that is measured, in events; one of 10000000 takes 5 GB of disk and half an hour.
SCALE ?= 1000000
bench: setup bench-engine bench-analysis
	PUMPLAB_SCALE_MOST=$(SCALE) $(GO) test $(HEADLESS) -run '^$$' -bench . -benchmem -timeout 3h $$($(GO) list $(HEADLESS) $(QUIET) | grep -v -E '$(ENGINE)|/analysis/')
	@echo "The instrument: 400 presses and 400 clicks, idle and animating, beside the least program there is; then press to picture, and onsets against pixels."
	PUMPLAB_METRONOME=400 $(GO) test -count 1 -timeout 60m -run 'TestMetronome|TestAPressIsSeenAtOnce|TestOnsets' -v ./app

# Four hours of a session at 20 times the speed in the real window, 12 minutes: nothing is lost, nothing grows. SOAK is in minutes.
SOAK ?= 240
soak: setup
	PUMPLAB_SOAK=$(SOAK) $(GO) test -count 1 -timeout 60m -run '^TestSoak$$' -v ./app

# The pump engine as a table, the least of three runs: what each costs, its goal, its allocations; below it what limits each, from what its
# benchmark says of itself.
ENGINE := pumpmodel/(engine|ders|library|explore)$$
bench-engine: compiler
	@$(GO) test $(HEADLESS) -run '^$$' -bench . -benchmem -benchtime 100ms -count 3 -cpu 1 $$($(GO) list $(HEADLESS) $(QUIET) | grep -E '$(ENGINE)') | awk '\
	  /^Benchmark/ { name = substr($$1, 10); ns = $$3; \
	    if (!(name in least)) { order[++n] = name } else if (ns + 0 >= least[name] + 0) next; \
	    least[name] = ns; goal[name] = ""; allocs[name] = ""; rest[name] = ""; \
	    for (i = 5; i < NF; i += 2) { v = $$i; u = $$(i + 1); \
	      if (u == "goal-ns") goal[name] = v; else if (u == "allocs/op") allocs[name] = v; else if (u != "B/op" && u != "MB/s") rest[name] = rest[name] "  " v " " u } } \
	  /^(FAIL|---)/ { print; bad = 1 } \
	  END { printf "%-42s %14s %12s %8s\n", "", "ns", "goal", "allocs"; \
	    for (i = 1; i <= n; i++) { b = order[i]; printf "%-42s %14s %12s %8s%s%s\n", b, least[b], goal[b], allocs[b], (goal[b] != "" && least[b] + 0 > goal[b] + 0 ? "  over" : ""), rest[b] } exit bad }'
	@echo "What limits each:"
	@awk '/^\/\/ / { text = text " " substr($$0, 4); next } \
	  /^func Benchmark/ && sub(/.*What limits it: /, "", text) { name = substr($$2, 10); sub(/\(.*/, "", name); printf "%-38s %s\n", name, text } { text = "" }' \
	  pumpmodel/engine/*_test.go pumpmodel/ders/*_test.go pumpmodel/library/*_test.go pumpmodel/explore/*_test.go | fold -s -w 150

# The explorer's proofs of the hard limits, the soft limits and changes in two steps: every design, every scenario; one table at the end.
proofs: headless
	@mkdir -p out; : > out/proofs.txt; failed=0; \
	for name in $$(ls -d assets/designs/*/ | xargs -n 1 basename); do \
	  bin/pumplab-headless design check $$name --prove >> out/proofs.txt || failed=1; \
	  grep "^proof $$name " out/proofs.txt || { echo "proof $$name: NOT PROVED, no walk"; failed=1; }; done; \
	grep 'NOT PROVED,' out/proofs.txt; echo "Each walk: out/proofs.txt"; exit $$failed

# The program for Windows. Under Wine, if it is there, it makes the demonstration study: Linux verifies it, it verifies Linux's, and the
# results must be the same to the last digit. (Wine 8 lacks the source of random numbers that Go asks for; it gets one.)
MINGW := x86_64-w64-mingw32-gcc
PREFIX := $(CURDIR)/out/wine
WINE  := WINEPREFIX=$(PREFIX) WINEDEBUG=-all WINEDLLOVERRIDES=mscoree,mshtml= wine
PRNG  := \#include <windows.h>\nBOOLEAN NTAPI SystemFunction036(PVOID, ULONG);\n__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE p, SIZE_T n) { return SystemFunction036(p, n); }\n
windows: headless
	@command -v $(MINGW) >/dev/null 2>&1 || { echo "The compiler for Windows is missing: apt-get install gcc-mingw-w64-x86-64 (and wine64, to try the program)."; exit 1; }
	CGO_ENABLED=1 GOOS=windows CC=$(MINGW) $(GO) build -o bin/pumplab.exe ./app
	@command -v wine >/dev/null 2>&1 || { echo "Built bin/pumplab.exe; not tried, there is no Wine."; exit 0; }; set -e; \
	  mkdir -p out; $(WINE) wineboot -i >/dev/null 2>&1; dll=$(PREFIX)/drive_c/windows/system32/bcryptprimitives.dll; \
	  [ -e $$dll ] || printf '$(PRNG)' | $(MINGW) -shared -x c - -o $$dll -ladvapi32; \
	  rm -rf out/linux out/windows; bin/pumplab-headless demo --out out/linux; $(WINE) bin/pumplab.exe demo --out out/windows; \
	  bin/pumplab-headless verify out/windows/study; $(WINE) bin/pumplab.exe verify out/linux/study; \
	  diff -I '"made"' -I '"verified"' out/linux/report/results.json out/windows/report/results.json; \
	  echo "Windows under Wine: the same results to the last digit."

# The program for arm64 without its window; emulated, if qemu-user is there, it verifies a study made here, replaying every session.
arm64: headless
	@command -v aarch64-linux-gnu-gcc >/dev/null 2>&1 || { echo "The compiler for arm64 is missing: apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross (and qemu-user, to try the program)."; exit 1; }
	CGO_ENABLED=1 GOARCH=arm64 CC=aarch64-linux-gnu-gcc $(GO) build $(HEADLESS) -o bin/pumplab-arm64 ./app
	@command -v qemu-aarch64 >/dev/null 2>&1 || { echo "Built bin/pumplab-arm64; not tried, there is no qemu-aarch64."; exit 0; }; set -e; \
	  rm -rf out/amd64; bin/pumplab-headless demo --participants 6 --out out/amd64; \
	  qemu-aarch64 -L /usr/aarch64-linux-gnu bin/pumplab-arm64 verify out/amd64/study

# Each fuzz target for FUZZTIME.
FUZZTIME ?= 30s
fuzz: compiler
	@for pkg in $$($(GO) list $(HEADLESS) $(QUIET)); do \
	  for target in $$($(GO) test $(HEADLESS) -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
	    echo "$$pkg $$target"; $(GO) test $(HEADLESS) -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$pkg || exit 1; done; done

clean:
	rm -rf bin out
