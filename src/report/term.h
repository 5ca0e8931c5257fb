/* SPDX-License-Identifier: MIT
 * The sections of the terminal text, for the term_*.c and terminal.c. */
#ifndef EBB_REPORT_TERM_H
#define EBB_REPORT_TERM_H

#include "report/layout.h"
#include "report/parts.h"

typedef struct ebb_term {
    ebb_layout_t layout;
    const ebb_report_source_t *from;
    const ebb_cycle_t *cycle;
    char names[2][96]; /* safe to print, at most 16 columns */
} ebb_term_t;

/* Slots with {a}, {b}: the two names. */
ebb_slots_t ebb_term_slots(const ebb_term_t *term);

/* The same with {s}, the one who writes again, and {o}, the other. */
ebb_slots_t ebb_term_arm_slots(const ebb_term_t *term, int pursuer);

/* Sections in the order of the page. */
void ebb_term_amount(const ebb_term_t *term);
void ebb_term_weeks(const ebb_term_t *term);
void ebb_term_strengths(const ebb_term_t *term);
void ebb_term_cycle(const ebb_term_t *term);
void ebb_term_quarters(const ebb_term_t *term);
void ebb_term_limits(const ebb_term_t *term);

#endif
