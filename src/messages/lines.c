/* SPDX-License-Identifier: MIT */
#include "messages/lines.h"

#include <string.h>

#include "core/memory.h"

#define LINES_BUFFER ((size_t)1024 * 1024) /* also the longest line */
#define LINES_ROOM (LINES_BUFFER + EBB_BODY_SLACK)

static ebb_place_t lines_here(const ebb_line_reader_t *lines)
{
    return (ebb_place_t){.where = lines->input->label, .line = lines->number + 1};
}

int ebb_lines_open(ebb_line_reader_t *lines)
{
    const ebb_alloc_t *alloc = lines->import->alloc; /* not zeroed: never looked at */
    lines->buffer = alloc->resize(alloc->user, NULL, 0, LINES_ROOM);
    return lines->buffer ? EBB_OK
                         : ebb_fail_at(lines->error, EBB_ERR_MEMORY,
                                       (ebb_place_t){.where = lines->input->label},
                                       "no memory to read it");
}

void ebb_lines_close(ebb_line_reader_t *lines)
{
    ebb_free_array(lines->import->alloc, lines->buffer, LINES_ROOM, 1);
    lines->buffer = NULL;
}

void ebb_lines_rewind(ebb_line_reader_t *lines)
{
    lines->at = lines->end = 0;
    lines->offset = lines->number = 0;
}

/* Moves what is left to the buffer's beginning and fills it up. */
static int refill_lines(ebb_line_reader_t *lines)
{
    size_t left = lines->end - lines->at;
    if (left == LINES_BUFFER) {
        return ebb_fail_at(lines->error, EBB_ERR_LIMIT, lines_here(lines),
                           "a line longer than 1 MiB; no message is that long");
    }
    memmove(lines->buffer, lines->buffer + lines->at, left);
    lines->at = 0;
    lines->end = left;
    int64_t n = lines->input->read_at(lines->input, lines->offset, lines->buffer + left,
                                      LINES_BUFFER - left);
    if (n <= 0) {
        return ebb_fail_at(lines->error, EBB_ERR_IO, lines_here(lines),
                           "cannot be read");
    }
    lines->end += (size_t)n;
    lines->offset += (uint64_t)n;
    int code = ebb_import_progress(lines->import, lines->offset, lines->input->size);
    return code ? ebb_fail_at(lines->error, code, lines_here(lines), "cancelled")
                : EBB_OK;
}

/* The end of the line that begins at `at`; NULL where the buffer does not hold it. */
static const char *lines_end_of(const ebb_line_reader_t *lines, size_t known)
{
    const char *begin = lines->buffer + lines->at;
    size_t left = lines->end - lines->at;
    return memchr(begin + known, '\n', left - known);
}

int ebb_lines_next(ebb_line_reader_t *lines, const char **line, size_t *length)
{
    const char *newline = lines_end_of(lines, 0);
    while (!newline && lines->offset < lines->input->size) {
        size_t known = lines->end - lines->at; /* holds no line end */
        int code = refill_lines(lines);
        if (code) {
            return code;
        }
        newline = lines_end_of(lines, known);
    }
    if (!newline && lines->at == lines->end) {
        return 1;
    }
    const char *begin = lines->buffer + lines->at;
    const char *end = newline ? newline : lines->buffer + lines->end;
    lines->at = (size_t)(end - lines->buffer) + (newline != NULL);
    lines->number++;
    size_t n = (size_t)(end - begin);
    bool marked = lines->number == 1 && n >= 3 && !memcmp(begin, "\xEF\xBB\xBF", 3);
    size_t mark = marked ? 3 : 0;
    n -= n > mark && begin[n - 1] == '\r';
    *line = begin + mark;
    *length = n - mark;
    return EBB_OK;
}
