/* SPDX-License-Identifier: MIT
 *
 * What a model is, for a reader: the result of `ebb model show` as a JSON document and
 * as text for a terminal.
 *
 * The document (schema "ebb/model", version 1, described in docs/schema.md) holds every
 * number with all that its author said of it, the statements as they stand in the file,
 * and the file's scenarios; the text shows the same.
 */
#ifndef EBB_SHOW_H
#define EBB_SHOW_H

#include <stdbool.h>

#include "ebb/error.h"
#include "ebb/model.h"
#include "ebb/text.h"

/* How the text is written. */
typedef struct ebb_show_opts {
    int width;            /* columns, 40 to 200; 0 means 80 */
    bool colour;          /* ANSI colours */
    const char *language; /* "en"; NULL means it too */
} ebb_show_opts_t;

/**
 * Writes a model as a JSON document.
 *
 * @param[in,out] out    appended to; UTF-8, one line, ends with a newline
 * @param[in]     model  from ebb_model_read
 * @param[in]     text   that it was read from
 * @return 0 or EBB_ERR_MEMORY. The same file gives the same bytes; its label is not in
 * them. Cost: linear in the text.
 */
int ebb_show_json(ebb_text_t *out, const ebb_model_t *model,
                  const ebb_model_text_t *text) EBB_MUST_CHECK;

/**
 * Writes a model as text for a terminal.
 *
 * @param[in,out] out    appended to; no line is wider than the width, unless a name is
 * @param[in]     model  from ebb_model_read
 * @param[in]     text   that it was read from
 * @param[in]     opts   NULL for the defaults
 * @return 0 or EBB_ERR_MEMORY.
 */
int ebb_show_terminal(ebb_text_t *out, const ebb_model_t *model,
                      const ebb_model_text_t *text,
                      const ebb_show_opts_t *opts) EBB_MUST_CHECK;

#endif
