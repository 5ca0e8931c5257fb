/* SPDX-License-Identifier: MIT
 * What ebb says beside its result: on stderr, never on stdout. */
#ifndef EBB_CLI_TALK_H
#define EBB_CLI_TALK_H

#include "ebb/error.h"
#include "exit.h"

/**
 * Says something on stderr, as printf does.
 *
 * Control characters (a file or a person may be called anything) are shown as '?', so
 * that nothing in the data can drive the terminal.
 */
__attribute__((format(printf, 1, 2))) void talk(const char *format, ...);

/* Tells an error as "ebb: where:line:column: text" and, where a column is known, a line
 * with a caret below it; the place's text itself is never shown. Returns the exit
 * status that goes with its code. */
exit_status_t talk_error(const ebb_error_t *error);

/* The same of memory that is used up, where nothing else tells it. */
exit_status_t talk_no_memory(void);

/* The exit status for an EBB_ code. */
exit_status_t exit_for(int code);

#endif
