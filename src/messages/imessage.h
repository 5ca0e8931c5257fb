/* SPDX-License-Identifier: MIT
 * What the files share that read iMessage's chat.db. */
#ifndef EBB_MESSAGES_IMESSAGE_H
#define EBB_MESSAGES_IMESSAGE_H

#include "messages/database.h"
#include "messages/phonebook.h"

/* The exporting person, whom the database does not name: what --me gives a name to. */
#define EBB_IMESSAGE_ME "You"

/* The couple's chats among all of a database. */
typedef struct ebb_imessage_chats {
    ebb_phonebook_t book; /* of the handles that messages go to */
    int partner;          /* root in it */
    ebb_text_t ids;       /* of the chats with the partner alone: "3,17" */
    ebb_text_t handles;   /* of the partner: "1,2" */
    size_t count;         /* chats */
} ebb_imessage_chats_t;

/* Finds the partner by the options, as ebb_phonebook_choose, and all chats with that
 * person alone. Zero-initialise `chats`, set book.import; release with
 * ebb_imessage_chats_free, also after a failure. 0, or EBB_ERR_CHOICE, EBB_ERR_INPUT,
 * EBB_ERR_LIMIT, EBB_ERR_MEMORY, EBB_ERR_IO. */
int ebb_imessage_find_chats(ebb_imessage_chats_t *chats, ebb_database_t *db,
                            ebb_error_t *error);

void ebb_imessage_chats_free(ebb_imessage_chats_t *chats);

/* One row of the table of messages. */
typedef struct ebb_imessage {
    int64_t id;
    int64_t date;        /* seconds or nanoseconds since 2001 */
    int64_t kind;        /* 0: a message; else what the app says of the chat */
    int64_t association; /* 2000...: a reaction; 0: none */
    bool is_mine, has_files, is_spoken, is_reply, is_edited, is_retracted, is_app;
    bool is_read;    /* a receipt has come, or been sent */
    bool has_body;   /* a text, or bytes that hold one */
    bool has_failed; /* never left the device */
} ebb_imessage_t;

typedef enum ebb_imessage_fate {
    EBB_IMESSAGE_EVENT,
    EBB_IMESSAGE_UNSENT,
    EBB_IMESSAGE_PASS /* a reaction that was taken back */
} ebb_imessage_fate_t;

/* What becomes of a message; for an event kind and flags are set. `*said`: its text is
 * its sender's. */
ebb_imessage_fate_t ebb_imessage_settle(const ebb_imessage_t *message,
                                        ebb_event_t *event, bool *said);

/* Its instant in seconds since 1970, and what of a second is left, in 65536ths. False
 * where it has none. */
bool ebb_imessage_time(const ebb_imessage_t *message, int64_t *time_s,
                       uint16_t *fraction);

/* Whether its time is in nanoseconds. */
bool ebb_imessage_is_fine(const ebb_imessage_t *message);

#endif
