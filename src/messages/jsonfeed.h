/* SPDX-License-Identifier: MIT
 *
 * A JSON input as a stream of values: the one place that knows yajl.
 *
 * Values arrive while the input is read in chunks; nothing is kept of them. The
 * bytes of a key or a value are valid during the call only.
 */
#ifndef EBB_MESSAGES_JSONFEED_H
#define EBB_MESSAGES_JSONFEED_H

#include "core/bytes.h"
#include "messages/reader.h"

#define EBB_FEED_DEPTH_MAX 64 /* objects and arrays inside each other */

/* Plain values. */
typedef enum ebb_token {
    EBB_TOKEN_NULL,
    EBB_TOKEN_FALSE,
    EBB_TOKEN_TRUE,
    EBB_TOKEN_NUMBER, /* bytes: as written */
    EBB_TOKEN_STRING  /* bytes: unescaped, perhaps not UTF-8 */
} ebb_token_t;

typedef struct ebb_feed ebb_feed_t;

/* Who gets them; all are given, with the user of ebb_feed_opts_t. Each returns 0, or a
 * code that ends the reading: a negative EBB_ERR_ one with the error filled, or one of
 * its own. `depth` of the feed counts the objects and arrays around, with the one that
 * opens or closes. */
typedef struct ebb_feed_reader {
    int (*opened)(void *user, ebb_feed_t *feed, bool is_object); /* or array */
    int (*key)(void *user, ebb_feed_t *feed, const char *bytes, size_t length);
    int (*value)(void *user, ebb_feed_t *feed, ebb_token_t token, const char *bytes,
                 size_t length);                 /* bytes: never NULL */
    int (*closed)(void *user, ebb_feed_t *feed); /* an object; arrays just end */
} ebb_feed_reader_t;

/* What is read and who gets it. */
typedef struct ebb_feed_opts {
    ebb_import_t *import;
    const ebb_input_t *input;
    uint64_t begin, end; /* bytes of the input to read */
    bool many;           /* several values after each other, as in JSON lines */
    const ebb_feed_reader_t *reader;
    void *user; /* of its functions */
} ebb_feed_opts_t;

struct ebb_feed {
    const ebb_feed_opts_t *opts;
    int depth;
    int code; /* of the first failure, with `error` filled */
    ebb_error_t *error;
    struct yajl_handle_t *yajl;
    struct ebb_feed_pool *pool;
    uint64_t chunk_begin; /* of the chunk yajl is working on */
    uint64_t place_offset, place_line, place_line_begin; /* a line counted so far */
};

/* Streams opts->begin..end. 0, or the code of a function of the reader,
 * or EBB_ERR_INPUT (not JSON, ends too soon), EBB_ERR_LIMIT (nesting, a string beyond
 * half a MiB), EBB_ERR_IO, EBB_ERR_MEMORY, EBB_ERR_CANCELLED. */
int ebb_feed_run(const ebb_feed_opts_t *opts, ebb_error_t *error);

/* The byte of the input just behind what is being handed over. */
uint64_t ebb_feed_offset(const ebb_feed_t *feed);

/* The line and column of a byte of the input. Cheap when asked for in rising order. */
ebb_place_t ebb_feed_place(ebb_feed_t *feed, uint64_t offset);

/* Notes a place that was not understood; counts lines only while places are kept. */
void ebb_feed_not_understood(ebb_feed_t *feed, uint64_t offset, const char *reason);

/* Fails at the place of a byte. */
__attribute__((format(printf, 4, 5))) int
ebb_feed_fail(ebb_feed_t *feed, int code, uint64_t offset, const char *format, ...);

/* A look at the first bytes of an input that may be JSON, for sniffing: calls `key` for
 * each key of the first object, with the number of objects and arrays around it (1 at
 * its top), while it returns true. False when no object begins there. */
bool ebb_json_peek(const char *head, size_t n,
                   bool (*key)(void *user, int depth, const char *bytes, size_t length),
                   void *user);

#endif
