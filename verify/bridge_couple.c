/* SPDX-License-Identifier: MIT
 * A couple of the bridge study.
 *
 * Who they are: traits by group, and every parameter of which the model says in which
 * range it is plausible ("assumption, 0.5 to 3") drawn from there. They stay together.
 * A year lies behind them; the next one is run with the link and without, and written
 * with it. */
#include "bridge_couple.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ebb/bridge.h"
#include "ebb/study.h"
#include "rng_agenda.h"

#define MOST_NUMBERS 256 /* of each kind */
#define DAYS 365         /* of each of the two years */

typedef struct numbers {
    double params[MOST_NUMBERS], traits[MOST_NUMBERS], starts[MOST_NUMBERS];
} numbers_t;

static bool tell(const char *what, const ebb_error_t *error)
{
    (void)fprintf(stderr, "verify_bridge: %s: %s\n", what, error->text);
    return false;
}

/* --- who they are ----------------------------------------------------------------- */

static bool find(const ebb_model_t *model, const char *name, ebb_scalar_kind_t kind,
                 size_t *index)
{
    ebb_error_t error = {0};
    ebb_scalar_kind_t found = kind;
    if (ebb_model_find(model, name, &found, index, &error)) {
        return tell(name, &error);
    }
    return found == kind;
}

static void draw_params(const ebb_model_t *model, numbers_t *numbers, agenda_rng_t *rng)
{
    size_t count = ebb_model_info(model).params;
    for (size_t i = 0; i < count && i < MOST_NUMBERS; i++) {
        ebb_scalar_t param;
        double low = 0, high = 0;
        if (!ebb_model_scalar(model, EBB_SCALAR_PARAM, i, &param) &&
            sscanf(param.source, "assumption, %lf to %lf", &low, &high) == 2) {
            numbers->params[i] = agenda_between(rng, low, high);
        }
    }
}

/* A is as anxious as B may be avoidant, each from not at all to 1.5 SD; secure ones are
 * below the mean in everything. */
static void draw_traits(double traits[4], bool secure, agenda_rng_t *rng)
{
    if (secure) {
        for (int i = 0; i < 4; i++) {
            traits[i] = agenda_between(rng, -0.75, 0);
        }
    } else {
        double anxious = agenda_between(rng, 0, 1.5);
        double avoidant = agenda_between(rng, 0, 1.5);
        traits[0] = anxious;
        traits[1] = -anxious / 4;
        traits[2] = -avoidant / 4;
        traits[3] = avoidant;
    }
}

static bool draw_couple(const ebb_model_t *model, uint64_t seed, bridge_row_t *row,
                        numbers_t *numbers)
{
    static const char *const names[4] = {"a.anxiety", "a.avoidance", "b.anxiety",
                                         "b.avoidance"};
    agenda_rng_t rng = agenda_stream(seed, (unsigned)row->secure, (uint64_t)row->index);
    for (size_t i = 0; i < MOST_NUMBERS; i++) {
        numbers->params[i] = numbers->traits[i] = numbers->starts[i] = (double)NAN;
    }
    draw_traits(row->traits, row->secure, &rng);
    draw_params(model, numbers, &rng);
    size_t at = 0;
    for (int i = 0; i < 4; i++) {
        if (!find(model, names[i], EBB_SCALAR_TRAIT, &at)) {
            return false;
        }
        numbers->traits[at] = row->traits[i];
    }
    if (!find(model, "hazard_scale", EBB_SCALAR_PARAM, &at)) {
        return false;
    }
    numbers->params[at] = 0;
    return true;
}

/* Runs the couple; its rows go to `values`. */
static bool run_once(const ebb_model_t *model, const ebb_run_settings_t *settings,
                     double *values, const char *what)
{
    ebb_error_t error = {0};
    ebb_simulation_t *run = NULL;
    ebb_run_job_t job = {.end = 1};
    job.values = values;
    int code = ebb_run_new(&run, model, NULL, settings, &error);
    code = code ? code : ebb_run_range(run, &job, &error);
    ebb_run_free(run);
    return (!code && !job.failed) || tell(what, &error);
}

