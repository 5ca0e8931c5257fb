/* SPDX-License-Identifier: MIT
 *
 * The frame of a reader of one chat in JSON. The reader says what an object or array
 * is, and what its values mean; the frame follows them, counts and keeps the text
 * of the message at hand, and makes its event.
 *
 * Invariant: `at[d]` is what the reader says of the object or array at depth d. Nothing
 * of a message is kept beyond its end but the event (and its text when texts are asked
 * for).
 */
#ifndef EBB_MESSAGES_JSONCHAT_H
#define EBB_MESSAGES_JSONCHAT_H

#include "messages/accounts.h"
#include "messages/jsonfeed.h"
#include "messages/keys.h"
#include "messages/stamp.h"

#define EBB_JSONCHAT_OTHER 0 /* an object or array of which nothing is wanted */

typedef struct ebb_jsonchat ebb_jsonchat_t;

/* What an object or array is, by what is around it (EBB_JSONCHAT_OTHER: it is the
 * outermost) and the key before it (0: whichever). */
typedef struct ebb_jsonchat_place {
    uint8_t around, key;
    bool is_object;
    uint8_t what;
} ebb_jsonchat_place_t;

/* What a reader knows of its format. All functions are given, but `opened` may be NULL.
 */
typedef struct ebb_jsonchat_form {
    const char *const *words; /* keys, as ebb_keys_prepare wants them */
    size_t word_count;
    const ebb_jsonchat_place_t *places; /* the first that fits counts */
    size_t place_count;
    bool many; /* several values after each other */
    /* one has begun */
    void (*opened)(ebb_jsonchat_t *chat, ebb_feed_t *feed, uint8_t around,
                   bool is_object);
    /* a plain value in one that is known; bytes may be empty, never NULL */
    int (*value)(ebb_jsonchat_t *chat, ebb_feed_t *feed, uint8_t around,
                 ebb_token_t token, const char *bytes, size_t length);
    /* an object that is known has ended */
    int (*closed)(ebb_jsonchat_t *chat, ebb_feed_t *feed, uint8_t what);
} ebb_jsonchat_form_t;

/* The frame's state: the first member of a reader's own. Zero-initialise. */
struct ebb_jsonchat {
    const ebb_jsonchat_form_t *form;
    ebb_import_t *import;
    ebb_keys_t keys;
    uint8_t at[EBB_FEED_DEPTH_MAX + 1];
    unsigned key;    /* before the value that comes; 0 for one that is not known */
    uint64_t offset; /* of the message at hand */
    ebb_body_t body; /* counts of its text ... */
    ebb_text_t text; /* ... and the text itself, when asked for */
    ebb_clock_t clock;
    ebb_accounts_t accounts;
};

/* Streams an input. 0, or what ebb_feed_run or the form's functions return. */
int ebb_jsonchat_read(ebb_jsonchat_t *chat, const ebb_jsonchat_form_t *form,
                      ebb_import_t *import, const ebb_input_t *input,
                      ebb_error_t *error);

/* A message begins at a byte of the input. */
void ebb_jsonchat_begin(ebb_jsonchat_t *chat, uint64_t offset);

/* Adds to the text of the message at hand. */
int ebb_jsonchat_add_text(ebb_jsonchat_t *chat, ebb_feed_t *feed, const char *bytes,
                          size_t length);

/* Makes the event of the message at hand; `said`: the text is its sender's. */
int ebb_jsonchat_push(ebb_jsonchat_t *chat, ebb_feed_t *feed, ebb_event_t *event,
                      bool said);

/* Sets an event's person: of an account, which may be a new one. */
int ebb_jsonchat_person(ebb_jsonchat_t *chat, ebb_feed_t *feed, ebb_event_t *event,
                        const ebb_newcomer_t *who);

#endif
