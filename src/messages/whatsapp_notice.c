/* SPDX-License-Identifier: MIT
 *
 * Lines that carry the app's mark but hold no sentence of our tables, judged at the end
 * of the file, when it is known how many there are.
 *
 *   - Many: this phone marks what people write as well, so they are texts.
 *   - All that stands under one name: no person, but the name of the chat.
 *   - Else: a sentence of the app in words we do not know; reported, kind other.
 */
#include "messages/whatsapp.h"

#define MANY_OF 4 /* one of so many messages */

static bool is_unknown(const ebb_event_t *event)
{
    return (event->flags & EBB_WA_UNKNOWN) != 0;
}

typedef struct name_use {
    uint64_t unknown, other; /* events under a name */
} name_use_t;

/* Counts by name; returns how many lines are unknown. */
static uint64_t count_uses(const ebb_import_t *import, name_use_t *uses)
{
    uint64_t unknown = 0;
    for (size_t i = import->source_begin; i < import->count; i++) {
        const ebb_event_t *event = &import->events[i];
        name_use_t *use = &uses[event->person];
        *(is_unknown(event) ? &use->unknown : &use->other) += 1;
        unknown += is_unknown(event);
    }
    return unknown;
}

/* Whether two others write, so that a name with nothing but unknown lines is the
 * chat's. */
static bool two_write(const ebb_import_t *import, const name_use_t *uses)
{
    int writers = 0;
    for (size_t i = 0; i < import->person_count; i++) {
        writers += uses[i].other > 0;
    }
    return writers >= 2;
}

void ebb_wa_settle_unknown(ebb_import_t *import)
{
    name_use_t uses[EBB_PERSON_NONE + 1] = {{0, 0}};
    uint64_t unknown = count_uses(import, uses);
    bool are_texts =
        unknown > 2 && unknown > (import->count - import->source_begin) / MANY_OF;
    bool chat_named = two_write(import, uses);
    for (size_t i = import->source_begin; unknown > 0 && i < import->count; i++) {
        ebb_event_t *event = &import->events[i];
        if (!is_unknown(event)) {
            continue;
        }
        event->flags = (uint16_t)(event->flags & ~EBB_WA_UNKNOWN);
        if (are_texts) {
            event->kind = EBB_KIND_TEXT;
            continue;
        }
        event->characters = event->words = 0;
        if (chat_named && uses[event->person].other == 0) {
            event->person = EBB_PERSON_NONE;
            event->kind = EBB_KIND_SYSTEM;
        }
        ebb_import_not_understood(import, ebb_wa_line_of(event), 1,
                                  "a sentence of the app in words ebb does not know");
    }
}
