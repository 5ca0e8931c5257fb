/* SPDX-License-Identifier: MIT
 *
 * The members of one event of a Matrix room, as the Matrix specification has them
 * (client-server API, "Instant messaging"), and what kind of event they make together.
 */
#include <string.h>

#include "messages/matrix.h"

/* ---- words ---- */

typedef struct mx_word {
    const char *word;
    uint8_t means;
} mx_word_t;

static uint8_t find_mx_word(const mx_word_t *words, size_t count, const char *bytes,
                            size_t length, uint8_t otherwise)
{
    for (size_t i = 0; i < count; i++) {
        if (ebb_bytes_are(bytes, length, words[i].word)) {
            return words[i].means;
        }
    }
    return otherwise;
}

static ebb_mx_type_t mx_type_of(const char *bytes, size_t length)
{
    static const mx_word_t words[] = {
        {"m.room.message", EBB_MX_MESSAGE},
        {"m.room.encrypted", EBB_MX_ENCRYPTED},
        {"m.sticker", EBB_MX_STICKER},
        {"m.reaction", EBB_MX_REACTION},
        {"m.poll.start", EBB_MX_POLL},
        {"org.matrix.msc3381.poll.start", EBB_MX_POLL},
        {"m.call.invite", EBB_MX_INVITE},
        {"m.call.answer", EBB_MX_ANSWER},
        {"m.call.hangup", EBB_MX_HANGUP},
        {"m.call.reject", EBB_MX_HANGUP},
    };
    return (ebb_mx_type_t)find_mx_word(words, sizeof words / sizeof *words, bytes,
                                       length, EBB_MX_STATE);
}

/* A sort that is not known is shown by its body, as the specification wants it. */
static ebb_mx_sort_t mx_sort_of(const char *bytes, size_t length)
{
    static const mx_word_t words[] = {
        {"m.text", EBB_MX_TEXT},         {"m.image", EBB_MX_FILE},
        {"m.video", EBB_MX_FILE},        {"m.audio", EBB_MX_FILE},
        {"m.file", EBB_MX_FILE},         {"m.location", EBB_MX_PLACE},
        {"m.bad.encrypted", EBB_MX_BAD}, {"m.key.verification.request", EBB_MX_TALK},
    };
    return (ebb_mx_sort_t)find_mx_word(words, sizeof words / sizeof *words, bytes,
                                       length, EBB_MX_TEXT);
}

/* ---- members ---- */

void ebb_mx_event_begin(ebb_mx_event_t *e)
{
    ebb_text_t body = e->body, file = e->file;
    body.length = file.length = 0;
    *e = (ebb_mx_event_t){.body = body, .file = file};
}

void ebb_mx_note_event(ebb_mx_event_t *e, unsigned key, ebb_token_t token,
                       const char *bytes, size_t length)
{
    if (key == MX_KEY_TIME && token == EBB_TOKEN_NUMBER) {
        e->wrong = ebb_stamp_parse(&e->stamp, bytes, length);
        e->is_timed = true;
    } else if (key == MX_KEY_TYPE && token == EBB_TOKEN_STRING) {
        e->type = mx_type_of(bytes, length);
    } else if (key == MX_KEY_SENDER && token == EBB_TOKEN_STRING) {
        e->sender_length = length < EBB_MX_ID_MAX ? length : EBB_MX_ID_MAX;
        memcpy(e->sender, bytes, e->sender_length);
    }
}

static int keep_mx_text(ebb_text_t *text, const char *bytes, size_t length)
{
    text->length = 0;
    ebb_text_append(text, bytes, length);
    return text->failed;
}

int ebb_mx_note_content(ebb_mx_event_t *e, unsigned key, ebb_token_t token,
                        const char *bytes, size_t length)
{
    e->has_content = true;
    if (token != EBB_TOKEN_STRING) {
        return EBB_OK;
    }
    switch (key) {
    case MX_KEY_MSGTYPE:
        e->sort = mx_sort_of(bytes, length);
        return EBB_OK;
    case MX_KEY_BODY:
        return keep_mx_text(&e->body, bytes, length);
    case MX_KEY_FILE_NAME:
        return keep_mx_text(&e->file, bytes, length);
    case MX_KEY_CALL:
        e->call = ebb_account_hash(bytes, length);
        return EBB_OK;
    default:
        return EBB_OK;
    }
}

/* ---- what they say together ---- */

