/* SPDX-License-Identifier: MIT
 *
 * Reads a chat out of Telegram Desktop's result.json.
 *
 *     {"name": "Ana", "type": "personal_chat", "id": 4001, "messages": [
 *       {"id": 1, "type": "message", "date": "2024-03-31T14:05:09",
 *        "date_unixtime": "1711886709", "from": "Ana", "from_id": "user4001",
 *        "text": "hi" or ["see ", {"type": "link", "text": "https://..."}], ...},
 *       (or one such object; or nothing, and "text_entities": [{...}, ...] instead)
 *       {"id": 2, "type": "service", "actor": "Ben", "actor_id": "user4002",
 *        "action": "phone_call", "duration_seconds": 61, ...}, ...]}
 *
 * Tokens pass through once: `at[d]` says what the object or array at depth d is, the
 * members of a message are noted as they come, and its end makes the event. What no
 * event needs is passed over. A person is a from_id, whatever the display name.
 *
 * Invariant: nothing of a message is kept beyond its end but the event (and its body
 * when bodies are asked for).
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/memory.h"
#include "messages/accounts.h"
#include "messages/reactions.h"
#include "messages/stamp.h"
#include "messages/telegram.h"

/* What an object or array is. */
enum {
    TG_OTHER,
    TG_CHAT,
    TG_MESSAGES,
    TG_MESSAGE,
    TG_TEXT,   /* the list form of "text", or "text_entities" where that says nothing */
    TG_ENTITY, /* a part of it with a style */
    TG_REACTIONS,
    TG_REACTION,
    TG_RECENT,
    TG_RECENT_ONE
};

typedef struct tg_reader {
    ebb_import_t *import;
    ebb_keys_t keys;
    uint8_t at[EBB_FEED_DEPTH_MAX + 1];
    ebb_tg_key_t key;                   /* before the value that comes */
    ebb_tg_message_t message, reaction; /* a reaction has the members of a message */
    ebb_text_t body;                    /* of the message, when bodies are asked for */
    ebb_clock_t clock;
    ebb_accounts_t accounts;
    ebb_reactions_t reactions;
    bool saw_local, saw_utc;
} tg_reader_t;

static int add_tg_text(tg_reader_t *tg, ebb_feed_t *feed, const char *bytes,
                       size_t length)
{
    ebb_body_count(&tg->message.body, bytes, length);
    if (tg->import->opts.keep_text) {
        ebb_text_append(&tg->body, bytes, length);
        if (tg->body.failed) {
            return ebb_feed_fail(feed, tg->body.failed, ebb_feed_offset(feed),
                                 "no memory for a text");
        }
    }
    return EBB_OK;
}

/* "text" says it all; what "text_entities" before it said is the same again. */
static void prefer_text(tg_reader_t *tg)
{
    if (tg->message.by_entities) {
        tg->message.by_entities = false;
        tg->message.body = (ebb_body_t){0};
        tg->body.length = 0;
    }
}

/* ---- persons ---- */

/* The person of an account seen for the first time. */
static int new_tg_account(tg_reader_t *tg, const ebb_tg_who_t *who)
{
    static const char *const sorts[4] = {"", "user", "channel", "chat"};
    static const char deleted[] = "Deleted Account";
    char sign[40];
    (void)snprintf(sign, sizeof sign, "%s%" PRIu64, sorts[who->id % 4], who->id / 4);
    bool named = who->name_length > 0;
    return ebb_account_add(
        &tg->accounts,
        &(ebb_newcomer_t){.id = who->id,
                          .name = named ? who->name : deleted,
                          .length = named ? who->name_length : strlen(deleted),
                          .sign = sign});
}

/* The index of a person, or a negative code. */
static int find_tg_person(tg_reader_t *tg, const ebb_tg_who_t *who)
{
    int person = ebb_account_find(&tg->accounts, who->id);
    return person >= 0 ? person : new_tg_account(tg, who);
}

static int fail_tg_person(tg_reader_t *tg, ebb_feed_t *feed, int code)
{
    return ebb_feed_fail(feed, code, tg->message.offset, "%s",
                         ebb_account_problem(code));
}

