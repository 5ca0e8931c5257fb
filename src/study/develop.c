/* SPDX-License-Identifier: MIT
 * Not in src/engine.c: no page brings up a child.
 * Many children with each caregiver, and the adults they become. */
#include <math.h>
#include <string.h>

#include "core/fail.h"
#include "core/memory.h"
#include "math/random.h"
#include "study/child.h"

#define BINS 101 /* of loudness, for the middle 80 % */
#define LOUD (2.0 / 3)
#define QUIET (1.0 / 3)
#define PROGRESS_EACH 256
#define CHILDREN_MOST 10000000

static double develop_shares(const ebb_develop_numbers_t *n, size_t care)
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
    return (m3 * m3 / (m2 * m2 * m2) + 1) / (m4 / (m2 * m2));
}

/* --- children --------------------------------------------------------------------- */

/* How many children were how loud, at each moment. */
typedef uint32_t develop_bins_t[EBB_DEVELOP_TIMES][BINS];

typedef struct develop {
    const ebb_develop_settings_t *settings;
    ebb_develop_numbers_t numbers;
    uint64_t count;
    ebb_child_t *children; /* `count` of each caregiver */
    develop_bins_t *bins;
    int (*progress)(void *user, uint64_t done, uint64_t total);
    void *user;
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
        if (d->progress && done % PROGRESS_EACH == 0 &&
            d->progress(d->user, done, EBB_CAREGIVERS * d->count)) {
            code = ebb_fail(error, EBB_ERR_CANCELLED, "cancelled");
        }
    }
    return code;
}

static void develop_childhood(const develop_t *d, size_t care, ebb_childhood_t *out)
{
    const ebb_child_t *children = d->children + care * d->count;
    double n = (double)d->count, squares = 0;
    for (uint64_t i = 0; i < d->count; i++) {
        out->loudness += children[i].loudness / n;
        out->unrest += children[i].unrest / n;
        out->worth += children[i].worth / n;
        out->suppress += children[i].loudness < QUIET ? 1 / n : 0;
        out->amplify += children[i].loudness > LOUD ? 1 / n : 0;
    }
    for (uint64_t i = 0; i < d->count; i++) {
        double off = children[i].loudness - out->loudness;
        squares += off * off;
    }
    out->loudness_sd = sqrt(squares / (n - 1));
    out->plain = 1 - out->suppress - out->amplify;
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
        double share = develop_shares(&d->numbers, k);
        double within = out->care[k].loudness_sd, mean = out->care[k].loudness;
        d->mean += share * mean;
        squares += share * (mean * mean + within * within);
    }
    double variance = squares - d->mean * d->mean;
    d->sd = variance > 1e-12 ? sqrt(variance) : 0; /* all alike: nothing is carried */
}

/* Both dimensions of the adult that a child becomes [eq D4]. */
static void develop_adult(const develop_t *d, size_t care, uint64_t child, double z,
                          double adult[2])
{
    double carry = d->numbers.carry, rest = sqrt(1 - carry * carry);
    double r = (d->numbers.within_r + carry * carry) / (1 - carry * carry);
    ebb_random_block_t u =
        ebb_random_stream(EBB_STREAM_DEVELOP, d->settings->seed, (uint32_t)child,
                          UINT64_MAX, (uint32_t)care);
    double first = ebb_random_normal(u.a), second = ebb_random_normal(u.b);
    adult[0] = carry * z + rest * first;
    adult[1] = -carry * z + rest * (r * first + sqrt(1 - r * r) * second);
}

static void develop_adults(develop_t *d, ebb_develop_t *out)
{
    double products[2] = {0, 0}, care[2] = {0, 0}, n = (double)d->count;
    develop_spread(d, out);
    for (size_t k = 0; k < EBB_CAREGIVERS; k++) {
        double means[2] = {0, 0}, share = develop_shares(&d->numbers, k);
        for (uint64_t i = 0; i < d->count; i++) {
            double adult[2],
                z = d->sd > 0
                        ? (d->children[k * d->count + i].loudness - d->mean) / d->sd
                        : 0;
            develop_adult(d, k, i, z, adult);
            for (int a = 0; a < 2; a++) {
                means[a] += adult[a] / n;
                products[a] += share * z * adult[a] / n;
            }
        }
        out->care[k].adult_anxiety = means[0];
        out->care[k].adult_avoidance = means[1];
        care[0] += share * means[0] * means[0];
        care[1] += share * means[1] * means[1];
    }
    out->policy_anxiety = products[0];
    out->policy_avoidance = products[1];
    out->care_anxiety = sqrt(care[0]);
    out->care_avoidance = sqrt(care[1]);
}

/* The phi coefficient of a responsive caregiver and plain signals. */
static double develop_security(const develop_t *d, const ebb_develop_t *out)
{
    double plain = 0, responsive = develop_shares(&d->numbers, EBB_CARE_RESPONSIVE);
    for (size_t k = 0; k < EBB_CAREGIVERS; k++) {
        plain += develop_shares(&d->numbers, k) * out->care[k].plain;
    }
    double both = responsive * out->care[EBB_CARE_RESPONSIVE].plain;
    double spread = responsive * (1 - responsive) * plain * (1 - plain);
    return spread > 1e-12 ? (both - responsive * plain) / sqrt(spread) : 0;
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
    }
    return code;
}

int ebb_develop_run(const ebb_develop_settings_t *settings, uint64_t children,
                    ebb_develop_t *develop, const ebb_alloc_t *alloc,
                    int (*progress)(void *user, uint64_t done, uint64_t total),
                    void *user, ebb_error_t *error)
{
    develop_t d = {.settings = settings,
                   .numbers =
                       settings->numbers ? *settings->numbers : ebb_develop_usual(),
                   .count = children,
                   .progress = progress,
                   .user = user};
    if (children < 2 || children > CHILDREN_MOST) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "%llu children; 2 to %d can grow up",
                        (unsigned long long)children, CHILDREN_MOST);
    }
    alloc = alloc ? alloc : ebb_alloc_default();
    d.children =
        ebb_new_array(alloc, EBB_CAREGIVERS * (size_t)children, sizeof *d.children);
    d.bins = ebb_new_array(alloc, 1, sizeof *d.bins);
    int code = d.children && d.bins
                   ? develop_all(&d, develop, error)
                   : ebb_fail(error, EBB_ERR_MEMORY, "no memory for %llu children",
                              (unsigned long long)children);
    ebb_free_array(alloc, d.children, EBB_CAREGIVERS * (size_t)children,
                   sizeof *d.children);
    ebb_free_array(alloc, d.bins, 1, sizeof *d.bins);
    return code;
}
