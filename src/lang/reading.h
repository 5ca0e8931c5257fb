/* SPDX-License-Identifier: MIT
 *
 * One file being read: its text, the names in it, and what is wrong with it.
 *
 * Errors are collected, so that a file is not mended one by one; only running out of
 * memory or over a limit ends the reading at once (`failed`, which sticks).
 */
#ifndef EBB_LANG_READING_H
#define EBB_LANG_READING_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/list.h"
#include "ebb/error.h"
#include "ebb/text.h"
#include "lang/words.h"

/* A stretch of one line. Lines and columns count from 1, columns in code points. */
typedef struct ebb_where {
    uint32_t offset; /* bytes from the start of the text */
    uint32_t line, column;
    uint32_t length; /* bytes */
} ebb_where_t;

typedef struct ebb_problem {
    ebb_where_t where;
    bool warning;
    bool limit;       /* what ended the reading */
    const char *text; /* what is wrong with which name */
    const char *fix;  /* what to do about it, or "" */
} ebb_problem_t;

/* The names of a file; those of the language (words.h) come first. */
typedef struct ebb_names {
    ebb_list_t strings; /* const char * */
    uint32_t *_table;   /* 1 + name at the place its hash leads to; 0: free */
    size_t _table_size;
} ebb_names_t;

typedef struct ebb_reading {
    const ebb_alloc_t *alloc;
    const char *text;
    size_t size;
    const char *label; /* of the file, for messages */
    /* What was joined to the file: from this place on it has lines and a label of its
     * own. 0: nothing */
    size_t joint;
    uint32_t joint_line;
    const char *joint_label;
    ebb_arena_t arena;
    ebb_names_t names;
    ebb_list_t problems; /* ebb_problem_t */
    size_t errors, warnings;
    bool full;   /* no more errors are taken: the rest would only follow from them */
    bool _taken; /* the problem reported last is in the list */
    int failed;  /* 0, EBB_ERR_MEMORY or EBB_ERR_LIMIT */
} ebb_reading_t;

#define EBB_LANG_BYTES_MOST (1u << 20)
#define EBB_LANG_DECLARATIONS_MOST 4096u
#define EBB_LANG_CODE_MOST (1u << 18)
#define EBB_LANG_DEPTH_MOST 200
#define EBB_LANG_CALLS_MOST 32
#define EBB_LANG_WORK_MOST (1u << 21)
#define EBB_LANG_STATES_MOST 1024u
#define EBB_LANG_NODES_MOST (1u << 18)
#define EBB_LANG_PIECES_MOST 10000u
#define EBB_LANG_ARMS_MOST 64u
#define EBB_LANG_COUPLES_MOST 1000000u
#define EBB_LANG_NAME_BYTES 63
#define EBB_LANG_ERRORS_MOST 20

/* Begins a reading; to be ended with ebb_reading_free, also when `failed` is set. */
void ebb_reading_init(ebb_reading_t *reading, const ebb_alloc_t *alloc);
void ebb_reading_free(ebb_reading_t *reading);

/* The number of a name, new or known; 0 with `failed` set when out of memory. */
uint32_t ebb_name_of(ebb_reading_t *reading, const char *bytes, size_t length);

/* The name as a string. */
const char *ebb_name(const ebb_reading_t *reading, uint32_t name);

/* Length of the well-formed UTF-8 sequence at a place of the text; 0 where there is
 * none, and at the end. */
uint32_t ebb_reading_utf8(const ebb_reading_t *reading, size_t at);

/* Whether a control character is there; a tab is none. */
bool ebb_reading_is_control(const ebb_reading_t *reading, size_t at);

/* Sets `failed`, once. */
void ebb_reading_fail(ebb_reading_t *reading, int code);

/* A limit is passed at a place: reported, and the reading ends. */
__attribute__((format(printf, 3, 4))) void
ebb_reading_limit(ebb_reading_t *reading, ebb_where_t where, const char *format, ...);

/* An error, and a warning; a second one at the same place is not taken, nor is one of
 * too many. */
__attribute__((format(printf, 3, 4))) void
ebb_wrong(ebb_reading_t *reading, ebb_where_t where, const char *format, ...);
__attribute__((format(printf, 3, 4))) void
ebb_warn(ebb_reading_t *reading, ebb_where_t where, const char *format, ...);

/* What to do about the problem that was reported last; does nothing if that was not
 * taken. */
__attribute__((format(printf, 2, 3))) void ebb_mend(ebb_reading_t *reading,
                                                    const char *format, ...);

/* Whether the problem that was reported last was taken: else looking for a way out of
 * it is in vain. */
static inline bool ebb_is_taken(const ebb_reading_t *reading)
{
    return reading->_taken;
}

/* A zeroed element at the end of a list, or NULL with `failed` set. */
void *ebb_reading_push(ebb_reading_t *reading, ebb_list_t *list, size_t size);

/* `count` zeroed elements that live as long as the arena, or NULL with `failed` set. */
void *ebb_reading_new(ebb_reading_t *reading, size_t count, size_t size);

/* printf into the arena; "" with `failed` set when out of memory. */
__attribute__((format(printf, 2, 3))) const char *
ebb_reading_print(ebb_reading_t *reading, const char *format, ...);

/* Writes all problems in order of place, each with its line and a caret. */
void ebb_reading_report(ebb_reading_t *reading, ebb_text_t *report);

/* Fills `error` (may be NULL) with the first error, or what ended the reading, and
 * returns its code; EBB_OK when there is none. */
int ebb_reading_outcome(ebb_reading_t *reading, ebb_error_t *error);

#endif
