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

typedef enum ebb_arm { ARM_PURSUIT, ARM_WITHDRAWAL } ebb_arm_t;

/* Whether an arm is claimed, and whether it lies the other way round than a loop needs:
 * then no record of any length would make it one. */
bool ebb_term_arm_stands(const ebb_term_t *term, int pursuer, ebb_arm_t arm);
bool ebb_term_arm_away(const ebb_term_t *term, int pursuer, ebb_arm_t arm);

/* Whether either arm of a direction lies the other way round. */
bool ebb_term_direction_away(const ebb_term_t *term, int pursuer);

/* What is known of one arm with its interval, appended or as a point. */
void ebb_term_arm_phrase(const ebb_term_t *term, ebb_text_t *out, int pursuer,
                         ebb_arm_t arm);
void ebb_term_arm_point(const ebb_term_t *term, int pursuer, ebb_arm_t arm);

/* A point for each direction in which answers come sooner after writing again. */
void ebb_term_reminders(const ebb_term_t *term);

/* Why no loop is claimed in a direction, a point each; and the same under its name. */
void ebb_term_reasons(const ebb_term_t *term, int pursuer);
void ebb_term_missing(const ebb_term_t *term, int pursuer);

/* Slots for the sentence of how much there is. */
ebb_slots_t ebb_term_amount_slots(const ebb_term_t *term);

/* Sections in the order of the page. */
void ebb_term_amount(const ebb_term_t *term);
void ebb_term_weeks(const ebb_term_t *term);
void ebb_term_strengths(const ebb_term_t *term);
void ebb_term_cycle(const ebb_term_t *term);
void ebb_term_quarters(const ebb_term_t *term);
void ebb_term_limits(const ebb_term_t *term);

#endif
