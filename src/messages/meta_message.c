/* SPDX-License-Identifier: MIT
 *
 * The members of one message of a Messenger or Instagram download: which of them
 * matter, what their values mean, and what kind of event they make together.
 */
#include <string.h>

#include "messages/meta.h"
#include "messages/stamp.h"

static const char *const meta_words[EBB_META_KEY_COUNT] = {"",
#define META_WORD(name, word) word,
                                                           EBB_META_KEY_LIST(META_WORD)
#undef META_WORD
};

void ebb_meta_keys_prepare(ebb_keys_t *keys)
{
    ebb_keys_prepare(keys, meta_words, EBB_META_KEY_COUNT);
}

void ebb_meta_message_begin(ebb_meta_message_t *m, uint64_t offset)
{
    m->offset = offset;
    m->seen = 0;
    m->sender.length = 0; /* names and texts are not read beyond their length */
    m->time_wrong = NULL;
    m->type = EBB_META_TYPE_NONE;
    m->unsent = m->missed = m->is_voice = false;
    m->duration_s = 0;
    m->text_length = 0;
    m->body = (ebb_body_t){0};
}

static void note_meta_time(ebb_meta_message_t *m, const char *bytes, size_t length)
{
    ebb_stamp_t stamp;
    m->time_wrong = ebb_stamp_parse(&stamp, bytes, length);
    m->time_wrong = m->time_wrong || stamp.is_utc ? m->time_wrong : EBB_NOT_A_TIME;
    m->time_s = stamp.time_s;
}

static void note_meta_type(ebb_meta_message_t *m, const char *bytes, size_t length)
{
    m->type = ebb_bytes_are(bytes, length, "Call") ? EBB_META_TYPE_CALL
              : ebb_bytes_are(bytes, length, "Subscribe") ||
                      ebb_bytes_are(bytes, length, "Unsubscribe")
                  ? EBB_META_TYPE_MEMBERS
              : ebb_bytes_are(bytes, length, "placeholder") ? EBB_META_TYPE_PLACEHOLDER
                                                            : EBB_META_TYPE_NONE;
}

static void note_meta_text(ebb_meta_message_t *m, const char *bytes, size_t length)
{
    m->text_length = length < EBB_META_SENTENCE_MAX ? length : 0;
    memcpy(m->text, bytes, m->text_length);
}

static void note_call_duration(ebb_meta_message_t *m, const char *bytes, size_t length)
{
    m->duration_s = 0;
    for (size_t i = 0; i < length && i < 9 && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
        m->duration_s = m->duration_s * 10 + (bytes[i] - '0');
    }
}

void ebb_meta_message_note(ebb_meta_message_t *m, ebb_meta_key_t key, ebb_token_t token,
                           const char *bytes, size_t length)
{
    bool holds = token == EBB_TOKEN_STRING
                     ? length > 0
                     : token == EBB_TOKEN_NUMBER || token == EBB_TOKEN_TRUE;
    m->seen |= (uint64_t)holds << key;
    switch ((int)key) {
    case EBB_META_KEY_SENDER:
    case EBB_META_KEY_SENDER_E:
    case EBB_META_KEY_ACTOR:
        /* an empty name is that of an account that is no more */
        m->seen |= (uint64_t)(token == EBB_TOKEN_STRING) << EBB_META_KEY_SENDER;
        ebb_meta_name_set(&m->sender, bytes, length);
        break;
    case EBB_META_KEY_TIME_MS:
    case EBB_META_KEY_TIME:
        m->seen |= UINT64_C(1) << EBB_META_KEY_TIME;
        note_meta_time(m, bytes, length);
        break;
    case EBB_META_KEY_CONTENT:
    case EBB_META_KEY_CONTENT_E:
        m->seen |= (uint64_t)holds << EBB_META_KEY_CONTENT;
        note_meta_text(m, bytes, token == EBB_TOKEN_STRING ? length : 0);
        break;
    case EBB_META_KEY_TYPE:
        note_meta_type(m, bytes, length);
        break;
    case EBB_META_KEY_UNSENT:
    case EBB_META_KEY_UNSENT_E:
        m->unsent |= token == EBB_TOKEN_TRUE;
        break;
    case EBB_META_KEY_MISSED:
        m->missed = token == EBB_TOKEN_TRUE;
        break;
    case EBB_META_KEY_DURATION:
        note_call_duration(m, bytes, length);
        break;
    default:
        break;
    }
}

void ebb_meta_message_uri(ebb_meta_message_t *m, const char *bytes, size_t length)
{
    static const char *const spoken[] = {".ogg", ".oga", ".opus", ".m4a", ".aac"};
    for (size_t i = 0; i < sizeof spoken / sizeof *spoken; i++) {
        size_t n = strlen(spoken[i]);
        m->is_voice |= length > n && memcmp(bytes + length - n, spoken[i], n) == 0;
    }
}

