/* SPDX-License-Identifier: MIT
 * What the files share that read Meta's downloads: Messenger and Instagram. */
#ifndef EBB_MESSAGES_META_H
#define EBB_MESSAGES_META_H

#include "messages/accounts.h"
#include "messages/jsonfeed.h"
#include "messages/keys.h"
#include "messages/mojibake.h"

/* ---- the members of a message ---- */

/* name, word; _E: as the encrypted chats' own download says it */
#define EBB_META_KEY_LIST(X)                     \
    X(EBB_META_KEY_PARTICIPANTS, "participants") \
    X(EBB_META_KEY_MESSAGES, "messages")         \
    X(EBB_META_KEY_THREAD, "threadName")         \
    X(EBB_META_KEY_NAME, "name")                 \
    X(EBB_META_KEY_SENDER, "sender_name")        \
    X(EBB_META_KEY_SENDER_E, "senderName")       \
    X(EBB_META_KEY_TIME_MS, "timestamp_ms")      \
    X(EBB_META_KEY_TIME, "timestamp")            \
    X(EBB_META_KEY_CONTENT, "content")           \
    X(EBB_META_KEY_CONTENT_E, "text")            \
    X(EBB_META_KEY_TYPE, "type")                 \
    X(EBB_META_KEY_UNSENT, "is_unsent")          \
    X(EBB_META_KEY_UNSENT_E, "isUnsent")         \
    X(EBB_META_KEY_DURATION, "call_duration")    \
    X(EBB_META_KEY_MISSED, "missed")             \
    X(EBB_META_KEY_PHOTOS, "photos")             \
    X(EBB_META_KEY_VIDEOS, "videos")             \
    X(EBB_META_KEY_AUDIO, "audio_files")         \
    X(EBB_META_KEY_GIFS, "gifs")                 \
    X(EBB_META_KEY_FILES, "files")               \
    X(EBB_META_KEY_MEDIA_E, "media")             \
    X(EBB_META_KEY_STICKER, "sticker")           \
    X(EBB_META_KEY_SHARE, "share")               \
    X(EBB_META_KEY_URI, "uri")                   \
    X(EBB_META_KEY_USERS, "users")               \
    X(EBB_META_KEY_REACTIONS, "reactions")       \
    X(EBB_META_KEY_ACTOR, "actor")

typedef enum ebb_meta_key {
    EBB_META_KEY_NONE,
#define EBB_META_KEY_ENUM(name, word) name,
    EBB_META_KEY_LIST(EBB_META_KEY_ENUM)
#undef EBB_META_KEY_ENUM
        EBB_META_KEY_COUNT
} ebb_meta_key_t;

/* ---- sentences the app writes where a text should be ---- */

typedef enum ebb_meta_sentence {
    EBB_META_OWN_WORDS, /* none of them: somebody wrote it */
    EBB_META_REACTION,
    EBB_META_UNSENT,
    EBB_META_ATTACHMENT, /* "Ana sent an attachment." */
    EBB_META_LOCATION,
    EBB_META_POLL,
    EBB_META_CALLED,
    EBB_META_CALL_BEGINS, /* what became of it is told by one that follows */
    EBB_META_CALL_ENDS,
    EBB_META_CALL_MISSED,
    EBB_META_NOTICE /* names, colours, who came and went */
} ebb_meta_sentence_t;

#define EBB_META_SENTENCE_MAX 400 /* bytes; what is longer somebody wrote */
#define EBB_META_NAME_MAX 120     /* bytes; longer names are cut */
#define EBB_META_NAMES 8          /* of a chat's persons are told from the text */

typedef struct ebb_meta_name {
    char bytes[EBB_META_NAME_MAX];
    size_t length;
} ebb_meta_name_t;

/* Persons whose names may begin a sentence. */
typedef struct ebb_meta_names {
    ebb_meta_name_t names[EBB_META_NAMES];
    size_t count;
} ebb_meta_names_t;

