/* SPDX-License-Identifier: MIT
 * What the four files that read Telegram's result.json share. */
#ifndef EBB_MESSAGES_TELEGRAM_H
#define EBB_MESSAGES_TELEGRAM_H

#include "messages/jsonfeed.h"
#include "messages/keys.h"

/* ---- the members of a message ---- */

/* name, word; in any order */
#define EBB_TG_KEY_LIST(X)                               \
    X(EBB_TG_KEY_TYPE, "type")                           \
    X(EBB_TG_KEY_DATE, "date")                           \
    X(EBB_TG_KEY_UNIXTIME, "date_unixtime")              \
    X(EBB_TG_KEY_FROM, "from")                           \
    X(EBB_TG_KEY_FROM_ID, "from_id")                     \
    X(EBB_TG_KEY_ACTOR, "actor")                         \
    X(EBB_TG_KEY_ACTOR_ID, "actor_id")                   \
    X(EBB_TG_KEY_ACTION, "action")                       \
    X(EBB_TG_KEY_TEXT, "text")                           \
    X(EBB_TG_KEY_ENTITIES, "text_entities")              \
    X(EBB_TG_KEY_EDITED, "edited")                       \
    X(EBB_TG_KEY_EDITED_UNIXTIME, "edited_unixtime")     \
    X(EBB_TG_KEY_REPLY, "reply_to_message_id")           \
    X(EBB_TG_KEY_FORWARDED, "forwarded_from")            \
    X(EBB_TG_KEY_FORWARDED_ID, "forwarded_from_id")      \
    X(EBB_TG_KEY_MEDIA_TYPE, "media_type")               \
    X(EBB_TG_KEY_PHOTO, "photo")                         \
    X(EBB_TG_KEY_FILE, "file")                           \
    X(EBB_TG_KEY_POLL, "poll")                           \
    X(EBB_TG_KEY_LOCATION, "location_information")       \
    X(EBB_TG_KEY_PLACE, "place_name")                    \
    X(EBB_TG_KEY_CONTACT, "contact_information")         \
    X(EBB_TG_KEY_DURATION, "duration_seconds")           \
    X(EBB_TG_KEY_CALL_DURATION, "duration")              \
    X(EBB_TG_KEY_PERIOD, "self_destruct_period_seconds") \
    X(EBB_TG_KEY_REACTIONS, "reactions")                 \
    X(EBB_TG_KEY_RECENT, "recent")                       \
    X(EBB_TG_KEY_MESSAGES, "messages")

typedef enum ebb_tg_key {
    EBB_TG_KEY_NONE,
#define EBB_TG_KEY_ENUM(name, word) name,
    EBB_TG_KEY_LIST(EBB_TG_KEY_ENUM)
#undef EBB_TG_KEY_ENUM
        EBB_TG_KEY_COUNT
} ebb_tg_key_t;

typedef enum ebb_tg_type {
    EBB_TG_TYPE_UNKNOWN,
    EBB_TG_TYPE_MESSAGE,
    EBB_TG_TYPE_SERVICE,
    EBB_TG_TYPE_UNSUPPORTED
} ebb_tg_type_t;

/* Who, as a message says it. */
typedef struct ebb_tg_who {
    uint64_t id; /* 0: not said; else number * 4 + sort of account */
    uint16_t name_length;
    bool said; /* "from" is there, perhaps as null: a deleted account */
    char name[EBB_NAME_MAX];
} ebb_tg_who_t;

/* When, as a message says it. */
typedef struct ebb_tg_when {
    int64_t local_s, utc_s;
    bool has_local, has_utc;
    const char *wrong; /* why `local_s` could not be read */
} ebb_tg_when_t;

typedef struct ebb_tg_message {
    uint64_t offset; /* of its '{' */
    uint64_t seen;   /* bit k: key k is there and not null */
    ebb_tg_type_t type;
    ebb_tg_who_t who;
    ebb_tg_when_t when;
    bool is_voice, is_call, is_group_call, is_edited;
    bool by_entities; /* the body comes from "text_entities" */
    int64_t duration_s, period_s;
    ebb_body_t body;
} ebb_tg_message_t;

/* The words of EBB_TG_KEY_LIST; the index of one is its ebb_tg_key_t. */
void ebb_tg_keys_prepare(ebb_keys_t *keys);

/* Empties a message, or a reaction, that begins at a byte of the input. */
void ebb_tg_message_begin(ebb_tg_message_t *message, uint64_t offset);

/* Notes a plain value of a message; its text is counted elsewhere. */
void ebb_tg_message_note(ebb_tg_message_t *message, ebb_tg_key_t key, ebb_token_t token,
                         const char *bytes, size_t length);

/* What the members say together: an ebb_kind_t, EBB_FLAG_ bits, and why it is no event
 * (NULL if it is one). */
uint8_t ebb_tg_message_kind(const ebb_tg_message_t *message);
uint16_t ebb_tg_message_flags(const ebb_tg_message_t *message);
const char *ebb_tg_message_problem(const ebb_tg_message_t *message);

/* ---- the chat and its times ---- */

/* Where the chat to read stands in the input: an object with "messages". */
typedef struct ebb_tg_place {
    uint64_t begin, end;
    bool is_one_of_many; /* the input is an export of several chats */
} ebb_tg_place_t;

/* Finds the chat to read: the only one, the one that the options name, or the only
 * personal one that holds messages. EBB_ERR_CHOICE lists the chats with their counts.
 * Sets import->partner_named_chat when the partner's name chose it. */
int ebb_tg_find_chat(ebb_import_t *import, const ebb_input_t *input,
                     ebb_tg_place_t *place, ebb_error_t *error);

/* Until times are settled, an event's _reserved[0] says what is known of its clocks. */
enum {
    EBB_TG_BOTH,       /* wall clock and instant: the offset is known */
    EBB_TG_LOCAL_ONLY, /* wall clock; offset unknown */
    EBB_TG_UTC_ONLY    /* instant; local_s is UTC and offset_s 0 */
};

/* Gives events that lack one clock the offset of their neighbours that have both, and
 * clears the marks. Returns whether every event's wall clock and offset are known. */
bool ebb_tg_settle_times(ebb_import_t *import);

#endif
