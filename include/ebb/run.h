/* SPDX-License-Identifier: MIT
 *
 * Running a model: one couple or millions, with or without a scenario.
 *
 * Use: ebb_run_new compiles a model, a scenario and settings to a run, which does not
 * change any more; ebb_run_range runs the couples [begin, end) of it. What a couple
 * does depends on the run and the couple's number alone: not on the range it is part
 * of, the couples beside it, the number of lanes, the thread or the machine. So any
 * number of threads may run ranges of the same run, and ranges may be cut anywhere.
 *
 *     ebb_run_settings_t settings = {.length = 60, .times = times, .time_count = 61};
 *     ebb_simulation_t *run = NULL;
 *     if (ebb_run_new(&run, model, NULL, &settings, &error) == EBB_OK) {
 *         ebb_run_job_t job = {.begin = 0, .end = 1, .values = values};
 *         code = ebb_run_range(run, &job, &error);
 *     }
 *
 * Chance. Each random number is a function of (seed, couple, step, slot). Noise of a
 * state takes one for each step of the fixed grid. An event takes one for the chance
 * that must be used up until it happens next (an exponential number, against which the
 * rate is integrated), and one for its size, both addressed by how often it has
 * happened; so they are the same whatever the step or the method.
 */
#ifndef EBB_RUN_H
#define EBB_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ebb/alloc.h"
#include "ebb/error.h"
#include "ebb/model.h"

/* name, word */
#define EBB_METHOD_LIST(X)                 \
    X(EBB_METHOD_AUTO, "auto")             \
    X(EBB_METHOD_MAP, "map")               \
    X(EBB_METHOD_EULER, "euler")           \
    X(EBB_METHOD_HEUN, "heun")             \
    X(EBB_METHOD_DORMAND_PRINCE, "dopri5") \
    X(EBB_METHOD_ROSENBROCK, "rodas4")

/* How a model is run.
 *
 * MAP          models in discrete time, and only these.
 * EULER        Euler–Maruyama: steps of one length, strong order 1/2 (1 if the noise
 *              depends on no state), order 1 without noise.
 * HEUN         steps of one length; the mean of the rates at both ends, and Milstein's
 *              term from the exact derivative of the noise: strong order 1, order 2
 *              without noise. The noise of a state may depend on that state and on
 *              states without noise, not on another's that has noise.
 * DORMAND_PRINCE  order 5(4), steps as the tolerance asks (Dormand and Prince 1980).
 *              No noise. With delays order 4, which is that of the interpolation.
 * ROSENBROCK   RODAS, order 4(3), for stiff models: linearly implicit with the exact
 *              Jacobian (Hairer and Wanner 1996). No noise, no delays, at most 128
 *              states and events.
 * AUTO         MAP in discrete time; with noise HEUN where it may be, else EULER;
 *              else DORMAND_PRINCE. */
typedef enum ebb_method {
#define EBB_METHOD_ENUM(name, word) name,
    EBB_METHOD_LIST(EBB_METHOD_ENUM)
#undef EBB_METHOD_ENUM
} ebb_method_t;

/* name, word */
#define EBB_ENGINE_LIST(X)                   \
    X(EBB_ENGINE_AUTO, "auto")               \
    X(EBB_ENGINE_INTERPRETER, "interpreter") \
    X(EBB_ENGINE_NATIVE, "native")

/* What computes a model's formulas; the bits are the same. INTERPRETER takes any model.
 * NATIVE is code that was compiled into the library with it, for the models that ship.
 * AUTO: native where there is any. */
typedef enum ebb_engine {
#define EBB_ENGINE_ENUM(name, word) name,
    EBB_ENGINE_LIST(EBB_ENGINE_ENUM)
#undef EBB_ENGINE_ENUM
} ebb_engine_t;

/* A number of the model that is written down: EBB_SCALAR_STATE or EBB_SCALAR_LET, as
 * for ebb_model_scalar. */
typedef struct ebb_run_output {
    ebb_scalar_kind_t kind;
    size_t index;
} ebb_run_output_t;

/* name, word: as in the model language */
#define EBB_SPREAD_LIST(X)           \
    X(EBB_SPREAD_UNIFORM, "uniform") \
    X(EBB_SPREAD_NORMAL, "normal")

/* How a number differs between couples: UNIFORM from a to b, NORMAL with mean a and
 * standard deviation b. */
typedef enum ebb_spread_law {
#define EBB_SPREAD_ENUM(name, word) name,
    EBB_SPREAD_LIST(EBB_SPREAD_ENUM)
#undef EBB_SPREAD_ENUM
} ebb_spread_law_t;

