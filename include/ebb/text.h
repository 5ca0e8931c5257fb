/* SPDX-License-Identifier: MIT
 *
 * A growable run of bytes, and the sink that long output is written to.
 */
#ifndef EBB_TEXT_H
#define EBB_TEXT_H

#include <stddef.h>

#include "ebb/alloc.h"
#include "ebb/error.h"

/* A growable byte buffer, always NUL-terminated once it holds anything.
 * Zero-initialise, or use ebb_text_init. After a failed append `failed` is set and
 * later appends do nothing, so that a writer may check once, at the end. */
typedef struct ebb_text {
    char *data; /* `length` bytes and a NUL; NULL while empty */
    size_t length;
    size_t _capacity;
    int failed; /* 0, or EBB_ERR_MEMORY */
    const ebb_alloc_t *_alloc;
} ebb_text_t;

/**
 * Prepares an empty buffer.
 *
 * @param[out] text   buffer to prepare; nothing is allocated yet
 * @param[in]  alloc  allocator, borrowed until ebb_text_free; NULL for the default
 */
void ebb_text_init(ebb_text_t *text, const ebb_alloc_t *alloc);

/**
 * Releases a buffer's bytes and leaves it empty and reusable.
 *
 * @param[in,out] text  a buffer that was initialised (or is all zero); NULL is a no-op
 */
void ebb_text_free(ebb_text_t *text);

/**
 * Appends bytes.
 *
 * @param[in,out] text   buffer; untouched when its `failed` is set
 * @param[in]     bytes  `length` bytes, need not be NUL-terminated; may be NULL if
 * length is 0
 * @param[in]     length number of bytes
 */
void ebb_text_append(ebb_text_t *text, const char *bytes, size_t length);

/**
 * Appends a NUL-terminated string.
 *
 * @param[in,out] text    buffer; untouched when its `failed` is set
 * @param[in]     string  not NULL, not inside the buffer itself
 * When memory runs out `failed` becomes EBB_ERR_MEMORY and the buffer keeps what it
 * held. Cost: linear in the string, growth amortised.
 */
void ebb_text_puts(ebb_text_t *text, const char *string);

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
/**
 * Appends as printf does in the C locale.
 *
 * @param[in,out] text    buffer; untouched when its `failed` is set
 * @param[in]     format  and the arguments it names; none may point into the buffer
 * When memory runs out `failed` becomes EBB_ERR_MEMORY and the buffer keeps what it
 * held. Numbers that must round-trip are not written with it.
 */
void ebb_text_printf(ebb_text_t *text, const char *format, ...);

/* Where long output goes, piece by piece. `write` returns 0, or a negative EBB_ERR_
 * code which ends the writing and is passed on to the caller. */
typedef struct ebb_sink {
    int (*write)(void *user, const char *bytes, size_t length);
    void *user;
} ebb_sink_t;

#endif
