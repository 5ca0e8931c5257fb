/* SPDX-License-Identifier: MIT
 * Not in src/engine.c: no page brings up a child.
 * Many children with each caregiver, and the adults they become. */
#include <math.h>
#include <string.h>

#include "core/fail.h"
#include "core/memory.h"
#include "study/child.h"

#define BINS 101 /* of loudness, for the middle 80 % */
#define PROGRESS_EACH 256
#define CHILDREN_MOST 10000000

double ebb_upbringing_share(const ebb_develop_numbers_t *n, size_t care)
{
    const double shares[] = {n->responsive, n->inconsistent, n->rejecting,
                             n->frightening};
    double sum = shares[0] + shares[1] + shares[2] + shares[3];
    return shares[care] / sum;
}

double ebb_develop_clusters(const double *numbers, size_t count)
{
    double n = (double)count, mean = 0, m2 = 0, m3 = 0, m4 = 0;
    for (size_t i = 0; i < count; i++) {
        mean += numbers[i] / n;
    }
    for (size_t i = 0; i < count; i++) {
        double d = numbers[i] - mean, d2 = d * d;
        m2 += d2 / n;
        m3 += d2 * d / n;
        m4 += d2 * d2 / n;
    }
    return m2 > 1e-20 ? (m3 * m3 / (m2 * m2 * m2) + 1) / (m4 / (m2 * m2)) : (double)NAN;
}

/* --- children --------------------------------------------------------------------- */

/* How many children were how loud, at each moment. */
typedef uint32_t develop_bins_t[EBB_DEVELOP_TIMES][BINS];

typedef struct develop {
    const ebb_develop_settings_t *settings;
    ebb_develop_numbers_t numbers;
    uint64_t count;
    ebb_child_t *children; /* `count` of each caregiver */
    double *shades;        /* loudness of children with caregivers of every shade */
    develop_bins_t *bins;
    double mean, sd; /* of loudness, over all children by their shares */
} develop_t;

static double develop_bin_of(const uint32_t bins[BINS], double part, uint64_t count)
{
    uint64_t below = 0;
    size_t k = 0;
    while (k + 1 < BINS && (double)(below + bins[k]) < part * (double)count) {
        below += bins[k++];
    }
    return (double)k / (BINS - 1);
}

static void develop_bands(const develop_t *d, ebb_childhood_t *out)
{
    for (size_t t = 0; t < EBB_DEVELOP_TIMES; t++) {
        const uint32_t *bins = (*d->bins)[t];
        out->mean[t] /= (double)d->count;
        out->low[t] = develop_bin_of(bins, 0.1, d->count);
        out->high[t] = develop_bin_of(bins, 0.9, d->count);
    }
}

static int develop_grow(const develop_t *d, size_t care, ebb_childhood_t *out,
                        ebb_error_t *error)
{
    ebb_upbringing_t up;
    double course[EBB_DEVELOP_TIMES];
    int code = ebb_upbringing_make(&up, d->settings, &out->caregiver, error);
    memset(d->bins, 0, sizeof *d->bins);
    for (uint64_t i = 0; i < d->count && !code; i++) {
        d->children[care * d->count + i] = ebb_child_grow(&up, (uint32_t)i, course);
        for (size_t t = 0; t < EBB_DEVELOP_TIMES; t++) {
            out->mean[t] += course[t];
            (*d->bins)[t][(size_t)(course[t] * (BINS - 1) + 0.5)]++;
        }
        uint64_t done = care * d->count + i + 1;
        if (d->settings->progress && done % PROGRESS_EACH == 0 &&
            d->settings->progress(d->settings->user, done, EBB_CAREGIVERS * d->count)) {
            code = ebb_fail(error, EBB_ERR_CANCELLED, "cancelled");
        }
    }
    return code;
}

static void develop_childhood(const develop_t *d, size_t care, ebb_childhood_t *out)
{
    const ebb_child_t *children = d->children + care * d->count;
    double n = (double)d->count, squares = 0;
    uint64_t quiet = 0, loud = 0;
    for (uint64_t i = 0; i < d->count; i++) {
        out->loudness += children[i].loudness / n;
        out->unrest += children[i].unrest / n;
        out->worth += children[i].worth / n;
        quiet += children[i].loudness < EBB_DEVELOP_QUIET ? 1 : 0;
        loud += children[i].loudness > EBB_DEVELOP_LOUD ? 1 : 0;
    }
    for (uint64_t i = 0; i < d->count; i++) {
        double off = children[i].loudness - out->loudness;
        squares += off * off;
    }
    out->loudness_sd = sqrt(squares / (n - 1));
    out->suppress = (double)quiet / n;
    out->amplify = (double)loud / n;
    out->plain = (double)(d->count - quiet - loud) / n;
    for (size_t k = 0; k < EBB_DEVELOP_LEVELS; k++) {
        out->pays[k] = ebb_develop_pays(d->settings, &out->caregiver, k);
    }
    develop_bands(d, out);
}

