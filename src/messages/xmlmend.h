/* SPDX-License-Identifier: MIT
 *
 * Mends XML, and thins it out, on its way to a strict parser.
 *
 * Apps that write XML by hand write what no XML may hold: an emoji as two references to
 * halves of a surrogate pair ("&#55357;&#56834;"), references to control characters,
 * control characters as they are. All of them are replaced. And of all attributes only
 * those wanted are passed on, and no blanks between tags: the others cost a parser most
 * of its time, and one of them may hold gigabytes of a picture in base64.
 */
#ifndef EBB_MESSAGES_XMLMEND_H
#define EBB_MESSAGES_XMLMEND_H

#include <stdbool.h>

#include "messages/keys.h"

typedef enum ebb_xml_state {
    EBB_XML_TEXT,
    EBB_XML_NAME,   /* of a tag */
    EBB_XML_TAG,    /* between attributes */
    EBB_XML_VALUE,  /* between quotes */
    EBB_XML_CUT,    /* between the quotes of an attribute that goes */
    EBB_XML_SPECIAL /* a comment, CDATA, an instruction */
} ebb_xml_state_t;

/* Where a tag begins: behind how many bytes passed on, and how many of the input; in
 * which line, and how many bytes of the input are before that. */
typedef struct ebb_xml_mark {
    uint64_t passed, read;
    uint64_t line, line_begin;
} ebb_xml_mark_t;

/* Marks that are needed for `n` bytes given at once. A tag is marked when something was
 * cut or a line has ended since the one before, so "<> <> " has the most of them: one
 * in three bytes. One goes on from the bytes before, and one may be cut in two. */
#define EBB_XML_MARKS(n) ((n) / 3 + 2)

/* Zero-initialise; set `wanted`, and `marks` with room for EBB_XML_MARKS. */
typedef struct ebb_xmlmend {
    const ebb_keys_t *wanted; /* names of attributes */
    ebb_xml_mark_t *marks;    /* in rising order; all that a place may be asked of */
    size_t mark_count;
    uint64_t lines, line_begin; /* that have ended; bytes of the input up to there */
    ebb_xml_state_t state;
    char quote;            /* ends the value */
    char mark;             /* ends what is special, so many times ... */
    uint8_t needed, in;    /* ... and how often it has just been seen */
    uint64_t read, passed; /* bytes so far */
    uint64_t tag_bytes;    /* passed on of the tag at hand */
} ebb_xmlmend_t;

#define EBB_XML_HELD_MAX 256 /* bytes left over at most, but at the end */

/* Mends `n` bytes that follow what was mended before, in place; `last`: nothing
 * follows. Returns how many bytes are to be passed on; the last of the `n`, `*left` of
 * them, may go on behind them and are to be given again. Cost: linear. */
size_t ebb_xmlmend(ebb_xmlmend_t *mend, char *bytes, size_t n, bool last, size_t *left);

/* Line and column of the input, from 1, of a tag by its place among the bytes passed
 * on. */
void ebb_xmlmend_place(const ebb_xmlmend_t *mend, uint64_t passed, uint64_t *line,
                       uint64_t *column);

#endif
