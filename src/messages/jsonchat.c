/* SPDX-License-Identifier: MIT */
#include "messages/jsonchat.h"

#include <string.h>

static uint8_t find_chat_place(const ebb_jsonchat_t *chat, uint8_t around,
                               bool is_object)
{
    const ebb_jsonchat_place_t *place = chat->form->places;
    const ebb_jsonchat_place_t *end = place + chat->form->place_count;
    for (; place < end; place++) {
        if (place->around == around && place->is_object == is_object &&
            (place->key == 0 || place->key == chat->key)) {
            return place->what;
        }
    }
    return EBB_JSONCHAT_OTHER;
}

static int open_chat_place(void *user, ebb_feed_t *feed, bool is_object)
{
    ebb_jsonchat_t *chat = user;
    int depth = feed->depth;
    uint8_t around = depth > 1 ? chat->at[depth - 1] : EBB_JSONCHAT_OTHER;
    bool known = depth == 1 || around != EBB_JSONCHAT_OTHER;
    chat->at[depth] =
        known ? find_chat_place(chat, around, is_object) : EBB_JSONCHAT_OTHER;
    if (known && chat->form->opened) {
        chat->form->opened(chat, feed, around, is_object);
    }
    return EBB_OK;
}

/* What is around a key or a value, or has just ended. */
static uint8_t chat_place(const ebb_jsonchat_t *chat, const ebb_feed_t *feed)
{
    return feed->depth > 0 ? chat->at[feed->depth] : EBB_JSONCHAT_OTHER;
}

static int note_chat_key(void *user, ebb_feed_t *feed, const char *bytes, size_t length)
{
    ebb_jsonchat_t *chat = user;
    if (chat_place(chat, feed) != EBB_JSONCHAT_OTHER) {
        chat->key = ebb_keys_find(&chat->keys, bytes, length);
    }
    return EBB_OK;
}

static int read_chat_value(void *user, ebb_feed_t *feed, ebb_token_t token,
                           const char *bytes, size_t length)
{
    ebb_jsonchat_t *chat = user;
    uint8_t what = chat_place(chat, feed);
    return what != EBB_JSONCHAT_OTHER
               ? chat->form->value(chat, feed, what, token, bytes, length)
               : EBB_OK;
}

static int close_chat_place(void *user, ebb_feed_t *feed)
{
    ebb_jsonchat_t *chat = user;
    uint8_t what = chat_place(chat, feed);
    return what != EBB_JSONCHAT_OTHER ? chat->form->closed(chat, feed, what) : EBB_OK;
}

static const ebb_feed_reader_t chat_reader = {
    .opened = open_chat_place,
    .key = note_chat_key,
    .value = read_chat_value,
    .closed = close_chat_place,
};

int ebb_jsonchat_read(ebb_jsonchat_t *chat, const ebb_jsonchat_form_t *form,
                      ebb_import_t *import, const ebb_input_t *input,
                      ebb_error_t *error)
{
    chat->form = form;
    chat->import = chat->clock.import = chat->accounts.import = import;
    ebb_text_init(&chat->text, import->alloc);
    ebb_keys_prepare(&chat->keys, form->words, form->word_count);
    ebb_feed_opts_t opts = {.import = import,
                            .input = input,
                            .end = input->size,
                            .many = form->many,
                            .reader = &chat_reader,
                            .user = chat};
    int code = ebb_feed_run(&opts, error);
    ebb_text_free(&chat->text);
    return code;
}

void ebb_jsonchat_begin(ebb_jsonchat_t *chat, uint64_t offset)
{
    chat->offset = offset;
    chat->body = (ebb_body_t){0};
    chat->text.length = 0;
}

int ebb_jsonchat_add_text(ebb_jsonchat_t *chat, ebb_feed_t *feed, const char *bytes,
                          size_t length)
{
    ebb_body_count(&chat->body, bytes, length);
    if (chat->import->opts.keep_text) {
        ebb_text_append(&chat->text, bytes, length);
        if (chat->text.failed) {
            return ebb_feed_fail(feed, chat->text.failed, chat->offset,
                                 "no memory for a text");
        }
    }
    return EBB_OK;
}

int ebb_jsonchat_push(ebb_jsonchat_t *chat, ebb_feed_t *feed, ebb_event_t *event,
                      bool said)
{
    int code = EBB_OK;
    if (said) {
        event->characters = chat->body.characters;
        event->words = chat->body.words;
    }
    if (said && chat->text.length > 0) {
        code = ebb_import_keep(chat->import, event, chat->text.data, chat->text.length);
    }
    code = code ? code : ebb_import_push(chat->import, event);
    return code ? ebb_feed_fail(feed, code, chat->offset,
                                code == EBB_ERR_LIMIT ? "more text than ebb keeps"
                                                      : "no memory for its messages")
                : EBB_OK;
}

int ebb_jsonchat_person(ebb_jsonchat_t *chat, ebb_feed_t *feed, ebb_event_t *event,
                        const ebb_newcomer_t *who)
{
    int person = ebb_account_find(&chat->accounts, who->id);
    person = person >= 0 ? person : ebb_account_add(&chat->accounts, who);
    if (person < 0) {
        return ebb_feed_fail(feed, person, chat->offset, "%s",
                             ebb_account_problem(person));
    }
    event->person = (uint8_t)person;
    return EBB_OK;
}
