/* SPDX-License-Identifier: MIT
 *
 * Reads a channel as DiscordChatExporter writes it in JSON.
 *
 *     {"guild": {...}, "channel": {"id": "70", "type": "DirectTextChat", ...},
 *      "dateRange": {...}, "exportedAt": "...", "messages": [
 *       {"id": "9001", "type": "Default", "timestamp": "2024-05-05T20:00:01.25+02:00",
 *        "timestampEdited": null, "callEndedTimestamp": null, "content": "hi",
 *        "author": {"id": "41", "name": "ana_b", "nickname": "Ana", ...},
 *        "attachments": [{"fileName": "a.png", ...}], "stickers": [...],
 *        "reference": {...}, "forwardedMessage": {"content": "...", ...}, ...}, ...],
 *      "messageCount": 1}
 *
 * A long channel may be cut into several such files; each is read as an input of its
 * own. A person is an author's id, called by the nickname.
 *
 * Times are those of the machine that exported, with its offset; with the option --utc,
 * and in old versions, they are all in UTC. So an offset of zero is taken as an instant
 * when the caller names a zone.
 */
#include <stdio.h>
#include <string.h>

#include "core/memory.h"
#include "messages/jsonchat.h"

/* name, word */
#define DC_KEY_LIST(X)                   \
    X(DC_KEY_NONE, "")                   \
    X(DC_KEY_CHANNEL, "channel")         \
    X(DC_KEY_MESSAGES, "messages")       \
    X(DC_KEY_TYPE, "type")               \
    X(DC_KEY_ID, "id")                   \
    X(DC_KEY_TIMESTAMP, "timestamp")     \
    X(DC_KEY_EDITED, "timestampEdited")  \
    X(DC_KEY_CONTENT, "content")         \
    X(DC_KEY_AUTHOR, "author")           \
    X(DC_KEY_NAME, "name")               \
    X(DC_KEY_NICKNAME, "nickname")       \
    X(DC_KEY_ATTACHMENTS, "attachments") \
    X(DC_KEY_FILE_NAME, "fileName")      \
    X(DC_KEY_STICKERS, "stickers")       \
    X(DC_KEY_POLL, "poll")               \
    X(DC_KEY_REFERENCE, "reference")     \
    X(DC_KEY_FORWARDED, "forwardedMessage")

typedef enum dc_key {
#define DC_KEY_ENUM(name, word) name,
    DC_KEY_LIST(DC_KEY_ENUM)
#undef DC_KEY_ENUM
        DC_KEY_COUNT
} dc_key_t;

static const char *const dc_key_words[DC_KEY_COUNT] = {
#define DC_KEY_WORD(name, word) word,
    DC_KEY_LIST(DC_KEY_WORD)
#undef DC_KEY_WORD
};

/* What an object or array is. */
enum {
    DC_ROOT = EBB_JSONCHAT_OTHER + 1,
    DC_CHANNEL,
    DC_MESSAGES,
    DC_MESSAGE,
    DC_AUTHOR,
    DC_REFERENCE,
    DC_FORWARDED,
    DC_ATTACHMENTS, /* the forwarded ones as well */
    DC_ATTACHMENT,
    DC_STICKERS,
    DC_STICKER
};

typedef enum dc_type {
    DC_TYPE_NONE, /* not said */
    DC_TYPE_TEXT,
    DC_TYPE_REPLY,
    DC_TYPE_CALL,
    DC_TYPE_SYSTEM
} dc_type_t;

typedef struct dc_name {
    uint16_t length; /* 0: not said */
    char bytes[EBB_NAME_MAX];
} dc_name_t;

typedef struct dc_message {
    dc_type_t type;
    bool is_edited, is_forwarded, is_poll, has_file, has_voice;
    bool is_timed;
    const char *wrong; /* what is wrong with its time */
    ebb_stamp_t stamp;
    uint64_t author; /* 0: not said */
} dc_message_t;

