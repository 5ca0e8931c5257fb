/* SPDX-License-Identifier: MIT
 * What the terminal is and may be asked for. */
#ifndef EBB_CLI_SCREEN_H
#define EBB_CLI_SCREEN_H

#include <stdbool.h>

/* Whether `fd` is a terminal that can move its cursor (TERM is not "dumb"). */
bool screen_is_terminal(int fd);

/* Whether colour may be written there: a terminal, and NO_COLOR empty or not set. */
bool screen_has_colour(int fd);

/* Whether the locale says that text is UTF-8. */
bool screen_has_utf8(void);

/* Columns for text on `fd`: 80, or fewer when the terminal has fewer; at least 40. */
int screen_width(int fd);

#endif
