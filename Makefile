# The front door. `make` alone lists what there is.

# Where the server keeps everything, and where it listens.
run demo: export WAYSIDE_DATA ?= $(CURDIR)/var
run demo: export WAYSIDE_HOST ?= 127.0.0.1
run demo: export WAYSIDE_PORT ?= 8080

.PHONY: help setup build run test test-browser test-all check format fuzz faults bench demo
.DEFAULT_GOAL := help

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /make \1	/p' $(MAKEFILE_LIST) | expand -t 20

setup: ## install what is missing
	@Scripts/setup

build: setup ## set-up, then a release build (.build/release/wayside, .build/release/wayside-darkroom)
	swift build -c release --product wayside
	swift build -c release --product wayside-darkroom

run: build ## build and start; prints the address and the first login
	@mkdir -p -m 700 "$(WAYSIDE_DATA)"
	@exec .build/release/wayside serve

test: ## everything that needs no outside service, and one browser journey
	@Scripts/setup --tests
	@Scripts/test swift journey

test-browser: ## every browser journey
	@Scripts/setup --tests
	@Scripts/test browser

test-all: ## all tests: Swift, every browser journey, real clients, more of it with a bucket
	@Scripts/setup --clients
	@WAYSIDE_TEST_ALL=1 Scripts/test swift browser clients bucket

check: ## format lint, the pages' scripts, warnings as errors, imports against the declared dependencies
	@Scripts/setup --tests
	@Scripts/check

format: ## format the Swift sources
	swift format --in-place --parallel --recursive Sources Tests Package.swift

fuzz: ## five thousand broken pictures, four hundred of them through a whole server
	@Scripts/setup --bench
	Scripts/debug-build --product wayside && Scripts/debug-build --product wayside-darkroom
	@.deps/bench/bin/python Tests/Fuzz/fuzz --cases 5000 --server 400
	@.deps/bench/bin/python Tests/Fuzz/raw

faults: ## two thousand pictures into a bucket that fails, and into one that is gone for ten minutes
	@Scripts/setup --tests
	Scripts/debug-build --product wayside && Scripts/debug-build --product wayside-darkroom
	@.deps/browser/bin/python Tests/Faults/bucket-faults
	@.deps/browser/bin/python Tests/Faults/bucket-faults --outage 600

bench: build ## benchmarks beside their peers (PEER_TOOLS=folder of the upload peer)
	@Bench/run

demo: ## fill a running fresh server with sample pictures
	@Scripts/setup --demo
	@Scripts/demo
