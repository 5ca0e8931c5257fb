/* SPDX-License-Identifier: MIT
 *
 * Runs of people before they are a couple of a population: the couples of a market
 * (ebb/pair.h), and children (ebb/develop.h). A number that is set to 0 takes out the
 * mechanism of that name in evidence/links.tsv.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/fail.h"
#include "core/memory.h"
#include "ebb/develop.h"
#include "ebb/pair.h"
#include "evidence/figures.h"
#include "math/random.h"
#include "study/child.h"
#include "study/pairing.h"

#define FIGMARKET_USUAL 4000u
#define CHILDREN_USUAL 20000u

/* Whether that mechanism is taken out. */
static bool people_without(const ebb_figure_settings_t *settings, const char *link)
{
    bool out = false;
    for (size_t k = 0; k < settings->set_count; k++) {
        out = out || (strcmp(settings->sets[k].name, link) == 0 &&
                      settings->sets[k].value == 0);
    }
    return out;
}

static int people_room(ebb_figure_couples_t *to, const char *const *names,
                       size_t columns, uint64_t rows, ebb_error_t *error)
{
    int code = ebb_figure_room(to, columns, (size_t)rows, error);
    for (size_t k = 0; k < columns && !code; k++) {
        (void)snprintf(to->names[k], sizeof to->names[k], "%s", names[k]);
    }
    return code;
}

/* --- the market ------------------------------------------------------------------- */

enum {
    FIGMARKET_TRAITS = 4,
    FIGMARKET_CUTS = 3,
    FIGMARKET_KINDS = 3,
    FIGMARKET_COLUMNS = 14
};

/* z-scores: the top half, third and quarter; the third as in evidence/held_out */
static const double figmarket_cuts[FIGMARKET_CUTS] = {0, 0.43, 0.674};

static void figmarket_couple(const ebb_pair_couples_t *drawn, size_t i, double *row)
{
    for (size_t p = 0; p < 2; p++) {
        row[2 * p] = drawn->anxiety[p][i];
        row[2 * p + 1] = drawn->avoidance[p][i];
    }
    for (size_t k = 0; k < FIGMARKET_CUTS; k++) {
        size_t type = ebb_pairing_type(row, row + 2, figmarket_cuts[k]);
        double *kinds = row + FIGMARKET_TRAITS + k * FIGMARKET_KINDS;
        kinds[0] = type == EBB_PAIR_MIXED;
        kinds[1] = type == EBB_PAIR_ANXIOUS;
        kinds[2] = type == EBB_PAIR_AVOIDANT;
    }
    row[FIGMARKET_COLUMNS - 1] = row[FIGMARKET_TRAITS + FIGMARKET_KINDS + 1] +
                                 row[FIGMARKET_TRAITS + FIGMARKET_KINDS + 2];
}

int ebb_figure_market(ebb_figure_couples_t *to, const ebb_figure_settings_t *settings,
                      size_t draw, ebb_error_t *error)
{
    static const char *const names[FIGMARKET_COLUMNS] = {
        "a_anxiety",        "a_avoidance", "b_anxiety",
        "b_avoidance",      "mixed_50",    "both_anxious_50",
        "both_avoidant_50", "mixed_33",    "both_anxious_33",
        "both_avoidant_33", "mixed_25",    "both_anxious_25",
        "both_avoidant_25", "alike"};
    ebb_pair_settings_t pair = {.seed = settings->seed + draw, .alloc = &to->alloc};
    pair.without |= people_without(settings, "complement") ? EBB_PAIR_SUPPRESSED : 0;
    pair.without |= people_without(settings, "survival") ? EBB_PAIR_SURVIVAL : 0;
    int code =
        people_room(to, names, FIGMARKET_COLUMNS,
                    settings->couples ? settings->couples : FIGMARKET_USUAL, error);
    size_t couples = to->couples;
    double *drawn =
        ebb_new_array(&to->alloc, couples, FIGMARKET_TRAITS * sizeof *drawn);
    code = code ? code
           : drawn
               ? EBB_OK
               : ebb_fail(error, EBB_ERR_MEMORY, "%s", ebb_strerror(EBB_ERR_MEMORY));
    if (!code) {
        const ebb_pair_couples_t where = {
            .anxiety = {drawn, drawn + couples},
            .avoidance = {drawn + 2 * couples, drawn + 3 * couples}};
        code = ebb_pair_draw(&pair, 0, couples, &where, error);
        for (size_t i = 0; !code && i < couples; i++) {
            figmarket_couple(&where, i, to->cells + i * FIGMARKET_COLUMNS);
        }
    }
    ebb_free_array(&to->alloc, drawn, couples, FIGMARKET_TRAITS * sizeof *drawn);
    return code;
}

/* --- children --------------------------------------------------------------------- */

enum {
    CHILD_CARE, /* as many as there are caregivers: whether it is this one */
    CHILD_UNSTEADY = EBB_CAREGIVERS,
    CHILD_COLD,
    CHILD_LOUDNESS,
    CHILD_AMPLIFY,
    CHILD_SUPPRESS,
    CHILD_WORTH,
    CHILD_BEST,
    CHILD_ANXIETY,
    CHILD_AVOIDANCE,
    CHILD_COLUMNS
};

typedef struct children_job {
    ebb_develop_settings_t develop;
    ebb_develop_numbers_t numbers;
    bool shades;                 /* of care, instead of the four caregivers */
    bool same;                   /* all answer as the responsive one does */
    double best[EBB_CAREGIVERS]; /* the level that pays best with each */
    ebb_figure_couples_t *to;
} children_job_t;

