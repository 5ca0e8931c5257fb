/* SPDX-License-Identifier: MIT
 *
 * Fuzzes the measure. The bytes say what happens: the first how the record is made,
 * then three for each event, who, what, and how much later; the whole may be repeated,
 * so that a few bytes make a record long enough to be estimated. Whatever it is, the
 * measure answers, or says what is wrong with the input, and what it answers is
 * consistent.
 */
#include "fuzz.h"
#include "sane.h"

#define EVENTS_MOST 300
#define SPAN_MOST_S ((int64_t)27 * 604800) /* two windows fit, no more */

typedef struct fuzz_record {
    ebb_event_t events[EVENTS_MOST];
    size_t count;
    uint8_t style; /* bits: 1 minute clock, 2 offsets, 4 one step, 8.. times repeated */
    int64_t now_s;
    int32_t offset_s;
} fuzz_record_t;

/* Seconds to the next event: the two upper bits choose the scale. */
static int64_t later_s(uint8_t code)
{
    static const int64_t scale_s[] = {1, 60, 900, 21600};
    return scale_s[code >> 6] * (code & 63);
}

static void add_event(fuzz_record_t *record, const uint8_t *code)
{
    bool zoned = record->style & 2;
    record->now_s += later_s(code[1]);
    if (zoned && code[0] >> 4 == 15) {
        record->offset_s = ((int32_t)code[2] - 128) * 900; /* a flight, or worse */
    }
    int64_t local_s = record->now_s + (zoned ? record->offset_s : 0);
    if (code[0] == 0xEE) {
        local_s -= (int64_t)code[2] << 28; /* a clock gone wrong */
    }
    record->events[record->count++] = (ebb_event_t){
        .local_s = record->style & 1 ? local_s - local_s % 60 : local_s,
        .offset_s = zoned ? record->offset_s : EBB_OFFSET_UNKNOWN,
        .characters = code[2],
        .flags = record->style & 1 && code[2] % 3 ? EBB_FLAG_MINUTE : 0,
        .person = code[0] % 16 == 13 ? EBB_PERSON_NONE : code[0] & 1,
        .kind = code[0] & 2 ? (code[2] % EBB_KIND_COUNT) : EBB_KIND_TEXT,
    };
}

static void make_record(fuzz_record_t *record, const uint8_t *bytes, size_t size)
{
    *record = (fuzz_record_t){.style = size ? bytes[0] : 0, .now_s = 1736121600};
    int64_t begin_s = record->now_s;
    for (int round = 0; round <= record->style >> 3; round++) {
        for (size_t at = 1; at + 3 <= size; at += 3) {
            if (record->count == EVENTS_MOST || record->now_s - begin_s > SPAN_MOST_S) {
                return;
            }
            add_event(record, bytes + at);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static fuzz_record_t record;
    make_record(&record, bytes, size);
    ebb_cycle_opts_t opts = {.resampling = record.style & 4 ? EBB_RESAMPLE_ONE_STEP
                                                            : EBB_RESAMPLE_AUTO};
    ebb_cycle_t *cycle = NULL;
    ebb_error_t error = {0};
    int code = ebb_cycle_measure(&cycle, record.events, record.count, &opts, &error);
    FUZZ_CHECK(code == EBB_OK || code == EBB_ERR_INPUT);
    FUZZ_CHECK(code == error.code && (code == EBB_OK) == (cycle != NULL));
    const char *wrong = cycle ? sane_cycle(cycle) : NULL;
    if (wrong) {
        (void)fprintf(stderr, "%s\n", wrong);
    }
    FUZZ_CHECK(wrong == NULL);
    ebb_cycle_free(cycle);
    return 0;
}
