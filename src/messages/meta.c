/* SPDX-License-Identifier: MIT
 *
 * Reads a file of one chat out of what Messenger and Instagram give to download.
 *
 *     {"participants": [{"name": "Ana"}, {"name": "Ben"}], "messages": [
 *       {"sender_name": "Ben", "timestamp_ms": 1711886709123, "content": "hi", "type":
 *        "Generic", "reactions": [{"reaction": "...", "actor": "Ana", "timestamp":
 *        1711886712}], "photos": [{"uri": "..."}], ...}, ...], "title": "Ana", ...}
 *
 * ("type" until 2023 or so.) Encrypted chats of Messenger come by another download:
 *
 *     {"participants": ["Ana", "Ben"], "threadName": "Ana_40", "messages": [
 *       {"senderName": "Ben", "timestamp": 1711886709123, "text": "hi", "type": "text",
 *        "isUnsent": false, "media": [{"uri": "./media/..."}], "reactions": [...]}]}
 *
 * Values pass through once: `at[d]` says what the object or array at depth d is, the
 * members of a message are noted as they come, and its end makes the event. Strings are
 * mended one by one (mojibake.h). Times are instants; the wall clock is the caller's.
 *
 * Invariant: nothing of a message is kept beyond its end but the event (and its body
 * when bodies are asked for).
 */
#include "messages/meta.h"

#include <stdio.h>
#include <string.h>

#include "core/memory.h"
#include "messages/reactions.h"
#include "messages/stamp.h"

/* What an object or array is. */
enum {
    META_OTHER,
    META_FILE,
    META_PERSONS,
    META_PERSON,
    META_MESSAGES,
    META_MESSAGE,
    META_THINGS, /* pictures, voice messages, a sticker, a shared link */
    META_THING,
    META_REACTIONS,
    META_REACTION
};

#define FOUND_MESSAGES 1 /* not an error: the head of the file ends here */

typedef struct meta_reader {
    ebb_import_t *import;
    ebb_keys_t keys;
    uint8_t at[EBB_FEED_DEPTH_MAX + 1];
    ebb_meta_key_t key;    /* before the value that comes */
    ebb_meta_key_t things; /* the key before the things at hand */
    ebb_meta_names_t names;
    ebb_meta_message_t message, reaction; /* a reaction has the members of a message */
    ebb_text_t body; /* of the message, when bodies are asked for */
    ebb_mojibake_t mend;
    ebb_clock_t clock;
    ebb_accounts_t accounts; /* by name: an account has no number here */
    ebb_reactions_t reactions;
    bool typed, encrypted, instagram;
    ebb_meta_head_t *head; /* not NULL: only what stands before the messages is read */
    const char *const *wanted; /* names to look for then */
} meta_reader_t;

static int fail_meta(ebb_feed_t *feed, int code, uint64_t offset, const char *what)
{
    return ebb_feed_fail(feed, code, offset, "no memory for its %s", what);
}

/* ---- events ---- */

/* The person of a name, or a negative code. */
static int meta_person(meta_reader_t *meta, const ebb_meta_name_t *name)
{
    uint64_t id = ebb_account_hash(name->bytes, name->length);
    int person = ebb_account_find(&meta->accounts, id);
    if (person < 0) {
        person = ebb_import_person(meta->import, name->bytes, name->length);
    }
    if (person >= 0) {
        ebb_account_link(&meta->accounts, id, person);
    }
    return person;
}

static int set_meta_person(meta_reader_t *meta, ebb_feed_t *feed,
                           const ebb_meta_name_t *name, ebb_event_t *event)
{
    int person = meta_person(meta, name);
    if (person < 0) {
        return ebb_feed_fail(feed, person, meta->message.offset, "%s",
                             ebb_account_problem(person));
    }
    event->person = (uint8_t)person;
    return EBB_OK;
}

static int end_meta_message(meta_reader_t *meta, ebb_feed_t *feed)
{
    ebb_meta_message_t *m = &meta->message;
    ebb_event_t event = {.person = EBB_PERSON_NONE};
    ebb_meta_sentence_t sentence =
        m->text_length > 0
            ? ebb_meta_sentence(m->text, m->text_length, &meta->names, &m->sender)
            : EBB_META_OWN_WORDS;
    ebb_meta_message_fill(m, sentence, &event);
    const char *problem = ebb_meta_message_problem(m, &event);
    if (!problem) {
        problem = ebb_clock_set(&meta->clock, &event, NULL, &m->time_s);
    }
    ebb_import_source(meta->import)->lines++;
    if (problem) {
        ebb_feed_not_understood(feed, m->offset, problem);
        return EBB_OK;
    }
    int code = event.kind == EBB_KIND_SYSTEM
                   ? EBB_OK
                   : set_meta_person(meta, feed, &m->sender, &event);
    if (code) {
        return code;
    }
    if (event.characters > 0) {
        code =
            ebb_import_keep(meta->import, &event, meta->body.data, meta->body.length);
    }
    code = code ? code : ebb_import_push(meta->import, &event);
    return code == EBB_ERR_LIMIT
               ? ebb_feed_fail(feed, code, m->offset, "more text than ebb keeps")
           : code ? fail_meta(feed, code, m->offset, "messages")
                  : EBB_OK;
}

