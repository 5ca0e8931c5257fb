/* SPDX-License-Identifier: MIT
 *
 * Reads typedstreams: what Apple's NSArchiver writes, and what iMessage keeps the texts
 * of messages in.
 *
 * A typedstream is a sequence of groups, each a string of type letters and the values
 * of these types. An object is its class, with all above it, and groups up to a mark.
 * Strings, classes and objects are numbered as they come, and told by their number
 * when they come again.
 */
#ifndef EBB_MESSAGES_TYPEDSTREAM_H
#define EBB_MESSAGES_TYPEDSTREAM_H

#include <stddef.h>
#include <stdint.h>

#define EBB_TYPED_DEPTH_MAX 64     /* objects, groups, arrays inside each other */
#define EBB_TYPED_STRINGS_MAX 512  /* numbered strings */
#define EBB_TYPED_OBJECTS_MAX 4096 /* numbered classes, objects, C strings */

typedef enum ebb_typed_what {
    EBB_TYPED_OBJECT,  /* begins; bytes: name of its class; integer: its version */
    EBB_TYPED_END,     /* of an object */
    EBB_TYPED_AGAIN,   /* object, class or C string that came before; integer: its
                          number */
    EBB_TYPED_NIL,     /* no object, class or string */
    EBB_TYPED_CLASS,   /* as a value; bytes, integer as of an object */
    EBB_TYPED_INTEGER, /* integer */
    EBB_TYPED_REAL,    /* real */
    EBB_TYPED_BYTES,   /* bytes: a string, or an array of characters */
    EBB_TYPED_WORD     /* bytes: a C string, atom or selector */
} ebb_typed_what_t;

typedef struct ebb_typed {
    ebb_typed_what_t what;
    int depth;         /* objects around it; an object counts itself */
    const char *bytes; /* within the stream, not NUL-terminated; NULL: none */
    size_t length;
    int64_t integer;
    double real;
} ebb_typed_t;

/* Gets what is read; other than 0 ends the reading and is returned. */
typedef int (*ebb_typed_visit_t)(void *user, const ebb_typed_t *typed);

/* Walks through a whole stream, in the order of its bytes. 0, what `visit` returned, or
 * EBB_ERR_INPUT (no typedstream, or broken), EBB_ERR_LIMIT (beyond the limits above).
 * Reads only bytes[0..size); allocates nothing; cost linear in size, stack some 100
 * KiB. */
int ebb_typedstream_walk(const void *bytes, size_t size, ebb_typed_visit_t visit,
                         void *user);

/* The text of an archived string or attributed string: the outermost object's, in
 * UTF-8, within the stream. Reading ends with it. 0, EBB_ERR_INPUT, EBB_ERR_LIMIT. */
int ebb_typedstream_text(const void *bytes, size_t size, const char **text,
                         size_t *length);

#endif
