/* SPDX-License-Identifier: MIT */
#include "messages/sms.h"

#include <stdio.h>
#include <string.h>

#include "messages/addresses.h"

/* Boxes of Android. */
enum { BOX_INBOX = 1, BOX_SENT, BOX_DRAFT, BOX_OUTBOX, BOX_FAILED, BOX_QUEUED };

/* Kinds of calls. */
enum {
    CALL_IN = 1,
    CALL_OUT,
    CALL_MISSED,
    CALL_VOICEMAIL,
    CALL_REJECTED,
    CALL_BLOCKED,
    CALL_ELSEWHERE
};

/* m_type of an mms that is a message: sent, announced and not yet loaded, received. */
enum { MMS_SENT = 128, MMS_ANNOUNCED = 130, MMS_RECEIVED = 132 };

/* Whose an address of an mms is. */
enum { ADDRESS_BCC = 129, ADDRESS_CC = 130, ADDRESS_FROM = 137, ADDRESS_TO = 151 };

#define SMS_FIRST_S \
    (366 * (int64_t)86400) /* where a time is missing, 1970 is written */

static const char *const sms_key_words[SMS_KEY_COUNT] = {"",
#define SMS_KEY_WORD(name, word) word,
                                                         SMS_KEY_LIST(SMS_KEY_WORD)
#undef SMS_KEY_WORD
};

void ebb_sms_keys_prepare(ebb_keys_t *keys)
{
    ebb_keys_prepare(keys, sms_key_words, SMS_KEY_COUNT);
}

void ebb_sms_begin(ebb_sms_message_t *message, ebb_sms_what_t what, ebb_place_t place)
{
    message->what = what;
    message->place = place;
    message->box = message->m_type = -1;
    message->answered = message->has_media = message->has_voice = false;
    message->wrong = NULL;
    message->is_timed = false;
    message->body = (ebb_body_t){0};
    message->address[0] = message->name[0] = '\0';
    message->from[0] = '\0';
    message->to_count = 0;
}

static int small_number(const char *value)
{
    int number = 0;
    size_t i = 0;
    for (; value[i] >= '0' && value[i] <= '9' && i < 6; i++) {
        number = number * 10 + (value[i] - '0');
    }
    return i > 0 && value[i] == '\0' ? number : -1;
}

static void copy_value(char to[EBB_NAME_MAX], const char *value)
{
    size_t n = strlen(value);
    n = n < EBB_NAME_MAX ? n : EBB_NAME_MAX - 1;
    memcpy(to, value, n);
    to[n] = '\0';
}

void ebb_sms_note(ebb_sms_message_t *message, ebb_sms_key_t key, const char *value)
{
    switch ((int)key) {
    case SMS_KEY_ADDRESS:
    case SMS_KEY_NUMBER:
        copy_value(message->address, value);
        break;
    case SMS_KEY_NAME:
        copy_value(message->name, value);
        break;
    case SMS_KEY_DATE:
        message->is_timed = strcmp(value, "0") != 0;
        message->wrong = ebb_stamp_parse(&message->stamp, value, strlen(value));
        break;
    case SMS_KEY_TYPE:
        message->box =
            message->what != EBB_SMS_MMS ? small_number(value) : message->box;
        break;
    case SMS_KEY_BOX:
        message->box = small_number(value);
        break;
    case SMS_KEY_M_TYPE:
        message->m_type = small_number(value);
        break;
    case SMS_KEY_DURATION:
        message->answered = small_number(value) != 0;
        break;
    default:
        break;
    }
}

void ebb_sms_note_part(ebb_sms_message_t *message, const char *content_type,
                       bool has_text)
{
    if (strcmp(content_type, "application/smil") == 0 ||
        (strcmp(content_type, "text/plain") == 0 && has_text)) {
        return;
    }
    message->has_media = true;
    message->has_voice |= strcmp(content_type, "audio/amr") == 0 ||
                          strcmp(content_type, "audio/3gpp") == 0;
}

/* ---- whom it is with ---- */

/* Whether an address is somebody's: phones write a token where their own should be, and
 * -1, -2, -3 for callers who are not known, hide, or stand in a booth. */
static bool is_address(const char *address)
{
    return address[0] && strcmp(address, "null") != 0 &&
           strcmp(address, "insert-address-token") != 0 &&
           !(address[0] == '-' && address[1] >= '1' && address[1] <= '3' &&
             address[2] == '\0');
}