/* A reaction becomes an event only when both its author and its time are given. */
static int end_meta_reaction(meta_reader_t *meta, ebb_feed_t *feed)
{
    const ebb_meta_message_t *r = &meta->reaction;
    ebb_event_t event = {.kind = EBB_KIND_REACTION};
    if (ebb_meta_message_problem(r, &event) ||
        ebb_clock_set(&meta->clock, &event, NULL, &r->time_s)) {
        return EBB_OK;
    }
    int code = set_meta_person(meta, feed, &r->sender, &event);
    if (code) {
        return code;
    }
    event._reserved[0] = EBB_META_MARK_LISTED;
    code = ebb_reactions_add(meta->import, &meta->reactions, &event);
    return code ? fail_meta(feed, code, meta->message.offset, "reactions") : EBB_OK;
}

/* ---- objects and values ---- */

static bool is_thing(ebb_meta_key_t key)
{
    return key >= EBB_META_KEY_PHOTOS && key <= EBB_META_KEY_SHARE;
}

/* What an object or array is, by what is around it and the key before it. */
static uint8_t meta_child_of(const meta_reader_t *meta, int depth, bool is_object)
{
    switch (depth == 1 ? (int)META_OTHER : (int)meta->at[depth - 1]) {
    case META_FILE:
        return is_object                                ? META_OTHER
               : meta->key == EBB_META_KEY_PARTICIPANTS ? META_PERSONS
               : meta->key == EBB_META_KEY_MESSAGES     ? META_MESSAGES
                                                        : META_OTHER;
    case META_PERSONS:
        return is_object ? META_PERSON : META_OTHER;
    case META_MESSAGES:
        return is_object ? META_MESSAGE : META_OTHER;
    case META_MESSAGE:
        return is_thing(meta->key) ? (is_object ? META_THING : META_THINGS)
               : !is_object && meta->key == EBB_META_KEY_REACTIONS ? META_REACTIONS
                                                                   : META_OTHER;
    case META_THINGS:
        return is_object ? META_THING : META_OTHER;
    case META_REACTIONS:
        return is_object ? META_REACTION : META_OTHER;
    default:
        return depth == 1 && is_object ? META_FILE : META_OTHER;
    }
}

static int open_meta_container(void *user, ebb_feed_t *feed, bool is_object)
{
    meta_reader_t *meta = user;
    int depth = feed->depth;
    uint8_t child = meta_child_of(meta, depth, is_object);
    meta->at[depth] = child;
    if (child == META_MESSAGE) {
        ebb_meta_message_begin(&meta->message, ebb_feed_offset(feed) - 1);
        meta->body.length = 0;
    } else if (child == META_REACTION) {
        ebb_meta_message_begin(&meta->reaction, 0);
    } else if (depth > 1 && meta->at[depth - 1] == META_MESSAGE) {
        meta->things = meta->key;
        if (meta->key == EBB_META_KEY_USERS) {
            meta->message.seen |= UINT64_C(1) << EBB_META_KEY_USERS;
        }
    }
    return EBB_OK;
}

/* Something stands in a list of things, or in a thing. */
static void note_thing(meta_reader_t *meta, ebb_token_t token, const char *bytes,
                       size_t length)
{
    static const char own[] = "your_instagram_activity/";
    meta->message.seen |= UINT64_C(1) << meta->things;
    if (meta->key != EBB_META_KEY_URI || token != EBB_TOKEN_STRING) {
        return;
    }
    if (meta->things == EBB_META_KEY_MEDIA_E) {
        ebb_meta_message_uri(&meta->message, bytes, length);
    }
    meta->instagram |= length > sizeof own && memcmp(bytes, own, sizeof own - 1) == 0;
}

static int add_meta_text(meta_reader_t *meta, ebb_feed_t *feed, const char *bytes,
                         size_t length)
{
    ebb_body_count(&meta->message.body, bytes, length);
    if (meta->import->opts.keep_text) {
        ebb_text_append(&meta->body, bytes, length);
    }
    return meta->body.failed
               ? fail_meta(feed, meta->body.failed, ebb_feed_offset(feed), "texts")
               : EBB_OK;
}

