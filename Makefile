# entente: news articles in, alliance graph out. See README.md.
#   make         build ./entente                 make check    build and run all tests
#   make demo    read the sample articles        make asan     the unit tests under ASan and UBSan
#   make bench   measure                         make lint     static checks
#   make model   train the model anew            make install  PREFIX=/usr/local DESTDIR=
#   make pictures  those of the README

PREFIX ?= /usr/local
DESTDIR ?=
CC ?= cc
CFLAGS ?= -O2 -g
BUILD ?= build
PYTHON ?= python3
TREEBANK ?= ../shared/treebank
TEXT ?= ../shared/text
SENTENCES ?= ../shared/sentences
TRAVELS ?= ../shared/travels

# ---- what is needed, by Debian's names ----

BUILD_NEEDS := pkg-config librdf0-dev librasqal3-dev libraptor2-dev libserd-dev libgraphviz-dev \
               libxml2-dev libutf8proc-dev libjansson-dev libxxhash-dev zlib1g-dev fonts-liberation fonts-dejavu-core
TEST_NEEDS := libcmocka-dev raptor2-utils serdi graphviz libxml2-utils xz-utils python3 \
              python3-networkx python3-rdflib
LINT_NEEDS := clang clang-format libclang-rt-14-dev cppcheck valgrind mandoc
BENCH_NEEDS := link-grammar

# Install those packages of $(1) that are missing.
need = @missing=; for p in $(1); do \
         dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; \
       done; \
       if [ -n "$$missing" ]; then \
         echo "Installing:$$missing"; \
         if [ "$$(id -u)" != 0 ]; then echo "Run as root: apt-get install$$missing" >&2; exit 1; fi; \
         apt-get update -q >/dev/null && \
         DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing >/dev/null; \
       fi

# ---- how it is built ----

PACKAGES := redland rasqal raptor2 serd-0 libgvc libcgraph libxml-2.0 libutf8proc jansson libxxhash zlib
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wcast-qual -Wstrict-prototypes \
            -Wmissing-prototypes -Wundef -Wvla -Wwrite-strings
# Foreign headers are system headers: our warnings do not apply to them.
LIB_CFLAGS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PACKAGES) 2>/dev/null))
LIBS := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lm -pthread
ALL_CFLAGS := -std=c11 -D_POSIX_C_SOURCE=200809L $(WARNINGS) -I. -pthread -MMD -MP $(LIB_CFLAGS) $(CFLAGS)