/* Whether somebody took back what it held. */
static bool is_mx_deleted(const ebb_mx_event_t *e)
{
    bool held = e->type == EBB_MX_MESSAGE || e->type == EBB_MX_ENCRYPTED ||
                e->type == EBB_MX_STICKER || e->type == EBB_MX_REACTION ||
                e->type == EBB_MX_POLL;
    return held && (e->is_redacted || !e->has_content);
}

bool ebb_mx_is_about_another(const ebb_mx_event_t *e)
{
    return e->is_edit || e->type == EBB_MX_ANSWER || e->type == EBB_MX_HANGUP ||
           (e->type == EBB_MX_REACTION && is_mx_deleted(e));
}

bool ebb_mx_is_undecrypted(const ebb_mx_event_t *e)
{
    bool shut = e->type == EBB_MX_ENCRYPTED ||
                (e->type == EBB_MX_MESSAGE && e->sort == EBB_MX_BAD);
    return shut && !is_mx_deleted(e);
}

bool ebb_mx_says_body(const ebb_mx_event_t *e)
{
    if (e->type != EBB_MX_MESSAGE || is_mx_deleted(e)) {
        return false;
    }
    bool is_caption =
        e->file.length > 0 && (e->file.length != e->body.length ||
                               memcmp(e->file.data, e->body.data, e->file.length) != 0);
    return e->sort == EBB_MX_TEXT || (e->sort == EBB_MX_FILE && is_caption);
}

static uint8_t mx_kind_of_message(const ebb_mx_event_t *e)
{
    switch (e->sort) {
    case EBB_MX_FILE:
        return e->is_voice ? EBB_KIND_VOICE : EBB_KIND_MEDIA;
    case EBB_MX_PLACE:
        return EBB_KIND_OTHER;
    case EBB_MX_TALK:
        return EBB_KIND_SYSTEM;
    case EBB_MX_NO_SORT:
    case EBB_MX_TEXT:
    case EBB_MX_BAD:
    default:
        return EBB_KIND_TEXT;
    }
}

uint8_t ebb_mx_kind(const ebb_mx_event_t *e)
{
    if (is_mx_deleted(e)) {
        return EBB_KIND_DELETED;
    }
    switch (e->type) {
    case EBB_MX_MESSAGE:
        return mx_kind_of_message(e);
    case EBB_MX_ENCRYPTED:
        return EBB_KIND_TEXT;
    case EBB_MX_STICKER:
        return EBB_KIND_MEDIA;
    case EBB_MX_REACTION:
        return EBB_KIND_REACTION;
    case EBB_MX_POLL:
        return EBB_KIND_OTHER;
    case EBB_MX_INVITE:
        return EBB_KIND_CALL;
    case EBB_MX_NONE:
    case EBB_MX_ANSWER:
    case EBB_MX_HANGUP:
    case EBB_MX_STATE:
    default:
        return EBB_KIND_SYSTEM;
    }
}

uint16_t ebb_mx_flags(const ebb_mx_event_t *e)
{
    if (is_mx_deleted(e)) {
        return 0;
    }
    bool place = e->type == EBB_MX_MESSAGE && e->sort == EBB_MX_PLACE;
    return (uint16_t)((e->is_edited ? EBB_FLAG_EDITED : 0) |
                      (e->is_reply && !e->is_thread ? EBB_FLAG_REPLY : 0) |
                      (e->type == EBB_MX_POLL ? EBB_FLAG_POLL : 0) |
                      (place ? EBB_FLAG_LOCATION : 0));
}

const char *ebb_mx_problem(const ebb_mx_event_t *e)
{
    if (e->type == EBB_MX_NONE) {
        return "an event without a type";
    }
    if (!e->is_timed || e->wrong) {
        return e->wrong ? "the time is none" : "no time";
    }
    if (e->type != EBB_MX_STATE && e->sender_length == 0) {
        return "no sender";
    }
    bool empty = e->type == EBB_MX_MESSAGE && e->sort == EBB_MX_NO_SORT;
    return empty && !is_mx_deleted(e) ? "a message that does not say what it holds"
                                      : NULL;
}

size_t ebb_mx_quotation(const char *body, size_t length)
{
    bool quotes = length > 4 && (memcmp(body, "> <@", 4) == 0 ||
                                 (length > 6 && memcmp(body, "> * <@", 6) == 0));
    if (!quotes) { /* there may be no body at all */
        return 0;
    }
    const char *at = body, *end = body + length;
    while (at < end && *at == '>') {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        at = newline ? newline + 1 : end;
    }
    at += at < end && *at == '\n';
    return (size_t)(at - body);
}
