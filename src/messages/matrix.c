/* SPDX-License-Identifier: MIT
 *
 * Reads a room of Matrix as Element exports it in JSON: its events as the server has
 * them, decrypted where Element could.
 *
 *     {"room_name": "Noor", "room_creator": "Noor", "topic": "", "export_date": "...",
 *      "exported_by": "Tim", "messages": [
 *       {"type": "m.room.message", "sender": "@noor:example.org",
 *        "origin_server_ts": 1714932001250, "event_id": "$a",
 *        "content": {"msgtype": "m.text", "body": "hi",
 *                    "m.relates_to": {"m.in_reply_to": {"event_id": "$b"}}},
 *        "unsigned": {"m.relations": {"m.replace": {...}}}}, ...]}
 *
 * What Element could not decrypt it exports as a text that says so, and tells nobody.
 * Of such a message sender and time are right, so it is an event; its length is 0, and
 * the account counts it. A person is a Matrix id: the export names nobody else.
 */
#include <stdio.h>
#include <string.h>

#include "core/memory.h"
#include "messages/matrix.h"

static const char *const mx_key_words[MX_KEY_COUNT] = {
#define MX_KEY_WORD(name, word) word,
    MX_KEY_LIST(MX_KEY_WORD)
#undef MX_KEY_WORD
};

/* What an object or array is. */
enum {
    MX_ROOT = EBB_JSONCHAT_OTHER + 1,
    MX_EVENTS,
    MX_EVENT,
    MX_CONTENT,
    MX_RELATES,
    MX_UNSIGNED,
    MX_RELATIONS
};

static const ebb_jsonchat_place_t mx_places[] = {
    {EBB_JSONCHAT_OTHER, 0, true, MX_ROOT},
    {MX_ROOT, MX_KEY_MESSAGES, false, MX_EVENTS},
    {MX_EVENTS, 0, true, MX_EVENT},
    {MX_EVENT, MX_KEY_CONTENT, true, MX_CONTENT},
    {MX_EVENT, MX_KEY_UNSIGNED, true, MX_UNSIGNED},
    {MX_CONTENT, MX_KEY_RELATES_TO, true, MX_RELATES},
    {MX_UNSIGNED, MX_KEY_RELATIONS, true, MX_RELATIONS},
};

/* A call is an invitation; what it came to is told by later events, if at all. */
typedef struct mx_call {
    bool is_open; /* nothing more is known of it yet */
    uint64_t id;  /* hash of its name */
    size_t event; /* index in the import */
} mx_call_t;

typedef struct mx_reader {
    ebb_jsonchat_t chat;
    ebb_mx_event_t event;
    mx_call_t call; /* the last one */
} mx_reader_t;

/* ---- events ---- */

/* What a later event says of the last call: it was taken, or not. */
static void end_mx_call(mx_reader_t *mx, bool taken)
{
    ebb_import_t *import = mx->chat.import;
    if (mx->call.is_open && mx->call.id == mx->event.call) {
        mx->call.is_open = false;
        if (!taken) {
            import->events[mx->call.event].kind = EBB_KIND_MISSED_CALL;
        }
    }
}

/* Adds what a message says to its counts: without the quotation that answers begin
 * with, and nothing where the words are a file's name. */
static int add_mx_body(mx_reader_t *mx, ebb_feed_t *feed)
{
    const ebb_mx_event_t *e = &mx->event;
    size_t skip = e->is_reply ? ebb_mx_quotation(e->body.data, e->body.length) : 0;
    bool said = ebb_mx_says_body(e) && e->body.length > skip;
    return said ? ebb_jsonchat_add_text(&mx->chat, feed, e->body.data + skip,
                                        e->body.length - skip)
                : EBB_OK;
}

static int push_mx_event(mx_reader_t *mx, ebb_feed_t *feed, ebb_event_t *event)
{
    const ebb_mx_event_t *e = &mx->event;
    int code = EBB_OK;
    if (event->kind != EBB_KIND_SYSTEM) {
        uint64_t id = ebb_account_hash(e->sender, e->sender_length);
        code =
            ebb_jsonchat_person(&mx->chat, feed, event,
                                &(ebb_newcomer_t){id, e->sender, e->sender_length, ""});
    }
    code = code ? code : add_mx_body(mx, feed);
    if (code) {
        return code;
    }
    if (e->type == EBB_MX_INVITE) {
        mx->call = (mx_call_t){true, e->call, mx->chat.import->count};
    }
    if (ebb_mx_is_undecrypted(e)) {
        ebb_import_source(mx->chat.import)->undecrypted++;
    }
    return ebb_jsonchat_push(&mx->chat, feed, event, true);
}

static int end_mx_event(mx_reader_t *mx, ebb_feed_t *feed)
{
    const ebb_mx_event_t *e = &mx->event;
    ebb_event_t event = {.person = EBB_PERSON_NONE};
    ebb_import_source(mx->chat.import)->lines++;
    if (ebb_mx_is_about_another(e)) {
        if (e->type == EBB_MX_ANSWER || e->type == EBB_MX_HANGUP) {
            end_mx_call(mx, e->type == EBB_MX_ANSWER);
        }
        return EBB_OK;
    }
    const char *problem = ebb_mx_problem(e);
    problem = problem ? problem
                      : ebb_clock_set(&mx->chat.clock, &event, NULL, &e->stamp.time_s);
    if (problem) {
        ebb_feed_not_understood(feed, mx->chat.offset, problem);
        return EBB_OK;
    }
    event.kind = ebb_mx_kind(e);
    event.flags |= ebb_mx_flags(e);
    return push_mx_event(mx, feed, &event);
}