/* The first year: what the second begins with. */
static bool live_a_year(const ebb_model_t *model, uint64_t seed, numbers_t *numbers)
{
    static const double end = DAYS;
    ebb_run_output_t states[MOST_NUMBERS];
    size_t count = ebb_model_info(model).states;
    for (size_t i = 0; i < count && i < MOST_NUMBERS; i++) {
        states[i] = (ebb_run_output_t){.kind = EBB_SCALAR_STATE, .index = i};
    }
    const ebb_run_settings_t s = {.length = DAYS,
                                  .seed = seed,
                                  .times = &end,
                                  .time_count = 1,
                                  .outputs = states,
                                  .output_count = count,
                                  .params = numbers->params,
                                  .traits = numbers->traits};
    double values[MOST_NUMBERS];
    if (!run_once(model, &s, values, "the first year")) {
        return false;
    }
    memcpy(numbers->starts, values, count * sizeof *values);
    return true;
}

/* --- with the link and without ---------------------------------------------------- */

static bool find_share(const ebb_study_t *study, const ebb_model_t *model,
                       const char *outcome, uint64_t seed, uint64_t couples,
                       ebb_share_t *share)
{
    ebb_error_t error = {0};
    ebb_share_settings_t s = {
        .cut = {.kind = EBB_SCALAR_LET},
        .value = 0,
        .outcome = {.kind = EBB_SCALAR_LET},
        .length = DAYS,
        .every = 0.25,
        .couples = couples,
        .seed = seed,
    };
    if (!find(model, "a.loudness", EBB_SCALAR_LET, &s.cut.index) ||
        !find(model, outcome, EBB_SCALAR_LET, &s.outcome.index)) {
        return false;
    }
    return !ebb_study_share(study, &s, share, &error) || tell(outcome, &error);
}

static bool find_shares(const ebb_model_t *model, const numbers_t *numbers,
                        uint64_t seed, bridge_row_t *row)
{
    ebb_error_t error = {0};
    ebb_study_t *study = NULL;
    ebb_share_t year, again;
    const ebb_study_settings_t s = {.params = numbers->params,
                                    .traits = numbers->traits,
                                    .starts = numbers->starts};
    if (ebb_study_new(&study, model, &s, &error)) {
        return tell("study", &error);
    }
    bool found = find_share(study, model, "a.pursuit", seed, 1, &year) &&
                 find_share(study, model, "a.pursuit", seed, BRIDGE_AGAIN, &again);
    ebb_study_free(study);
    if (found) {
        row->share = year.share;
        row->share_expected = again.share;
        row->pursuit = year.with;
    }
    return found;
}

/* --- as it is written ------------------------------------------------------------- */

/* B's mean withdrawal, and whether the run that writes is the one the shares are of. */
static bool compare_means(const ebb_model_t *model, const ebb_run_settings_t *settings,
                          bridge_row_t *row)
{
    enum { TIMES = DAYS * 4 + 1 };
    static double times[TIMES], values[2 * TIMES]; /* one couple at a time */
    ebb_run_output_t outputs[2] = {{.kind = EBB_SCALAR_LET}, {.kind = EBB_SCALAR_LET}};
    if (!find(model, "a.pursuit", EBB_SCALAR_LET, &outputs[0].index) ||
        !find(model, "b.withdrawal", EBB_SCALAR_LET, &outputs[1].index)) {
        return false;
    }
    ebb_run_settings_t s = *settings;
    for (int k = 0; k < TIMES; k++) {
        times[k] = 0.25 * k;
    }
    s.times = times;
    s.time_count = TIMES;
    s.outputs = outputs;
    s.output_count = 2;
    if (!run_once(model, &s, values, "the second year")) {
        return false;
    }
    double sums[2] = {0};
    for (int k = 0; k < 2 * TIMES; k++) {
        sums[k % 2] += values[k] / TIMES;
    }
    row->withdrawal = sums[1];
    row->same = fabs(sums[0] - row->pursuit);
    return true;
}

static bool measure(const ebb_bridge_t *bridge, bridge_row_t *row)
{
    ebb_error_t error = {0};
    ebb_cycle_t *cycle = NULL;
    row->messages = (double)bridge->count;
    const ebb_cycle_opts_t opts = {.arms_only = true}; /* no claim depends on it */
    if (ebb_cycle_measure(&cycle, bridge->events, bridge->count, &opts, &error)) {
        return tell("measure", &error);
    }
    const ebb_arms_t *arms = &cycle->arms[0][1];
    row->verdict[0] = (int)cycle->verdict[0];
    row->verdict[1] = (int)cycle->verdict[1];
    row->followups = (double)arms->followups;
    row->p = arms->pursuit.value;
    row->p_se = arms->pursuit_se;
    row->w = arms->withdrawal.value;
    row->w_se = arms->withdrawal_se;
    row->measured = arms->loop_share.value;
    row->low = arms->loop_share.low;
    row->high = arms->loop_share.high;
    row->measured_b = cycle->arms[1][1].loop_share.value;
    ebb_cycle_free(cycle);
    return true;
}

