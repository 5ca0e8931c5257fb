/* SPDX-License-Identifier: MIT */
#include "messages/signal_message.h"

#include <string.h>

#include "messages/signal.h"

#define VOICE_FLAG "1" /* of a file that was spoken into the app */

/* ---- members ---- */

void ebb_sg_message_begin(ebb_sg_message_t *m)
{
    *m = (ebb_sg_message_t){.call_kind = EBB_KIND_TEXT};
}

static void keep_sg_name(ebb_sg_name_t *name, const char *bytes, size_t length)
{
    name->length = (uint16_t)(length < EBB_NAME_MAX ? length : EBB_NAME_MAX);
    memcpy(name->bytes, bytes, name->length);
}

static void note_sg_time(ebb_sg_message_t *m, const char *bytes, size_t length)
{
    m->wrong = ebb_stamp_parse(&m->stamp, bytes, length);
    m->is_timed = true;
}

static ebb_sg_type_t sg_type_of(const char *bytes, size_t length)
{
    return ebb_bytes_are(bytes, length, "incoming")       ? EBB_SG_INCOMING
           : ebb_bytes_are(bytes, length, "outgoing")     ? EBB_SG_OUTGOING
           : ebb_bytes_are(bytes, length, "call-history") ? EBB_SG_CALL
                                                          : EBB_SG_NOTICE;
}

static void note_sg_sender(ebb_sg_message_t *m, const char *bytes, size_t length)
{
    size_t used = 0;
    const char *name = ebb_sg_name(bytes, length, &used);
    m->is_mine = name && name != bytes;
    keep_sg_name(&m->sender, name ? name : "", used);
}

/* The text of signal-export: its padding, and whether it tells of a call. */
static void note_sg_body(ebb_sg_message_t *m, const char *bytes, size_t length)
{
    m->is_padded = length >= 2 && memcmp(bytes + length - 2, "  ", 2) == 0;
    length -= m->is_padded ? 2 : 0;
    m->call_kind = ebb_sg_call(bytes, length, &m->call_outgoing);
}

/* The id or number of whoever sent it; the number is what people know each other by. */
static void note_sg_source(ebb_sg_message_t *m, unsigned key, const char *bytes,
                           size_t length)
{
    uint64_t id = ebb_account_hash(bytes, length);
    if (key == SG_KEY_SOURCE) {
        m->source = id;
        keep_sg_name(&m->sender, bytes, length);
        return;
    }
    m->service = id;
    if (m->source == 0) {
        keep_sg_name(&m->sender, bytes, length);
    }
}

static void note_sg_string(ebb_sg_message_t *m, unsigned key, const char *bytes,
                           size_t length)
{
    switch (key) {
    case SG_KEY_DATE:
        m->type = EBB_SG_EXPORTED;
        note_sg_time(m, bytes, length);
        break;
    case SG_KEY_SENDER:
        note_sg_sender(m, bytes, length);
        break;
    case SG_KEY_BODY:
        note_sg_body(m, bytes, length);
        break;
    case SG_KEY_QUOTE:
        m->has_quote |= length > 0;
        break;
    case SG_KEY_STICKER:
        m->has_sticker |= length > 0;
        break;
    case SG_KEY_TYPE:
        m->type = sg_type_of(bytes, length);
        break;
    case SG_KEY_CONVERSATION:
        m->conversation = ebb_account_hash(bytes, length);
        break;
    case SG_KEY_SOURCE:
    case SG_KEY_SOURCE_UUID:
    case SG_KEY_SOURCE_SERVICE:
        note_sg_source(m, key, bytes, length);
        break;
    default:
        break;
    }
}

/* Numbers, true and false; SQLite's truths are numbers. */
static void note_sg_number(ebb_sg_message_t *m, unsigned key, ebb_token_t token,
                           const char *bytes, size_t length)
{
    bool holds = token == EBB_TOKEN_TRUE || (token == EBB_TOKEN_NUMBER && length > 0 &&
                                             bytes[0] != '0' && bytes[0] != '-');
    switch (key) {
    case SG_KEY_SENT:
    case SG_KEY_TIMESTAMP:
        if (token == EBB_TOKEN_NUMBER && (key == SG_KEY_SENT || !m->is_timed)) {
            note_sg_time(m, bytes, length);
        }
        break;
    case SG_KEY_EXPIRES:
        m->disappears = holds;
        break;
    case SG_KEY_DELETED:
    case SG_KEY_DELETED_RAW:
    case SG_KEY_ERASED:
        m->is_deleted |= holds;
        break;
    case SG_KEY_VIEW_ONCE:
        m->is_view_once = holds;
        break;
    default:
        break;
    }
}

void ebb_sg_note(ebb_sg_message_t *m, unsigned key, ebb_token_t token,
                 const char *bytes, size_t length)
{
    if (token == EBB_TOKEN_STRING) {
        note_sg_string(m, key, bytes, length);
    } else {
        note_sg_number(m, key, token, bytes, length);
    }
}

void ebb_sg_file_begin(ebb_sg_message_t *m)
{
    m->file_is_text = m->file_is_voice = false;
}

/* A text too long for a message travels as a file; it is no media. */
void ebb_sg_file_end(ebb_sg_message_t *m)
{
    m->has_file |= !m->file_is_text;
    m->has_voice |= m->file_is_voice;
}