/* --- adults ----------------------------------------------------------------------- */

/* Mean and SD of loudness over all children, each caregiver with their share. */
static void develop_spread(develop_t *d, const ebb_develop_t *out)
{
    double squares = 0;
    d->mean = 0;
    for (size_t k = 0; k < EBB_CAREGIVERS; k++) {
        double share = ebb_upbringing_share(&d->numbers, k);
        double within = out->care[k].loudness_sd, mean = out->care[k].loudness;
        d->mean += share * mean;
        squares += share * (mean * mean + within * within);
    }
    double variance = squares - d->mean * d->mean;
    d->sd = variance > 1e-12 ? sqrt(variance) : 0; /* all alike: nothing is carried */
}

/* What the adults have of it [eq 309]. */
static void develop_adults(develop_t *d, ebb_develop_t *out)
{
    double between = 0;
    develop_spread(d, out);
    for (size_t k = 0; k < EBB_CAREGIVERS; k++) {
        ebb_childhood_t *care = &out->care[k];
        double z = d->sd > 0 ? (care->loudness - d->mean) / d->sd : 0;
        care->adult_anxiety = d->numbers.carry * z;
        care->adult_avoidance = -d->numbers.carry * z;
        between += ebb_upbringing_share(&d->numbers, k) * z * z;
    }
    out->care_adult = d->numbers.carry * sqrt(between);
}

/* The phi coefficient of a responsive caregiver and plain signals. */
static double develop_security(const develop_t *d, const ebb_develop_t *out)
{
    double plain = 0,
           responsive = ebb_upbringing_share(&d->numbers, EBB_CARE_RESPONSIVE);
    for (size_t k = 0; k < EBB_CAREGIVERS; k++) {
        plain += ebb_upbringing_share(&d->numbers, k) * out->care[k].plain;
    }
    double both = responsive * out->care[EBB_CARE_RESPONSIVE].plain;
    double spread = responsive * (1 - responsive) * plain * (1 - plain);
    return spread > 1e-12 ? (both - responsive * plain) / sqrt(spread) : 0;
}

/* Whether loudness falls into clusters where caregivers do not. */
static int develop_shades(const develop_t *d, double *clusters, ebb_error_t *error)
{
    ebb_caregiver_t from = ebb_caregiver(EBB_CARE_REJECTING);
    ebb_caregiver_t to = ebb_caregiver(EBB_CARE_INCONSISTENT);
    int code = 0;
    for (uint64_t i = 0; i < d->count && !code; i++) {
        double part = ((double)i + 0.5) / (double)d->count;
        ebb_caregiver_t shade = ebb_caregiver_between(&from, &to, part);
        ebb_child_t child = {0};
        code = ebb_develop_child(d->settings, &shade, (uint32_t)i, &child, error);
        d->shades[i] = child.loudness;
    }
    *clusters = ebb_develop_clusters(d->shades, (size_t)d->count);
    return code;
}

static int develop_all(develop_t *d, ebb_develop_t *out, ebb_error_t *error)
{
    int code = 0;
    *out = (ebb_develop_t){.children = d->count};
    for (size_t k = 0; k < EBB_CAREGIVERS && !code; k++) {
        out->care[k].caregiver = ebb_caregiver(k);
        code = develop_grow(d, k, &out->care[k], error);
        if (!code) {
            develop_childhood(d, k, &out->care[k]);
        }
    }
    if (!code) {
        develop_adults(d, out);
        out->security = develop_security(d, out);
        code = develop_shades(d, &out->clusters, error);
    }
    return code;
}

int ebb_develop_run(const ebb_develop_settings_t *settings, uint64_t children,
                    ebb_develop_t *develop, ebb_error_t *error)
{
    const ebb_alloc_t *alloc = settings->alloc ? settings->alloc : ebb_alloc_default();
    develop_t d = {.settings = settings,
                   .numbers =
                       settings->numbers ? *settings->numbers : ebb_develop_usual(),
                   .count = children};
    if (children < 2 || children > CHILDREN_MOST) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "%llu children; 2 to %d can grow up",
                        (unsigned long long)children, CHILDREN_MOST);
    }
    d.children =
        ebb_new_array(alloc, EBB_CAREGIVERS * (size_t)children, sizeof *d.children);
    d.bins = ebb_new_array(alloc, 1, sizeof *d.bins);
    d.shades = ebb_new_array(alloc, (size_t)children, sizeof *d.shades);
    int code = d.children && d.bins && d.shades
                   ? develop_all(&d, develop, error)
                   : ebb_fail(error, EBB_ERR_MEMORY, "no memory for %llu children",
                              (unsigned long long)children);
    ebb_free_array(alloc, d.children, EBB_CAREGIVERS * (size_t)children,
                   sizeof *d.children);
    ebb_free_array(alloc, d.bins, 1, sizeof *d.bins);
    ebb_free_array(alloc, d.shades, (size_t)children, sizeof *d.shades);
    return code;
}