/* A parameter, a trait or the start of a state that each couple draws for itself, once,
 * by seed and the couple's number, apart from all other chance. What falls outside the
 * range that the model declares is taken as the bound. */
typedef struct ebb_run_spread {
    ebb_scalar_kind_t kind; /* EBB_SCALAR_PARAM, EBB_SCALAR_TRAIT, EBB_SCALAR_STATE */
    size_t index;           /* as for ebb_model_scalar */
    ebb_spread_law_t law;
    double a, b; /* a and the end b of UNIFORM within that range */
} ebb_run_spread_t;

/* Gives one couple numbers of its own. Called before the couple runs, with what the
 * model, the scenario and the settings say in the three arrays (of starts NaN where the
 * model's initial value holds); changes what it likes. Must be thread-safe, and depend
 * on nothing but the couple's number. */
typedef void ebb_run_vary_t(void *user, uint64_t couple, double *params, double *traits,
                            double *starts);

/* All zero is a start. Everything is copied or borrowed for ebb_run_new only, except
 * `vary_user`, which is borrowed for the life of the run. */
typedef struct ebb_run_settings {
    ebb_method_t method;
    ebb_engine_t engine;
    const char *level; /* of native code: one of ebb_engine_level; NULL: the best that
                          this processor has */
    double length;    /* in the model's unit of time, > 0 and < 1e15; 0: as the scenario
                         says */
    double step;      /* EULER and HEUN: the longest step; 0: 0.05. Steps are equal
                         between two times at which the scenario changes something, and
                         at most 1e10 of them */
    double tolerance; /* adaptive methods: error of a step relative to the state, 1e-13
                         to 0.1; 0: 1e-8 */
    double tolerance_absolute; /* the same for states near 0; 0: a hundredth of it */
    uint64_t seed;
    bool exchange;       /* the chance of each partner goes to the other; needs a model
                            written for each partner. With traits and starts exchanged
                            too, results are exchanged exactly, by every method */
    size_t lanes;        /* couples at once, 1 to 64; 0: as suits. No result
                            depends on it */
    const double *times; /* when outputs are written: rising, within [0, length]; in
                            discrete time whole numbers */
    size_t time_count;
    const ebb_run_output_t *outputs; /* NULL: all states, then all lets */
    size_t output_count;
    /* one for each parameter, trait or state of the model in its order, NaN where the
     * scenario or the model decides; NULL: they decide all */
    const double *params, *traits, *starts;
    const double *inputs; /* likewise; what is set stays so for the whole run */
    const ebb_run_spread_t *spreads; /* these count more, and more than `vary` */
    size_t spread_count;
    ebb_run_vary_t *vary; /* may be NULL */
    void *vary_user;
    const ebb_alloc_t *alloc; /* NULL: default */
} ebb_run_settings_t;

/* A model, a scenario and settings, ready to run; never changes. */
typedef struct ebb_simulation ebb_simulation_t;

/* What a run writes, and how it goes. */
typedef struct ebb_run_info {
    ebb_method_t method; /* never AUTO */
    ebb_engine_t engine; /* never AUTO */
    double length;
    bool chance; /* there is noise, an event with a rate, or a number that differs: no
                    two couples are alike */
    size_t time_count, output_count, expect_count;
    size_t summary_count; /* of the scenario: numbers that its expectations are about */
} ebb_run_info_t;

/**
 * Compiles a run.
 *
 * @param[out] run       new run, to be released with ebb_run_free; NULL on failure
 * @param[in]  model     borrowed for the life of the run
 * @param[in]  scenario  of this model, borrowed likewise; NULL: none
 * @param[in]  settings  see there; NULL only where the scenario says how long
 * @param[out] error     which setting is wrong and what it may be; may be NULL
 * @return 0, or EBB_ERR_ARGUMENT (a setting is outside its range, or the method does
 * not suit the model), EBB_ERR_LIMIT, EBB_ERR_MEMORY.
 * Cost: milliseconds; as much as a handful of steps of a block.
 */
int ebb_run_new(ebb_simulation_t **run, const ebb_model_t *model,
                const ebb_scenario_t *scenario, const ebb_run_settings_t *settings,
                ebb_error_t *error) EBB_MUST_CHECK;

/** Releases a run; its model and scenario stay. NULL is a no-op. */
void ebb_run_free(ebb_simulation_t *run);

/** What a run is: the method that was chosen, its length, and how much it writes.
 *
 * @param[in] run  from ebb_run_new
 * @return by value. Thread-safe, cheap. A couple writes time_count rows of
 * output_count numbers.
 */
