/* SPDX-License-Identifier: MIT
 *
 * Finds what to read in a folder or a zip: of all texts, JSON and XML files and
 * databases inside, the one a reader is surest of, the usual names first among equals.
 * Files of a Messenger or Instagram download come first of all, and are many
 * (meta_threads.c). Media are not opened.
 */
#include "messages/folder.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/memory.h"
#include "messages/meta.h"

#define HEAD_BYTES 65536
#define LOOKED_MAX 4096 /* files looked into */

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
    size_t *meta; /* indices of files of Meta's downloads */
    size_t meta_count, meta_room;
    bool unreadable, web_page;
    bool packed_database; /* which cannot be read inside a zip */
} search_t;

static ebb_place_t place_of_folder(const ebb_folder_t *folder)
{
    return (ebb_place_t){.where = folder->label};
}

/* ---- names ---- */

static bool name_ends_in(const char *name, const char *end)
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

uint64_t ebb_meta_file_number(const char *path)
{
    static const char begin[] = "message_";
    const char *name = ebb_base_name(path);
    size_t digits = 0;
    uint64_t number = 0;
    if (strncmp(name, begin, sizeof begin - 1) != 0) {
        return 0;
    }
    name += sizeof begin - 1;
    for (; digits < 9 && name[digits] >= '0' && name[digits] <= '9'; digits++) {
        number = number * 10 + (uint64_t)(name[digits] - '0');
    }
    return strcmp(name + digits, ".json") == 0 ? number : 0;
}

/* How usual a name is for a chat: 2, 1, or 0; -1 for what is not looked into. */
static int name_score(const char *path)
{
    static const char *const usual[] = {
        "_chat.txt", "result.json", "chat.db", "sms.db",
        "3d0d7e5fb2ce288813306e4d4636395e047a3d28" /* sms.db in a phone's backup */
    };
    const char *name = ebb_base_name(path);
    if (strncmp(name, "._", 2) == 0 || strncmp(path, "__MACOSX/", 9) == 0) {
        return -1; /* what a Mac adds of its own */
    }
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        if (strcmp(name, usual[i]) == 0) {
            return 2;
        }
    }
    if (name_ends_in(name, ".txt")) {
        return strstr(name, "WhatsApp") ? 2 : 1;
    }
    bool database = name_ends_in(name, ".db") && /* there are many others */
                    (strncmp(name, "chat", 4) == 0 || strncmp(name, "sms", 3) == 0);
    bool looked = database || name_ends_in(name, ".json") || name_ends_in(name, ".xml");
    return looked ? 0 : -1;
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
                    const ebb_reader_t *reader, ebb_error_t *error)
{
    char label[EBB_LABEL_MAX];
    ebb_input_t input;
    int code = folder->open(folder, index, &input, error);
    if (code) {
        return code;
    }
    ebb_folder_label(label, folder, folder->entries[index].name);
    bool alone = folder->is_file && reader != &ebb_reader_meta;
    input.label = alone ? folder->label : label;
    code = ebb_import_read(import, &input, reader, error);
    int closed = folder->close(folder, &input, error);
    return closed ? closed : code;
}

/* ---- looking ---- */

static int add_meta(search_t *s, size_t index, ebb_error_t *error)
{
    void *meta = s->meta;
    if (ebb_grow(s->import->alloc, &meta, &s->meta_room, s->meta_count + 1,
                 sizeof *s->meta)) {
        return ebb_fail_at(error, EBB_ERR_MEMORY, place_of_folder(s->folder),
                           "no memory for its chats");
    }
    s->meta = meta;
    s->meta[s->meta_count++] = index;
    return EBB_OK;
}

/* A file that may be a chat, against the best one so far. */
static void compare_candidate(search_t *s, size_t index, const ebb_reader_t *reader,
                              size_t n)
{
    int score =
        10 * reader->sniff(s->head, n) + name_score(s->folder->entries[index].name);
    if (score > s->best.score) {
        s->best = (candidate_t){index, score, false, reader};
    } else if (score == s->best.score) {
        s->best.tied = true;
    }
}

/* Looks at the beginning of one file. A file that cannot be read is passed over, but
 * for what is locked: there would be no way to know what is in it. */
