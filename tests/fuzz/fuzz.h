/* What libFuzzer calls, and replay.c. */
#ifndef ENTENTE_TESTS_FUZZ_H
#define ENTENTE_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#endif