/* ---- events ---- */

/* Sets the clocks of an event; what is wrong, or NULL. A wall clock that contradicts
 * its instant is dropped: the instant is what the server knows. */
static const char *set_tg_time(tg_reader_t *tg, ebb_event_t *event,
                               const ebb_tg_when_t *when)
{
    const int64_t *local = when->has_local ? &when->local_s : NULL;
    const int64_t *utc = when->has_utc ? &when->utc_s : NULL;
    if (!local && !utc) {
        return when->wrong ? "the date is none" : "no date";
    }
    const char *wrong = ebb_clock_set(&tg->clock, event, local, utc);
    if (wrong && local && utc) {
        local = NULL;
        wrong = ebb_clock_set(&tg->clock, event, NULL, utc);
    }
    bool settled = (local && utc) || tg->import->zone;
    event->_reserved[0] = settled ? EBB_TG_BOTH
                          : local ? EBB_TG_LOCAL_ONLY
                                  : EBB_TG_UTC_ONLY;
    tg->saw_local |= local != NULL;
    tg->saw_utc |= utc != NULL;
    return wrong;
}

static int end_tg_message(tg_reader_t *tg, ebb_feed_t *feed)
{
    ebb_tg_message_t *m = &tg->message;
    ebb_event_t event = {0};
    const char *problem = ebb_tg_message_problem(m);
    problem = problem ? problem : set_tg_time(tg, &event, &m->when);
    ebb_import_source(tg->import)->lines++;
    if (problem) {
        ebb_feed_not_understood(feed, m->offset, problem);
        return EBB_OK;
    }
    event.kind = ebb_tg_message_kind(m);
    event.flags |= ebb_tg_message_flags(m);
    event.characters = m->type == EBB_TG_TYPE_MESSAGE ? m->body.characters : 0;
    event.words = m->type == EBB_TG_TYPE_MESSAGE ? m->body.words : 0;
    event.person = EBB_PERSON_NONE;
    if (event.kind != EBB_KIND_SYSTEM) {
        int person = find_tg_person(tg, &m->who);
        if (person < 0) {
            return fail_tg_person(tg, feed, person);
        }
        event.person = (uint8_t)person;
    }
    int code = EBB_OK;
    if (m->type == EBB_TG_TYPE_MESSAGE && tg->body.length > 0) {
        code = ebb_import_keep(tg->import, &event, tg->body.data, tg->body.length);
    }
    code = code ? code : ebb_import_push(tg->import, &event);
    return code ? ebb_feed_fail(feed, code, m->offset, "no memory for its messages")
                : EBB_OK;
}

/* A reaction becomes an event only when both its author and its time are given. */
static int end_tg_reaction(tg_reader_t *tg, ebb_feed_t *feed)
{
    const ebb_tg_who_t *who = &tg->reaction.who;
    ebb_event_t event = {.kind = EBB_KIND_REACTION};
    bool timed = tg->reaction.when.has_local || tg->import->zone;
    if (!timed || (!who->id && who->name_length == 0) ||
        set_tg_time(tg, &event, &tg->reaction.when)) {
        return EBB_OK;
    }
    int person = find_tg_person(tg, who);
    if (person < 0) {
        return fail_tg_person(tg, feed, person);
    }
    event.person = (uint8_t)person;
    event._reserved[0] = 0;
    return ebb_reactions_add(tg->import, &tg->reactions, &event)
               ? ebb_feed_fail(feed, EBB_ERR_MEMORY, tg->message.offset,
                               "no memory for its reactions")
               : EBB_OK;
}

/* ---- objects and values ---- */

