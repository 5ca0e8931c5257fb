/* SPDX-License-Identifier: MIT
 *
 * Finds what to read in a folder or a zip: of all texts and JSON files inside, the one
 * a reader is surest of, the usual names first among equals. Media are not opened.
 */
#include "messages/folder.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/memory.h"

#define HEAD_BYTES 65536
#define LOOKED_MAX 4096 /* texts and JSON files looked into */

typedef struct candidate {
    size_t index;
    int score; /* 0: none */
    bool tied; /* another one is as good */
    const ebb_reader_t *reader;
} candidate_t;

typedef struct search {
    ebb_import_t *import;
    const ebb_folder_t *folder;
    char *head; /* HEAD_BYTES */
    int looked;
    candidate_t best;
    bool unreadable;
} search_t;

static ebb_place_t place_of(const ebb_folder_t *folder)
{
    return (ebb_place_t){.where = folder->label};
}

/* ---- names ---- */

static bool ends_in(const char *name, const char *end)
{
    size_t n = strlen(name), e = strlen(end);
    for (size_t i = 0; n >= e && i < e; i++) {
        char c = name[n - e + i]; /* no locale here: ASCII alone has cases */
        if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != end[i]) {
            return false;
        }
    }
    return n >= e;
}

const char *ebb_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* How usual a name is for a chat: 2, 1, or 0; -1 for what is not looked into. */
static int name_score(const char *path)
{
    const char *name = ebb_base_name(path);
    if (strncmp(name, "._", 2) == 0 || strncmp(path, "__MACOSX/", 9) == 0) {
        return -1; /* what a Mac adds of its own */
    }
    if (strcmp(name, "_chat.txt") == 0 || strcmp(name, "result.json") == 0) {
        return 2;
    }
    if (ends_in(name, ".txt")) {
        return strstr(name, "WhatsApp") ? 2 : 1;
    }
    return ends_in(name, ".json") ? 0 : -1;
}

void ebb_folder_label(char label[EBB_LABEL_MAX], const ebb_folder_t *folder,
                      const char *name)
{
    size_t before = strlen(folder->label), length = strlen(name);
    while (before > 1 && folder->label[before - 1] == '/') {
        before--;
    }
    if (before + 1 + length < EBB_LABEL_MAX) {
        (void)snprintf(label, EBB_LABEL_MAX, "%.*s/%.*s", (int)before, folder->label,
                       (int)length, name);
    } else {
        (void)snprintf(label, EBB_LABEL_MAX, ".../%.200s", ebb_base_name(name));
    }
}

/* ---- reading ---- */

int ebb_folder_read(ebb_import_t *import, const ebb_folder_t *folder, size_t index,
                    const ebb_reader_t *reader, bool alone, ebb_error_t *error)
{
    char label[EBB_LABEL_MAX];
    ebb_input_t input;
    int code = folder->open(folder, index, &input, error);
    if (code) {
        return code;
    }
    ebb_folder_label(label, folder, folder->entries[index].name);
    input.label = alone && folder->is_file ? folder->label : label;
    code = ebb_import_read(import, &input, reader, error);
    int closed = folder->close(folder, &input, error);
    return closed ? closed : code;
}

/* ---- looking ---- */

/* A file that may be a chat, against the best one so far. */
static void compare(search_t *s, size_t index, const ebb_reader_t *reader, size_t n)
{
    int score =
        10 * reader->sniff(s->head, n) + name_score(s->folder->entries[index].name);
    if (score > s->best.score) {
        s->best = (candidate_t){index, score, false, reader};
    } else if (score == s->best.score) {
        s->best.tied = true;
    }
}

/* Looks at the beginning of one file. What cannot be read is passed over, but for what
 * is locked: there would be no way to know what is in it. */
static int look_into(search_t *s, size_t index, ebb_error_t *error)
{
    ebb_input_t input;
    int code = s->folder->open(s->folder, index, &input, error);
    if (code) {
        s->unreadable = true;
        return code == EBB_ERR_INPUT ? code : EBB_OK;
    }
    s->looked++;
    int64_t n = input.read_at(&input, 0, s->head, HEAD_BYTES);
    (void)s->folder->close(s->folder, &input, NULL);
    s->unreadable |= n < 0;
    const ebb_reader_t *reader = n > 0 ? ebb_reader_for(s->head, (size_t)n) : NULL;
    if (!reader || reader == &ebb_reader_zip) {
        return EBB_OK;
    }
    compare(s, index, reader, (size_t)n);
    return EBB_OK;
}

static int look_at_all(search_t *s, ebb_error_t *error)
{
    int code = EBB_OK;
    for (size_t i = 0; !code && i < s->folder->count && s->looked < LOOKED_MAX; i++) {
        if (name_score(s->folder->entries[i].name) >= 0) {
            code = look_into(s, i, error);
        }
    }
    return code;
}

static int fail_nothing(const search_t *s, ebb_error_t *error)
{
    const char *why = "holds no chat that ebb reads; `ebb formats` lists what it does";
    if (s->folder->is_file) {
        why = s->unreadable ? "is a damaged zip; export the chat again"
                            : "holds no chat that ebb reads; is it the zip that the "
                              "app exported?";
    }
    return ebb_fail_at(error, EBB_ERR_INPUT, place_of(s->folder), "%s", why);
}

static int read_found(search_t *s, ebb_error_t *error)
{
    if (s->best.tied) {
        /* no choice of names can help */
        return ebb_fail_at(error, EBB_ERR_INPUT, place_of(s->folder),
                           "holds several chats; %s",
                           s->folder->is_file ? "unpack it and give ebb the one to read"
                                              : "give ebb the one to read");
    }
    if (!s->best.reader) {
        return fail_nothing(s, error);
    }
    return ebb_folder_read(s->import, s->folder, s->best.index, s->best.reader, true,
                           error);
}

int ebb_import_add_folder(ebb_import_t *import, const ebb_folder_t *folder,
                          ebb_error_t *error)
{
    const ebb_alloc_t *alloc = import->alloc;
    ebb_import_mark_t mark = ebb_import_mark(import);
    search_t search = {.import = import, .folder = folder};
    search.head = alloc->resize(alloc->user, NULL, 0, HEAD_BYTES);
    if (!search.head) {
        return ebb_fail_at(error, EBB_ERR_MEMORY, place_of(folder),
                           "no memory to look into it");
    }
    int code = look_at_all(&search, error);
    ebb_free_array(alloc, search.head, HEAD_BYTES, 1);
    code = code ? code : read_found(&search, error);
    if (code) {
        ebb_import_return(import, &mark);
    }
    return code;
}