ebb_run_info_t ebb_run_info(const ebb_simulation_t *run);

/**
 * The numbers with which one couple goes: what the scenario, the settings and its own
 * draws make of the model's.
 *
 * @param[in]  run      from ebb_run_new
 * @param[in]  couple   its number, below 2^32
 * @param[out] numbers  arrays as long as the model's lists, or NULL: parameters and
 *                      traits, states at the start, inputs at the start
 * @param[out] error    may be NULL
 * @return 0 or EBB_ERR_MEMORY. Thread-safe.
 */
int ebb_run_numbers(const ebb_simulation_t *run, uint64_t couple,
                    ebb_model_numbers_t numbers, ebb_error_t *error) EBB_MUST_CHECK;

/**
 * All inputs at a time.
 *
 * @param[in]  run     from ebb_run_new
 * @param[in]  time    in the model's unit, >= 0; where an input jumps, behind the jump
 * @param[out] inputs  one for each input of the model, in its order; NULL is a no-op
 * Thread-safe, linear in what the scenario leads.
 */
void ebb_run_inputs(const ebb_simulation_t *run, double time, double *inputs);

/* Sums over couples, see ebb_run_totals_new. */
typedef struct ebb_run_totals ebb_run_totals_t;

/* Couples to run, and what becomes of their numbers. Unused fields are 0. */
typedef struct ebb_run_job {
    uint64_t begin, end; /* couples [begin, end), end at most 2^32 */
    /* (end - begin) blocks of time_count rows of output_count numbers; may be NULL */
    double *values;
    /* (end - begin) blocks of summary_count numbers: NaN of a couple that failed. May
     * be NULL */
    double *summaries;
    /* called for each couple, in order, with its rows, which are valid for the call;
     * not 0 ends the run and is returned. May be NULL. */
    int (*record)(void *user, uint64_t couple, const double *rows);
    void *record_user;
    /* (end - begin) blocks of time_count: whether the couple lasts then. All true where
     * the model does not say while what one does; may be NULL */
    bool *lasting;
    /* rows of times at which a couple does not last (see ebb_run_lasting) are NaN */
    bool lasting_only;
    ebb_run_totals_t *totals; /* of this run, to which the couples are added, or NULL */
    /* called now and then with how many couples are done; not 0 cancels. May be NULL */
    int (*progress)(void *user, uint64_t done, uint64_t all);
    void *progress_user;
    /* results: couples that could not be run to the end (their later numbers are NaN),
     * the first of them, and why it could not */
    uint64_t failed, first_failed;
    const char *why; /* static; NULL when none failed */
} ebb_run_job_t;

/**
 * Runs a range of couples.
 *
 * @param[in]     run    from ebb_run_new
 * @param[in,out] job    see there
 * @param[out]    error  may be NULL
 * @return 0, also when single couples failed (see the job), EBB_ERR_ARGUMENT (the range
 * is not one), EBB_ERR_MEMORY, EBB_ERR_CANCELLED, or what `record` returned.
 * Memory: constant but for time_count x output_count numbers for each lane. Thread-safe
 * for jobs that share no totals. Allocates at the beginning, not while running.
 */
int ebb_run_range(const ebb_simulation_t *run, ebb_run_job_t *job,
                  ebb_error_t *error) EBB_MUST_CHECK;

/**
 * Begins sums over couples: for each time and output mean, standard deviation, lowest,
 * highest and, if wanted, a histogram; for each expectation how many kept it.
 *
 * Sums are exact (long fixed point numbers), so they do not depend on the order of
 * couples, on how ranges were cut or on which totals were merged first.
 *
 * @param[out] totals     new and empty, to be released with ebb_run_totals_free
 * @param[in]  run        borrowed for the life of the totals
 * @param[in]  quantiles  keep histograms: 12.3 kB for each time and output, beside 0.1
 * kB
 * @param[out] error      may be NULL
 * @return 0, or EBB_ERR_MEMORY.
 */
int ebb_run_totals_new(ebb_run_totals_t **totals, const ebb_simulation_t *run,
                       bool quantiles, ebb_error_t *error) EBB_MUST_CHECK;

/** Releases totals; NULL is a no-op. */
void ebb_run_totals_free(ebb_run_totals_t *totals);

/**
 * Adds the couples of other totals, as if they had been run here.
 *
 * @param[in,out] totals  grow
 * @param[in]     other   of the same run and with the same choice of histograms;
 *                        untouched
 * @return 0, or EBB_ERR_ARGUMENT when they do not fit; nothing is added then. For
 * ranges that were run by several threads, each with totals of its own.
 */
