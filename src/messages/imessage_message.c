/* SPDX-License-Identifier: MIT */
#include "messages/imessage.h"

#define SECONDS_TO_2001 INT64_C(978307200)
#define NANOSECOND INT64_C(1000000000)
#define FINE_FROM INT64_C(100000000000) /* as seconds this would be the year 5169 */

/* What a message is to another: from 2000 a reaction, from 3000 the same taken back. */
enum { STICKER = 1000, REACTION = 2000, REACTION_BACK = 3000, REACTIONS_END = 4000 };

bool ebb_imessage_is_fine(const ebb_imessage_t *message)
{
    return message->date >= FINE_FROM;
}

bool ebb_imessage_time(const ebb_imessage_t *message, int64_t *time_s,
                       uint16_t *fraction)
{
    bool fine = ebb_imessage_is_fine(message);
    int64_t seconds = fine ? message->date / NANOSECOND : message->date;
    int64_t left = fine ? message->date % NANOSECOND : 0;
    *time_s = seconds + SECONDS_TO_2001;
    *fraction = (uint16_t)(left * 65536 / NANOSECOND);
    return message->date > 0;
}

static uint8_t kind_of(const ebb_imessage_t *m)
{
    return m->association == STICKER                          ? EBB_KIND_MEDIA
           : m->is_spoken                                     ? EBB_KIND_VOICE
           : m->has_files                                     ? EBB_KIND_MEDIA
           : m->is_app || !m->has_body || m->association != 0 ? EBB_KIND_OTHER
                                                              : EBB_KIND_TEXT;
}

ebb_imessage_fate_t ebb_imessage_settle(const ebb_imessage_t *m, ebb_event_t *event,
                                        bool *said)
{
    *said = false;
    if (m->kind != 0) {
        event->kind = EBB_KIND_SYSTEM;
        return EBB_IMESSAGE_EVENT;
    }
    if (m->association >= REACTION_BACK && m->association < REACTIONS_END) {
        return EBB_IMESSAGE_PASS;
    }
    if (m->has_failed) {
        return EBB_IMESSAGE_UNSENT;
    }
    bool gone = m->is_retracted || (m->is_edited && !m->has_body && !m->has_files);
    if (m->association >= REACTION && m->association < REACTION_BACK) {
        event->kind = EBB_KIND_REACTION;
    } else if (gone) {
        event->kind = EBB_KIND_DELETED;
    } else {
        event->kind = kind_of(m);
        event->flags |= (uint16_t)((m->is_reply ? EBB_FLAG_REPLY : 0) |
                                   (m->is_edited ? EBB_FLAG_EDITED : 0) |
                                   (m->is_read ? EBB_FLAG_READ : 0));
        *said = event->kind != EBB_KIND_OTHER && m->association == 0;
    }
    return EBB_IMESSAGE_EVENT;
}
