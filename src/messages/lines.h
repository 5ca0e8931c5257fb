/* SPDX-License-Identifier: MIT
 * An input as lines of text, read through a buffer of fixed size. */
#ifndef EBB_MESSAGES_LINES_H
#define EBB_MESSAGES_LINES_H

#include "messages/reader.h"

/* Set import, input and error, zero the rest, then ebb_lines_open. */
typedef struct ebb_line_reader {
    ebb_import_t *import;
    const ebb_input_t *input;
    ebb_error_t *error;
    char *buffer;
    size_t at, end;  /* [at, end) is not yet taken */
    uint64_t offset; /* of the input, behind the buffer */
    uint64_t number; /* of the last line taken, from 1 */
} ebb_line_reader_t;

/* 0 or EBB_ERR_MEMORY with the error filled. */
int ebb_lines_open(ebb_line_reader_t *lines);
void ebb_lines_close(ebb_line_reader_t *lines);

/* Begins again with the first line. */
void ebb_lines_rewind(ebb_line_reader_t *lines);

/* Takes the next line, without its end and a byte order mark before the first; valid
 * until the next call, with EBB_BODY_SLACK readable bytes behind it. 0; 1 where there
 * is none left; or, with the error filled, EBB_ERR_LIMIT (a line beyond 1 MiB),
 * EBB_ERR_IO, EBB_ERR_CANCELLED. */
int ebb_lines_next(ebb_line_reader_t *lines, const char **line, size_t *length);

#endif
