/* SPDX-License-Identifier: MIT
 *
 * Finds the chat to read in Telegram's result.json.
 *
 * The export of one chat is that chat's object; the export of an account holds
 * {"chats": {"list": [chat, ...]}, "left_chats": {...}}. The account is run through
 * once to learn each chat's name, kind, number of messages and place in the file; then
 * the one that is wanted is read from its place. So the messages of all the others are
 * never looked at, and cost no memory.
 *
 * Invariant: `at[d]` says what the object or array at depth d is.
 */
#include "messages/telegram.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/memory.h"

#define CHAT_NAME_MAX 256
#define CHATS_MAX 100000
#define FOUND_SINGLE 1 /* not an error: the input is one chat, stop looking */

typedef struct tg_chat {
    char name[CHAT_NAME_MAX];
    char kind[24];
    int64_t id;
    uint64_t begin, end, messages;
} tg_chat_t;

enum { IN_OTHER, IN_ROOT, IN_CHATS, IN_LIST, IN_CHAT, IN_MESSAGES };

typedef enum index_key {
    INDEX_OTHER,
    INDEX_CHATS,
    INDEX_LIST,
    INDEX_MESSAGES,
    INDEX_NAME,
    INDEX_TYPE,
    INDEX_ID
} index_key_t;

typedef struct tg_index {
    ebb_import_t *import;
    tg_chat_t *chats;
    size_t count, capacity;
    uint8_t at[EBB_FEED_DEPTH_MAX + 1];
    index_key_t key;
} tg_index_t;

/* ---- the index ---- */

static index_key_t index_key(const char *bytes, size_t length)
{
    static const struct {
        const char *word;
        index_key_t key;
    } table[] = {
        {"chats", INDEX_CHATS}, {"left_chats", INDEX_CHATS},
        {"list", INDEX_LIST},   {"messages", INDEX_MESSAGES},
        {"name", INDEX_NAME},   {"type", INDEX_TYPE},
        {"id", INDEX_ID},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (ebb_bytes_are(bytes, length, table[i].word)) {
            return table[i].key;
        }
    }
    return INDEX_OTHER;
}

/* What an object or array is, by what is around it and the key before it. */
static uint8_t index_child(const tg_index_t *index, int depth, bool is_object)
{
    if (depth == 1) {
        return is_object ? IN_ROOT : IN_OTHER;
    }
    switch (index->at[depth - 1]) {
    case IN_ROOT:
        return is_object && index->key == INDEX_CHATS ? IN_CHATS : IN_OTHER;
    case IN_CHATS:
        return !is_object && index->key == INDEX_LIST ? IN_LIST : IN_OTHER;
    case IN_LIST:
        return is_object ? IN_CHAT : IN_OTHER;
    case IN_CHAT:
        return !is_object && index->key == INDEX_MESSAGES ? IN_MESSAGES : IN_OTHER;
    default:
        return IN_OTHER;
    }
}

static int add_chat(tg_index_t *index, ebb_feed_t *feed)
{
    uint64_t offset = ebb_feed_offset(feed) - 1;
    if (index->count >= CHATS_MAX) {
        return ebb_feed_fail(feed, EBB_ERR_LIMIT, offset,
                             "more than %d chats in one export", CHATS_MAX);
    }
    void *chats = index->chats;
    if (ebb_grow(index->import->alloc, &chats, &index->capacity, index->count + 1,
                 sizeof *index->chats)) {
        return ebb_feed_fail(feed, EBB_ERR_MEMORY, offset, "no memory for its chats");
    }
    index->chats = chats;
    index->chats[index->count++] = (tg_chat_t){.begin = offset};
    return EBB_OK;
}

static int index_open(void *user, ebb_feed_t *feed, bool is_object)
{
    tg_index_t *index = user;
    bool is_message =
        is_object && feed->depth > 1 && index->at[feed->depth - 1] == IN_MESSAGES;
    index->at[feed->depth] = index_child(index, feed->depth, is_object);
    if (is_message) {
        index->chats[index->count - 1].messages++;
    }
    return index->at[feed->depth] == IN_CHAT ? add_chat(index, feed) : EBB_OK;
}

static void copy_bytes(char *to, size_t room, const char *bytes, size_t length)
{
    size_t n = length < room ? length : room - 1;
    memcpy(to, bytes, n);
    to[n] = '\0';
}

static void note_chat(tg_index_t *index, ebb_token_t token, const char *bytes,
                      size_t length)
{
    tg_chat_t *chat = &index->chats[index->count - 1];
    if (index->key == INDEX_NAME && token == EBB_TOKEN_STRING) {
        char name[EBB_NAME_MAX];
        length = ebb_name_clean(name, bytes, length);
        copy_bytes(chat->name, sizeof chat->name, name, length);
    } else if (index->key == INDEX_TYPE && token == EBB_TOKEN_STRING) {
        copy_bytes(chat->kind, sizeof chat->kind, bytes, length);
    } else if (index->key == INDEX_ID && token == EBB_TOKEN_NUMBER) {
        chat->id = 0;
        for (size_t i = 0; i < length && i < 18; i++) {
            chat->id = chat->id * 10 +
                       (bytes[i] >= '0' && bytes[i] <= '9' ? bytes[i] - '0' : 0);
        }
    }
}

static int index_note_key(void *user, ebb_feed_t *feed, const char *bytes,
                          size_t length)
{
    tg_index_t *index = user;
    uint8_t in = index->at[feed->depth];
    if (in == IN_OTHER) {
        return EBB_OK;
    }
    index->key = index_key(bytes, length);
    return in == IN_ROOT && index->key == INDEX_MESSAGES ? FOUND_SINGLE : EBB_OK;
}