static int meta_message_value(meta_reader_t *meta, ebb_feed_t *feed, ebb_token_t token,
                              const char *bytes, size_t length)
{
    ebb_meta_key_t key = meta->key;
    meta->typed |= key == EBB_META_KEY_TYPE;
    ebb_meta_message_note(&meta->message, key, token, bytes, length);
    bool is_text = key == EBB_META_KEY_CONTENT || key == EBB_META_KEY_CONTENT_E;
    return is_text && token == EBB_TOKEN_STRING
               ? add_meta_text(meta, feed, bytes, length)
               : EBB_OK;
}

/* Whether a wanted name is this one, in capitals of any sort, or becomes it by an
 * alias. */
static bool is_meant(const ebb_import_opts_t *opts, const char *wanted,
                     const char *name)
{
    char given[EBB_NAME_MAX], clean[EBB_NAME_MAX];
    for (size_t i = 0; wanted && i < opts->alias_count; i++) {
        if (ebb_names_match(opts->aliases[i].to, wanted) &&
            ebb_names_match(opts->aliases[i].from, name)) {
            return true;
        }
    }
    if (!wanted) {
        return false;
    }
    (void)ebb_name_clean(given, wanted, strlen(wanted));
    (void)ebb_name_clean(clean, name, strlen(name));
    return ebb_names_alike(given, clean);
}

static void note_head_name(meta_reader_t *meta, const ebb_meta_name_t *name)
{
    ebb_meta_head_t *head = meta->head;
    char text[EBB_META_NAME_MAX + 1];
    memcpy(text, name->bytes, name->length);
    text[name->length] = '\0';
    for (unsigned i = 0; i < 4; i++) {
        bool called = is_meant(&meta->import->opts, meta->wanted[i], text);
        head->called |= (unsigned)called << i;
    }
    if (head->persons < 2) {
        head->names[head->persons] = *name;
    }
    head->persons++;
}

static void note_participant(meta_reader_t *meta, const char *bytes, size_t length)
{
    ebb_meta_name_t name;
    ebb_meta_name_set(&name, bytes, length);
    if (meta->names.count < EBB_META_NAMES) {
        meta->names.names[meta->names.count++] = name;
    }
    if (meta->head) {
        note_head_name(meta, &name);
    }
}

static int meta_value(void *user, ebb_feed_t *feed, ebb_token_t token,
                      const char *bytes, size_t length)
{
    meta_reader_t *meta = user;
    uint8_t in = meta->at[feed->depth];
    if (in == META_OTHER || in == META_FILE) {
        return EBB_OK;
    }
    if (token == EBB_TOKEN_STRING) {
        bytes = ebb_mojibake_mend(&meta->mend, bytes, &length);
        if (!bytes) {
            return fail_meta(feed, EBB_ERR_MEMORY, ebb_feed_offset(feed), "texts");
        }
    }
    bool is_name =
        token == EBB_TOKEN_STRING &&
        (in == META_PERSONS || (in == META_PERSON && meta->key == EBB_META_KEY_NAME));
    if (is_name) {
        note_participant(meta, bytes, length);
    } else if (in == META_MESSAGE) {
        return meta_message_value(meta, feed, token, bytes, length);
    } else if (in == META_THING || in == META_THINGS) {
        note_thing(meta, token, bytes, length);
    } else if (in == META_REACTION) {
        ebb_meta_message_note(&meta->reaction, meta->key, token, bytes, length);
    }
    return EBB_OK;
}

static int meta_key(void *user, ebb_feed_t *feed, const char *bytes, size_t length)
{
    meta_reader_t *meta = user;
    uint8_t in = meta->at[feed->depth];
    if (in == META_OTHER) {
        return EBB_OK;
    }
    meta->key = (ebb_meta_key_t)ebb_keys_find(&meta->keys, bytes, length);
    if (in == META_FILE) {
        meta->encrypted |= meta->key == EBB_META_KEY_THREAD;
        return meta->head && meta->key == EBB_META_KEY_MESSAGES ? FOUND_MESSAGES
                                                                : EBB_OK;
    }
    return EBB_OK;
}

static int close_meta_object(void *user, ebb_feed_t *feed)
{
    meta_reader_t *meta = user;
    return meta->at[feed->depth] == META_MESSAGE    ? end_meta_message(meta, feed)
           : meta->at[feed->depth] == META_REACTION ? end_meta_reaction(meta, feed)
                                                    : EBB_OK;
}

static const ebb_feed_reader_t meta_feed_reader = {
    .opened = open_meta_container,
    .key = meta_key,
    .value = meta_value,
    .closed = close_meta_object,
};

/* ---- the reader ---- */

