/* SPDX-License-Identifier: MIT
 *
 * What the readers of Signal share. Signal itself exports nothing that is read here;
 * two programs read the database of Signal Desktop: signal-export writes a folder for
 * each chat with chat.md and data.json, sigtop the messages as they are in JSON.
 */
#ifndef EBB_MESSAGES_SIGNAL_H
#define EBB_MESSAGES_SIGNAL_H

#include "messages/reader.h"

/* The exporting person, whom signal-export calls "Me" and sigtop does not name: "You"
 * is what --me gives a name to. */
#define EBB_SG_ME "You"

/* Signal began later; where the time is missing, 1970 is written. */
#define EBB_SG_FIRST_S (366 * (int64_t)86400)

/* The name to use for one that signal-export writes; NULL where it means nobody. */
const char *ebb_sg_name(const char *bytes, size_t length, size_t *used);

/* What a text says of a call where signal-export wrote it, "Missed voice call": an
 * ebb_kind_t, EBB_KIND_TEXT where it says nothing of one. `*outgoing`: the exporting
 * person called. */
uint8_t ebb_sg_call(const char *text, size_t length, bool *outgoing);

/* What a file is by its name, media or voice: what is spoken into Signal has none. */
uint8_t ebb_sg_file_kind(const char *name, size_t length);

#endif
