/* SPDX-License-Identifier: MIT
 *
 * The result of `ebb report` as a JSON document, and its two renderers: terminal and
 * page.
 *
 * The document (schema "ebb/report", version 1, described in docs/schema.md) is the
 * result; text and page only show it. It holds no message text; it holds names and file
 * labels only when asked.
 */
#ifndef EBB_REPORT_H
#define EBB_REPORT_H

#include <stdbool.h>

#include "ebb/cycle.h"
#include "ebb/error.h"
#include "ebb/messages.h"
#include "ebb/text.h"

typedef struct ebb_report_opts {
    bool names;        /* persons' names instead of A and B */
    bool made_by_both; /* both partners know of and take part in this report */
    const char *me;    /* "A", "B" or NULL: who made it, when one did */
    const char *tz;    /* zone given by the user, or NULL */
    const char
        *country; /* ISO 3166 code for the help lines, or NULL: all that are known */
    const char *language; /* "en"; the texts that exist */
    int width;            /* columns of the terminal text, 40..200; 0 means 80 */
    bool colour;          /* terminal text may use ANSI colours */
} ebb_report_opts_t;

/**
 * Writes the result as a JSON document.
 *
 * @param[out] out      appended to; UTF-8, one line, ends with a newline
 * @param[in]  history  what was read
 * @param[in]  cycle    what was measured from it
 * @param[in]  opts     NULL for the defaults
 * @return 0 or EBB_ERR_MEMORY. The same input gives the same bytes.
 */
int ebb_report_json(ebb_text_t *out, const ebb_history_t *history,
                    const ebb_cycle_t *cycle,
                    const ebb_report_opts_t *opts) EBB_MUST_CHECK;

/** Writes the result as text for a terminal, at most `width` columns; see
 * ebb_report_json. */
int ebb_report_terminal(ebb_text_t *out, const ebb_history_t *history,
                        const ebb_cycle_t *cycle,
                        const ebb_report_opts_t *opts) EBB_MUST_CHECK;

/**
 * Writes how much there is as one sentence: messages of each, weeks, calls. No arm, no
 * role, no estimate: what may stand beside the words of a closed gate (ebb/safety.h).
 *
 * @param[out] out      appended to; UTF-8, no newline
 * @param[in]  history  what was read
 * @param[in]  cycle    what was counted in it
 * @param[in]  opts     NULL for the defaults; `names` and `language` are used
 * @return 0 or EBB_ERR_MEMORY.
 */
int ebb_report_counts(ebb_text_t *out, const ebb_history_t *history,
                      const ebb_cycle_t *cycle,
                      const ebb_report_opts_t *opts) EBB_MUST_CHECK;

/**
 * Writes the weeks of a record as a table: one row a week, Monday to Sunday.
 *
 * Columns: week (date of its Monday), messages, turns and follow-ups of each
 * (`messages_a`, `messages_b` ...), median minutes until each one's answer, hours of
 * the longest silence that ended in it. Missing numbers are empty fields.
 *
 * @param[out] out    appended to; ASCII, lines end with '\n', the first names the
 * columns
 * @param[in]  cycle  what was measured
 * @return 0 or EBB_ERR_MEMORY. Holds no names.
 */
int ebb_report_csv(ebb_text_t *out, const ebb_cycle_t *cycle) EBB_MUST_CHECK;

/**
 * Makes the page: the embedded program, styles and texts with a report document inside.
 *
 * @param[out] out   appended to; one HTML file that opens from disk and fetches nothing
 * @param[in]  json  `length` bytes as ebb_report_json wrote them
 * @param[in]  length number of bytes
 * @return 0 or EBB_ERR_MEMORY.
 */
int ebb_report_page(ebb_text_t *out, const char *json, size_t length) EBB_MUST_CHECK;

#endif