FOLDERS := graph ontology input output
SOURCES := $(wildcard $(FOLDERS:%=%/*.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/embedded.o
TEST_SOURCES := $(wildcard tests/*/test_*.c)
TEST_SUPPORT := $(wildcard tests/support/*.c)
TESTS := $(TEST_SOURCES:%.c=$(BUILD)/%)
BENCHES := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/bench/bench_*.c))
FUZZERS := $(basename $(notdir $(wildcard tests/fuzz/fuzz_*.c)))
REPLAYS := $(FUZZERS:fuzz_%=$(BUILD)/tests/fuzz/replay-%)
EMBEDDED := $(sort $(wildcard ontology/*.ttl ontology/world/*.ttl)) input/english.model

.DEFAULT_GOAL := all
.PHONY: all model boundaries demo demo-run pictures check check-run check-unit tests fuzz asan lint bench bench-run install uninstall clean
.SECONDARY:

all: entente

entente: $(BUILD)/entente
	cp $< $@

$(BUILD)/entente: $(BUILD)/entente.o $(BUILD)/libentente.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/libentente.a: $(OBJECTS)
	rm -f $@
	ar rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

# The ontology and the model travel inside the binary; see ontology/embedded.h.
$(BUILD)/embedded.S: $(wildcard $(EMBEDDED)) Makefile
	@mkdir -p $(@D)
	@{ echo '.section .rodata'; \
	   table=; n=0; \
	   for f in $(wildcard $(EMBEDDED)); do \
	     printf '.balign 16\ne%d: .incbin "%s"\n.byte 0\nn%d: .asciz "%s"\n' $$n $$f $$n $$f; \
	     size=$$(wc -c < $$f); \
	     table="$$table .quad n$$n, e$$n, $$size;"; n=$$((n + 1)); \
	   done; \
	   echo '.section .data.rel.ro,"aw"'; \
	   echo '.balign 16'; echo '.globl embedded_files'; echo 'embedded_files:'; \
	   echo "$$table" | tr ';' '\n'; \
	   echo '.quad 0, 0, 0'; echo '.section .note.GNU-stack,"",%progbits'; } > $@

$(BUILD)/embedded.o: $(BUILD)/embedded.S
	$(CC) -c -o $@ $<

# ---- the trainers: the analyser's writes input/english.model anew (see input/README.md) ----

$(BUILD)/train-model: $(patsubst %.c,$(BUILD)/%.o,$(filter-out input/train/extract_% input/train/boundary_%,$(wildcard input/train/*.c))) \
                      $(BUILD)/libentente.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

model: $(BUILD)/train-model $(BUILD)/train-extract
	$(BUILD)/train-model -o input/english.model $(TREEBANK) $(TEXT)
	$(BUILD)/train-extract input/english.model $(SENTENCES)

$(BUILD)/train-extract: $(patsubst %.c,$(BUILD)/%.o,$(wildcard input/train/extract_*.c)) \
                        $(BUILD)/libentente.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# ---- the sentence boundaries: learnt into a C source ----

$(BUILD)/train-boundary: $(BUILD)/input/train/boundary_main.o $(BUILD)/libentente.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

boundaries: $(BUILD)/train-boundary
	for t in ewt gum; do xz -dc $(TREEBANK)/$$t-train.conllu.xz > $(BUILD)/$$t-train.conllu; done
	$< $(BUILD)/ewt-train.conllu $(BUILD)/gum-train.conllu > $(BUILD)/boundary_weights.c
	mv $(BUILD)/boundary_weights.c input/boundary_weights.c

# ---- the demo ----

demo:
	$(call need,$(BUILD_NEEDS))
	@$(MAKE) --no-print-directory demo-run

demo-run: entente
	@mkdir -p demo
	./entente build tests/corpus -o demo/alliance.ttl -o demo/alliance.csv -o demo/alliance.dot \
	  -o demo/alliance.svg -o demo/alliance.png
	@echo 'Look at demo/alliance.png, then try:'
	@echo "  ./entente explain demo/alliance.ttl 'Fumio Kishida' metWith"
	@echo "  ./entente query demo/alliance.ttl 'SELECT ?who ?whom { ?who ent:metWith ?whom }'"
	@echo "  ./entente draw demo/alliance.ttl --level country -o demo/countries.svg"

# ---- the pictures of the README; the table of state visits (CC0) is not part of the project ----

PICTURES := output/pictures

pictures: entente
	@mkdir -p $(PICTURES)
	./entente build -q tests/corpus --level country -o $(PICTURES)/countries.png
	./entente build -q tests/corpus --focus 'Fumio Kishida' -o $(PICTURES)/focus.png
	@if [ ! -d $(TRAVELS) ]; then echo 'Skipped $(PICTURES)/visits.png: there is no $(TRAVELS)'; else set -ex; \
	  ./entente build -q $(TRAVELS)/president-travels.tsv -o $(BUILD)/travels.nq \
	    --map 'subject=name relation=visited object=country date=start'; \
	  ./entente build -q $(TRAVELS)/visits.tsv -o $(BUILD)/visits.nq \
	    --map 'subject=visitor subjectState=from relation=visited object="United States" date=start'; \
	  ./entente draw -q $(BUILD)/travels.nq $(BUILD)/visits.nq --level country --since 2000 --min-weight 25 \
	    --title 'State visits to and from the United States since 2000' -o $(PICTURES)/visits.png; \
	fi

# ---- tests: one cmocka program per tests/<folder>/test_<module>.c, and scripts; tests/support is
# linked to all ----

$(BUILD)/tests/%: $(BUILD)/tests/%.o $(TEST_SUPPORT:%.c=$(BUILD)/%.o) $(BUILD)/libentente.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lcmocka $(LIBS)

check:
	$(call need,$(BUILD_NEEDS) $(TEST_NEEDS))
	@$(MAKE) --no-print-directory check-run

# Benchmarks and trainers are only built, so that they go on to fit what they use.
check-run: entente tests $(REPLAYS) $(BENCHES) $(BUILD)/train-model $(BUILD)/train-extract
	@tests/run.sh $(TESTS) $(REPLAYS) $(filter-out tests/bench/%,$(wildcard tests/*/*.sh tests/*/*.py))

check-unit: tests
	@tests/run.sh $(TESTS)

tests: $(TESTS)

# ---- benchmarks: tests/bench/bench_<name>.c, each run as it is; what they write is in build/bench ----

bench:
	$(call need,$(BUILD_NEEDS) $(TEST_NEEDS) $(BENCH_NEEDS))
	@$(MAKE) --no-print-directory bench-run

bench-run: entente $(BENCHES)
	@mkdir -p build/bench
	@for b in $(BENCHES); do echo "== $$b"; $$b || exit 1; done
	@for p in $(PYTHON) /usr/bin/python3; do \
	  $$p -c 'import rdflib' 2>/dev/null || continue; \
	  $$p tests/bench/rdflib_load.py build/bench/situations-1000000.nt; break; done

# ---- fuzzing: tests/fuzz/fuzz_<name>.c; its corpus is replayed by check (see tests/fuzz/README.md) ----

$(BUILD)/tests/fuzz/replay-%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/tests/fuzz/replay.o \
                              $(BUILD)/libentente.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

build/fuzz/bin/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/libentente.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)

fuzz:
	@$(MAKE) --no-print-directory BUILD=build/fuzz CC=clang $(FUZZERS:%=build/fuzz/bin/%) \
	  CFLAGS='-O2 -g -fno-omit-frame-pointer -fsanitize=address,undefined,fuzzer-no-link'

asan:
	$(call need,$(BUILD_NEEDS) $(TEST_NEEDS))
	@LSAN_OPTIONS=suppressions=$(CURDIR)/tests/support/graphviz.supp:print_suppressions=0 \
	  $(MAKE) --no-print-directory BUILD=build/asan check-unit \
	  CFLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all'

lint:
	$(call need,$(BUILD_NEEDS) $(LINT_NEEDS))
	@tests/lint.sh $(FOLDERS)

# ---- installation ----

install: entente
	install -D -m 755 entente $(DESTDIR)$(PREFIX)/bin/entente
	install -D -m 644 entente.1 $(DESTDIR)$(PREFIX)/share/man/man1/entente.1
	install -D -m 644 output/completion.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/entente

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/entente $(DESTDIR)$(PREFIX)/share/man/man1/entente.1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions/entente

clean:
	rm -rf build demo entente

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