static void children_best(children_job_t *job)
{
    for (size_t k = 0; k < EBB_CAREGIVERS; k++) {
        ebb_caregiver_t care = ebb_caregiver(job->same ? EBB_CARE_RESPONSIVE : k);
        size_t best = 0;
        for (size_t level = 1; level < EBB_DEVELOP_LEVELS; level++) {
            if (ebb_develop_pays(&job->develop, &care, level) >
                ebb_develop_pays(&job->develop, &care, best)) {
                best = level;
            }
        }
        job->best[k] = (double)best / (EBB_DEVELOP_LEVELS - 1);
    }
}

/* One of the four, each as often as its share. */
static ebb_caregiver_t children_one(const children_job_t *job, double chance,
                                    double *row)
{
    size_t k = 0;
    double below = ebb_upbringing_share(&job->numbers, k);
    while (k + 1 < EBB_CAREGIVERS && chance >= below) {
        below += ebb_upbringing_share(&job->numbers, ++k);
    }
    row[CHILD_CARE + k] = 1;
    row[CHILD_BEST] = job->best[k];
    return ebb_caregiver(job->same ? EBB_CARE_RESPONSIVE : k);
}

/* A shade between responsive, inconsistent and rejecting. */
static ebb_caregiver_t children_shade(const children_job_t *job, double unsteady,
                                      double cold, double *row)
{
    const ebb_caregiver_t responsive = ebb_caregiver(EBB_CARE_RESPONSIVE);
    const ebb_caregiver_t inconsistent = ebb_caregiver(EBB_CARE_INCONSISTENT);
    const ebb_caregiver_t rejecting = ebb_caregiver(EBB_CARE_REJECTING);
    row[CHILD_UNSTEADY] = unsteady;
    row[CHILD_COLD] = cold;
    row[CHILD_BEST] = (double)NAN;
    ebb_caregiver_t care = ebb_caregiver_between(&responsive, &inconsistent, unsteady);
    care = ebb_caregiver_between(&care, &rejecting, cold);
    return job->same ? responsive : care;
}

/* The child itself; in the two dimensions stands what is drawn for the rest. */
static int children_grow(const children_job_t *job, size_t i, ebb_error_t *error)
{
    double *row = job->to->cells + i * CHILD_COLUMNS;
    ebb_random_block_t draw =
        ebb_random_stream(EBB_STREAM_CHILDREN, job->develop.seed, (uint32_t)i, 0, 0);
    double first = ebb_random_uniform(draw.a), second = ebb_random_uniform(draw.b);
    ebb_child_t child = {0};
    memset(row, 0, CHILD_COLUMNS * sizeof *row);
    ebb_caregiver_t care = job->shades ? children_shade(job, first, second, row)
                                       : children_one(job, first, row);
    int code = ebb_develop_child(&job->develop, &care, (uint32_t)i, &child, error);
    row[CHILD_LOUDNESS] = child.loudness;
    row[CHILD_AMPLIFY] = child.loudness > EBB_DEVELOP_LOUD;
    row[CHILD_SUPPRESS] = child.loudness < EBB_DEVELOP_QUIET;
    row[CHILD_WORTH] = child.worth;
    row[CHILD_ANXIETY] = ebb_random_normal(draw.c);
    row[CHILD_AVOIDANCE] = ebb_random_normal(draw.d);
    return code;
}

/* What the adults have of it [eq 309]. */
static void children_adults(const children_job_t *job)
{
    double mean = 0, squares = 0, n = 0, carry = job->numbers.carry;
    for (size_t i = 0; i < job->to->couples; i++) {
        double off = job->to->cells[i * CHILD_COLUMNS + CHILD_LOUDNESS] - mean;
        mean += off / ++n;
        squares += off * (job->to->cells[i * CHILD_COLUMNS + CHILD_LOUDNESS] - mean);
    }
    double sd = sqrt(squares / n);
    for (size_t i = 0; i < job->to->couples; i++) {
        double *row = job->to->cells + i * CHILD_COLUMNS;
        double policy = sd > 0 ? (row[CHILD_LOUDNESS] - mean) / sd : 0;
        double rest = sqrt(1 - carry * carry);
        row[CHILD_ANXIETY] = carry * policy + rest * row[CHILD_ANXIETY];
        row[CHILD_AVOIDANCE] = -carry * policy + rest * row[CHILD_AVOIDANCE];
    }
}

int ebb_figure_children(ebb_figure_couples_t *to, bool shades,
                        const ebb_figure_settings_t *settings, size_t draw,
                        ebb_error_t *error)
{
    static const char *const names[CHILD_COLUMNS] = {
        "responsive", "inconsistent", "rejecting", "frightening", "unsteady",
        "cold",       "loudness",     "amplify",   "suppress",    "worth",
        "best",       "anxiety",      "avoidance"};
    children_job_t job = {
        .develop = {.seed = settings->seed + draw, .alloc = &to->alloc},
        .numbers = ebb_develop_usual(),
        .shades = shades,
        .same = people_without(settings, "care_response"),
        .to = to};
    job.develop.without =
        people_without(settings, "care_variance") ? EBB_DEVELOP_MOOD : 0;
    if (!shades) {
        children_best(&job);
    }
    int code =
        people_room(to, names, CHILD_COLUMNS,
                    settings->couples ? settings->couples : CHILDREN_USUAL, error);
    for (size_t i = 0; i < to->couples && !code; i++) {
        code = children_grow(&job, i, error);
    }
    if (!code) {
        children_adults(&job);
    }
    return code;
}
