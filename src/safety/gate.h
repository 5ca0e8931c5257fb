/* SPDX-License-Identifier: MIT
 * The sentences of the closed gate, one by one, for those that write them down. */
#ifndef EBB_SAFETY_GATE_H
#define EBB_SAFETY_GATE_H

#include <stddef.h>

#include "ebb/safety.h"

typedef enum ebb_gate_kind {
    EBB_GATE_TITLE,
    EBB_GATE_FACT, /* one that was declared */
    EBB_GATE_WORDS,
    EBB_GATE_HELP,
    EBB_GATE_COUNTS /* how much there is, where that is known */
} ebb_gate_kind_t;

typedef struct ebb_gate_line {
    ebb_gate_kind_t kind;
    const char *key; /* of the text table; NULL: `text` is the sentence */
    const char *text;
    const char *number; /* for the key's {number}; NULL where it has none */
    ebb_fact_t fact;    /* of EBB_GATE_FACT */
} ebb_gate_line_t;

#define EBB_GATE_LINES_MOST 32

/* Fills `lines` in the order in which they are read; returns how many there are. */
size_t ebb_gate_lines(ebb_facts_t facts, const ebb_gate_opts_t *opts,
                      ebb_gate_line_t lines[EBB_GATE_LINES_MOST]);

/* The word of a kind in tables: "title", "fact", "words", "help", "counts".
 */
const char *ebb_gate_kind_word(ebb_gate_kind_t kind);

#endif
