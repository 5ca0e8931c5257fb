/* SPDX-License-Identifier: MIT
 *
 * Where a result goes: stdout, or a file that appears whole or not at all.
 *
 * A file that is interrupted (Ctrl-C, hang-up, termination) is dropped, what stood at
 * its path stands there still, and ebb ends as by that signal. A reader that closes the
 * pipe ends ebb quietly and well.
 */
#ifndef EBB_CLI_OUTPUT_H
#define EBB_CLI_OUTPUT_H

#include <stdbool.h>

#include "ebb/host.h"
#include "ebb/text.h"
#include "exit.h"

typedef struct output {
    const char *path; /* NULL: stdout */
    int fd;           /* of stdout or a special file; -1 when `writer` is used */
    ebb_file_writer_t *writer;
    ebb_sink_t file; /* of the writer */
    bool pipe_closed;
} output_t;

/* Opens `path`; NULL and "-" mean stdout. Returns 0 or EBB_ERR_IO, EBB_ERR_MEMORY. */
int output_open(output_t *output, const char *path, ebb_error_t *error) EBB_MUST_CHECK;

/* The sink that writes to it; valid until it is closed. */
ebb_sink_t output_sink(output_t *output);

/**
 * Ends the output: keeps it when `code` is 0, else drops it.
 *
 * @param[in] code   how the writing went: 0 or what the sink (or its user) returned
 * @param[in] error  the text that goes with `code`; reused for what closing finds
 * @return the exit status; anything but EXIT_OK has been told on stderr.
 */
exit_status_t output_close(output_t *output, int code, ebb_error_t *error);

/* Opens, writes and closes: one text to one place. Releases the text. */
exit_status_t output_text(const char *path, ebb_text_t *text);

#endif
