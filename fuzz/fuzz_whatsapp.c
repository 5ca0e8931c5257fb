/* SPDX-License-Identifier: MIT
 * Fuzzes the reading of WhatsApp's text export. Beside what holds of every import:
 * there are no more events than lines, no more words than characters, no more
 * characters than bytes, and every line is a message, part of one, or reported. */
#include "fuzz.h"

static void check_counts(const ebb_history_t *history, size_t size)
{
    const ebb_source_t *source = ebb_history_account(history)->sources;
    size_t count;
    const ebb_event_t *events = ebb_history_events(history, &count);
    uint64_t characters = 0;
    for (size_t i = 0; i < count; i++) {
        FUZZ_CHECK(events[i].words <= events[i].characters);
        FUZZ_CHECK(events[i].kind != EBB_KIND_SYSTEM || events[i].characters == 0);
        characters += events[i].characters;
    }
    FUZZ_CHECK(characters <= size);
    FUZZ_CHECK(source->events + source->continuation <= source->lines);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *format = fuzz_input(bytes, size);
    if (format && strcmp(format, "whatsapp") == 0) {
        ebb_import_opts_t opts = {0};
        ebb_history_t *history = fuzz_read(bytes, size, &opts);
        FUZZ_CHECK(history != NULL); /* it was read a moment ago */
        check_counts(history, size);
        ebb_history_free(history);
    }
    return 0;
}
