/* SPDX-License-Identifier: MIT
 * What the tests of the chat readers share: several files as one history, any cut of an
 * input into chunks, memory that runs out. */
#ifndef EBB_TESTS_CHAT_H
#define EBB_TESTS_CHAT_H

#include "fixture.h"
#include "messages/reader.h"
#include "scarce.h"

static inline int chat_sniff(const ebb_reader_t *reader, const char *text)
{
    return reader->sniff(text, strlen(text));
}

/* One history of two files of the folder; NULL, and a failed check, if it is none. */
static inline ebb_history_t *chat_read_two(const char *folder, const char *first,
                                           const char *second)
{
    const char *const files[2] = {first, second};
    ebb_import_t *import = NULL;
    ebb_history_t *history = NULL;
    ebb_error_t error = {0};
    int code = ebb_import_open(&import, NULL, &error);
    for (int i = 0; i < 2 && !code; i++) {
        char path[600];
        size_t size = 0;
        (void)snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        char *bytes = fixture_slurp(path, &size);
        ebb_input_t input = ebb_input_memory(bytes, size, files[i]);
        code = bytes ? ebb_import_add(import, &input, &error) : EBB_ERR_IO;
        free(bytes);
    }
    code = code ? code : ebb_import_finish(import, &history, &error);
    check_string(code ? error.text : "", "", first, (int)error.line);
    ebb_import_free(import);
    return history;
}

/* Blanks before the first message move the end of the first 64 KiB over every byte
 * behind them. `mark` stands right before it. */
static inline void chat_check_chunks(const char *folder, const char *name,
                                     const char *suffix, const char *mark)
{
    enum { CHUNK = 65536 };
    fixture_t f;
    size_t size = 0;
    if (!fixture_open(&f, folder, name, suffix)) {
        return;
    }
    char *bytes = fixture_input(&f, &size);
    char *padded = malloc(CHUNK + size);
    char *begin = bytes ? strstr(bytes, mark) : NULL;
    size_t before = begin ? (size_t)(begin - bytes) + strlen(mark) : size;
    int wrong = 0;
    for (size_t shift = 0; padded && shift <= size - before; shift++) {
        ebb_history_t *history = NULL;
        ebb_error_t error;
        memset(padded, ' ', CHUNK);
        memcpy(padded, bytes, before);
        memcpy(padded + CHUNK - shift, bytes + before, size - before);
        size_t length = CHUNK - shift + size - before;
        if (fixture_import(&f, padded, length, &history, &error) == 0) {
            ebb_text_t out;
            fixture_write(history, f.events, &out);
            wrong += strcmp(out.data, f.csv) != 0;
            ebb_text_free(&out);
        } else {
            wrong++;
        }
        ebb_history_free(history);
    }
    check_one(begin != NULL && wrong == 0, "the same however it is cut", name, wrong);
    free(padded);
    free(bytes);
    fixture_close(&f);
}

/* The n-th allocation fails, for every n; fewer than `most` are made. */
static inline void chat_check_memory(const char *folder, const char *name,
                                     const char *suffix, long most)
{
    fixture_t f;
    size_t size = 0;
    if (!fixture_open(&f, folder, name, suffix)) {
        return;
    }
    char *bytes = fixture_input(&f, &size);
    f.import.keep_text = true;
    int code = EBB_ERR_MEMORY;
    long n = 0;
    for (; bytes && n < most && code; n++) {
        scarce_t scarce = {.left = n};
        const ebb_alloc_t alloc = {scarce_resize, &scarce};
        ebb_history_t *history = NULL;
        ebb_error_t error = {0};
        f.import.alloc = &alloc;
        code = fixture_import(&f, bytes, size, &history, &error);
        CHECK(code == EBB_OK || (code == EBB_ERR_MEMORY && error.code == code));
        ebb_history_free(history);
        CHECK(scarce.held == 0);
    }
    CHECK(code == EBB_OK && n > 8);
    free(bytes);
    fixture_close(&f);
}

#endif
