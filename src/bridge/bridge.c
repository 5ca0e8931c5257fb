/* SPDX-License-Identifier: MIT
 * From a model to a couple's messages: its rates, hour by hour, led to the writers. */
#include <stdio.h>
#include <string.h>

#include "bridge/emit.h"
#include "core/calendar.h"
#include "core/fail.h"
#include "math/bits.h"
#include "messages/stamp.h"

#define OUTPUTS ((size_t)2 * EBB_BRIDGE_RATES)
#define NAME_MOST 256
#define LAST_YEAR 2100

static const char *const bridge_words[EBB_BRIDGE_RATES] = {
#define BRIDGE_WORD(name, word) word,
    EBB_BRIDGE_LIST(BRIDGE_WORD)
#undef BRIDGE_WORD
};

/* All that one couple's messages are made from. */
typedef struct bridge_work {
    const ebb_model_t *model;
    ebb_run_output_t outputs[OUTPUTS]; /* person by person */
    double unit_s;                     /* of the model's time */
    double every;                      /* between two rows, in that unit */
    double *times, *rows;
    bool *lasting;
    size_t count, room; /* rows, and for how many there is room */
    int64_t first_day;
    const ebb_alloc_t *alloc;
} bridge_work_t;

static int bridge_no_memory(ebb_error_t *error)
{
    return ebb_fail(error, EBB_ERR_MEMORY, "not enough memory for a couple's messages");
}

/* --- what a model must have ------------------------------------------------------- */

/* Appends "`a.texting`" to a list in words; of alike partners "`texting`". */
static void bridge_name_missing(char *list, const char *person, const char *word)
{
    size_t length = strlen(list);
    (void)snprintf(list + length, NAME_MOST - length, "%s`%.20s%s%s`",
                   length ? ", " : "", person, *person ? "." : "", word);
}

static int bridge_find(bridge_work_t *w, ebb_error_t *error)
{
    ebb_model_info_t info = ebb_model_info(w->model);
    char missing[NAME_MOST] = "";
    if (info.persons != 2) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "`%s` is of %zu persons; only two write to each other",
                        info.name, info.persons);
    }
    for (size_t i = 0; i < OUTPUTS; i++) {
        const char *person = ebb_model_person(w->model, i / EBB_BRIDGE_RATES);
        const char *word = bridge_words[i % EBB_BRIDGE_RATES];
        char name[NAME_MOST];
        ebb_run_output_t *out = &w->outputs[i];
        (void)snprintf(name, sizeof name, "%s.%s", person, word);
        bool found = !ebb_model_find(w->model, name, &out->kind, &out->index, NULL) &&
                     out->kind == EBB_SCALAR_LET;
        if (!found && (!info.alike || i < EBB_BRIDGE_RATES)) {
            bridge_name_missing(missing, info.alike ? "" : person, word);
        }
    }
    return *missing ? ebb_fail(error, EBB_ERR_ARGUMENT,
                               "`%s` does not say how often its persons write: it "
                               "lacks the lets %s",
                               info.name, missing)
                    : EBB_OK;
}

static int bridge_find_unit(bridge_work_t *w, ebb_error_t *error)
{
    static const struct {
        const char *word;
        double seconds, every; /* s between two rows */
    } units[] = {{"second", 1, 60},
                 {"minute", 60, 60},
                 {"hour", 3600, 3600},
                 {"day", 86400, 3600},
                 {"week", 604800, 3600}};
    ebb_model_info_t info = ebb_model_info(w->model);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strcmp(info.time_unit, units[i].word) == 0) {
            w->unit_s = units[i].seconds;
            w->every = info.steps ? 1 : units[i].every / units[i].seconds;
            return EBB_OK;
        }
    }
    return ebb_fail(error, EBB_ERR_ARGUMENT,
                    "the time of `%s` is in units of `%s`, which no clock shows; "
                    "messages need second, minute, hour, day or week",
                    info.name, info.time_unit);
}

