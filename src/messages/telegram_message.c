/* SPDX-License-Identifier: MIT
 *
 * The members of one message of Telegram's result.json: which of them matter, what
 * their values mean, and what kind of event they make together.
 */
#include <string.h>

#include "messages/stamp.h"
#include "messages/telegram.h"

#define TG_SEEN_ONCE INT64_C(2147483647) /* self-destruction "period" of view once */

/* ---- keys ---- */

static const char *const tg_key_words[EBB_TG_KEY_COUNT] = {"",
#define TG_KEY_WORD(name, word) word,
                                                           EBB_TG_KEY_LIST(TG_KEY_WORD)
#undef TG_KEY_WORD
};

void ebb_tg_keys_prepare(ebb_keys_t *keys)
{
    ebb_keys_prepare(keys, tg_key_words, EBB_TG_KEY_COUNT);
}

/* ---- values ---- */

/* A whole number at the end of a string or as a number token; false if it is none. */
static bool note_integer(int64_t *value, const char *bytes, size_t length)
{
    bool minus = length > 0 && bytes[0] == '-';
    size_t i = minus;
    *value = 0;
    for (; i < length && bytes[i] >= '0' && bytes[i] <= '9' && i < 18; i++) {
        *value = *value * 10 + (bytes[i] - '0');
    }
    *value = minus ? -*value : *value;
    return i == length && length > (size_t)minus;
}

/* "user4001", "channel77", "chat5" or, in old exports, the bare number of a user. */
static void note_id(ebb_tg_who_t *who, const char *bytes, size_t length)
{
    static const char *const sorts[4] = {"", "user", "channel", "chat"};
    for (uint64_t sort = 0; sort < 4; sort++) {
        size_t n = strlen(sorts[sort]);
        int64_t number = 0;
        if (length > n && memcmp(bytes, sorts[sort], n) == 0 &&
            note_integer(&number, bytes + n, length - n) && number > 0) {
            who->id = (uint64_t)number * 4 + (sort == 0 ? 1 : sort);
            return;
        }
    }
}

static void note_name(ebb_tg_who_t *who, ebb_token_t token, const char *bytes,
                      size_t length)
{
    who->said = true;
    who->name_length = 0;
    if (token == EBB_TOKEN_STRING) {
        who->name_length = (uint16_t)(length < EBB_NAME_MAX ? length : EBB_NAME_MAX);
        memcpy(who->name, bytes, who->name_length);
    }
}

static void note_date(ebb_tg_when_t *when, const char *bytes, size_t length)
{
    ebb_stamp_t stamp;
    when->wrong = ebb_stamp_parse(&stamp, bytes, length);
    when->has_local = !when->wrong && !stamp.is_utc;
    when->local_s = stamp.time_s;
}

/* Whether "edited" is a date: old exports give never edited messages one of 1970. */
static bool is_real_date(ebb_token_t token, const char *bytes, size_t length)
{
    return token == EBB_TOKEN_STRING && length >= 4 && memcmp(bytes, "19", 2) != 0;
}

static void note_type(ebb_tg_message_t *m, const char *bytes, size_t length)
{
    m->type = ebb_bytes_are(bytes, length, "message")       ? EBB_TG_TYPE_MESSAGE
              : ebb_bytes_are(bytes, length, "service")     ? EBB_TG_TYPE_SERVICE
              : ebb_bytes_are(bytes, length, "unsupported") ? EBB_TG_TYPE_UNSUPPORTED
                                                            : EBB_TG_TYPE_UNKNOWN;
}

void ebb_tg_message_begin(ebb_tg_message_t *m, uint64_t offset)
{
    m->offset = offset;
    m->seen = 0;
    m->type = EBB_TG_TYPE_UNKNOWN;
    m->who.id = 0;
    m->who.name_length = 0; /* the name itself is not read beyond its length */
    m->who.said = false;
    m->when = (ebb_tg_when_t){0};
    m->is_voice = m->is_call = m->is_group_call = m->is_edited = false;
    m->by_entities = false;
    m->duration_s = m->period_s = 0;
    m->body = (ebb_body_t){0};
}

