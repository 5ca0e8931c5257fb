/* SPDX-License-Identifier: MIT
 * How far a long step has got: one line on a terminal, nothing anywhere else. */
#ifndef EBB_CLI_PROGRESS_H
#define EBB_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct progress {
    const char *doing; /* "reading": one word of seven letters */
    bool shown;        /* stderr is a terminal that understands a carriage return */
    int64_t began_ms;  /* steps shorter than half a second show nothing */
    int64_t drawn_ms;  /* last drawing; ten a second at most */
    bool line_is_open; /* something stands on the line */
} progress_t;

progress_t progress_begin(const char *doing);

/* For callbacks called `progress`, with a progress_t as user; never cancels. */
int progress_update(void *user, uint64_t done, uint64_t total);

/* The same, and how long the rest will take at the pace so far. */
int progress_left(void *user, uint64_t done, uint64_t total);

/* Wipes the line. */
void progress_end(progress_t *progress);

#endif