void ebb_meta_name_set(ebb_meta_name_t *name, const char *bytes, size_t length);

/* What a text is, by its words, the persons of the chat and its sender. Apps write in
 * the language they are set to; English is known, of French and German the most
 * frequent ones, and of any language what begins with a full name of two words or more
 * and ends as a sentence. */
ebb_meta_sentence_t ebb_meta_sentence(const char *bytes, size_t length,
                                      const ebb_meta_names_t *names,
                                      const ebb_meta_name_t *sender);

/* ---- one message ---- */

typedef enum ebb_meta_type {
    EBB_META_TYPE_NONE, /* not told, or told and of no weight */
    EBB_META_TYPE_CALL,
    EBB_META_TYPE_MEMBERS, /* came into the group, or left it */
    EBB_META_TYPE_PLACEHOLDER
} ebb_meta_type_t;

typedef struct ebb_meta_message {
    uint64_t offset; /* of its '{' */
    uint64_t seen;   /* bit k: key k is there, and holds something */
    ebb_meta_name_t sender;
    int64_t time_s;
    const char *time_wrong; /* why time_s could not be read */
    ebb_meta_type_t type;
    bool unsent, missed, is_voice;
    int64_t duration_s;
    char text[EBB_META_SENTENCE_MAX]; /* the body, where it is short enough */
    size_t text_length;
    ebb_body_t body;
} ebb_meta_message_t;

void ebb_meta_keys_prepare(ebb_keys_t *keys);

/* Empties a message, or a reaction, that begins at a byte of the input. */
void ebb_meta_message_begin(ebb_meta_message_t *message, uint64_t offset);

/* Notes a plain value of a message; names and texts are mended already. */
void ebb_meta_message_note(ebb_meta_message_t *message, ebb_meta_key_t key,
                           ebb_token_t token, const char *bytes, size_t length);

/* Notes the place of a file sent with a message; in the encrypted chats' download its
 * name alone tells a voice message. */
void ebb_meta_message_uri(ebb_meta_message_t *message, const char *bytes,
                          size_t length);

/* What is said of a call, for ebb_meta_settle; in ebb_event_t._reserved[0]. */
enum {
    EBB_META_MARK_NONE,
    EBB_META_MARK_BEGINS,
    EBB_META_MARK_ENDS,
    EBB_META_MARK_MISSED,
    EBB_META_MARK_LISTED /* a reaction told beside the message it answers */
};

/* Fills in kind, flags, counts and mark; `sentence` is what its text is. */
void ebb_meta_message_fill(const ebb_meta_message_t *message,
                           ebb_meta_sentence_t sentence, ebb_event_t *event);

/* Why it is no event; NULL if it is one of this kind. */
const char *ebb_meta_message_problem(const ebb_meta_message_t *message,
                                     const ebb_event_t *event);

/* ---- all messages of a file ---- */

/* Brings the source's events into the order of time and makes one call of what begins
 * it and what ends it. `newest_first` is how such files usually are: where times say
 * nothing else, it counts. */
void ebb_meta_settle(ebb_import_t *import, bool newest_first);

/* Drops reactions marked EBB_META_MARK_LISTED that stand as a message as well, and
 * clears the marks. */
void ebb_meta_drop_twins(ebb_import_t *import);

/* ---- the chats of a whole download ---- */

/* What the head of a file says of its chat. */
typedef struct ebb_meta_head {
    ebb_meta_name_t names[2]; /* of the first two persons */
    size_t persons;
    unsigned called; /* bit k: `wanted[k]` is one of them */
} ebb_meta_head_t;

/* Reads a file up to its messages. Names are looked for among the chat's persons, also
 * by the name an alias gives them; NULL is nobody. */
int ebb_meta_read_head(ebb_import_t *import, const ebb_input_t *input,
                       const char *const wanted[4], ebb_meta_head_t *head,
                       ebb_error_t *error);

extern const ebb_reader_t ebb_reader_meta;

#endif
