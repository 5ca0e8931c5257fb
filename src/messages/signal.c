/* SPDX-License-Identifier: MIT
 *
 * Signal's chats in JSON, as two programs write them: signal-export's data.json, one
 * object a line, and sigtop's list of messages as Signal Desktop keeps them.
 *
 *     {"date": "2024-05-05T20:01:09", "sender": "Ana", "body": "hi  ", "quote": "",
 *      "sticker": "", "reactions": [["Me", "❤"]], "attachments": [{"name": "a.png"}]}
 *
 *     [{"type": "incoming", "sent_at": 1714932069000, "body": "hi", "conversationId":
 *       "c1", "source": "+4912", "sourceServiceId": "u1", "expireTimer": 3600,
 *       "attachments": [{"contentType": "audio/aac", "flags": 1}], "quote": {...},
 *       "reactions": [{"emoji": "❤", "fromId": "c2", "timestamp": 1714932070000}]},
 * ...]
 *
 * The first tells names, and wall clocks; the second neither, but instants, who reacted
 * when, and which messages were set to disappear: those are left out and counted, as
 * signal-export leaves them out, unless the caller keeps them.
 */
#include "messages/signal.h"

#include <stdio.h>
#include <string.h>

#include "core/memory.h"
#include "messages/reactions.h"
#include "messages/signal_message.h"

static const char *const sg_key_words[SG_KEY_COUNT] = {
#define SG_KEY_WORD(name, word) word,
    SG_KEY_LIST(SG_KEY_WORD)
#undef SG_KEY_WORD
};

/* What an object or array is. */
enum {
    SG_LIST = EBB_JSONCHAT_OTHER + 1,
    SG_MESSAGE,
    SG_FILES,
    SG_FILE,
    SG_REACTIONS,
    SG_REACTION,
    SG_EDITS,
    SG_CONTACTS,
    SG_CALL
};

static const ebb_jsonchat_place_t sg_places[] = {
    {EBB_JSONCHAT_OTHER, 0, false, SG_LIST},
    {EBB_JSONCHAT_OTHER, 0, true, SG_MESSAGE},
    {SG_LIST, 0, true, SG_MESSAGE},
    {SG_MESSAGE, SG_KEY_ATTACHMENTS, false, SG_FILES},
    {SG_FILES, 0, true, SG_FILE},
    {SG_MESSAGE, SG_KEY_REACTIONS, false, SG_REACTIONS},
    {SG_REACTIONS, 0, true, SG_REACTION},
    {SG_MESSAGE, SG_KEY_EDITS, false, SG_EDITS},
    {SG_MESSAGE, SG_KEY_EDIT_HISTORY, false, SG_EDITS},
    {SG_MESSAGE, SG_KEY_CONTACT, false, SG_CONTACTS},
    {SG_MESSAGE, SG_KEY_CALL_DETAILS, true, SG_CALL},
};

/* Who a reaction is of, until all messages are read and it is known who wrote. */
enum { SG_PARTNERS = EBB_PERSON_NONE - 2, SG_MINE = EBB_PERSON_NONE - 1 };

typedef struct sg_reader {
    ebb_jsonchat_t chat;
    ebb_sg_message_t message;
    ebb_reactions_t reactions;
    int partner;       /* the first who wrote to the exporting person; -1: nobody yet */
    bool is_group;     /* others did as well */
    bool saw_exported; /* messages as signal-export writes them */
} sg_reader_t;

/* ---- persons ---- */

static int set_sg_person(sg_reader_t *sg, ebb_feed_t *feed, ebb_event_t *event,
                         const char *name, size_t length)
{
    uint64_t id = ebb_account_hash(name, length);
    return ebb_jsonchat_person(&sg->chat, feed, event,
                               &(ebb_newcomer_t){id, name, length, "Signal"});
}

/* Who sent a message that sigtop copied. Several numbers of one person are learnt from
 * messages that tell more than one; the chat's own is that of the other one as well. */
