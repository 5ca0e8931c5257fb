/* SPDX-License-Identifier: MIT
 * A message whose text comes line by line: open until the next one begins. */
#ifndef EBB_MESSAGES_DRAFT_H
#define EBB_MESSAGES_DRAFT_H

#include "messages/reader.h"

/* Zero-initialise, set import, ebb_text_init text. */
typedef struct ebb_draft {
    ebb_import_t *import;
    ebb_event_t event; /* kind, flags and the like may change while it is open */
    ebb_body_t body;
    ebb_text_t text;   /* when texts are kept */
    uint32_t newlines; /* before the next text; none count at either end */
    bool open;
} ebb_draft_t;

/* Opens a message; the one before must have been ended. */
void ebb_draft_begin(ebb_draft_t *draft, const ebb_event_t *event);

/* Adds text, and the line ends held back before it. */
void ebb_draft_add(ebb_draft_t *draft, const char *bytes, size_t length);

/* A line of the text has ended. */
void ebb_draft_break(ebb_draft_t *draft);

/* Forgets the text so far. */
void ebb_draft_clear(ebb_draft_t *draft);

/* Makes an event of the open message, if one is. 0, EBB_ERR_MEMORY or EBB_ERR_LIMIT,
 * without an error filled. */
int ebb_draft_end(ebb_draft_t *draft);

#endif
