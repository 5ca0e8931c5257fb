/* SPDX-License-Identifier: MIT
 * Talk on stderr: one place that cleans what is printed. */
#include "talk.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "ebb/text.h"

/* Whether a byte, or the two bytes of a C1 control in UTF-8, would drive a terminal. */
static int is_control(unsigned char byte, unsigned char next)
{
    return (byte < 0x20 && byte != '\n') || byte == 0x7F ||
           (byte == 0xC2 && next >= 0x80 && next < 0xA0);
}

static void put_clean(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        unsigned char next = i + 1 < length ? (unsigned char)bytes[i + 1] : 0;
        if (is_control(byte, next)) {
            (void)fputc('?', stderr);
            i += byte == 0xC2;
        } else {
            (void)fputc(byte, stderr);
        }
    }
}

void talk(const char *format, ...)
{
    char line[2048];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (length > 0) {
        put_clean(line,
                  (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
    }
}

exit_status_t exit_for(int code)
{
    switch (code) {
    case EBB_OK:
        return EXIT_OK;
    case EBB_ERR_INPUT:
    case EBB_ERR_LIMIT:
        return EXIT_INPUT;
    case EBB_ERR_ARGUMENT:
    case EBB_ERR_CHOICE:
        return EXIT_USAGE;
    default:
        return EXIT_FAILED;
    }
}

/* The widest column that is worth pointing at. */
#define CARET_COLUMNS 70

static void point_at(uint64_t column)
{
    if (column == 0 || column > CARET_COLUMNS) {
        return;
    }
    talk("  ");
    for (uint64_t i = 1; i < column; i++) {
        talk("\xC2\xB7"); /* the line's own text stays private */
    }
    talk("^\n");
}

exit_status_t talk_error(const ebb_error_t *error)
{
    talk("ebb: ");
    if (error->where[0]) {
        talk("%s:", error->where);
        if (error->line) {
            talk("%" PRIu64 ":", error->line);
        }
        if (error->line && error->column) {
            talk("%" PRIu64 ":", error->column);
        }
        talk(" ");
    }
    talk("%s\n", error->text[0] ? error->text : ebb_strerror(error->code));
    if (error->line) {
        point_at(error->column);
    }
    return exit_for(error->code);
}

exit_status_t talk_no_memory(void)
{
    return talk_error(&(ebb_error_t){.code = EBB_ERR_MEMORY});
}
