/* SPDX-License-Identifier: MIT
 * One event of a Matrix room: its members, and what they mean together. */
#ifndef EBB_MESSAGES_MATRIX_H
#define EBB_MESSAGES_MATRIX_H

#include "messages/jsonchat.h"

/* name, word */
#define MX_KEY_LIST(X)                               \
    X(MX_KEY_NONE, "")                               \
    X(MX_KEY_MESSAGES, "messages")                   \
    X(MX_KEY_TYPE, "type")                           \
    X(MX_KEY_SENDER, "sender")                       \
    X(MX_KEY_TIME, "origin_server_ts")               \
    X(MX_KEY_CONTENT, "content")                     \
    X(MX_KEY_MSGTYPE, "msgtype")                     \
    X(MX_KEY_BODY, "body")                           \
    X(MX_KEY_FILE_NAME, "filename")                  \
    X(MX_KEY_CALL, "call_id")                        \
    X(MX_KEY_VOICE, "org.matrix.msc3245.voice")      \
    X(MX_KEY_VOICE_2, "org.matrix.msc3245.voice.v2") \
    X(MX_KEY_RELATES_TO, "m.relates_to")             \
    X(MX_KEY_REL_TYPE, "rel_type")                   \
    X(MX_KEY_IN_REPLY_TO, "m.in_reply_to")           \
    X(MX_KEY_FALLING_BACK, "is_falling_back")        \
    X(MX_KEY_UNSIGNED, "unsigned")                   \
    X(MX_KEY_REDACTED, "redacted_because")           \
    X(MX_KEY_RELATIONS, "m.relations")               \
    X(MX_KEY_REPLACE, "m.replace")

enum {
#define MX_KEY_ENUM(name, word) name,
    MX_KEY_LIST(MX_KEY_ENUM)
#undef MX_KEY_ENUM
        MX_KEY_COUNT
};

typedef enum ebb_mx_type {
    EBB_MX_NONE, /* not said */
    EBB_MX_MESSAGE,
    EBB_MX_ENCRYPTED,
    EBB_MX_STICKER,
    EBB_MX_REACTION,
    EBB_MX_POLL,
    EBB_MX_INVITE, /* to a call */
    EBB_MX_ANSWER,
    EBB_MX_HANGUP, /* or a refusal */
    EBB_MX_STATE   /* of the room, and all the rest */
} ebb_mx_type_t;

/* What a message holds. */
typedef enum ebb_mx_sort {
    EBB_MX_NO_SORT, /* not said */
    EBB_MX_TEXT,
    EBB_MX_FILE, /* picture, film, sound or another file */
    EBB_MX_PLACE,
    EBB_MX_BAD, /* Element could not decrypt it */
    EBB_MX_TALK /* between two programs, about keys */
} ebb_mx_sort_t;

#define EBB_MX_ID_MAX 255 /* bytes of a Matrix id, by its specification */

typedef struct ebb_mx_event {
    ebb_mx_type_t type;
    ebb_mx_sort_t sort;
    bool has_content; /* the content has members */
    bool is_reply, is_thread, is_edit, is_edited, is_redacted, is_voice;
    bool is_timed;
    const char *wrong; /* what is wrong with its time */
    ebb_stamp_t stamp;
    uint64_t call;        /* hash of the call's name */
    ebb_text_t body;      /* as it stands */
    ebb_text_t file;      /* name of the file, where the body is something else */
    size_t sender_length; /* 0: not said */
    char sender[EBB_MX_ID_MAX];
} ebb_mx_event_t;

/* Empties an event; its texts must have been initialised. */
void ebb_mx_event_begin(ebb_mx_event_t *event);

/* Note a plain value of an event, and of its content (0 or EBB_ERR_MEMORY). */
void ebb_mx_note_event(ebb_mx_event_t *event, unsigned key, ebb_token_t token,
                       const char *bytes, size_t length);
int ebb_mx_note_content(ebb_mx_event_t *event, unsigned key, ebb_token_t token,
                        const char *bytes, size_t length);

/* Whether it only says something of another event: an edit, an answered call, a
 * reaction taken back. */
bool ebb_mx_is_about_another(const ebb_mx_event_t *event);

bool ebb_mx_is_undecrypted(const ebb_mx_event_t *event);

/* Whether the body is what the sender says, not a file's name. */
bool ebb_mx_says_body(const ebb_mx_event_t *event);

/* What the members say together: an ebb_kind_t, EBB_FLAG_ bits, and why it is no event
 * (NULL if it is one). */
uint8_t ebb_mx_kind(const ebb_mx_event_t *event);
uint16_t ebb_mx_flags(const ebb_mx_event_t *event);
const char *ebb_mx_problem(const ebb_mx_event_t *event);

/* Bytes of the quotation that an answer's body may begin with, for apps that show no
 * answers: lines "> <@id> ..." and an empty one. */
size_t ebb_mx_quotation(const char *body, size_t length);

#endif
