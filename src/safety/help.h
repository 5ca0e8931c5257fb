/* SPDX-License-Identifier: MIT
 * Where help is, country by country; from help_lines.tsv, which says how a line gets
 * in.
 */
#ifndef EBB_SAFETY_HELP_H
#define EBB_SAFETY_HELP_H

#include <stddef.h>

/* One place to turn to. Static UTF-8; what is not known is NULL. */
typedef struct ebb_help_line {
    const char *country; /* ISO 3166 code */
    const char *kind;    /* "emergency", "violence", "crisis", "men", "children" */
    const char *name;
    const char *number; /* as one dials it in that country */
    const char *url;
    const char *source;  /* where it is stated officially */
    const char *checked; /* day on which the source was opened, YYYY-MM-DD */
} ebb_help_line_t;

/* All lines, by country; `*count` receives their number. Static data. */
const ebb_help_line_t *ebb_help_lines(size_t *count);

/* The code by which lines are kept for a country ("UK" is kept as "GB"), or NULL where
 * there is none. */
const char *ebb_help_country(const char *country);

/* The emergency number of a country, or NULL where none is known. */
const char *ebb_help_emergency(const char *country);

/* The generated table. */
extern const ebb_help_line_t ebb_help_rows[];
extern const size_t ebb_help_row_count;

#endif
