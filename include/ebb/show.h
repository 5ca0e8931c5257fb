/* SPDX-License-Identifier: MIT
 *
 * What a model is, for a reader: the result of `ebb model show` as a JSON document and
 * as text for a terminal.
 *
 * Scenarios are shown likewise: those that ship as a list, one as a text.
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

/**
 * Lists the scenarios that ship, one a line: name, length, model, and as much of the
 * sentence as fits.
 *
 * @param[in,out] out   appended to; no line is wider than the width, unless a name is
 * @param[in]     opts  NULL for the defaults; `colour` is not used
 * @return 0 or EBB_ERR_MEMORY. Of a scenario that declares facts (ebb/safety.h) neither
 * length nor model is told, as it is not run. Cost: each file and model is read once.
 */
int ebb_show_scenarios(ebb_text_t *out, const ebb_show_opts_t *opts) EBB_MUST_CHECK;

/**
 * Lists the scenarios that ship as a JSON document (schema "ebb/scenarios", version 1):
 * of each name, sentence, model, length, and the facts it declares; of one that
 * declares any, neither model nor length.
 *
 * @param[in,out] out  appended to; UTF-8, one line, ends with a newline
 * @return 0 or EBB_ERR_MEMORY. The same program gives the same bytes.
 */
int ebb_show_scenarios_json(ebb_text_t *out) EBB_MUST_CHECK;

/**
 * Writes a scenario as text for a terminal: its sentence, model and length, what is set
 * and what happens on the way as it stands in the file, and what is expected of how
 * many runs. Ask ebb_gate_closed first.
 *
 * @param[in,out] out       appended to; no line is wider than the width, unless a name
 *                          is
 * @param[in]     scenario  from ebb_scenario_read
 * @param[in]     text      that it was read from, with the same choice of scenario
 * @param[in]     opts      NULL for the defaults
 * @return 0 or EBB_ERR_MEMORY.
 */
int ebb_show_scenario(ebb_text_t *out, const ebb_scenario_t *scenario,
                      const ebb_model_text_t *text,
                      const ebb_show_opts_t *opts) EBB_MUST_CHECK;

/**
 * Writes a scenario as a JSON document (schema "ebb/scenario", version 1): the same as
 * ebb_show_scenario. Ask ebb_gate_closed first.
 *
 * @param[in,out] out       appended to; UTF-8, one line, ends with a newline
 * @param[in]     scenario  from ebb_scenario_read
 * @param[in]     text      that it was read from, with the same choice of scenario
 * @return 0 or EBB_ERR_MEMORY. The same file gives the same bytes.
 */
int ebb_show_scenario_json(ebb_text_t *out, const ebb_scenario_t *scenario,
                           const ebb_model_text_t *text) EBB_MUST_CHECK;

#endif