/* The last day before which a record must end, from 1970-01-01. */
static int64_t bridge_last_day(void)
{
    return ebb_days_from_date((ebb_date_t){LAST_YEAR, 1, 1});
}

static int bridge_first_day(bridge_work_t *w, const char *begin, ebb_error_t *error)
{
    const char *day = begin ? begin : EBB_BRIDGE_BEGIN;
    char midnight[sizeof EBB_BRIDGE_BEGIN "T00:00:00"];
    ebb_stamp_t stamp = {.time_s = -1};
    bool whole = strlen(day) == strlen(EBB_BRIDGE_BEGIN);
    if (whole) {
        (void)snprintf(midnight, sizeof midnight, "%sT00:00:00", day);
        whole = !ebb_stamp_parse(&stamp, midnight, strlen(midnight));
    }
    w->first_day = ebb_floor_div(stamp.time_s, EBB_DAY_S);
    return whole && w->first_day >= 0 && w->first_day < bridge_last_day()
               ? EBB_OK
               : ebb_fail(error, EBB_ERR_ARGUMENT,
                          "'%s' is no day from 1970 to 2099, as in " EBB_BRIDGE_BEGIN,
                          day);
}

/* --- the run ---------------------------------------------------------------------- */

static int bridge_make_times(bridge_work_t *w, double length, ebb_error_t *error)
{
    int64_t days = bridge_last_day() - w->first_day;
    if (!(length * w->unit_s <= (double)days * EBB_DAY_S)) {
        return ebb_fail(error, EBB_ERR_LIMIT,
                        "%g %s of messages go beyond the year %d; a shorter run, or an "
                        "earlier day to begin, helps",
                        length, ebb_model_info(w->model).time_unit, LAST_YEAR);
    }
    w->room = (size_t)(length / w->every) + 2;
    w->times = ebb_new_array(w->alloc, w->room, sizeof *w->times);
    w->rows = ebb_new_array(w->alloc, w->room * OUTPUTS, sizeof *w->rows);
    w->lasting = ebb_new_array(w->alloc, w->room, sizeof *w->lasting);
    if (!w->times || !w->rows || !w->lasting) {
        return bridge_no_memory(error);
    }
    while (w->count < w->room - 1 && (double)w->count * w->every < length) {
        w->times[w->count] = (double)w->count * w->every;
        w->count++;
    }
    w->times[w->count++] = length;
    return EBB_OK;
}

/* How long the run will be: what the settings say, or else the scenario. */
static double bridge_length(const ebb_scenario_t *scenario,
                            const ebb_run_settings_t *settings)
{
    bool said = settings->length > 0 || !scenario;
    return said ? settings->length : ebb_scenario_info(scenario).length;
}

static int bridge_run_couple(bridge_work_t *w, const ebb_run_settings_t *settings,
                             const ebb_bridge_opts_t *opts, ebb_error_t *error)
{
    ebb_run_settings_t own = *settings;
    own.length = bridge_length(opts->scenario, settings);
    int code = own.length > 0 ? bridge_make_times(w, own.length, error) : EBB_OK;
    own.times = w->times;
    own.time_count = w->count;
    own.outputs = w->outputs;
    own.output_count = OUTPUTS;
    ebb_simulation_t *run = NULL;
    code = code ? code : ebb_run_new(&run, w->model, opts->scenario, &own, error);
    ebb_run_job_t job = {.begin = opts->couple,
                         .end = opts->couple + 1,
                         .values = w->rows,
                         .lasting = w->lasting};
    code = code ? code : ebb_run_range(run, &job, error);
    ebb_run_free(run);
    if (!code && job.failed) {
        return ebb_fail(error, EBB_ERR_NUMERIC,
                        "couple %llu could not be run to the end: %s",
                        (unsigned long long)opts->couple, job.why);
    }
    return code;
}

/* --- the messages ----------------------------------------------------------------- */

