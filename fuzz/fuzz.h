/* SPDX-License-Identifier: MIT
 *
 * What every fuzz target of the importer does: read the bytes as an input, and hold the
 * outcome to what the contracts promise.
 *
 * The bytes are the input itself, so that real exports can be seeds; choices (zone,
 * texts kept) follow from a hash of them.
 */
#ifndef EBB_FUZZ_FUZZ_H
#define EBB_FUZZ_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ebb/messages.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define FUZZ_CHECK(condition) fuzz_check(!!(condition), #condition, __LINE__)

static inline void fuzz_check(int holds, const char *what, int line)
{
    if (!holds) {
        (void)fprintf(stderr, "line %d: does not hold: %s\n", line, what);
        abort();
    }
}

static inline uint32_t fuzz_hash(const uint8_t *bytes, size_t size)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ bytes[i]) * 16777619u;
    }
    return hash ^ hash >> 15;
}

static inline int fuzz_append(void *user, const char *bytes, size_t length)
{
    FUZZ_CHECK(length > 0 && length <= 1024 * 1024);
    ebb_text_append(user, bytes, length);
    return 0;
}

/* Imports bytes; what fails must say so in full and give nothing. */
static inline ebb_history_t *fuzz_read(const void *bytes, size_t size,
                                       const ebb_import_opts_t *opts)
{
    ebb_import_t *import = NULL;
    ebb_history_t *history = NULL;
    ebb_error_t error = {0};
    ebb_input_t input = ebb_input_memory(bytes, size, "fuzz");
    FUZZ_CHECK(ebb_import_open(&import, opts, &error) == EBB_OK);
    int code = ebb_import_add(import, &input, &error);
    if (!code) {
        code = ebb_import_finish(import, &history, &error);
    }
    FUZZ_CHECK((code == EBB_OK) == (history != NULL));
    FUZZ_CHECK(code == EBB_OK || (error.code == code && error.text[0] != '\0'));
    FUZZ_CHECK(code != EBB_ERR_MEMORY && code != EBB_ERR_IO);
    ebb_import_free(import);
    return history;
}

/* All flags there are. */
#define FUZZ_FLAG(name, bit, word) | (bit)
#define FUZZ_FLAGS (0u EBB_FLAG_LIST(FUZZ_FLAG))

static inline void fuzz_check_event(const ebb_event_t *event, size_t sources)
{
    FUZZ_CHECK(event->kind < EBB_KIND_COUNT);
    FUZZ_CHECK((event->flags & ~FUZZ_FLAGS) == 0);
    FUZZ_CHECK(event->person < 2 || event->person == EBB_PERSON_NONE);
    FUZZ_CHECK(event->person < 2 || event->kind == EBB_KIND_SYSTEM ||
               event->kind == EBB_KIND_CALL || event->kind == EBB_KIND_MISSED_CALL);
    FUZZ_CHECK(event->source < sources);
    FUZZ_CHECK(event->offset_s == EBB_OFFSET_UNKNOWN ||
               (event->offset_s >= -86400 && event->offset_s <= 86400));
}

static inline void fuzz_check_order(const ebb_event_t *events, size_t count)
{
    int by_instant = 1;
    for (size_t i = 0; i < count; i++) {
        by_instant &= events[i].offset_s != EBB_OFFSET_UNKNOWN;
    }
    for (size_t i = 1; i < count; i++) {
        int64_t before = events[i - 1].local_s, after = events[i].local_s;
        if (by_instant) {
            before -= events[i - 1].offset_s;
            after -= events[i].offset_s;
        }
        FUZZ_CHECK(before <= after);
    }
}

static inline void fuzz_check_account(const ebb_account_t *account, size_t count)
{
    uint64_t events = 0;
    for (size_t i = 0; i < account->source_count; i++) {
        const ebb_source_t *source = &account->sources[i];
        events += source->events;
        for (size_t k = 0; k < EBB_POSITIONS_KEPT && k < source->not_understood; k++) {
            const ebb_position_t *position = &source->positions[k];
            FUZZ_CHECK(position->reason && position->line > 0 && position->column > 0);
        }
    }
    FUZZ_CHECK(events == count + account->dropped_persons + account->duplicates);
}

/* What is written reads back, and is then written in the same bytes. */
static inline void fuzz_check_round_trip(const ebb_history_t *history,
                                         ebb_events_opts_t opts)
{
    ebb_text_t first, second;
    ebb_text_init(&first, NULL);
    ebb_text_init(&second, NULL);
    ebb_sink_t to_first = {fuzz_append, &first}, to_second = {fuzz_append, &second};
    FUZZ_CHECK(ebb_events_write(history, &opts, &to_first) == EBB_OK);
    ebb_import_opts_t plain = {.keep_text = opts.text};
    ebb_history_t *back = fuzz_read(first.data, first.length, &plain);
    FUZZ_CHECK(back != NULL);
    FUZZ_CHECK(ebb_history_account(back)->sources[0].not_understood == 0);
    FUZZ_CHECK(ebb_events_write(back, &opts, &to_second) == EBB_OK);
    FUZZ_CHECK(first.length == second.length &&
               memcmp(first.data, second.data, first.length) == 0);
    ebb_history_free(back);
    ebb_text_free(&first);
    ebb_text_free(&second);
}

/* The whole check of one input; the format it was read as, NULL when it was refused. */
static inline const char *fuzz_input(const uint8_t *bytes, size_t size)
{
    uint32_t hash = fuzz_hash(bytes, size);
    ebb_import_opts_t opts = {.tz = hash & 1 ? "America/New_York" : NULL,
                              .keep_text = hash & 2};
    ebb_history_t *history = fuzz_read(bytes, size, &opts);
    if (!history) {
        return NULL;
    }
    size_t count = 0;
    const ebb_event_t *events = ebb_history_events(history, &count);
    const ebb_account_t *account = ebb_history_account(history);
    const char *format = account->sources[0].format;
    for (size_t i = 0; i < count; i++) {
        fuzz_check_event(&events[i], account->source_count);
    }
    FUZZ_CHECK(count >= 2);
    fuzz_check_order(events, count);
    fuzz_check_account(account, count);
    fuzz_check_round_trip(history, (ebb_events_opts_t){.json = hash & 4,
                                                       .names = hash & 8,
                                                       .text = opts.keep_text});
    ebb_history_free(history);
    return format;
}

#endif