/* What an object or array is, by what is around it and the key before it. */
static uint8_t tg_child_of(const tg_reader_t *tg, int depth, bool is_object)
{
    switch (depth == 1 ? (int)TG_OTHER : (int)tg->at[depth - 1]) {
    case TG_CHAT:
        return !is_object && tg->key == EBB_TG_KEY_MESSAGES ? TG_MESSAGES : TG_OTHER;
    case TG_MESSAGES:
        return is_object ? TG_MESSAGE : TG_OTHER;
    case TG_MESSAGE:
        if (tg->key == EBB_TG_KEY_TEXT) {
            return is_object ? TG_ENTITY : TG_TEXT;
        }
        if (tg->key == EBB_TG_KEY_ENTITIES && tg->message.body.characters > 0) {
            return TG_OTHER; /* as in every export of the app */
        }
        return is_object                         ? TG_OTHER
               : tg->key == EBB_TG_KEY_ENTITIES  ? TG_TEXT
               : tg->key == EBB_TG_KEY_REACTIONS ? TG_REACTIONS
                                                 : TG_OTHER;
    case TG_TEXT:
        return is_object ? TG_ENTITY : TG_OTHER;
    case TG_REACTIONS:
        return is_object ? TG_REACTION : TG_OTHER;
    case TG_REACTION:
        return !is_object && tg->key == EBB_TG_KEY_RECENT ? TG_RECENT : TG_OTHER;
    case TG_RECENT:
        return is_object ? TG_RECENT_ONE : TG_OTHER;
    default:
        return depth == 1 && is_object ? TG_CHAT : TG_OTHER;
    }
}

static int open_tg_container(void *user, ebb_feed_t *feed, bool is_object)
{
    tg_reader_t *tg = user;
    int depth = feed->depth;
    if (depth > 1 && tg->at[depth - 1] == TG_MESSAGE) {
        tg->message.seen |= UINT64_C(1) << tg->key;
        if (tg->key == EBB_TG_KEY_TEXT) {
            prefer_text(tg);
        }
    }
    tg->at[depth] = tg_child_of(tg, depth, is_object);
    if (tg->at[depth] == TG_TEXT && tg->key == EBB_TG_KEY_ENTITIES) {
        tg->message.by_entities = true;
    }
    if (tg->at[depth] == TG_MESSAGE) {
        ebb_tg_message_begin(&tg->message, ebb_feed_offset(feed) - 1);
        tg->body.length = 0;
    } else if (tg->at[depth] == TG_RECENT_ONE) {
        ebb_tg_message_begin(&tg->reaction, 0);
    }
    return EBB_OK;
}

static int tg_plain_value(void *user, ebb_feed_t *feed, ebb_token_t token,
                          const char *bytes, size_t length)
{
    tg_reader_t *tg = user;
    switch (tg->at[feed->depth]) {
    case TG_MESSAGE:
        ebb_tg_message_note(&tg->message, tg->key, token, bytes, length);
        if (token != EBB_TOKEN_STRING || tg->key != EBB_TG_KEY_TEXT || length == 0) {
            return EBB_OK;
        }
        prefer_text(tg);
        return add_tg_text(tg, feed, bytes, length);
    case TG_TEXT:
        return token == EBB_TOKEN_STRING ? add_tg_text(tg, feed, bytes, length)
                                         : EBB_OK;
    case TG_ENTITY:
        return token == EBB_TOKEN_STRING && tg->key == EBB_TG_KEY_TEXT
                   ? add_tg_text(tg, feed, bytes, length)
                   : EBB_OK;
    case TG_RECENT_ONE:
        ebb_tg_message_note(&tg->reaction, tg->key, token, bytes, length);
        return EBB_OK;
    default:
        return EBB_OK;
    }
}

static int note_tg_key(void *user, ebb_feed_t *feed, const char *bytes, size_t length)
{
    tg_reader_t *tg = user;
    if (tg->at[feed->depth] != TG_OTHER) {
        tg->key = (ebb_tg_key_t)ebb_keys_find(&tg->keys, bytes, length);
    }
    return EBB_OK;
}

static int close_tg_object(void *user, ebb_feed_t *feed)
{
    tg_reader_t *tg = user;
    return tg->at[feed->depth] == TG_MESSAGE      ? end_tg_message(tg, feed)
           : tg->at[feed->depth] == TG_RECENT_ONE ? end_tg_reaction(tg, feed)
                                                  : EBB_OK;
}

static const ebb_feed_reader_t tg_feed_reader = {
    .opened = open_tg_container,
    .key = note_tg_key,
    .value = tg_plain_value,
    .closed = close_tg_object,
};