/* ---- what they say together ---- */

static bool has_member(const ebb_meta_message_t *m, ebb_meta_key_t key)
{
    return (m->seen >> key & 1) != 0;
}

static bool has_media(const ebb_meta_message_t *m)
{
    return has_member(m, EBB_META_KEY_PHOTOS) || has_member(m, EBB_META_KEY_VIDEOS) ||
           has_member(m, EBB_META_KEY_GIFS) || has_member(m, EBB_META_KEY_FILES) ||
           has_member(m, EBB_META_KEY_STICKER) || has_member(m, EBB_META_KEY_MEDIA_E);
}

static bool is_meta_call(const ebb_meta_message_t *m, ebb_meta_sentence_t sentence)
{
    return m->type == EBB_META_TYPE_CALL || has_member(m, EBB_META_KEY_DURATION) ||
           (sentence >= EBB_META_CALLED && sentence <= EBB_META_CALL_MISSED);
}

static uint8_t kind_of_call(const ebb_meta_message_t *m, ebb_meta_sentence_t sentence)
{
    bool timed = has_member(m, EBB_META_KEY_DURATION);
    if (m->missed || sentence == EBB_META_CALL_MISSED) {
        return EBB_KIND_MISSED_CALL;
    }
    if (m->duration_s > 0 || sentence == EBB_META_CALL_BEGINS) {
        return EBB_KIND_CALL;
    }
    return timed || !sentence ? EBB_KIND_MISSED_CALL : EBB_KIND_CALL;
}

static uint8_t mark_of_call(const ebb_meta_message_t *m, ebb_meta_sentence_t sentence)
{
    if (sentence == EBB_META_CALL_BEGINS) {
        return m->duration_s > 0 ? EBB_META_MARK_NONE : EBB_META_MARK_BEGINS;
    }
    return sentence == EBB_META_CALL_ENDS     ? EBB_META_MARK_ENDS
           : sentence == EBB_META_CALL_MISSED ? EBB_META_MARK_MISSED
                                              : EBB_META_MARK_NONE;
}

static uint8_t meta_kind(const ebb_meta_message_t *m, ebb_meta_sentence_t sentence)
{
    if (m->unsent || sentence == EBB_META_UNSENT) {
        return EBB_KIND_DELETED;
    }
    if (is_meta_call(m, sentence)) {
        return kind_of_call(m, sentence);
    }
    if (sentence == EBB_META_REACTION) {
        return EBB_KIND_REACTION;
    }
    if (has_member(m, EBB_META_KEY_AUDIO) || m->is_voice) {
        return EBB_KIND_VOICE;
    }
    if (has_media(m) || sentence == EBB_META_ATTACHMENT) {
        return EBB_KIND_MEDIA;
    }
    if (sentence == EBB_META_LOCATION || sentence == EBB_META_POLL) {
        return EBB_KIND_OTHER;
    }
    bool shared = has_member(m, EBB_META_KEY_SHARE);
    if (m->type == EBB_META_TYPE_MEMBERS || has_member(m, EBB_META_KEY_USERS) ||
        (sentence == EBB_META_NOTICE && !shared)) {
        return EBB_KIND_SYSTEM;
    }
    if (shared && (sentence || m->body.characters == 0)) {
        return EBB_KIND_MEDIA;
    }
    /* what is empty was seen once, has disappeared or cannot be shown */
    return m->type == EBB_META_TYPE_PLACEHOLDER || m->body.characters == 0
               ? EBB_KIND_OTHER
               : EBB_KIND_TEXT;
}

void ebb_meta_message_fill(const ebb_meta_message_t *m, ebb_meta_sentence_t sentence,
                           ebb_event_t *event)
{
    event->kind = meta_kind(m, sentence);
    if (event->kind == EBB_KIND_CALL || event->kind == EBB_KIND_MISSED_CALL) {
        event->_reserved[0] = mark_of_call(m, sentence);
    }
    if (sentence == EBB_META_LOCATION) {
        event->flags |= EBB_FLAG_LOCATION;
    }
    if (sentence == EBB_META_POLL) {
        event->flags |= EBB_FLAG_POLL;
    }
    bool written = event->kind == EBB_KIND_TEXT || event->kind == EBB_KIND_MEDIA ||
                   event->kind == EBB_KIND_VOICE;
    if (written && !sentence) {
        event->characters = m->body.characters;
        event->words = m->body.words;
    }
}

const char *ebb_meta_message_problem(const ebb_meta_message_t *m,
                                     const ebb_event_t *event)
{
    if (!has_member(m, EBB_META_KEY_TIME)) {
        return "no date";
    }
    if (m->time_wrong) {
        return "the date is none";
    }
    bool nobody = event->kind == EBB_KIND_SYSTEM;
    return nobody || has_member(m, EBB_META_KEY_SENDER) ? NULL : "no sender";
}
