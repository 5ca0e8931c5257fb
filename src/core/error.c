/* SPDX-License-Identifier: MIT
 * Error codes, their sentences, and how an error is raised. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/fail.h"

const char *ebb_strerror(int code)
{
    switch (code) {
#define EBB_ERROR_CASE(name, value, sentence) \
    case name:                                \
        return sentence;
        EBB_ERROR_LIST(EBB_ERROR_CASE)
#undef EBB_ERROR_CASE
    default:
        return "unknown error";
    }
}

__attribute__((format(printf, 4, 0))) static void
fill(ebb_error_t *error, int code, ebb_place_t place, const char *format, va_list args)
{
    if (!error) {
        return;
    }
    *error = (ebb_error_t){.code = code, .line = place.line, .column = place.column};
    if (place.where) {
        (void)snprintf(error->where, sizeof error->where, "%s", place.where);
    }
    (void)vsnprintf(error->text, sizeof error->text, format, args);
}

int ebb_fail(ebb_error_t *error, int code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fill(error, code, (ebb_place_t){0}, format, args);
    va_end(args);
    return code;
}

int ebb_fail_at(ebb_error_t *error, int code, ebb_place_t place, const char *format,
                ...)
{
    va_list args;
    va_start(args, format);
    fill(error, code, place, format, args);
    va_end(args);
    return code;
}
