/* SPDX-License-Identifier: MIT
 * Reactions that an export tells beside the message they answer. */
#ifndef EBB_MESSAGES_REACTIONS_H
#define EBB_MESSAGES_REACTIONS_H

#include "messages/reader.h"

/* Reactions wait beside the messages until all messages' times are known. Zero-
 * initialise; release with ebb_reactions_free. */
typedef struct ebb_reactions {
    ebb_event_t *events;
    size_t count, capacity;
} ebb_reactions_t;

/* 0 or EBB_ERR_MEMORY. */
int ebb_reactions_add(ebb_import_t *import, ebb_reactions_t *reactions,
                      const ebb_event_t *event);

/* Puts the reactions among the source's events, each behind the last message before it.
 * Their times are wall clocks; those without an offset take that of the message. 0 or
 * EBB_ERR_MEMORY. */
int ebb_reactions_merge(ebb_import_t *import, ebb_reactions_t *reactions);

void ebb_reactions_free(const ebb_import_t *import, ebb_reactions_t *reactions);

#endif