static int index_value(void *user, ebb_feed_t *feed, ebb_token_t token,
                       const char *bytes, size_t length)
{
    tg_index_t *index = user;
    if (index->at[feed->depth] == IN_CHAT) {
        note_chat(index, token, bytes, length);
    }
    return EBB_OK;
}

static int index_close(void *user, ebb_feed_t *feed)
{
    tg_index_t *index = user;
    if (index->at[feed->depth] == IN_CHAT) {
        index->chats[index->count - 1].end = ebb_feed_offset(feed);
    }
    return EBB_OK;
}

static const ebb_feed_reader_t index_reader = {
    .opened = index_open,
    .key = index_note_key,
    .value = index_value,
    .closed = index_close,
};

/* ---- the choice ---- */

static bool is_personal(const tg_chat_t *chat)
{
    return chat->kind[0] == '\0' || strcmp(chat->kind, "personal_chat") == 0;
}

/* Whether a choice names the chat: by its name, by the name an alias gives it, or by
 * its number as Telegram writes it ("user4001" or "4001"). */
static bool is_named(const ebb_import_opts_t *opts, const tg_chat_t *chat,
                     const char *given)
{
    char number[32], user[32];
    (void)snprintf(number, sizeof number, "%" PRId64, chat->id);
    (void)snprintf(user, sizeof user, "user%" PRId64, chat->id);
    if (!given || !given[0]) {
        return false;
    }
    for (size_t i = 0; i < opts->alias_count; i++) {
        if (ebb_names_match(opts->aliases[i].to, given) &&
            ebb_names_match(opts->aliases[i].from, chat->name)) {
            return true;
        }
    }
    return ebb_names_match(chat->name, given) || strcmp(number, given) == 0 ||
           strcmp(user, given) == 0;
}

static bool is_candidate(const ebb_import_opts_t *opts, const tg_chat_t *chat)
{
    bool named = opts->partner || opts->between[0];
    if (!named) {
        return is_personal(chat) && chat->messages > 0;
    }
    return chat->messages > 0 &&
           (is_named(opts, chat, opts->partner) ||
            (is_personal(chat) && (is_named(opts, chat, opts->between[0]) ||
                                   is_named(opts, chat, opts->between[1]))));
}

/* "Ana (3012), Ben (17) ...", most messages first, as many as an error can hold. */
static void list_chats(const tg_index_t *index, char *text, size_t room)
{
    size_t used = 0;
    uint64_t ceiling = UINT64_MAX;
    size_t after = 0; /* among equals, chats before this one are listed already */
    for (int n = 0; n < 12 && used + CHAT_NAME_MAX / 4 < room; n++) {
        const tg_chat_t *best = NULL;
        for (size_t i = 0; i < index->count; i++) {
            const tg_chat_t *chat = &index->chats[i];
            bool left =
                chat->messages < ceiling || (chat->messages == ceiling && i >= after);
            if (left && chat->messages > 0 && is_personal(chat) &&
                (!best || chat->messages > best->messages)) {
                best = chat;
            }
        }
        if (!best) {
            break;
        }
        ceiling = best->messages;
        after = (size_t)(best - index->chats) + 1;
        int length =
            snprintf(text + used, room - used, "%s%.48s (%" PRIu64 ")", n ? ", " : "",
                     best->name[0] ? best->name : "(no name)", best->messages);
        used += length > 0 ? (size_t)length : 0;
    }
}

static int choose_chat(const tg_index_t *index, const ebb_input_t *input,
                       const tg_chat_t **chosen, ebb_error_t *error)
{
    const ebb_import_opts_t *opts = &index->import->opts;
    size_t candidates = 0;
    for (size_t i = 0; i < index->count; i++) {
        if (is_candidate(opts, &index->chats[i])) {
            *chosen = &index->chats[i];
            candidates++;
        }
    }
    if (candidates == 1) {
        return EBB_OK;
    }
    char text[380] = "none";
    list_chats(index, text, sizeof text);
    bool named = opts->partner || opts->between[0];
    return ebb_fail_at(error, EBB_ERR_CHOICE, (ebb_place_t){.where = input->label},
                       "%s; chats of two and their messages: %s",
                       candidates > 1 ? "several chats fit: name one as partner, if "
                                        "need be by its number, as in user4001"
                       : named        ? "no chat has the name given"
                                      : "no chat of two with messages",
                       text);
}

int ebb_tg_find_chat(ebb_import_t *import, const ebb_input_t *input,
                     ebb_tg_place_t *place, ebb_error_t *error)
{
    tg_index_t index = {.import = import};
    *place = (ebb_tg_place_t){.end = input->size};
    ebb_feed_opts_t opts = {.import = import,
                            .input = input,
                            .end = input->size,
                            .reader = &index_reader,
                            .user = &index};
    const tg_chat_t *chosen = NULL;
    int code = ebb_feed_run(&opts, error);
    if (!code) {
        code = choose_chat(&index, input, &chosen, error);
    }
    if (!code) {
        assert(chosen); /* choose_chat fails when there is none */
        *place = (ebb_tg_place_t){chosen->begin, chosen->end, true};
        import->partner_named_chat =
            is_named(&import->opts, chosen, import->opts.partner);
    }
    ebb_free_array(import->alloc, index.chats, index.capacity, sizeof *index.chats);
    return code == FOUND_SINGLE ? EBB_OK : code;
}