int ebb_run_totals_merge(ebb_run_totals_t *totals,
                         const ebb_run_totals_t *other) EBB_MUST_CHECK;

/**
 * How many couples last at one time.
 *
 * A model may say while what a couple lasts (`lasts while together > 0.5`). One that
 * does not last counts in no sum of that time; what it does goes on in its rows.
 *
 * @param[in]  totals   from ebb_run_totals_new
 * @param[in]  time     index of the time, below time_count of the run
 * @param[out] couples  filled when the model says so; a couple that could not be run so
 *                      far does not last
 * @return whether the model says while what a couple lasts, and the time is one
 */
bool ebb_run_lasting(const ebb_run_totals_t *totals, size_t time, uint64_t *couples);

/* One output at one time, over couples that last. Without any, all but `count` are NaN.
 */
typedef struct ebb_run_total {
    uint64_t count;  /* couples that last and have a number there */
    double mean, sd; /* sd over count - 1 */
    double lowest, highest;
} ebb_run_total_t;

/**
 * Sums up one output at one time.
 *
 * @param[in] totals  from ebb_run_totals_new
 * @param[in] time    index of the time, below time_count of the run
 * @param[in] output  index of the output, below output_count
 * @return by value; an index out of range gives a count of 0. Numbers beyond 1e24 in
 * size count as missing.
 */
ebb_run_total_t ebb_run_total(const ebb_run_totals_t *totals, size_t time,
                              size_t output);

/**
 * A quantile over couples of one output at one time.
 *
 * @param[in] totals  with histograms
 * @param[in] time    as for ebb_run_total
 * @param[in] output  as for ebb_run_total
 * @param[in] p       share of couples below, 0..1
 * @return within 3 % of the exact value, or within 6e-8 near 0; exact for p = 0 and 1;
 * NaN without couples or histograms.
 */
double ebb_run_quantile(const ebb_run_totals_t *totals, size_t time, size_t output,
                        double p);

/* What became of an expectation. Strings live as long as the scenario. */
typedef struct ebb_run_verdict {
    const char *text; /* the reason given, or "" */
    const char *code; /* as it stands in the file */
    uint64_t line;    /* there */
    double share;     /* of couples that must keep it */
    uint64_t kept, broken;
    bool holds; /* kept >= share of all, and there was one */
} ebb_run_verdict_t;

/**
 * How many couples kept an expectation of the scenario.
 *
 * @param[in]  totals   from ebb_run_totals_new; couples must have run
 * @param[in]  index    below expect_count of the run
 * @param[out] verdict  filled
 * @return 0, or EBB_ERR_ARGUMENT for an index out of range. A couple that failed breaks
 * all expectations.
 */
int ebb_run_verdict(const ebb_run_totals_t *totals, size_t index,
                    ebb_run_verdict_t *verdict) EBB_MUST_CHECK;

/** Word of a method: "dopri5".
 *
 * @param[in] method  any of them
 * @return a static string, the one that a command line takes; "" for another number.
 * ebb_method_of is its inverse.
 */
const char *ebb_method_word(ebb_method_t method);

/** The method of a word.
 *
 * @param[in]  word    NUL-terminated, not NULL; upper and lower case differ
 * @param[out] method  filled when there is such a word, else untouched
 * @return whether there is one. Meant for command lines, together with
 * EBB_METHOD_LIST, which has all words.
 */
bool ebb_method_of(const char *word, ebb_method_t *method);

/** Word of an engine: "native".
 *
 * @param[in] engine  any of them
 * @return a static string, the one that a command line takes; "" for another number.
 */
const char *ebb_engine_word(ebb_engine_t engine);

/** The engine of a word.
 *
 * @param[in]  word    NUL-terminated, not NULL; upper and lower case differ
 * @param[out] engine  filled when there is such a word, else untouched
 * @return whether there is one.
 */
bool ebb_engine_of(const char *word, ebb_engine_t *engine);

/** Word of a law: "normal".
 *
 * @param[in] law  any of them
 * @return a static string; "" for another number.
 */
const char *ebb_spread_word(ebb_spread_law_t law);

/** The levels (instruction sets) for which native code was compiled, best first.
 *
 * @param[in]  index  from 0
 * @param[out] here   whether this processor has it; false past the end
 * @return a static string, such as "x86-64-v3", or NULL past the end. Thread-safe,
 * cheap. No result of a run depends on the level, only its time.
 */
const char *ebb_engine_level(size_t index, bool *here);

#endif
