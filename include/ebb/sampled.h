/* SPDX-License-Identifier: MIT
 *
 * A population or a trial over a sample of parameters: the numbers of each draw, and
 * what they come to.
 *
 * The document (schema "ebb/sampled", version 1) is described in docs/schema.md.
 */
#ifndef EBB_SAMPLED_H
#define EBB_SAMPLED_H

#include "ebb/error.h"
#include "ebb/populated.h"
#include "ebb/sample.h"
#include "ebb/simulate.h"
#include "ebb/text.h"
#include "ebb/trialed.h"

/* A number of one draw. Strings live as long as the population or trial. */
typedef struct ebb_sampled_row {
    const char *number; /* what it is: "not_parted", "effect_end", ... */
    const char *group;  /* "all", a group's name, "others" */
    const char *arm;    /* of a trial; NULL of a population */
    const char *unit;   /* "share", "sd", "a year" */
    double value;       /* NaN where there is none */
    double error;       /* standard error, of chance among the couples */
} ebb_sampled_row_t;

/**
 * The numbers of a population: in each group who has not parted, who stays and is
 * satisfied (shares of 0 to 1), and episodes a year.
 *
 * @param[in]  from  what was run, and what came out
 * @param[out] rows  the first `room` of them; the same ones for every tally of a
 *                   population
 * @param[in]  room  how many fit
 * @param[out] count how many there are
 * @return 0 or EBB_ERR_MEMORY
 */
int ebb_populated_numbers(const ebb_populated_t *from, ebb_sampled_row_t *rows,
                          size_t room, size_t *count) EBB_MUST_CHECK;

/**
 * The numbers of a trial: the effect at the end and later (in sd, against the first
 * arm), who is better, recovered and worse (shares of 0 to 1); of each the arms, and of
 * each arm its groups, beginning with all couples.
 *
 * @param[in]  from  what was run, and what came out
 * @param[out] rows  as of ebb_populated_numbers
 * @param[in]  room  how many fit
 * @param[out] count how many there are
 * @return 0
 */
int ebb_trialed_numbers(const ebb_trialed_t *from, ebb_sampled_row_t *rows, size_t room,
                        size_t *count) EBB_MUST_CHECK;

/* What was run and what came out; all is borrowed. */
typedef struct ebb_sampled {
    const char *kind;        /* "population" or "trial" */
    const char *name, *text; /* of it; text may be "" */
    const char *model;
    uint64_t couples, seed; /* of each draw; draw k has the seed `seed` + k */
    const ebb_sample_t *sample;
    size_t draws;
    size_t count;                  /* numbers of a draw */
    const ebb_sampled_row_t *rows; /* draws x count */
} ebb_sampled_t;

/* A number over all draws: the mean, with 95 % of chance and of what is open about the
 * parameters, as eq 502 of docs/maths/figures.md has it; cut where no share or rate can
 * be. */
typedef struct ebb_sampled_over {
    size_t draws;            /* that have it */
    double value, low, high; /* NaN where more than half have none */
} ebb_sampled_over_t;

/** A number over all draws.
 *
 * @param[in] from  what came out
 * @param[in] k     below `count`
 */
ebb_sampled_over_t ebb_sampled_number(const ebb_sampled_t *from, size_t k);

/**
 * Writes the result as a JSON document.
 *
 * @param[in,out] out   appended to; UTF-8, one line, ends with a newline
 * @param[in]     from  what was run, and what came out
 * @return 0 or EBB_ERR_MEMORY. The same input gives the same bytes; what is not finite
 * is null.
 */
int ebb_sampled_json(ebb_text_t *out, const ebb_sampled_t *from) EBB_MUST_CHECK;

/**
 * Writes the result as a table: a line for each number, with all draws.
 *
 * @param[in,out] out   appended to; as of ebb_populated_csv
 * @param[in]     from  what was run, and what came out
 * @return 0 or EBB_ERR_MEMORY.
 */
int ebb_sampled_csv(ebb_text_t *out, const ebb_sampled_t *from) EBB_MUST_CHECK;

/**
 * Writes the result for a terminal.
 *
 * @param[in,out] out   appended to; no line is wider than the width
 * @param[in]     from  what was run, and what came out
 * @param[in]     opts  NULL for the defaults
 * @return 0 or EBB_ERR_MEMORY.
 */
int ebb_sampled_terminal(ebb_text_t *out, const ebb_sampled_t *from,
                         const ebb_picture_opts_t *opts) EBB_MUST_CHECK;

#endif