bool bridge_couple(const ebb_model_t *model, uint64_t seed, int index, bool secure,
                   bridge_row_t *row)
{
    static numbers_t numbers;
    ebb_error_t error = {0};
    ebb_bridge_t bridge = {0};
    *row = (bridge_row_t){.index = index, .secure = secure};
    uint64_t own = seed * 100000 + (secure ? 50000u : 0u) + (uint64_t)index;
    const ebb_run_settings_t s = {.length = DAYS,
                                  .seed = own,
                                  .params = numbers.params,
                                  .traits = numbers.traits,
                                  .starts = numbers.starts};
    bool found =
        draw_couple(model, seed, row, &numbers) && live_a_year(model, ~own, &numbers) &&
        find_shares(model, &numbers, own, row) && compare_means(model, &s, row);
    if (found && ebb_bridge_run(&bridge, model, &s, NULL, &error)) {
        return tell("messages", &error);
    }
    found = found && measure(&bridge, row);
    ebb_bridge_free(&bridge);
    return found;
}

/* --- rows ------------------------------------------------------------------------- */

#define ROW_COLUMNS(X)                  \
    X("a_anxiety", traits[0])           \
    X("a_avoidance", traits[1])         \
    X("b_anxiety", traits[2])           \
    X("b_avoidance", traits[3])         \
    X("share", share)                   \
    X("share_expected", share_expected) \
    X("pursuit", pursuit)               \
    X("withdrawal", withdrawal)         \
    X("same", same)                     \
    X("messages", messages)             \
    X("followups", followups)           \
    X("p", p)                           \
    X("p_se", p_se)                     \
    X("w", w)                           \
    X("w_se", w_se)                     \
    X("measured", measured)             \
    X("measured_low", low)              \
    X("measured_high", high)            \
    X("measured_b", measured_b)

void bridge_row_head(FILE *file)
{
    (void)fprintf(file, "group\tindex\ta_pursues\tb_pursues");
#define ROW_NAME(name, field) (void)fprintf(file, "\t%s", name);
    ROW_COLUMNS(ROW_NAME)
#undef ROW_NAME
    (void)fputc('\n', file);
}

static const char *const verdict_words[] = {
#define VERDICT_WORD(name, word) word,
    EBB_VERDICT_LIST(VERDICT_WORD)
#undef VERDICT_WORD
};

void bridge_row_write(FILE *file, const bridge_row_t *row)
{
    (void)fprintf(file, "%s\t%d\t%s\t%s", row->secure ? "secure" : "spread", row->index,
                  verdict_words[row->verdict[0]], verdict_words[row->verdict[1]]);
#define ROW_WRITE(name, field) (void)fprintf(file, "\t%.5g", row->field);
    ROW_COLUMNS(ROW_WRITE)
#undef ROW_WRITE
    (void)fputc('\n', file);
}

static int verdict_of(const char *word)
{
    for (int i = 0; i < (int)(sizeof verdict_words / sizeof *verdict_words); i++) {
        if (strcmp(word, verdict_words[i]) == 0) {
            return i;
        }
    }
    return -1;
}

bool bridge_row_read(FILE *file, bridge_row_t *row)
{
    char group[16], words[2][32];
    *row = (bridge_row_t){0};
    int read =
        fscanf(file, "%15s %d %31s %31s", group, &row->index, words[0], words[1]);
    if (read != 4) {
        return false;
    }
    row->secure = strcmp(group, "secure") == 0;
    row->verdict[0] = verdict_of(words[0]);
    row->verdict[1] = verdict_of(words[1]);
    bool whole = row->verdict[0] >= 0 && row->verdict[1] >= 0;
#define ROW_READ(name, field) whole = whole && fscanf(file, "%lf", &row->field) == 1;
    ROW_COLUMNS(ROW_READ)
#undef ROW_READ
    return whole;
}
