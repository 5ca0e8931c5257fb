/* SPDX-License-Identifier: MIT
 * Growing lists of borrowed strings. */
#ifndef EBB_CLI_LIST_H
#define EBB_CLI_LIST_H

#include "options.h"

/* Appends; returns false when out of memory. */
bool list_add(string_list_t *list, const char *item);

/* Releases the list, not its strings. */
void list_free(string_list_t *list);

#endif