/* ---- what stands where ---- */

static void open_mx(ebb_jsonchat_t *chat, ebb_feed_t *feed, uint8_t around,
                    bool is_object)
{
    ebb_mx_event_t *e = &((mx_reader_t *)chat)->event;
    (void)is_object;
    if (chat->at[feed->depth] == MX_EVENT) {
        ebb_jsonchat_begin(chat, ebb_feed_offset(feed) - 1);
        ebb_mx_event_begin(e);
    }
    e->has_content |= around == MX_CONTENT;
    e->is_reply |= around == MX_RELATES && chat->key == MX_KEY_IN_REPLY_TO;
    e->is_redacted |= around == MX_UNSIGNED && chat->key == MX_KEY_REDACTED;
    e->is_edited |= around == MX_RELATIONS && chat->key == MX_KEY_REPLACE;
    e->is_voice |= around == MX_CONTENT &&
                   (chat->key == MX_KEY_VOICE || chat->key == MX_KEY_VOICE_2);
}

static int mx_value(ebb_jsonchat_t *chat, ebb_feed_t *feed, uint8_t around,
                    ebb_token_t token, const char *bytes, size_t length)
{
    ebb_mx_event_t *e = &((mx_reader_t *)chat)->event;
    switch (around) {
    case MX_EVENTS:
        ebb_import_source(chat->import)->lines++;
        ebb_feed_not_understood(feed, ebb_feed_offset(feed) - 1,
                                "no event in its place: Element could not export it");
        return EBB_OK;
    case MX_EVENT:
        ebb_mx_note_event(e, chat->key, token, bytes, length);
        return EBB_OK;
    case MX_CONTENT:
        return ebb_mx_note_content(e, chat->key, token, bytes, length)
                   ? ebb_feed_fail(feed, EBB_ERR_MEMORY, chat->offset,
                                   "no memory for a text")
                   : EBB_OK;
    case MX_RELATES:
        e->is_edit |=
            chat->key == MX_KEY_REL_TYPE && ebb_bytes_are(bytes, length, "m.replace");
        e->is_thread |= chat->key == MX_KEY_FALLING_BACK && token == EBB_TOKEN_TRUE;
        return EBB_OK;
    default:
        return EBB_OK;
    }
}

static int close_mx(ebb_jsonchat_t *chat, ebb_feed_t *feed, uint8_t what)
{
    return what == MX_EVENT ? end_mx_event((mx_reader_t *)chat, feed) : EBB_OK;
}

/* ---- the reader ---- */

static const ebb_jsonchat_form_t mx_form = {
    .words = mx_key_words,
    .word_count = MX_KEY_COUNT,
    .places = mx_places,
    .place_count = sizeof mx_places / sizeof *mx_places,
    .opened = open_mx,
    .value = mx_value,
    .closed = close_mx,
};

static int read_matrix(ebb_import_t *import, const ebb_input_t *input,
                       ebb_error_t *error)
{
    mx_reader_t *mx = ebb_new_array(import->alloc, 1, sizeof *mx);
    if (!mx) {
        return ebb_fail_at(error, EBB_ERR_MEMORY, (ebb_place_t){.where = input->label},
                           "no memory to read it");
    }
    ebb_text_init(&mx->event.body, import->alloc);
    ebb_text_init(&mx->event.file, import->alloc);
    int code = ebb_jsonchat_read(&mx->chat, &mx_form, import, input, error);
    if (!code) {
        ebb_source_t *source = ebb_import_source(import);
        (void)snprintf(source->dialect, sizeof source->dialect, "Element, unix time");
        source->date_order = EBB_DATE_STATED;
        source->date_certainty = EBB_CERTAIN;
        source->zone_known = import->zone != NULL;
    }
    ebb_text_free(&mx->event.body);
    ebb_text_free(&mx->event.file);
    ebb_free_array(import->alloc, mx, 1, sizeof *mx);
    return code;
}

/* Keys at the top that together no other export has. */
static bool sniff_mx_key(void *user, int depth, const char *bytes, size_t length)
{
    static const char *const words[] = {"room_name", "room_creator", "exported_by",
                                        "messages"};
    unsigned *found = user;
    for (unsigned i = 0; depth == 1 && i < 4; i++) {
        *found |= ebb_bytes_are(bytes, length, words[i]) ? 1u << i : 0;
    }
    return *found != 15;
}

static int sniff_matrix(const char *head, size_t n)
{
    unsigned found = 0;
    (void)ebb_json_peek(head, n, sniff_mx_key, &found);
    return (found & 1) && (found & 6) ? 2 : 0;
}

const ebb_reader_t ebb_reader_matrix = {"matrix", sniff_matrix, read_matrix};
