/* SPDX-License-Identifier: MIT
 * One section of a program as values that are made once, and a good order to make them
 * in. */
#ifndef EBB_TOOLS_NATIVE_SECTION_H
#define EBB_TOOLS_NATIVE_SECTION_H

#include "run/native.h"

/* What operation number `op` of the program makes, or, if that is EBB_NONE, what is in
 * a register from the beginning. */
typedef struct value {
    uint32_t op, number;
} value_t;

typedef struct section {
    value_t (*operands)[3]; /* of each operation of the program */
    value_t *roots;
    size_t root_count;
    uint32_t *order; /* the operations of the section */
    size_t count;
    bool *done; /* of each operation: false at first, for the owner to set */
    /* scratch */
    value_t *held;    /* what each register holds */
    unsigned *height; /* of each operation: how long what follows takes */
    unsigned *ready;  /* from when on its operands are there */
} section_t;

/* Memory for any section of a program; to be released with section_free, also after a
 * failure. Returns 0 or EBB_ERR_MEMORY. */
int section_init(section_t *s, const ebb_program_t *program);
void section_free(section_t *s);

/**
 * Turns to a section: finds what its operations and roots are made of, and an order.
 *
 * Processors look ahead some hundred instructions, which is less than a step of a model
 * has; so operations are put in an order in which each waits as little as possible for
 * its operands: of those that are ready the one which most has to follow comes first.
 */
void section_open(section_t *s, const ebb_program_t *program, ebb_section_t section);

/* Whether a value is there, by `done`. */
static inline bool section_knows(const section_t *s, value_t value)
{
    return value.op == EBB_NONE || s->done[value.op];
}

#endif
