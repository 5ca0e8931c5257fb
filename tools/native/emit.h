/* SPDX-License-Identifier: MIT
 *
 * Writes models as C: kernels over lanes, and the table by which a run finds them.
 *
 * Main idea: a run is compiled to a program just as for the interpreter, and the
 * operations of a section become the statements of one loop over lanes, each with a
 * variable of its own: leaves are read from rows, results written to rows, and the
 * compiler keeps what is between in vector registers. For each model there are kernels
 * for discrete time, or for Euler's steps, Heun's and rates alone (run/native.h).
 */
#ifndef EBB_TOOLS_NATIVE_EMIT_H
#define EBB_TOOLS_NATIVE_EMIT_H

#include "ebb/model.h"

/* One writing: kernels go to `code`, rows of the table to `table`. */
typedef struct emit {
    ebb_text_t code, table;
} emit_t;

/* Begins with the head of the file. */
void emit_begin(emit_t *emit);

/* Adds the kernels of a model. Returns 0 or an EBB_ERR_ code. */
int emit_model(emit_t *emit, const ebb_model_t *model, ebb_error_t *error);

/* Ends: `code` has the whole file. */
void emit_end(emit_t *emit);

void emit_free(emit_t *emit);

#endif