/* ---- the reader ---- */

static void describe_tg(tg_reader_t *tg, const ebb_tg_place_t *place, bool all_known)
{
    ebb_source_t *source = ebb_import_source(tg->import);
    (void)snprintf(source->dialect, sizeof source->dialect, "%s, %s",
                   place->is_one_of_many ? "full export" : "single chat",
                   tg->saw_local && tg->saw_utc ? "wall clock and unix time"
                   : tg->saw_utc                ? "unix time"
                                                : "wall clock");
    source->date_order = EBB_DATE_STATED;
    source->date_certainty = EBB_CERTAIN;
    source->zone_known = all_known;
}

static int read_tg_chat(tg_reader_t *tg, const ebb_input_t *input, ebb_error_t *error)
{
    ebb_tg_place_t place;
    int code = ebb_tg_find_chat(tg->import, input, &place, error);
    if (code) {
        return code;
    }
    ebb_feed_opts_t opts = {.import = tg->import,
                            .input = input,
                            .begin = place.begin,
                            .end = place.end,
                            .reader = &tg_feed_reader,
                            .user = tg};
    code = ebb_feed_run(&opts, error);
    if (code) {
        return code;
    }
    bool all_known = ebb_tg_settle_times(tg->import);
    describe_tg(tg, &place, all_known);
    code = ebb_reactions_merge(tg->import, &tg->reactions);
    return code ? ebb_fail_at(error, code, (ebb_place_t){.where = input->label},
                              "no memory for its reactions")
                : EBB_OK;
}

static int read_telegram(ebb_import_t *import, const ebb_input_t *input,
                         ebb_error_t *error)
{
    const ebb_alloc_t *alloc = import->alloc;
    tg_reader_t *tg = ebb_new_array(alloc, 1, sizeof *tg);
    if (!tg) {
        return ebb_fail_at(error, EBB_ERR_MEMORY, (ebb_place_t){.where = input->label},
                           "no memory to read it");
    }
    tg->import = import;
    tg->clock.import = tg->accounts.import = import;
    ebb_text_init(&tg->body, alloc);
    ebb_tg_keys_prepare(&tg->keys);
    int code = read_tg_chat(tg, input, error);
    ebb_text_free(&tg->body);
    ebb_reactions_free(import, &tg->reactions);
    ebb_free_array(alloc, tg, 1, sizeof *tg);
    return code;
}

/* Keys that tell Telegram's export from others that have "messages" too. */
typedef struct tg_sniff {
    int account, messages, message;
    bool foreign;
} tg_sniff_t;

static bool sniff_key(void *user, int depth, const char *bytes, size_t length)
{
    static const char *const accounts[] = {"chats", "left_chats",
                                           "personal_information"};
    static const char *const members[] = {"date", "date_unixtime", "from_id",
                                          "actor_id", "text_entities"};
    static const char *const foreigners[] = {"participants", "guild", "room_name",
                                             "schema"};
    tg_sniff_t *found = user;
    for (size_t i = 0; depth == 1 && i < 3; i++) {
        found->account += ebb_bytes_are(bytes, length, accounts[i]);
    }
    for (size_t i = 0; depth == 1 && i < 4; i++) {
        found->foreign |= ebb_bytes_are(bytes, length, foreigners[i]);
    }
    found->messages += depth == 1 && ebb_bytes_are(bytes, length, "messages");
    for (size_t i = 0; depth == 3 && i < 5; i++) {
        found->message += ebb_bytes_are(bytes, length, members[i]);
    }
    return !found->foreign && found->message < 2;
}

static int sniff_telegram(const char *head, size_t n)
{
    tg_sniff_t found = {0};
    if (!ebb_json_peek(head, n, sniff_key, &found) || found.foreign) {
        return 0;
    }
    if (found.account > 0) {
        return 2;
    }
    return found.messages == 0 ? 0 : found.message > 0 ? 2 : 1;
}

const ebb_reader_t ebb_reader_telegram = {"telegram", sniff_telegram, read_telegram};
