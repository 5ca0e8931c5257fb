/* SPDX-License-Identifier: MIT
 * How much room text takes on a terminal, and where it may be cut. */
#ifndef EBB_REPORT_COLUMNS_H
#define EBB_REPORT_COLUMNS_H

#include <stddef.h>

/* Columns of `length` bytes of UTF-8: wide characters and emoji two, marks none. Never
 * too few: what terminals disagree on counts as the wider. */
size_t ebb_columns(const char *text, size_t length);

/* Bytes of the longest beginning that fits into `columns` and does not part a character
 * from its marks. */
size_t ebb_columns_fit(const char *text, size_t length, size_t columns);

/**
 * A person's name made safe for a line: no controls, no marks that turn direction, no
 * runs of spaces, and at most `columns` wide (then ending in an ellipsis).
 *
 * @param[out] out       receives a NUL-terminated string
 * @param[in]  size      bytes in `out`, at least 8
 * @param[in]  name      UTF-8; bytes that are not become U+FFFD
 * @param[in]  columns   most columns, at least 2
 * @param[in]  fallback  used when nothing is left of the name
 */
void ebb_name_tidy(char *out, size_t size, const char *name, size_t columns,
                   const char *fallback);

#endif