static int set_sg_raw_sender(sg_reader_t *sg, ebb_feed_t *feed, ebb_event_t *event)
{
    const ebb_sg_message_t *m = &sg->message;
    ebb_accounts_t *accounts = &sg->chat.accounts;
    uint64_t ids[] = {m->service, m->source, m->conversation};
    int person = -1;
    for (int i = 0; i < 3 && person < 0; i++) {
        bool alone = i < 2 || (ids[0] == 0 && ids[1] == 0);
        person = alone ? ebb_account_find(accounts, ids[i]) : -1;
    }
    if (person < 0) {
        const ebb_sg_name_t *name = &m->sender;
        bool named = name->length > 0;
        int code = ebb_jsonchat_person(
            &sg->chat, feed, event,
            &(ebb_newcomer_t){.id = ids[0]   ? ids[0]
                                    : ids[1] ? ids[1]
                                             : ids[2],
                              .name = named ? name->bytes : "Other",
                              .length = named ? name->length : strlen("Other"),
                              .sign = "Signal"});
        if (code) {
            return code;
        }
        person = event->person;
    }
    for (int i = 0; i < 3; i++) {
        ebb_account_link(accounts, ids[i], person);
    }
    event->person = (uint8_t)person;
    sg->is_group |= sg->partner >= 0 && sg->partner != person;
    sg->partner = sg->partner < 0 ? person : sg->partner;
    return EBB_OK;
}

static int set_sg_sender(sg_reader_t *sg, ebb_feed_t *feed, ebb_event_t *event)
{
    const ebb_sg_message_t *m = &sg->message;
    if (event->kind == EBB_KIND_SYSTEM) {
        return EBB_OK;
    }
    if (ebb_sg_is_mine(m)) {
        return set_sg_person(sg, feed, event, EBB_SG_ME, strlen(EBB_SG_ME));
    }
    if (m->type == EBB_SG_EXPORTED) {
        return set_sg_person(sg, feed, event, m->sender.bytes, m->sender.length);
    }
    if (m->type == EBB_SG_CALL) { /* not told, but who else */
        event->person = m->call_told && m->call_incoming && sg->partner >= 0
                            ? (uint8_t)sg->partner
                            : EBB_PERSON_NONE;
        return EBB_OK;
    }
    return set_sg_raw_sender(sg, feed, event);
}

/* ---- events ---- */

static int keep_sg_reactions(sg_reader_t *sg, ebb_feed_t *feed)
{
    const ebb_sg_message_t *m = &sg->message;
    for (size_t i = 0; i < m->reaction_count; i++) {
        const ebb_sg_reaction_t *reaction = &m->reactions[i];
        ebb_event_t event = {.kind = EBB_KIND_REACTION, .person = SG_MINE};
        if (!reaction->is_timed ||
            ebb_clock_set(&sg->chat.clock, &event, NULL, &reaction->time_s)) {
            continue;
        }
        int known = ebb_account_find(&sg->chat.accounts, reaction->from);
        if (known >= 0) {
            event.person = (uint8_t)known;
        } else if (reaction->from == m->conversation) {
            event.person = SG_PARTNERS;
        }
        if (ebb_reactions_add(sg->chat.import, &sg->reactions, &event)) {
            return ebb_feed_fail(feed, EBB_ERR_MEMORY, sg->chat.offset,
                                 "no memory for its reactions");
        }
    }
    return EBB_OK;
}

