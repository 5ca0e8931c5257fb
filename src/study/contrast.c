/* SPDX-License-Identifier: MIT
 * Means of each couple in two arms, and their differences in pairs. */
#include "ebb/contrast.h"

#include <stdbool.h>
#include <string.h>

#include "core/fail.h"
#include "core/memory.h"
#include "math/bits.h"

#define CONTRAST_COUPLES_LEAST \
    20 /* for an interval: fewer tell too little of their sd */
#define CONTRAST_WIDTH 1.959963984540054 /* 97.5th centile of the normal law */

struct ebb_contrast {
    ebb_contrast_settings_t settings;
    size_t *picked;
    double *means[2]; /* [couples][count] */
};

static size_t contrast_cells(const ebb_contrast_t *contrast)
{
    return (size_t)contrast->settings.couples * contrast->settings.count;
}

static const ebb_alloc_t *contrast_alloc(const ebb_contrast_settings_t *settings)
{
    return settings->alloc ? settings->alloc : ebb_alloc_default();
}

int ebb_contrast_new(ebb_contrast_t **contrast, const ebb_contrast_settings_t *settings,
                     ebb_error_t *error)
{
    const ebb_alloc_t *alloc = contrast_alloc(settings);
    *contrast = NULL;
    if (settings->couples < 1 || settings->couples > EBB_CONTRAST_COUPLES_MOST) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "%llu couples are to be compared; it can be 1 to %d",
                        (unsigned long long)settings->couples,
                        EBB_CONTRAST_COUPLES_MOST);
    }
    ebb_contrast_t *fresh = ebb_new_array(alloc, 1, sizeof *fresh);
    if (fresh) {
        fresh->settings = *settings;
        size_t cells = contrast_cells(fresh);
        fresh->picked = ebb_new_array(alloc, settings->count + 1, sizeof(size_t));
        fresh->means[0] = ebb_new_array(alloc, cells + 1, sizeof(double));
        fresh->means[1] = ebb_new_array(alloc, cells + 1, sizeof(double));
    }
    if (!fresh || !fresh->picked || !fresh->means[0] || !fresh->means[1]) {
        ebb_contrast_free(fresh);
        return ebb_fail(error, EBB_ERR_MEMORY, "not enough memory to compare couples");
    }
    if (settings->count) {
        memcpy(fresh->picked, settings->picked, settings->count * sizeof(size_t));
    }
    for (size_t k = 0; k < contrast_cells(fresh); k++) {
        fresh->means[0][k] = fresh->means[1][k] = EBB_NAN;
    }
    *contrast = fresh;
    return EBB_OK;
}

void ebb_contrast_free(ebb_contrast_t *contrast)
{
    if (contrast) {
        const ebb_alloc_t *alloc = contrast_alloc(&contrast->settings);
        size_t cells = contrast_cells(contrast);
        ebb_free_array(alloc, contrast->means[0], cells + 1, sizeof(double));
        ebb_free_array(alloc, contrast->means[1], cells + 1, sizeof(double));
        ebb_free_array(alloc, contrast->picked, contrast->settings.count + 1,
                       sizeof(size_t));
        ebb_free_array(alloc, contrast, 1, sizeof *contrast);
    }
}

void ebb_contrast_take(void *user, ebb_text_t *out, uint64_t couple, const double *rows)
{
    const ebb_contrast_arm_t *arm = user;
    const ebb_contrast_settings_t *s = &arm->contrast->settings;
    double *means = arm->contrast->means[arm->arm] + couple * s->count;
    (void)out;
    for (size_t p = 0; p < s->count; p++) {
        double sum = 0, n = 0;
        for (size_t t = s->first_time; t < s->time_count; t++) {
            double value = rows[t * s->output_count + arm->contrast->picked[p]];
            if (ebb_magnitude(value) < EBB_INFINITY) {
                sum += value;
                n++;
            }
        }
        means[p] = n > 0 ? sum / n : EBB_NAN;
    }
}

/* Sums over the couples that have both numbers. */
typedef struct ebb_contrast_sums {
    double n, without, with, by, squares; /* by: of differences; squares about `mean` */
} ebb_contrast_sums_t;

static ebb_contrast_sums_t contrast_sum(const ebb_contrast_t *contrast, size_t picked,
                                        double mean)
{
    ebb_contrast_sums_t sums = {0};
    size_t count = contrast->settings.count;
    for (uint64_t c = 0; c < contrast->settings.couples; c++) {
        double without = contrast->means[0][c * count + picked];
        double with = contrast->means[1][c * count + picked], by = with - without;
        if (by == by) {
            sums.n++;
            sums.without += without;
            sums.with += with;
            sums.by += by;
            sums.squares += (by - mean) * (by - mean);
        }
    }
    return sums;
}

ebb_contrast_row_t ebb_contrast_row(const ebb_contrast_t *contrast, size_t picked)
{
    ebb_contrast_sums_t sums = contrast_sum(contrast, picked, 0);
    double mean = sums.by / sums.n;
    double squares = contrast_sum(contrast, picked, mean).squares;
    bool enough = sums.n >= CONTRAST_COUPLES_LEAST && squares > 0;
    double width =
        enough ? CONTRAST_WIDTH * __builtin_sqrt(squares / (sums.n - 1) / sums.n)
               : EBB_NAN;
    return (ebb_contrast_row_t){
        .without = sums.without / sums.n,
        .with = sums.with / sums.n,
        .difference = mean,
        .low = mean - width,
        .high = mean + width,
        .couples = (uint64_t)sums.n,
    };
}
