/* SPDX-License-Identifier: MIT
 * The growable byte buffer. Grows by half; a failure sticks until it is freed. */
#include "ebb/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/memory.h"

void ebb_text_init(ebb_text_t *text, const ebb_alloc_t *alloc)
{
    *text = (ebb_text_t){._alloc = alloc};
}

static const ebb_alloc_t *allocator(const ebb_text_t *text)
{
    return text->_alloc ? text->_alloc : ebb_alloc_default();
}

void ebb_text_free(ebb_text_t *text)
{
    if (text) {
        ebb_free_array(allocator(text), text->data, text->_capacity, 1);
        ebb_text_init(text, text->_alloc);
    }
}

/* Makes room for `more` bytes and a NUL; sets `failed` when it cannot. */
static int reserve(ebb_text_t *text, size_t more)
{
    if (text->failed) {
        return text->failed;
    }
    void *data = text->data;
    text->failed = more > (size_t)-1 - text->length - 1
                       ? EBB_ERR_MEMORY
                       : ebb_grow(allocator(text), &data, &text->_capacity,
                                  text->length + more + 1, 1);
    text->data = data;
    return text->failed;
}

void ebb_text_append(ebb_text_t *text, const char *bytes, size_t length)
{
    if (reserve(text, length)) {
        return;
    }
    if (length) {
        memcpy(text->data + text->length, bytes, length);
    }
    text->length += length;
    text->data[text->length] = '\0';
}

void ebb_text_puts(ebb_text_t *text, const char *string)
{
    ebb_text_append(text, string, strlen(string));
}

void ebb_text_printf(ebb_text_t *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length >= 0 && !reserve(text, (size_t)length)) {
        (void)vsnprintf(text->data + text->length, (size_t)length + 1, format, again);
        text->length += (size_t)length;
    }
    va_end(again);
}