static int end_sg_message(sg_reader_t *sg, ebb_feed_t *feed)
{
    const ebb_sg_message_t *m = &sg->message;
    ebb_source_t *source = ebb_import_source(sg->chat.import);
    ebb_event_t event = {.person = EBB_PERSON_NONE};
    source->lines++;
    const char *problem = ebb_sg_problem(m);
    problem = problem ? problem : ebb_sg_set_time(m, &sg->chat.clock, &event);
    if (problem) {
        ebb_feed_not_understood(feed, sg->chat.offset, problem);
        return EBB_OK;
    }
    if (m->disappears && !sg->chat.import->opts.keep_disappearing) {
        source->disappearing++;
        return EBB_OK;
    }
    event.kind = ebb_sg_kind(m, &sg->chat.body);
    event.flags |= ebb_sg_flags(m, event.kind);
    bool said = event.kind != EBB_KIND_CALL && event.kind != EBB_KIND_MISSED_CALL &&
                event.kind != EBB_KIND_DELETED && event.kind != EBB_KIND_SYSTEM;
    if (said && m->is_padded &&
        m->type == EBB_SG_EXPORTED) { /* signal-export sets two blanks behind a text */
        sg->chat.body.characters -= 2;
        sg->chat.text.length -= sg->chat.text.length >= 2 ? 2 : 0;
    }
    sg->saw_exported |= m->type == EBB_SG_EXPORTED;
    int code = set_sg_sender(sg, feed, &event);
    code = code ? code : keep_sg_reactions(sg, feed);
    return code ? code : ebb_jsonchat_push(&sg->chat, feed, &event, said);
}

/* Says of each reaction whose it is, and drops those of which nobody knows. */
static int settle_sg_reactions(sg_reader_t *sg)
{
    ebb_reactions_t *reactions = &sg->reactions;
    bool of_two = sg->partner >= 0 && !sg->is_group;
    size_t kept = 0;
    int me = -1;
    for (size_t i = 0; i < reactions->count; i++) {
        ebb_event_t event = reactions->events[i];
        if (event.person == SG_MINE && of_two && me < 0) {
            me = ebb_import_person(sg->chat.import, EBB_SG_ME, strlen(EBB_SG_ME));
            if (me < 0) {
                return me;
            }
        }
        if (event.person >= SG_PARTNERS) {
            if (!of_two) {
                continue;
            }
            event.person = (uint8_t)(event.person == SG_MINE ? me : sg->partner);
        }
        reactions->events[kept++] = event;
    }
    reactions->count = kept;
    return ebb_reactions_merge(sg->chat.import, reactions);
}

/* ---- what stands where ---- */

static void open_sg(ebb_jsonchat_t *chat, ebb_feed_t *feed, uint8_t around,
                    bool is_object)
{
    ebb_sg_message_t *m = &((sg_reader_t *)chat)->message;
    (void)is_object;
    switch (chat->at[feed->depth]) {
    case SG_MESSAGE:
        ebb_jsonchat_begin(chat, ebb_feed_offset(feed) - 1);
        ebb_sg_message_begin(m);
        return;
    case SG_FILE:
        ebb_sg_file_begin(m);
        return;
    case SG_REACTION:
        ebb_sg_reaction_begin(m);
        return;
    case SG_CALL:
        m->call_told = true;
        return;
    default:
        break;
    }
    m->edits += around == SG_EDITS;
    m->has_contact |= around == SG_CONTACTS;
    m->has_quote |= around == SG_MESSAGE && chat->key == SG_KEY_QUOTE;
    m->has_sticker |= around == SG_MESSAGE && chat->key == SG_KEY_STICKER;
    m->is_notice |= around == SG_MESSAGE && chat->key == SG_KEY_TIMER_UPDATE;
}

static int sg_value(ebb_jsonchat_t *chat, ebb_feed_t *feed, uint8_t around,
                    ebb_token_t token, const char *bytes, size_t length)
{
    ebb_sg_message_t *m = &((sg_reader_t *)chat)->message;
    switch (around) {
    case SG_MESSAGE:
        ebb_sg_note(m, chat->key, token, bytes, length);
        if (chat->key == SG_KEY_BODY && token == EBB_TOKEN_STRING) {
            chat->body = (ebb_body_t){0};
            chat->text.length = 0;
            return ebb_jsonchat_add_text(chat, feed, bytes, length);
        }
        return EBB_OK;
    case SG_FILE:
        ebb_sg_note_file(m, chat->key, token, bytes, length);
        return EBB_OK;
    case SG_REACTION:
        ebb_sg_note_reaction(m, chat->key, token, bytes, length);
        return EBB_OK;
    case SG_CALL:
        ebb_sg_note_call(m, chat->key, token);
        return EBB_OK;
    default:
        return EBB_OK;
    }
}

