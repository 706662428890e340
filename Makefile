# entente: news articles in, alliance graph out. See README.md.
#   make         build ./entente                 make check    build and run all tests
#   make demo    read the sample articles        make bench    measure
#   make model   train the model anew            make install  PREFIX=/usr/local DESTDIR=

PREFIX ?= /usr/local
DESTDIR ?=
CC ?= cc
CFLAGS ?= -O2 -g
BUILD ?= build
PYTHON ?= python3
TREEBANK ?= ../shared/treebank
TEXT ?= ../shared/text
SENTENCES ?= ../shared/sentences

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
EMBEDDED := $(sort $(wildcard ontology/*.ttl ontology/world/*.ttl)) input/english.model

.DEFAULT_GOAL := all
.PHONY: all clean check-unit

all: entente

entente: $(BUILD)/entente.o $(BUILD)/libentente.a
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

# Unit tests: one cmocka program per tests/<folder>/test_<module>.c; tests/support is linked to all.
$(BUILD)/tests/%: $(BUILD)/tests/%.o $(TEST_SUPPORT:%.c=$(BUILD)/%.o) $(BUILD)/libentente.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lcmocka $(LIBS)

check-unit: entente $(TESTS)
	@failed=0; for t in $(TESTS); do \
	  $$t > $$t.log 2>&1 || { failed=1; echo "FAILED $$t"; tail -n 30 $$t.log; }; \
	done; exit $$failed

clean:
	rm -rf build demo entente

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