void ebb_sg_note_file(ebb_sg_message_t *m, unsigned key, ebb_token_t token,
                      const char *bytes, size_t length)
{
    if (key == SG_KEY_FLAGS && token == EBB_TOKEN_NUMBER) {
        m->file_is_voice |= ebb_bytes_are(bytes, length, VOICE_FLAG);
    } else if (key == SG_KEY_CONTENT_TYPE && token == EBB_TOKEN_STRING) {
        m->file_is_text = ebb_bytes_are(bytes, length, "text/x-signal-plain");
    } else if (key == SG_KEY_NAME && token == EBB_TOKEN_STRING) {
        m->file_is_voice |= ebb_sg_file_kind(bytes, length) == EBB_KIND_VOICE;
    }
}

void ebb_sg_reaction_begin(ebb_sg_message_t *m)
{
    m->reaction_left_out = m->reaction_count == EBB_SG_REACTIONS_MAX;
    if (!m->reaction_left_out) {
        m->reactions[m->reaction_count++] = (ebb_sg_reaction_t){0};
    }
}

void ebb_sg_note_reaction(ebb_sg_message_t *m, unsigned key, ebb_token_t token,
                          const char *bytes, size_t length)
{
    ebb_sg_reaction_t *reaction = &m->reactions[m->reaction_count - 1];
    ebb_stamp_t stamp;
    if (m->reaction_left_out) {
        return;
    }
    if (key == SG_KEY_FROM && token == EBB_TOKEN_STRING) {
        reaction->from = ebb_account_hash(bytes, length);
    } else if (key == SG_KEY_TIMESTAMP && token == EBB_TOKEN_NUMBER &&
               !ebb_stamp_parse(&stamp, bytes, length)) {
        reaction->time_s = stamp.time_s;
        reaction->is_timed = true;
    }
}

void ebb_sg_note_call(ebb_sg_message_t *m, unsigned key, ebb_token_t token)
{
    m->call_incoming |= key == SG_KEY_INCOMING && token == EBB_TOKEN_TRUE;
    m->call_taken |= key == SG_KEY_ACCEPTED && token == EBB_TOKEN_NUMBER;
}

/* ---- what they say together ---- */

/* A call that signal-export tells of in words alone. */
static bool is_sg_call_in_words(const ebb_sg_message_t *m)
{
    return m->type == EBB_SG_EXPORTED && m->call_kind != EBB_KIND_TEXT && !m->has_file;
}

bool ebb_sg_is_mine(const ebb_sg_message_t *m)
{
    switch (m->type) {
    case EBB_SG_OUTGOING:
        return true;
    case EBB_SG_CALL:
        return m->call_told && !m->call_incoming;
    case EBB_SG_EXPORTED:
        return m->is_mine || (is_sg_call_in_words(m) && m->call_outgoing);
    case EBB_SG_NONE:
    case EBB_SG_INCOMING:
    case EBB_SG_NOTICE:
    default:
        return false;
    }
}

const char *ebb_sg_set_time(const ebb_sg_message_t *m, ebb_clock_t *clock,
                            ebb_event_t *event)
{
    const ebb_stamp_t *stamp = &m->stamp;
    if (stamp->is_utc || stamp->offset_s == EBB_OFFSET_UNKNOWN) {
        return stamp->is_utc ? ebb_clock_set(clock, event, NULL, &stamp->time_s)
                             : ebb_clock_set(clock, event, &stamp->time_s, NULL);
    }
    int64_t utc = stamp->time_s - stamp->offset_s;
    return ebb_clock_set(clock, event, &stamp->time_s, &utc);
}

uint8_t ebb_sg_kind(const ebb_sg_message_t *m, const ebb_body_t *body)
{
    if (m->type == EBB_SG_NOTICE || m->is_notice) {
        return EBB_KIND_SYSTEM;
    }
    if (m->type == EBB_SG_CALL) {
        return m->call_taken || !m->call_told ? EBB_KIND_CALL : EBB_KIND_MISSED_CALL;
    }
    if (m->is_deleted || is_sg_call_in_words(m)) {
        return m->is_deleted ? EBB_KIND_DELETED : m->call_kind;
    }
    uint32_t padding = m->is_padded && m->type == EBB_SG_EXPORTED ? 2 : 0;
    return m->has_voice                                       ? EBB_KIND_VOICE
           : m->has_file || m->has_sticker || m->is_view_once ? EBB_KIND_MEDIA
           : m->has_contact || body->characters <= padding    ? EBB_KIND_OTHER
                                                              : EBB_KIND_TEXT;
}

uint16_t ebb_sg_flags(const ebb_sg_message_t *m, uint8_t kind)
{
    bool said = kind == EBB_KIND_TEXT || kind == EBB_KIND_MEDIA ||
                kind == EBB_KIND_VOICE || kind == EBB_KIND_OTHER;
    uint32_t present = m->type == EBB_SG_EXPORTED ? 0 : 1; /* is one of the edits */
    uint16_t flags = m->disappears ? EBB_FLAG_EPHEMERAL : 0;
    if (!said) {
        return flags;
    }
    return (uint16_t)(flags | (m->has_quote ? EBB_FLAG_REPLY : 0) |
                      (m->edits > present ? EBB_FLAG_EDITED : 0) |
                      (m->is_view_once ? EBB_FLAG_VIEW_ONCE : 0));
}

const char *ebb_sg_problem(const ebb_sg_message_t *m)
{
    if (m->wrong || (m->is_timed && m->stamp.time_s < EBB_SG_FIRST_S)) {
        return m->wrong ? "the time is none" : "no time";
    }
    if (!m->is_timed) {
        return "no time: Signal since 7.42 (2025) keeps it, and the text, beside what "
               "sigtop copies as JSON; use signal-export";
    }
    if (m->type == EBB_SG_NONE) {
        return "a message without a type";
    }
    bool nobody = m->type == EBB_SG_EXPORTED && m->sender.length == 0;
    return nobody ? "no sender" : NULL;
}