typedef struct dc_reader {
    ebb_jsonchat_t chat;
    dc_message_t message;
    dc_name_t name, nickname; /* of its author */
    char channel[32];         /* type of the channel */
    bool saw_offset;          /* other than zero */
} dc_reader_t;

/* ---- the members of a message ---- */

static dc_type_t dc_type_of(const char *bytes, size_t length)
{
    /* a number is a type that the exporter has no name for: 20 and 23 are what somebody
     * made a program say */
    static const char *const texts[] = {"Default", "20", "23"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (ebb_bytes_are(bytes, length, texts[i])) {
            return DC_TYPE_TEXT;
        }
    }
    return ebb_bytes_are(bytes, length, "Reply")  ? DC_TYPE_REPLY
           : ebb_bytes_are(bytes, length, "Call") ? DC_TYPE_CALL
                                                  : DC_TYPE_SYSTEM;
}

static void note_dc_message(dc_reader_t *dc, const char *bytes, size_t length)
{
    dc_message_t *m = &dc->message;
    switch (dc->chat.key) {
    case DC_KEY_TYPE:
        m->type = dc_type_of(bytes, length);
        break;
    case DC_KEY_TIMESTAMP:
        m->wrong = ebb_stamp_parse(&m->stamp, bytes, length);
        m->is_timed = true;
        break;
    case DC_KEY_EDITED:
        m->is_edited = true;
        break;
    default:
        break;
    }
}

static void note_dc_name(dc_name_t *name, const char *bytes, size_t length)
{
    name->length = (uint16_t)(length < EBB_NAME_MAX ? length : EBB_NAME_MAX);
    memcpy(name->bytes, bytes, name->length);
}

static void note_dc_author(dc_reader_t *dc, const char *bytes, size_t length)
{
    switch (dc->chat.key) {
    case DC_KEY_ID:
        dc->message.author = ebb_account_hash(bytes, length);
        break;
    case DC_KEY_NAME:
        note_dc_name(&dc->name, bytes, length);
        break;
    case DC_KEY_NICKNAME:
        note_dc_name(&dc->nickname, bytes, length);
        break;
    default:
        break;
    }
}

/* ---- events ---- */

static uint8_t dc_kind(const dc_message_t *m, const ebb_body_t *body)
{
    if (m->type == DC_TYPE_CALL) {
        return EBB_KIND_CALL;
    }
    return m->type == DC_TYPE_SYSTEM         ? EBB_KIND_SYSTEM
           : m->has_voice                    ? EBB_KIND_VOICE
           : m->has_file                     ? EBB_KIND_MEDIA
           : m->is_poll || !body->characters ? EBB_KIND_OTHER
                                             : EBB_KIND_TEXT;
}

static uint16_t dc_flags(const dc_message_t *m)
{
    return (uint16_t)((m->is_edited ? EBB_FLAG_EDITED : 0) |
                      (m->is_forwarded ? EBB_FLAG_FORWARDED : 0) |
                      (m->is_poll ? EBB_FLAG_POLL : 0) |
                      (m->type == DC_TYPE_REPLY ? EBB_FLAG_REPLY : 0));
}

/* Sets the clocks of an event; what is wrong, or NULL. */
static const char *set_dc_time(dc_reader_t *dc, ebb_event_t *event)
{
    ebb_clock_t *clock = &dc->chat.clock;
    const ebb_stamp_t *stamp = &dc->message.stamp;
    if (!dc->message.is_timed || dc->message.wrong) {
        return dc->message.wrong ? "the timestamp is none" : "no timestamp";
    }
    if (stamp->offset_s == EBB_OFFSET_UNKNOWN) {
        return ebb_clock_set(clock, event, &stamp->time_s, NULL);
    }
    int64_t utc = stamp->time_s - stamp->offset_s;
    if (stamp->offset_s == 0) {
        return ebb_clock_set(clock, event, NULL, &utc);
    }
    dc->saw_offset = true;
    return ebb_clock_set(clock, event, &stamp->time_s, &utc);
}

