/* SPDX-License-Identifier: MIT
 *
 * An XML input as a stream of elements: the one place that knows expat.
 *
 * Elements arrive while the input is read in chunks, mended on the way (xmlmend.h);
 * nothing is kept of them. Text between tags is passed over.
 */
#ifndef EBB_MESSAGES_XMLFEED_H
#define EBB_MESSAGES_XMLFEED_H

#include "messages/keys.h"
#include "messages/reader.h"

#define EBB_XML_DEPTH_MAX 32 /* elements inside each other */

typedef struct ebb_xmlfeed ebb_xmlfeed_t;

/* Who gets the elements. Each function returns 0, or a negative EBB_ERR_ code with the
 * error filled, which ends the reading. `attributes`: name, value, name, value, NULL;
 * valid during the call only, as `name` is. */
typedef struct ebb_xml_reader {
    int (*opened)(void *user, ebb_xmlfeed_t *feed, const char *name,
                  const char *const *attributes);
    int (*closed)(void *user, ebb_xmlfeed_t *feed, const char *name);
} ebb_xml_reader_t;

/* What is read and who gets it. */
typedef struct ebb_xmlfeed_opts {
    ebb_import_t *import;
    const ebb_input_t *input;
    const ebb_keys_t *wanted; /* names of attributes; others are not handed over */
    const ebb_xml_reader_t *reader;
    void *user; /* of its functions */
} ebb_xmlfeed_opts_t;

/* Streams the input. 0, or the code of a function of the reader, or EBB_ERR_INPUT (not
 * XML, ends too soon, holds a document type), EBB_ERR_LIMIT (nesting, a tag beyond 1
 * MiB), EBB_ERR_IO, EBB_ERR_MEMORY, EBB_ERR_CANCELLED. */
int ebb_xmlfeed_run(const ebb_xmlfeed_opts_t *opts, ebb_error_t *error);

/* How many elements are around the one that opens or closes, with it. */
int ebb_xmlfeed_depth(const ebb_xmlfeed_t *feed);

/* Where in the input the tag being handed over begins. */
ebb_place_t ebb_xmlfeed_place(const ebb_xmlfeed_t *feed);

/* Fails at a place; returns the code. */
int ebb_xmlfeed_fail(ebb_xmlfeed_t *feed, int code, ebb_place_t place,
                     const char *text);

#endif