static int look_into(search_t *s, size_t index, ebb_error_t *error)
{
    ebb_input_t input;
    int code = s->folder->open(s->folder, index, &input, error);
    if (code) {
        s->unreadable = true;
        return code == EBB_ERR_IO ? EBB_OK : code;
    }
    s->looked++;
    int64_t n = input.read_at(&input, 0, s->head, HEAD_BYTES);
    (void)s->folder->close(s->folder, &input, NULL);
    s->unreadable |= n < 0;
    const ebb_reader_t *reader = n > 0 ? ebb_reader_for(s->head, (size_t)n) : NULL;
    bool is_database = reader == &ebb_reader_imessage;
    s->packed_database |= is_database && s->folder->is_file;
    if (!reader || reader == &ebb_reader_zip || (is_database && s->folder->is_file)) {
        return EBB_OK;
    }
    if (reader == &ebb_reader_meta) {
        return add_meta(s, index, error);
    }
    compare_candidate(s, index, reader, (size_t)n);
    return EBB_OK;
}

static int look_at_all(search_t *s, ebb_error_t *error)
{
    int code = EBB_OK;
    for (size_t i = 0; !code && i < s->folder->count; i++) {
        const char *name = s->folder->entries[i].name;
        s->web_page |= strcmp(ebb_base_name(name), "message_1.html") == 0;
        if (name_score(name) < 0) {
            continue;
        }
        if (ebb_meta_file_number(name) > 0) {
            code = add_meta(s, i, error);
        } else if (s->looked < LOOKED_MAX) {
            code = look_into(s, i, error);
        }
    }
    return code;
}

static int fail_nothing(const search_t *s, ebb_error_t *error)
{
    const char *why = "holds no chat that ebb reads; `ebb formats` lists what it does";
    if (s->web_page) {
        why = "is a download of web pages (HTML); ask for it again in the format JSON";
    } else if (s->packed_database) {
        why =
            "holds a database, which ebb cannot read inside a zip; unpack it and give "
            "ebb chat.db, with chat.db-wal beside it if the zip has one";
    } else if (s->folder->is_file) {
        why = s->unreadable ? "is a damaged zip; export the chat again"
                            : "holds no chat that ebb reads; is it the zip that the "
                              "app exported?";
    }
    return ebb_fail_at(error, EBB_ERR_INPUT, place_of_folder(s->folder), "%s", why);
}

/* No choice of names can help. */
static int fail_several(const search_t *s, ebb_error_t *error)
{
    bool backups = s->best.reader == &ebb_reader_sms;
    return ebb_fail_at(error, EBB_ERR_INPUT, place_of_folder(s->folder),
                       "holds several %s; %sgive ebb %s",
                       backups ? "backups of a phone" : "chats",
                       s->folder->is_file ? "unpack it and " : "",
                       backups ? "those to read, all at once" : "the one to read");
}

static int read_found(search_t *s, ebb_error_t *error)
{
    if (s->meta_count > 0) {
        return ebb_meta_read_chat(s->import, s->folder, s->meta, s->meta_count, error);
    }
    if (s->best.tied) {
        return fail_several(s, error);
    }
    if (!s->best.reader) {
        return fail_nothing(s, error);
    }
    return ebb_folder_read(s->import, s->folder, s->best.index, s->best.reader, error);
}

int ebb_import_add_folder(ebb_import_t *import, const ebb_folder_t *folder,
                          ebb_error_t *error)
{
    const ebb_alloc_t *alloc = import->alloc;
    ebb_import_mark_t mark = ebb_import_mark(import);
    search_t search = {.import = import, .folder = folder};
    search.head = alloc->resize(alloc->user, NULL, 0, HEAD_BYTES);
    if (!search.head) {
        return ebb_fail_at(error, EBB_ERR_MEMORY, place_of_folder(folder),
                           "no memory to look into it");
    }
    int code = look_at_all(&search, error);
    ebb_free_array(alloc, search.head, HEAD_BYTES, 1);
    code = code ? code : read_found(&search, error);
    ebb_free_array(alloc, search.meta, search.meta_room, sizeof *search.meta);
    if (code) {
        ebb_import_return(import, &mark);
    }
    return code;
}
