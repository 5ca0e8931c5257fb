/* SPDX-License-Identifier: MIT
 * One message of Signal in JSON, by either program: its members, and what they mean
 * together. */
#ifndef EBB_MESSAGES_SIGNAL_MESSAGE_H
#define EBB_MESSAGES_SIGNAL_MESSAGE_H

#include "messages/jsonchat.h"

/* name, word */
#define SG_KEY_LIST(X)                              \
    X(SG_KEY_NONE, "")                              \
    X(SG_KEY_DATE, "date")                          \
    X(SG_KEY_SENDER, "sender")                      \
    X(SG_KEY_BODY, "body")                          \
    X(SG_KEY_QUOTE, "quote")                        \
    X(SG_KEY_STICKER, "sticker")                    \
    X(SG_KEY_REACTIONS, "reactions")                \
    X(SG_KEY_ATTACHMENTS, "attachments")            \
    X(SG_KEY_NAME, "name")                          \
    X(SG_KEY_DELETED, "deleted")                    \
    X(SG_KEY_EDITS, "edits")                        \
    X(SG_KEY_TYPE, "type")                          \
    X(SG_KEY_SENT, "sent_at")                       \
    X(SG_KEY_TIMESTAMP, "timestamp")                \
    X(SG_KEY_CONVERSATION, "conversationId")        \
    X(SG_KEY_SOURCE, "source")                      \
    X(SG_KEY_SOURCE_UUID, "sourceUuid")             \
    X(SG_KEY_SOURCE_SERVICE, "sourceServiceId")     \
    X(SG_KEY_EXPIRES, "expireTimer")                \
    X(SG_KEY_DELETED_RAW, "deletedForEveryone")     \
    X(SG_KEY_ERASED, "isErased")                    \
    X(SG_KEY_VIEW_ONCE, "isViewOnce")               \
    X(SG_KEY_EDIT_HISTORY, "editHistory")           \
    X(SG_KEY_CONTACT, "contact")                    \
    X(SG_KEY_TIMER_UPDATE, "expirationTimerUpdate") \
    X(SG_KEY_CONTENT_TYPE, "contentType")           \
    X(SG_KEY_FLAGS, "flags")                        \
    X(SG_KEY_FROM, "fromId")                        \
    X(SG_KEY_CALL_DETAILS, "callHistoryDetails")    \
    X(SG_KEY_INCOMING, "wasIncoming")               \
    X(SG_KEY_ACCEPTED, "acceptedTime")

enum {
#define SG_KEY_ENUM(name, word) name,
    SG_KEY_LIST(SG_KEY_ENUM)
#undef SG_KEY_ENUM
        SG_KEY_COUNT
};

typedef enum ebb_sg_type {
    EBB_SG_NONE,     /* not said */
    EBB_SG_EXPORTED, /* by signal-export; the others are Signal Desktop's */
    EBB_SG_INCOMING,
    EBB_SG_OUTGOING,
    EBB_SG_CALL,
    EBB_SG_NOTICE
} ebb_sg_type_t;

typedef struct ebb_sg_name {
    uint16_t length; /* 0: not said */
    char bytes[EBB_NAME_MAX];
} ebb_sg_name_t;

typedef struct ebb_sg_reaction {
    uint64_t from; /* hash of a conversation's or a person's id */
    int64_t time_s;
    bool is_timed;
} ebb_sg_reaction_t;

#define EBB_SG_REACTIONS_MAX 8 /* of one message; more are passed over */

typedef struct ebb_sg_message {
    ebb_sg_type_t type;
    bool is_mine;   /* said by signal-export */
    bool is_padded; /* the text ends in two blanks */
    bool has_quote, has_sticker, has_contact, has_file, has_voice;
    bool is_deleted, is_view_once, is_notice, disappears;
    uint32_t
        edits; /* forms of it that are told; Signal's own list holds the present one */
    bool call_told, call_incoming, call_taken, call_outgoing;
    uint8_t call_kind;                /* where words alone tell of a call */
    bool file_is_text, file_is_voice; /* the file at hand */
    bool is_timed;
    const char *wrong; /* what is wrong with its time */
    ebb_stamp_t stamp;
    uint64_t conversation, service, source; /* hashes of ids; 0: not said */
    ebb_sg_name_t sender; /* a name, or the number or id that stands for one */
    ebb_sg_reaction_t reactions[EBB_SG_REACTIONS_MAX];
    size_t reaction_count;
    bool reaction_left_out; /* the one at hand */
} ebb_sg_message_t;

/* Empties a message. */
void ebb_sg_message_begin(ebb_sg_message_t *message);

/* A file or a reaction of it begins, or ends. */
void ebb_sg_file_begin(ebb_sg_message_t *message);
void ebb_sg_file_end(ebb_sg_message_t *message);
void ebb_sg_reaction_begin(ebb_sg_message_t *message);

/* Note a plain value of a message, of a file, of a reaction, of a call. */
void ebb_sg_note(ebb_sg_message_t *message, unsigned key, ebb_token_t token,
                 const char *bytes, size_t length);
void ebb_sg_note_file(ebb_sg_message_t *message, unsigned key, ebb_token_t token,
                      const char *bytes, size_t length);
void ebb_sg_note_reaction(ebb_sg_message_t *message, unsigned key, ebb_token_t token,
                          const char *bytes, size_t length);
void ebb_sg_note_call(ebb_sg_message_t *message, unsigned key, ebb_token_t token);

/* Whether the exporting person sent it, or called. */
bool ebb_sg_is_mine(const ebb_sg_message_t *message);

/* Sets an event's clocks; what is wrong, or NULL. */
const char *ebb_sg_set_time(const ebb_sg_message_t *message, ebb_clock_t *clock,
                            ebb_event_t *event);

/* What the members say together: an ebb_kind_t, EBB_FLAG_ bits of such an event, and
 * why it is none (NULL if it is one). */
uint8_t ebb_sg_kind(const ebb_sg_message_t *message, const ebb_body_t *body);
uint16_t ebb_sg_flags(const ebb_sg_message_t *message, uint8_t kind);
const char *ebb_sg_problem(const ebb_sg_message_t *message);

#endif
