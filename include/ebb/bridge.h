/* SPDX-License-Identifier: MIT
 *
 * From what is run to what is measured: the messages of a couple that a model runs.
 *
 * A model says at which rates each of two partners writes, by three lets of fixed
 * names. The bridge adds what no model of a couple knows: when a person sleeps, works
 * and has a phone at hand, which message wants an answer, how long one is. Laws and
 * constants: docs/maths/bridge.md. The messages follow from the states and act on
 * nothing.
 *
 * Chance. Each random number is a function of (seed, couple, person, what for, how many
 * before), apart from all that the run itself draws. So a couple's messages are the
 * same beside whatever other couples it is run.
 */
#ifndef EBB_BRIDGE_H
#define EBB_BRIDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ebb/error.h"
#include "ebb/messages.h"
#include "ebb/model.h"
#include "ebb/run.h"
#include "ebb/text.h"

/* name, let of each partner: a rate per unit of the model's time, while the partner's
 * phone is at hand. What it is the rate of. */
#define EBB_BRIDGE_LIST(X)                                                             \
    X(EBB_BRIDGE_TEXTING, "texting")     /* writing of one's own accord */             \
    X(EBB_BRIDGE_FOLLOWING, "following") /* the same, while one waits for an answer */ \
    X(EBB_BRIDGE_ANSWERING, "answering") /* answering what waits for it */

enum {
#define EBB_BRIDGE_ENUM(name, word) name,
    EBB_BRIDGE_LIST(EBB_BRIDGE_ENUM)
#undef EBB_BRIDGE_ENUM
        EBB_BRIDGE_RATES
};

#define EBB_BRIDGE_BEGIN "2025-01-06" /* a Monday */

/* Whose messages, and from when. All zero is a start. */
typedef struct ebb_bridge_opts {
    const ebb_scenario_t *scenario; /* of the model; NULL: none */
    uint64_t couple;                /* its number in the run, below 2^32 */
    const char *begin; /* the day on which the run begins, at midnight: "2025-01-06", of
                          1970 to 2099. NULL: EBB_BRIDGE_BEGIN */
} ebb_bridge_opts_t;

/* A couple's messages, in order of time: texts of persons 0 and 1 (a and b), by clocks
 * that show UTC. */
typedef struct ebb_bridge {
    ebb_event_t *events;
    size_t count;
    /* results: hours in which a phone of a and of b was at hand */
    double hours_at_hand[2];
    size_t _room;
    const ebb_alloc_t *_alloc;
} ebb_bridge_t;

/**
 * Runs one couple and lets it write.
 *
 * The rates are read off the run every hour (of models that count minutes or seconds
 * every minute, of one in steps at each) and are taken as their mean in between. In the
 * hour in which a couple parts (`lasts while`) and afterwards nothing is written.
 *
 * @param[out] bridge    to be released with ebb_bridge_free; empty after a failure
 * @param[in]  model     of two persons, with the lets of EBB_BRIDGE_LIST for each; its
 *                       time in seconds, minutes, hours, days or weeks
 * @param[in]  settings  as for ebb_run_new, whose errors they raise; times and outputs
 *                       are the bridge's own. With `exchange` the two get each other's
 *                       chance here too
 * @param[in]  opts      NULL: all defaults
 * @param[out] error     what the model lacks, or which rate is none; may be NULL
 * @return 0, EBB_ERR_ARGUMENT (of the model, the settings or the options),
 * EBB_ERR_NUMERIC (the couple could not be run to the end, or a rate is negative),
 * EBB_ERR_LIMIT (more than ten million messages, or a record beyond the year 2100),
 * EBB_ERR_MEMORY.
 * Cost: the run, 60 bytes for each of its hours, and 32 for each message. Thread-safe.
 */
int ebb_bridge_run(ebb_bridge_t *bridge, const ebb_model_t *model,
                   const ebb_run_settings_t *settings, const ebb_bridge_opts_t *opts,
                   ebb_error_t *error) EBB_MUST_CHECK;

/** Releases a couple's messages; all zero is a no-op.
 *
 * @param[in,out] bridge  is all zero afterwards
 */
void ebb_bridge_free(ebb_bridge_t *bridge);

/**
 * Writes messages as a table, or as JSON lines, that ebb_import_add reads.
 *
 * Columns: time (UTC, ISO 8601 with Z), person (A, B), kind, characters, words.
 *
 * @param[in] bridge  from ebb_bridge_run
 * @param[in] lines   JSON lines instead of CSV
 * @param[in] sink    receives the bytes in pieces
 * @return 0, EBB_ERR_MEMORY, or what the sink said. The same messages give the same
 * bytes.
 */
int ebb_bridge_write(const ebb_bridge_t *bridge, bool lines,
                     const ebb_sink_t *sink) EBB_MUST_CHECK;

#endif