/* The rates between rows `i` and `i + 1`, per second. */
static int bridge_rates(const bridge_work_t *w, size_t i,
                        double rates[2][EBB_BRIDGE_RATES], ebb_error_t *error)
{
    const double *from = w->rows + i * OUTPUTS, *to = from + OUTPUTS;
    for (size_t k = 0; k < OUTPUTS; k++) {
        double rate = 0.5 * (from[k] + to[k]);
        if (!(from[k] >= 0 && to[k] >= 0 && rate < EBB_INFINITY)) {
            return ebb_fail(error, EBB_ERR_NUMERIC,
                            "`%s.%s` is %g at %g and %g at %g; how often somebody "
                            "writes is a number from 0 on",
                            ebb_model_person(w->model, k / EBB_BRIDGE_RATES),
                            bridge_words[k % EBB_BRIDGE_RATES], from[k], w->times[i],
                            to[k], w->times[i + 1]);
        }
        rates[k / EBB_BRIDGE_RATES][k % EBB_BRIDGE_RATES] = rate / w->unit_s;
    }
    return EBB_OK;
}

static int bridge_write_all(const bridge_work_t *w, ebb_emitter_t *emitter,
                            ebb_error_t *error)
{
    int code = EBB_OK;
    for (size_t i = 0; i + 1 < w->count && w->lasting[i + 1] && !code; i++) {
        double rates[2][EBB_BRIDGE_RATES];
        code = bridge_rates(w, i, rates, error);
        if (!code) {
            code = ebb_emitter_until(emitter, w->times[i + 1] * w->unit_s,
                                     (const double(*)[EBB_BRIDGE_RATES])rates);
            if (code) {
                return code == EBB_ERR_LIMIT
                           ? ebb_fail(error, code, "more than %u messages",
                                      EBB_BRIDGE_MOST)
                           : bridge_no_memory(error);
            }
        }
    }
    return code;
}

static void bridge_take(ebb_bridge_t *bridge, ebb_emitter_t *emitter)
{
    bridge->events = emitter->events.items;
    bridge->count = emitter->events.count;
    bridge->_room = emitter->events._room;
    for (int k = 0; k < 2; k++) {
        bridge->hours_at_hand[k] = emitter->person[k].at_hand / 3600;
    }
    emitter->events = (ebb_list_t){0};
}

int ebb_bridge_run(ebb_bridge_t *bridge, const ebb_model_t *model,
                   const ebb_run_settings_t *settings, const ebb_bridge_opts_t *opts,
                   ebb_error_t *error)
{
    static const ebb_bridge_opts_t usual = {0};
    opts = opts ? opts : &usual;
    bridge_work_t w = {.model = model,
                       .alloc =
                           settings->alloc ? settings->alloc : ebb_alloc_default()};
    *bridge = (ebb_bridge_t){._alloc = w.alloc};
    int code = bridge_find(&w, error);
    code = code ? code : bridge_find_unit(&w, error);
    code = code ? code : bridge_first_day(&w, opts->begin, error);
    code = code ? code : bridge_run_couple(&w, settings, opts, error);
    if (!code) {
        ebb_emitter_t emitter =
            ebb_emitter_begin(settings->seed, (uint32_t)opts->couple,
                              settings->exchange, w.first_day, w.alloc);
        code = bridge_write_all(&w, &emitter, error);
        if (!code) {
            bridge_take(bridge, &emitter);
        }
        ebb_emitter_end(&emitter);
    }
    ebb_free_array(w.alloc, w.times, w.room, sizeof *w.times);
    ebb_free_array(w.alloc, w.rows, w.room * OUTPUTS, sizeof *w.rows);
    ebb_free_array(w.alloc, w.lasting, w.room, sizeof *w.lasting);
    return code;
}

void ebb_bridge_free(ebb_bridge_t *bridge)
{
    ebb_free_array(bridge->_alloc, bridge->events, bridge->_room,
                   sizeof *bridge->events);
    *bridge = (ebb_bridge_t){0};
}
