/* SPDX-License-Identifier: MIT
 *
 * Mends XML on its way to a strict parser.
 *
 * Apps that write XML by hand write what no XML may hold: an emoji as two references to
 * halves of a surrogate pair ("&#55357;&#56834;"), references to control characters,
 * control characters as they are. All of them are replaced in place, by as many bytes,
 * so that places stay what they are. One attribute, which may hold gigabytes of a
 * picture in base64, is cut out: its name and its quotes stay.
 */
#ifndef EBB_MESSAGES_XMLMEND_H
#define EBB_MESSAGES_XMLMEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum ebb_xml_state {
    EBB_XML_TEXT,
    EBB_XML_TAG,    /* between < and >, outside of quotes */
    EBB_XML_VALUE,  /* between quotes */
    EBB_XML_CUT,    /* between the quotes of the attribute that is cut out */
    EBB_XML_SPECIAL /* a comment, CDATA, an instruction */
} ebb_xml_state_t;

/* Zero-initialise, set `cut`. */
typedef struct ebb_xmlmend {
    const char *cut; /* name of the attribute whose value goes; NULL: none */
    ebb_xml_state_t state;
    char quote;         /* ends the value */
    char mark;          /* ends what is special, so many times ... */
    uint8_t needed, in; /* ... and how often it has just been seen */
    bool was_cut;       /* the tag at hand has lost its value already */
    uint64_t tag_bytes; /* of the tag at hand so far, without what was cut out */
} ebb_xmlmend_t;

/* Mends the beginning of `n` bytes that follow what was mended before; `last`: nothing
 * follows. Returns how many are done, all to be cut out (`*cut`) or all to be passed
 * on; 0 where what stands there may go on behind them. Never 0 when n >= 256 or `last`.
 * Cost: linear. */
size_t ebb_xmlmend(ebb_xmlmend_t *mend, char *bytes, size_t n, bool last, bool *cut);

#endif