static meta_reader_t *new_meta(ebb_import_t *import)
{
    meta_reader_t *meta = ebb_new_array(import->alloc, 1, sizeof *meta);
    if (meta) {
        meta->import = meta->clock.import = meta->accounts.import = import;
        meta->mend.alloc = import->alloc;
        ebb_text_init(&meta->body, import->alloc);
        ebb_meta_keys_prepare(&meta->keys);
    }
    return meta;
}

static void free_meta(meta_reader_t *meta)
{
    const ebb_alloc_t *alloc = meta->import->alloc;
    ebb_text_free(&meta->body);
    ebb_mojibake_free(&meta->mend);
    ebb_reactions_free(meta->import, &meta->reactions);
    ebb_free_array(alloc, meta, 1, sizeof *meta);
}

static int feed_meta(meta_reader_t *meta, const ebb_input_t *input, ebb_error_t *error)
{
    ebb_feed_opts_t opts = {.import = meta->import,
                            .input = input,
                            .end = input->size,
                            .reader = &meta_feed_reader,
                            .user = meta};
    return ebb_feed_run(&opts, error);
}

/* The account tells which of the two apps it was where the file does: by the places of
 * its pictures, or by where it lies. */
static void describe_meta(const meta_reader_t *meta)
{
    ebb_source_t *source = ebb_import_source(meta->import);
    bool instagram = !meta->encrypted &&
                     (meta->instagram || strstr(source->label, "instagram") != NULL);
    source->format = instagram ? "instagram" : "messenger";
    (void)snprintf(source->dialect, sizeof source->dialect, "%s%s",
                   meta->encrypted ? "download of encrypted chats"
                   : meta->typed   ? "download with types"
                                   : "download",
                   meta->mend.mended ? ", letters mended" : "");
    source->date_order = EBB_DATE_STATED;
    source->date_certainty = EBB_CERTAIN;
    source->zone_known = meta->import->zone != NULL;
}

static int read_meta_file(meta_reader_t *meta, const ebb_input_t *input,
                          ebb_error_t *error)
{
    int code = feed_meta(meta, input, error);
    if (code) {
        return code;
    }
    describe_meta(meta);
    ebb_meta_settle(meta->import, !meta->encrypted);
    code = ebb_reactions_merge(meta->import, &meta->reactions);
    if (code) {
        return ebb_fail_at(error, code, (ebb_place_t){.where = input->label},
                           "no memory for its reactions");
    }
    ebb_meta_drop_twins(meta->import);
    return EBB_OK;
}

static int fail_no_reader(const ebb_input_t *input, ebb_error_t *error)
{
    return ebb_fail_at(error, EBB_ERR_MEMORY, (ebb_place_t){.where = input->label},
                       "no memory to read it");
}

static int read_meta(ebb_import_t *import, const ebb_input_t *input, ebb_error_t *error)
{
    meta_reader_t *meta = new_meta(import);
    if (!meta) {
        return fail_no_reader(input, error);
    }
    int code = read_meta_file(meta, input, error);
    free_meta(meta);
    return code;
}

int ebb_meta_read_head(ebb_import_t *import, const ebb_input_t *input,
                       const char *const wanted[4], ebb_meta_head_t *head,
                       ebb_error_t *error)
{
    *head = (ebb_meta_head_t){.persons = 0};
    meta_reader_t *meta = new_meta(import);
    if (!meta) {
        return fail_no_reader(input, error);
    }
    meta->head = head;
    meta->wanted = wanted;
    int code = feed_meta(meta, input, error);
    free_meta(meta);
    return code == FOUND_MESSAGES ? EBB_OK : code;
}

/* Keys that tell these files from others that have "messages" too. */
typedef struct meta_sniff {
    int file, message;
} meta_sniff_t;

static bool sniff_meta_key(void *user, int depth, const char *bytes, size_t length)
{
    static const char *const members[] = {"sender_name", "timestamp_ms", "senderName",
                                          "isUnsent"};
    meta_sniff_t *found = user;
    found->file += depth == 1 && (ebb_bytes_are(bytes, length, "participants") ||
                                  ebb_bytes_are(bytes, length, "messages"));
    for (size_t i = 0; depth == 3 && i < 4; i++) {
        found->message += ebb_bytes_are(bytes, length, members[i]);
    }
    return found->file < 2 && found->message < 2;
}

static int sniff_meta(const char *head, size_t n)
{
    meta_sniff_t found = {0};
    if (!ebb_json_peek(head, n, sniff_meta_key, &found) || found.file == 0) {
        return 0;
    }
    return found.file > 1 || found.message > 1 ? 2 : 0;
}

const ebb_reader_t ebb_reader_meta = {"messenger", sniff_meta, read_meta};
