/* SPDX-License-Identifier: MIT
 * Looking up where help is. */
#include "safety/help.h"

#include <string.h>

const ebb_help_line_t *ebb_help_lines(size_t *count)
{
    *count = ebb_help_row_count;
    return ebb_help_rows;
}

const char *ebb_help_country(const char *country)
{
    const char *code = strcmp(country, "UK") == 0 ? "GB" : country;
    for (size_t i = 0; i < ebb_help_row_count; i++) {
        if (strcmp(ebb_help_rows[i].country, code) == 0) {
            return ebb_help_rows[i].country;
        }
    }
    return NULL;
}

const char *ebb_help_emergency(const char *country)
{
    country = ebb_help_country(country);
    for (size_t i = 0; country && i < ebb_help_row_count; i++) {
        const ebb_help_line_t *line = &ebb_help_rows[i];
        if (strcmp(line->country, country) == 0 &&
            strcmp(line->kind, "emergency") == 0) {
            return line->number;
        }
    }
    return NULL;
}
