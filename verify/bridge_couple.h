/* SPDX-License-Identifier: MIT
 * One couple of the bridge study: drawn, run with and without the link, written,
 * measured. */
#ifndef EBB_VERIFY_BRIDGE_COUPLE_H
#define EBB_VERIFY_BRIDGE_COUPLE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "ebb/cycle.h"
#include "ebb/model.h"

/* What is known of a couple. Shares are of A's pursuit, A being the one drawn as
 * anxious: 1 - mean without the link / mean with it. */
typedef struct bridge_row {
    int index, secure;          /* number in its group; 1: of the secure ones */
    double traits[4];           /* a.anxiety, a.avoidance, b.anxiety, b.avoidance */
    double share;               /* of the year whose messages are measured */
    double share_expected;      /* mean over BRIDGE_AGAIN couples of the same numbers */
    double pursuit, withdrawal; /* means of that year: A's, B's */
    double same;     /* difference between A's mean and that of the run that writes */
    double messages; /* of the year */
    int verdict[2];  /* ebb_verdict_t: A pursues, B pursues */
    double followups, p, p_se, w, w_se, measured, low, high; /* A pursues */
    double measured_b;                                       /* B pursues */
} bridge_row_t;

#define BRIDGE_AGAIN 20

/* Draws couple `index` of a group and finds all of its row. False, having said why, if
 * it cannot be done. */
bool bridge_couple(const ebb_model_t *model, uint64_t seed, int index, bool secure,
                   bridge_row_t *row);

void bridge_row_head(FILE *file);
void bridge_row_write(FILE *file, const bridge_row_t *row);

/* Reads the next row; false at the end or at one that is not whole. */
bool bridge_row_read(FILE *file, bridge_row_t *row);

#endif