static bool is_receiver(const ebb_sms_message_t *message, const char *address)
{
    for (int i = 0; i < message->to_count; i++) {
        if (ebb_addresses_match(message->to[i], address)) {
            return true;
        }
    }
    return false;
}

void ebb_sms_note_address(ebb_sms_message_t *message, const char *address,
                          const char *type_word)
{
    int type = small_number(type_word);
    bool to = type == ADDRESS_TO || type == ADDRESS_CC || type == ADDRESS_BCC;
    if (!is_address(address)) {
        return;
    }
    if (type == ADDRESS_FROM && !message->from[0]) {
        copy_value(message->from, address);
    }
    if (to && message->to_count < EBB_SMS_TO_MAX && !is_receiver(message, address)) {
        copy_value(message->to[message->to_count++], address);
    }
}

/* Its receivers but for its sender, who may stand among them; the first of them. */
static int count_receivers(const ebb_sms_message_t *m, const char **first)
{
    int count = 0;
    for (int i = m->to_count - 1; i >= 0; i--) {
        if (!ebb_addresses_match(m->to[i], m->from)) {
            *first = m->to[i];
            count++;
        }
    }
    return count;
}

/* Whether "NUMBER~NUMBER" holds one that neither sent nor received it. */
static bool has_more_members(const ebb_sms_message_t *m)
{
    const char *at = m->address;
    bool list = strchr(at, '~') != NULL, more = false;
    while (list && *at) {
        char one[EBB_NAME_MAX];
        size_t n = strcspn(at, "~");
        (void)snprintf(one, sizeof one, "%.*s", (int)n, at);
        more |= n > 0 && !ebb_addresses_match(one, m->from) && !is_receiver(m, one);
        at += n + (at[n] == '~');
    }
    return more;
}

const char *ebb_sms_partner(const ebb_sms_message_t *m)
{
    const char *address = is_address(m->address) ? m->address : "";
    const char *receiver = "";
    if (m->what != EBB_SMS_MMS) {
        return address;
    }
    int count = count_receivers(m, &receiver);
    const char *told = m->box == BOX_INBOX ? m->from : receiver;
    return count > 1                           ? NULL
           : !told[0]                          ? address
           : address[0] && has_more_members(m) ? NULL
                                               : told;
}

static ebb_sms_fate_t settle_call(const ebb_sms_message_t *m, ebb_event_t *event)
{
    event->person = m->box != CALL_OUT;
    switch (m->box) {
    case CALL_OUT:
        event->kind = m->answered ? EBB_KIND_CALL : EBB_KIND_MISSED_CALL;
        break;
    case CALL_VOICEMAIL:
        event->kind = EBB_KIND_VOICE;
        break;
    case CALL_MISSED:
    case CALL_REJECTED:
        event->kind = EBB_KIND_MISSED_CALL;
        break;
    case CALL_BLOCKED:
        return EBB_SMS_PASS;
    default:
        event->kind = EBB_KIND_CALL;
        break;
    }
    return EBB_SMS_EVENT;
}

ebb_sms_fate_t ebb_sms_settle(const ebb_sms_message_t *message, ebb_event_t *event)
{
    if (message->what == EBB_SMS_CALL) {
        return settle_call(message, event);
    }
    bool receipt = message->m_type >= 0 && message->m_type != MMS_SENT &&
                   message->m_type != MMS_ANNOUNCED && message->m_type != MMS_RECEIVED;
    if (receipt) {
        return EBB_SMS_PASS;
    }
    bool media = message->has_media || message->m_type == MMS_ANNOUNCED;
    event->kind = message->has_voice ? EBB_KIND_VOICE
                  : media            ? EBB_KIND_MEDIA
                                     : EBB_KIND_TEXT;
    event->person = message->box == BOX_INBOX;
    return message->box > BOX_SENT ? EBB_SMS_UNSENT : EBB_SMS_EVENT;
}

const char *ebb_sms_problem(const ebb_sms_message_t *m)
{
    bool known = m->what == EBB_SMS_CALL ? m->box >= CALL_IN && m->box <= CALL_ELSEWHERE
                                         : m->box >= BOX_INBOX && m->box <= BOX_QUEUED;
    if (!m->is_timed || (!m->wrong && m->stamp.time_s < SMS_FIRST_S)) {
        return "has no time";
    }
    if (m->wrong) {
        return m->wrong;
    }
    return known ? NULL : "is of a type that ebb does not know";
}