static int set_dc_author(dc_reader_t *dc, ebb_feed_t *feed, ebb_event_t *event)
{
    const dc_name_t *called = dc->nickname.length > 0 ? &dc->nickname : &dc->name;
    char sign[EBB_NAME_MAX + 1];
    memcpy(sign, dc->name.bytes, dc->name.length);
    sign[dc->name.length] = '\0';
    return ebb_jsonchat_person(
        &dc->chat, feed, event,
        &(ebb_newcomer_t){dc->message.author, called->bytes, called->length, sign});
}

static const char *dc_problem(const dc_reader_t *dc)
{
    const dc_message_t *m = &dc->message;
    bool named = dc->name.length > 0 || dc->nickname.length > 0;
    return m->type == DC_TYPE_NONE               ? "a message without a type"
           : m->type != DC_TYPE_SYSTEM && !named ? "no author"
                                                 : NULL;
}

static int end_dc_message(dc_reader_t *dc, ebb_feed_t *feed)
{
    const dc_message_t *m = &dc->message;
    ebb_event_t event = {.person = EBB_PERSON_NONE};
    const char *problem = dc_problem(dc);
    problem = problem ? problem : set_dc_time(dc, &event);
    ebb_import_source(dc->chat.import)->lines++;
    if (problem) {
        ebb_feed_not_understood(feed, dc->chat.offset, problem);
        return EBB_OK;
    }
    event.kind = dc_kind(m, &dc->chat.body);
    bool said = m->type == DC_TYPE_TEXT || m->type == DC_TYPE_REPLY;
    event.flags |= said ? dc_flags(m) : 0;
    int code = event.kind == EBB_KIND_SYSTEM ? EBB_OK : set_dc_author(dc, feed, &event);
    return code ? code : ebb_jsonchat_push(&dc->chat, feed, &event, said);
}

/* ---- what stands where ---- */

static const ebb_jsonchat_place_t dc_places[] = {
    {EBB_JSONCHAT_OTHER, 0, true, DC_ROOT},
    {DC_ROOT, DC_KEY_CHANNEL, true, DC_CHANNEL},
    {DC_ROOT, DC_KEY_MESSAGES, false, DC_MESSAGES},
    {DC_MESSAGES, 0, true, DC_MESSAGE},
    {DC_MESSAGE, DC_KEY_AUTHOR, true, DC_AUTHOR},
    {DC_MESSAGE, DC_KEY_REFERENCE, true, DC_REFERENCE},
    {DC_MESSAGE, DC_KEY_FORWARDED, true, DC_FORWARDED},
    {DC_MESSAGE, DC_KEY_ATTACHMENTS, false, DC_ATTACHMENTS},
    {DC_MESSAGE, DC_KEY_STICKERS, false, DC_STICKERS},
    {DC_FORWARDED, DC_KEY_ATTACHMENTS, false, DC_ATTACHMENTS},
    {DC_FORWARDED, DC_KEY_STICKERS, false, DC_STICKERS},
    {DC_ATTACHMENTS, 0, true, DC_ATTACHMENT},
    {DC_STICKERS, 0, true, DC_STICKER},
};

static void open_dc(ebb_jsonchat_t *chat, ebb_feed_t *feed, uint8_t around,
                    bool is_object)
{
    dc_reader_t *dc = (dc_reader_t *)chat;
    (void)is_object;
    switch (chat->at[feed->depth]) {
    case DC_MESSAGE:
        ebb_jsonchat_begin(chat, ebb_feed_offset(feed) - 1);
        dc->message = (dc_message_t){0};
        dc->name.length = dc->nickname.length = 0;
        break;
    case DC_FORWARDED:
        dc->message.is_forwarded = true;
        break;
    case DC_ATTACHMENT:
    case DC_STICKER:
        dc->message.has_file = true;
        break;
    default:
        dc->message.is_poll |= around == DC_MESSAGE && chat->key == DC_KEY_POLL;
        break;
    }
}

