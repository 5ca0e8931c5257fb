/* SPDX-License-Identifier: MIT
 *
 * Two arms of the same couples: each couple runs with and without something, with the
 * same random numbers, and its means are compared with each other.
 *
 * Use: one contrast for both arms; each arm's run hands every couple to
 * ebb_contrast_take (it has the form of ebb_ensemble_t.write), on any thread.
 */
#ifndef EBB_CONTRAST_H
#define EBB_CONTRAST_H

#include <stddef.h>
#include <stdint.h>

#include "ebb/alloc.h"
#include "ebb/error.h"
#include "ebb/text.h"

/* More couples than this are not compared: their means would fill the memory. */
#define EBB_CONTRAST_COUPLES_MOST 1000000

typedef struct ebb_contrast ebb_contrast_t;

/* Which rows are looked at. */
typedef struct ebb_contrast_settings {
    uint64_t couples;     /* 1 to EBB_CONTRAST_COUPLES_MOST */
    size_t time_count;    /* rows of a couple */
    size_t first_time;    /* the first row that counts */
    size_t output_count;  /* numbers of a row */
    const size_t *picked; /* `count` of them that are compared; copied */
    size_t count;
    const ebb_alloc_t *alloc; /* NULL: default; borrowed for the contrast's life */
} ebb_contrast_settings_t;

/* One arm of a contrast: the user of ebb_contrast_take. */
typedef struct ebb_contrast_arm {
    ebb_contrast_t *contrast;
    int arm; /* 0 without, 1 with */
} ebb_contrast_arm_t;

/* What is found of one picked number. */
typedef struct ebb_contrast_row {
    double without, with; /* means over couples of their means over time */
    double difference;    /* with less without, couple by couple */
    double low, high;     /* 95 % interval of it; NaN below 20 couples, or when all are
                             alike */
    uint64_t couples;     /* that have numbers in both arms */
} ebb_contrast_row_t;

/**
 * Begins a contrast.
 *
 * @param[out] contrast  new, to be released with ebb_contrast_free; NULL on failure
 * @param[in]  settings  see there
 * @param[out] error     may be NULL
 * @return 0, EBB_ERR_ARGUMENT, EBB_ERR_MEMORY (it takes 16 bytes for each couple and
 * picked number).
 */
int ebb_contrast_new(ebb_contrast_t **contrast, const ebb_contrast_settings_t *settings,
                     ebb_error_t *error) EBB_MUST_CHECK;

/** Releases a contrast; NULL is a no-op. */
void ebb_contrast_free(ebb_contrast_t *contrast);

/**
 * Takes a couple's rows in one arm: each picked number's mean over the times that count
 * and have a number, which are those at which the couple lasts if the run was told so
 * (`lasting_only`).
 *
 * @param[in,out] user    an ebb_contrast_arm_t
 * @param[in]     out     not used
 * @param[in]     couple  below `couples`
 * @param[in]     rows    of the run
 * Thread-safe for distinct couples.
 */
void ebb_contrast_take(void *user, ebb_text_t *out, uint64_t couple,
                       const double *rows);

/**
 * Compares the arms.
 *
 * @param[in] contrast  to which both arms were handed
 * @param[in] picked    index below `count`
 * @return by value; without couples the numbers are NaN. The interval is 1.96 standard
 * errors of the couples' differences: of chance among couples, not of the model.
 */
ebb_contrast_row_t ebb_contrast_row(const ebb_contrast_t *contrast, size_t picked);

#endif
