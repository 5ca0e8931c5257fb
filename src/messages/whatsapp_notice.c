/* SPDX-License-Identifier: MIT
 *
 * Lines that are the app's by nothing but its mark, judged at the end of the file, when
 * it is known how many there are.
 *
 * First, what the mark means here. Where it stands before much that no sentence of our
 * tables explains, or before every text, this phone marks what people write as well:
 * then a marked line is what it would be without the mark, and "he left" a text.
 *
 * Else the mark is the app's. Lines of a known sentence are what that says. The others:
 *
 *   - All that stands under one name: no person, but the name of the chat.
 *   - Else: a sentence of the app in words we do not know; reported, kind other.
 */
#include "messages/whatsapp.h"

#define MANY_OF 4 /* one of so many messages */

static bool is_unknown(const ebb_event_t *event)
{
    return (event->flags & EBB_WA_UNKNOWN) != 0;
}

/* Whether people's texts are marked. Lines in doubt wait as texts. */
static bool are_texts_marked(const ebb_import_t *import, const ebb_wa_doubts_t *doubts)
{
    uint64_t texts = 0;
    for (size_t i = import->source_begin; i < import->count; i++) {
        texts += import->events[i].kind == EBB_KIND_TEXT;
    }
    size_t messages = import->count - import->source_begin;
    bool many = doubts->unknown > 2 && doubts->unknown > messages / MANY_OF;
    bool all = doubts->unknown > 0 && texts == doubts->count;
    return many || all;
}

/* Takes a line at the mark's word. */
static void settle_doubt(ebb_import_t *import, const ebb_wa_doubt_t *doubt)
{
    ebb_event_t *event = &import->events[doubt->event];
    event->kind = doubt->kind;
    event->flags |= doubt->flags;
    event->characters -= doubt->characters;
    event->words -= doubt->words;
    event->text += event->text ? doubt->bytes : 0;
    if (event->kind == EBB_KIND_SYSTEM) {
        event->person = EBB_PERSON_NONE;
        event->characters = event->words = event->text = 0;
    } else if (event->kind == EBB_KIND_TEXT && event->characters == 0) {
        event->flags |= EBB_FLAG_EPHEMERAL;
    }
}

typedef struct name_use {
    uint64_t unknown, other; /* events under a name */
} name_use_t;

/* Counts by name. */
static void count_uses(const ebb_import_t *import, name_use_t *uses)
{
    for (size_t i = import->source_begin; i < import->count; i++) {
        const ebb_event_t *event = &import->events[i];
        name_use_t *use = &uses[event->person];
        *(is_unknown(event) ? &use->unknown : &use->other) += 1;
    }
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

static void settle_unknown(ebb_import_t *import, bool are_texts)
{
    name_use_t uses[EBB_PERSON_NONE + 1] = {{0, 0}};
    count_uses(import, uses);
    bool chat_named = two_write(import, uses);
    for (size_t i = import->source_begin; i < import->count; i++) {
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

void ebb_wa_settle_marked(ebb_import_t *import, const ebb_wa_doubts_t *doubts)
{
    if (doubts->count + doubts->unknown == 0) {
        return; /* as on Android */
    }
    bool are_texts = are_texts_marked(import, doubts);
    for (size_t i = 0; i < doubts->count && !are_texts; i++) {
        settle_doubt(import, &doubts->list[i]);
    }
    settle_unknown(import, are_texts);
}