static int dc_value(ebb_jsonchat_t *chat, ebb_feed_t *feed, uint8_t around,
                    ebb_token_t token, const char *bytes, size_t length)
{
    dc_reader_t *dc = (dc_reader_t *)chat;
    if (token != EBB_TOKEN_STRING) {
        return EBB_OK;
    }
    switch (around) {
    case DC_CHANNEL:
        if (chat->key == DC_KEY_TYPE) {
            (void)snprintf(dc->channel, sizeof dc->channel, "%.*s", (int)length, bytes);
        }
        break;
    case DC_MESSAGE:
        note_dc_message(dc, bytes, length);
        break;
    case DC_AUTHOR:
        note_dc_author(dc, bytes, length);
        break;
    case DC_REFERENCE:
        dc->message.is_forwarded |=
            chat->key == DC_KEY_TYPE && ebb_bytes_are(bytes, length, "Forward");
        break;
    case DC_ATTACHMENT: /* the name the app gives to what was spoken into it */
        dc->message.has_voice |= chat->key == DC_KEY_FILE_NAME &&
                                 ebb_bytes_are(bytes, length, "voice-message.ogg");
        break;
    default:
        break;
    }
    bool is_text =
        chat->key == DC_KEY_CONTENT && (around == DC_MESSAGE || around == DC_FORWARDED);
    return is_text ? ebb_jsonchat_add_text(chat, feed, bytes, length) : EBB_OK;
}

static int close_dc(ebb_jsonchat_t *chat, ebb_feed_t *feed, uint8_t what)
{
    return what == DC_MESSAGE ? end_dc_message((dc_reader_t *)chat, feed) : EBB_OK;
}

/* ---- the reader ---- */

static void describe_dc(dc_reader_t *dc)
{
    ebb_source_t *source = ebb_import_source(dc->chat.import);
    bool direct = strcmp(dc->channel, "DirectTextChat") == 0;
    bool group = strcmp(dc->channel, "DirectGroupTextChat") == 0;
    (void)snprintf(source->dialect, sizeof source->dialect, "%s, %s",
                   direct  ? "direct chat"
                   : group ? "group chat"
                           : "channel",
                   dc->saw_offset ? "wall clock with offset" : "UTC");
    source->date_order = EBB_DATE_STATED;
    source->date_certainty = EBB_CERTAIN;
    source->zone_known = dc->saw_offset || dc->chat.import->zone;
}

static int read_discord(ebb_import_t *import, const ebb_input_t *input,
                        ebb_error_t *error)
{
    static const ebb_jsonchat_form_t form = {.words = dc_key_words,
                                             .word_count = DC_KEY_COUNT,
                                             .places = dc_places,
                                             .place_count =
                                                 sizeof dc_places / sizeof *dc_places,
                                             .opened = open_dc,
                                             .value = dc_value,
                                             .closed = close_dc};
    dc_reader_t *dc = ebb_new_array(import->alloc, 1, sizeof *dc);
    if (!dc) {
        return ebb_fail_at(error, EBB_ERR_MEMORY, (ebb_place_t){.where = input->label},
                           "no memory to read it");
    }
    int code = ebb_jsonchat_read(&dc->chat, &form, import, input, error);
    if (!code) {
        describe_dc(dc);
    }
    ebb_free_array(import->alloc, dc, 1, sizeof *dc);
    return code;
}

/* Keys at the top that together no other export has. */
static bool sniff_dc_key(void *user, int depth, const char *bytes, size_t length)
{
    static const char *const words[] = {"guild", "channel", "messages"};
    unsigned *found = user;
    for (unsigned i = 0; depth == 1 && i < 3; i++) {
        *found |= ebb_bytes_are(bytes, length, words[i]) ? 1u << i : 0;
    }
    return *found != 7;
}

static int sniff_discord(const char *head, size_t n)
{
    unsigned found = 0;
    (void)ebb_json_peek(head, n, sniff_dc_key, &found);
    return (found & 3) == 3 ? 2 : 0;
}

const ebb_reader_t ebb_reader_discord = {"discord", sniff_discord, read_discord};