static int close_sg(ebb_jsonchat_t *chat, ebb_feed_t *feed, uint8_t what)
{
    sg_reader_t *sg = (sg_reader_t *)chat;
    if (what == SG_FILE) {
        ebb_sg_file_end(&sg->message);
    }
    return what == SG_MESSAGE ? end_sg_message(sg, feed) : EBB_OK;
}

/* ---- the reader ---- */

static const ebb_jsonchat_form_t sg_form = {
    .words = sg_key_words,
    .word_count = SG_KEY_COUNT,
    .places = sg_places,
    .place_count = sizeof sg_places / sizeof *sg_places,
    .many = true,
    .opened = open_sg,
    .value = sg_value,
    .closed = close_sg,
};

static void describe_sg(sg_reader_t *sg)
{
    ebb_source_t *source = ebb_import_source(sg->chat.import);
    (void)snprintf(source->dialect, sizeof source->dialect, "%s",
                   sg->saw_exported ? "signal-export JSON, wall clock"
                                    : "sigtop JSON, unix time");
    source->date_order = EBB_DATE_STATED;
    source->date_certainty = EBB_CERTAIN;
    source->zone_known = sg->chat.import->zone != NULL;
}

static int read_signal(ebb_import_t *import, const ebb_input_t *input,
                       ebb_error_t *error)
{
    sg_reader_t *sg = ebb_new_array(import->alloc, 1, sizeof *sg);
    ebb_place_t place = {.where = input->label};
    if (!sg) {
        return ebb_fail_at(error, EBB_ERR_MEMORY, place, "no memory to read it");
    }
    sg->partner = -1;
    int code = ebb_jsonchat_read(&sg->chat, &sg_form, import, input, error);
    if (!code) {
        describe_sg(sg);
        code = settle_sg_reactions(sg);
        code = code ? ebb_fail_at(error, code, place, "no memory for its reactions")
                    : EBB_OK;
    }
    ebb_reactions_free(import, &sg->reactions);
    ebb_free_array(import->alloc, sg, 1, sizeof *sg);
    return code;
}

static bool sniff_sg_key(void *user, int depth, const char *bytes, size_t length)
{
    static const char *const words[] = {
        /* signal-export's */
        "date", "sender", "quote", "reactions",
        /* Signal Desktop's */
        "conversationId", "sent_at", "received_at", "received_at_ms", "expireTimer",
        "sendStateByConversationId", "unidentifiedDeliveries", "sourceServiceId",
        "sourceUuid", "seenStatus", "schemaVersion"};
    unsigned *found = user;
    for (unsigned i = 0; depth == 1 && i < sizeof words / sizeof *words; i++) {
        *found |= ebb_bytes_are(bytes, length, words[i]) ? 1u << i : 0;
    }
    return true;
}

static int sniff_signal(const char *head, size_t n)
{
    unsigned found = 0;
    size_t i = n >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (i < n && head[i] && strchr(" \t\r\n", head[i])) {
        i++;
    }
    i += i < n && head[i] == '['; /* look at the first of a list */
    (void)ebb_json_peek(head + i, n - i, sniff_sg_key, &found);
    bool exported = (found & 15) == 15;
    return exported || __builtin_popcount(found >> 4) >= 2 ? 2 : 0;
}

const ebb_reader_t ebb_reader_signal = {"signal", sniff_signal, read_signal};