void ebb_tg_message_note(ebb_tg_message_t *m, ebb_tg_key_t key, ebb_token_t token,
                         const char *bytes, size_t length)
{
    m->seen |= (uint64_t)(token != EBB_TOKEN_NULL) << key;
    switch ((int)key) {
    case EBB_TG_KEY_TYPE:
        note_type(m, bytes, length);
        break;
    case EBB_TG_KEY_DATE:
        note_date(&m->when, bytes, length);
        break;
    case EBB_TG_KEY_UNIXTIME:
        m->when.has_utc = note_integer(&m->when.utc_s, bytes, length);
        break;
    case EBB_TG_KEY_FROM:
    case EBB_TG_KEY_ACTOR:
        note_name(&m->who, token, bytes, length);
        break;
    case EBB_TG_KEY_FROM_ID:
    case EBB_TG_KEY_ACTOR_ID:
        note_id(&m->who, bytes, length);
        break;
    case EBB_TG_KEY_ACTION:
        m->is_call = ebb_bytes_are(bytes, length, "phone_call");
        m->is_group_call = ebb_bytes_are(bytes, length, "group_call");
        break;
    case EBB_TG_KEY_EDITED:
        m->is_edited = is_real_date(token, bytes, length);
        break;
    case EBB_TG_KEY_FORWARDED:
    case EBB_TG_KEY_FORWARDED_ID:
        m->seen |= UINT64_C(1) << EBB_TG_KEY_FORWARDED; /* null: account deleted */
        break;
    case EBB_TG_KEY_MEDIA_TYPE:
        m->is_voice = ebb_bytes_are(bytes, length, "voice_message");
        break;
    case EBB_TG_KEY_DURATION:
    case EBB_TG_KEY_CALL_DURATION:
        (void)note_integer(&m->duration_s, bytes, length);
        break;
    case EBB_TG_KEY_PERIOD:
        (void)note_integer(&m->period_s, bytes, length);
        break;
    default:
        break;
    }
}

/* ---- what they say together ---- */

static bool has_key(const ebb_tg_message_t *m, ebb_tg_key_t key)
{
    return (m->seen >> key & 1) != 0;
}

uint8_t ebb_tg_message_kind(const ebb_tg_message_t *m)
{
    if (m->type == EBB_TG_TYPE_SERVICE) {
        bool spoken = (m->is_call || m->is_group_call) && m->duration_s > 0;
        return spoken       ? EBB_KIND_CALL
               : m->is_call ? EBB_KIND_MISSED_CALL
                            : EBB_KIND_SYSTEM;
    }
    if (m->is_voice) {
        return EBB_KIND_VOICE;
    }
    if (has_key(m, EBB_TG_KEY_MEDIA_TYPE) || has_key(m, EBB_TG_KEY_PHOTO) ||
        has_key(m, EBB_TG_KEY_FILE)) {
        return EBB_KIND_MEDIA;
    }
    bool special = has_key(m, EBB_TG_KEY_POLL) || has_key(m, EBB_TG_KEY_LOCATION) ||
                   has_key(m, EBB_TG_KEY_PLACE) || has_key(m, EBB_TG_KEY_CONTACT);
    return special || m->body.characters == 0 ? EBB_KIND_OTHER : EBB_KIND_TEXT;
}

uint16_t ebb_tg_message_flags(const ebb_tg_message_t *m)
{
    uint16_t flags = 0;
    if (m->is_edited) {
        flags |= EBB_FLAG_EDITED;
    }
    if (has_key(m, EBB_TG_KEY_FORWARDED)) {
        flags |= EBB_FLAG_FORWARDED;
    }
    if (has_key(m, EBB_TG_KEY_REPLY)) {
        flags |= EBB_FLAG_REPLY;
    }
    if (has_key(m, EBB_TG_KEY_POLL)) {
        flags |= EBB_FLAG_POLL;
    }
    if (has_key(m, EBB_TG_KEY_LOCATION) || has_key(m, EBB_TG_KEY_PLACE)) {
        flags |= EBB_FLAG_LOCATION;
    }
    if (m->period_s > 0) {
        flags |= m->period_s == TG_SEEN_ONCE ? EBB_FLAG_VIEW_ONCE : EBB_FLAG_EPHEMERAL;
    }
    return flags;
}

const char *ebb_tg_message_problem(const ebb_tg_message_t *m)
{
    if (m->type == EBB_TG_TYPE_UNSUPPORTED) {
        return "a message that this Telegram could not export";
    }
    if (m->type == EBB_TG_TYPE_UNKNOWN) {
        return "a message of unknown type";
    }
    bool is_system = ebb_tg_message_kind(m) == EBB_KIND_SYSTEM;
    return is_system || m->who.said || m->who.id ? NULL : "no sender";
}
