/* SPDX-License-Identifier: MIT
 * What the files share that read SMS Backup & Restore's XML. */
#ifndef EBB_MESSAGES_SMS_H
#define EBB_MESSAGES_SMS_H

#include "messages/keys.h"
#include "messages/phonebook.h"
#include "messages/stamp.h"

/* Attributes, of all elements together. */
#define SMS_KEY_LIST(X)             \
    X(SMS_KEY_ADDRESS, "address")   \
    X(SMS_KEY_NUMBER, "number")     \
    X(SMS_KEY_DATE, "date")         \
    X(SMS_KEY_TYPE, "type")         \
    X(SMS_KEY_BOX, "msg_box")       \
    X(SMS_KEY_M_TYPE, "m_type")     \
    X(SMS_KEY_BODY, "body")         \
    X(SMS_KEY_NAME, "contact_name") \
    X(SMS_KEY_DURATION, "duration") \
    X(SMS_KEY_CONTENT_TYPE, "ct")   \
    X(SMS_KEY_TEXT, "text")

typedef enum ebb_sms_key {
    SMS_KEY_NONE,
#define SMS_KEY_ENUM(name, word) name,
    SMS_KEY_LIST(SMS_KEY_ENUM)
#undef SMS_KEY_ENUM
        SMS_KEY_COUNT
} ebb_sms_key_t;

typedef enum ebb_sms_what {
    EBB_SMS_NONE,
    EBB_SMS_TEXT,
    EBB_SMS_MMS,
    EBB_SMS_CALL
} ebb_sms_what_t;

/* The exporting person, whom the backup does not name: what --me gives a name to. */
#define EBB_SMS_ME "You"

#define EBB_SMS_TO_MAX 3 /* the phone's own number, the partner, and one too many */

/* One sms, mms or call, as far as it has been seen. */
typedef struct ebb_sms_message {
    ebb_sms_what_t what;
    ebb_place_t place; /* of its '<' */
    int box;           /* 1 received, 2 sent, ...; of a call: its type; -1: not said */
    int m_type;        /* of an mms: what the phones told each other; -1: not said */
    bool answered;     /* a call with a duration */
    bool has_media, has_voice;
    const char *wrong; /* what is wrong with its time */
    bool is_timed;
    ebb_stamp_t stamp;
    ebb_body_t body;
    char address[EBB_NAME_MAX], name[EBB_NAME_MAX];
    char from[EBB_NAME_MAX];               /* of an mms */
    char to[EBB_SMS_TO_MAX][EBB_NAME_MAX]; /* ... each person once */
    int to_count;
} ebb_sms_message_t;

typedef enum ebb_sms_fate {
    EBB_SMS_EVENT,
    EBB_SMS_UNSENT, /* a draft, in the queue, or failed: never reached anybody */
    EBB_SMS_PASS    /* no message: the phones' receipts, calls that were blocked */
} ebb_sms_fate_t;

void ebb_sms_keys_prepare(ebb_keys_t *keys);

/* Begins a message. */
void ebb_sms_begin(ebb_sms_message_t *message, ebb_sms_what_t what, ebb_place_t place);

/* Notes an attribute of it. */
void ebb_sms_note(ebb_sms_message_t *message, ebb_sms_key_t key, const char *value);

/* Notes what kind of thing a part of an mms is, or that it has a text. */
void ebb_sms_note_part(ebb_sms_message_t *message, const char *content_type,
                       bool has_text);

/* Notes an address of an mms and what it is: 137 from; 151, 130, 129 to. */
void ebb_sms_note_address(ebb_sms_message_t *message, const char *address,
                          const char *type);

/* The address that tells whom it is with: "NUMBER", or "NUMBER~NUMBER" where that is
 * not said better. NULL where it went to several, or came to several beside the phone;
 * "" where it names nobody. Lives as long as the message. */
const char *ebb_sms_partner(const ebb_sms_message_t *message);

/* What becomes of it; for an event kind and person (0: the exporting one, 1: the other)
 * are set. */
ebb_sms_fate_t ebb_sms_settle(const ebb_sms_message_t *message, ebb_event_t *event);

/* Why it is neither; NULL if it is. */
const char *ebb_sms_problem(const ebb_sms_message_t *message);

#endif
