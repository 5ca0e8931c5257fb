/* SPDX-License-Identifier: MIT
 *
 * A zip that holds a chat: the chat is found and streamed, the media stay packed.
 *
 * Of all texts and JSON files inside, the one a reader is surest of is taken, the usual
 * names first among equals. It is shown to its reader as an input of its own; as a
 * packed file can only be read forwards, going back means to begin again.
 *
 * Bombs. A few kilobytes can unpack to terabytes. Two limits hold: 4 GiB in all (more
 * than 40,000 messages, the app's own limit, could ever be), and, beyond 64 MiB, 250
 * times the packed size: chats pack 3 to 10 times, and deflate's utmost is 1032.
 */
#include <assert.h>
#include <string.h>
#include <zip.h>

#include "core/memory.h"
#include "messages/reader.h"

#define OUTPUT_MAX (UINT64_C(4) << 30)
#define OUTPUT_FREE (UINT64_C(64) << 20) /* up to here any ratio is harmless */
#define RATIO_MAX 250
#define HEAD_BYTES 65536
#define SKIP_BYTES 16384
#define CANDIDATES_MAX 64 /* texts and JSON files looked into */

/* ---- the archive's bytes, for libzip ---- */

typedef struct archive {
    const ebb_input_t *input;
    uint64_t offset;
    zip_error_t error;
} archive_t;

static zip_int64_t archive_read(archive_t *a, void *data, zip_uint64_t length)
{
    int64_t n = a->input->read_at(a->input, a->offset, data, (size_t)length);
    if (n < 0) {
        zip_error_set(&a->error, ZIP_ER_READ, 0);
        return -1;
    }
    a->offset += (uint64_t)n;
    return n;
}

static zip_int64_t archive_seek(archive_t *a, void *data, zip_uint64_t length)
{
    zip_int64_t to = zip_source_seek_compute_offset(a->offset, a->input->size, data,
                                                    length, &a->error);
    if (to < 0) {
        return -1;
    }
    a->offset = (uint64_t)to;
    return 0;
}

static zip_int64_t archive_stat(archive_t *a, void *data, zip_uint64_t length)
{
    zip_stat_t *stat = ZIP_SOURCE_GET_ARGS(zip_stat_t, data, length, &a->error);
    if (!stat) {
        return -1;
    }
    zip_stat_init(stat);
    stat->size = a->input->size;
    stat->valid |= ZIP_STAT_SIZE;
    return (zip_int64_t)sizeof *stat;
}

static zip_int64_t archive_source(void *user, void *data, zip_uint64_t length,
                                  zip_source_cmd_t command)
{
    archive_t *a = user;
    switch ((int)command) {
    case ZIP_SOURCE_OPEN:
        a->offset = 0;
        return 0;
    case ZIP_SOURCE_READ:
        return archive_read(a, data, length);
    case ZIP_SOURCE_SEEK:
        return archive_seek(a, data, length);
    case ZIP_SOURCE_TELL:
        return (zip_int64_t)a->offset;
    case ZIP_SOURCE_STAT:
        return archive_stat(a, data, length);
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&a->error, data, length);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
        return 0;
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(
            ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
            ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL,
            ZIP_SOURCE_SUPPORTS, -1);
    default:
        zip_error_set(&a->error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

/* ---- one packed file, as an input ---- */

typedef struct packed_file {
    zip_t *zip;
    zip_uint64_t index;
    uint64_t size, packed_size; /* as the archive claims */
    zip_file_t *file;           /* NULL: not begun */
    uint64_t at;                /* bytes unpacked so far */
    int code;                   /* of the first failure ... */
    const char *why;            /* ... and what it was */
} packed_file_t;

static int64_t fail_packed(packed_file_t *f, int code, const char *why)
{
    f->code = code;
    f->why = why;
    return code;
}

static void close_packed(packed_file_t *f)
{
    if (f->file) {
        (void)zip_fclose(f->file);
        f->file = NULL;
    }
    f->at = 0;
}

/* Unpacks the next bytes, as many as asked for where there are so many. */
static int64_t unpack_next(packed_file_t *f, char *bytes, size_t length)
{
    size_t done = 0;
    while (done < length) {
        zip_int64_t n = zip_fread(f->file, bytes + done, length - done);
        if (n < 0 || (n == 0 && f->at < f->size)) {
            return fail_packed(f, EBB_ERR_INPUT,
                               "is a damaged zip; export the chat again");
        }
        if (n == 0) {
            break;
        }
        done += (size_t)n;
        f->at += (uint64_t)n;
        if (f->at > OUTPUT_MAX) {
            return fail_packed(f, EBB_ERR_LIMIT,
                               "unpacks to more than 4 GiB; no chat is that long");
        }
        if (f->at > OUTPUT_FREE && f->at / RATIO_MAX > f->packed_size) {
            return fail_packed(f, EBB_ERR_LIMIT,
                               "unpacks to more than 250 times its size; that is no "
                               "chat but a zip made to fill the disk");
        }
    }
    return (int64_t)done;
}

static int64_t packed_read_at(const ebb_input_t *input, uint64_t offset, void *bytes,
                              size_t length)
{
    /* the input's user is const for readers; this file is ours to move on */
    packed_file_t *f = (packed_file_t *)(uintptr_t)input->user;
    char skipped[SKIP_BYTES];
    if (f->file && offset < f->at) {
        close_packed(f);
    }
    if (!f->file) {
        f->file = zip_fopen_index(f->zip, f->index, 0);
    }
    if (!f->file) {
        return fail_packed(f, EBB_ERR_INPUT,
                           "is packed in a way ebb cannot unpack; unpack it first");
    }
    while (f->at < offset) {
        uint64_t left = offset - f->at;
        int64_t n =
            unpack_next(f, skipped, left < SKIP_BYTES ? (size_t)left : SKIP_BYTES);
        if (n <= 0) {
            return n;
        }
    }
    return unpack_next(f, bytes, length);
}

/* ---- which of the files is the chat ---- */

typedef struct candidate {
    zip_uint64_t index;
    uint64_t size, packed_size;
    int score; /* 0: none */
    bool tied; /* another one is as good */
    const ebb_reader_t *reader;
} candidate_t;

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

/* The name without folders. */
static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* How usual a name is for a chat: 2, 1, or 0; -1 for what is not looked into. */
static int name_score(const char *path)
{
    const char *name = base_name(path);
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

/* Looks into one file; a better one than `best` replaces it. */
static int look_into(zip_t *zip, const zip_stat_t *stat, char *head, candidate_t *best)
{
    packed_file_t file = {.zip = zip,
                          .index = stat->index,
                          .size = stat->size,
                          .packed_size = stat->comp_size};
    ebb_input_t input = {.read_at = packed_read_at, .user = &file};
    int64_t n = packed_read_at(&input, 0, head, HEAD_BYTES);
    close_packed(&file);
    if (n <= 0) {
        return (int)n;
    }
    const ebb_reader_t *reader = ebb_reader_for(head, (size_t)n);
    if (!reader || strcmp(reader->format, "zip") == 0) {
        return EBB_OK;
    }
    int score = 10 * reader->sniff(head, (size_t)n) + name_score(stat->name);
    if (score > best->score) {
        *best = (candidate_t){stat->index, stat->size, stat->comp_size,
                              score,       false,      reader};
    } else if (score == best->score) {
        best->tied = true;
    }
    return EBB_OK;
}

static int find_chat(zip_t *zip, char *head, candidate_t *best, ebb_place_t place,
                     ebb_error_t *error)
{
    zip_int64_t count = zip_get_num_entries(zip, 0);
    int looked = 0;
    bool unreadable = false;
    for (zip_int64_t i = 0; i < count && looked < CANDIDATES_MAX; i++) {
        zip_stat_t stat;
        if (zip_stat_index(zip, (zip_uint64_t)i, 0, &stat) || !stat.name ||
            name_score(stat.name) < 0) {
            continue;
        }
        if (stat.valid & ZIP_STAT_ENCRYPTION_METHOD &&
            stat.encryption_method != ZIP_EM_NONE) {
            return ebb_fail_at(error, EBB_ERR_INPUT, place,
                               "is locked by a password; unpack it with that password "
                               "and give ebb the text inside");
        }
        looked++;
        unreadable |= look_into(zip, &stat, head, best) != EBB_OK;
    }
    if (best->tied) {
        /* no choice of names can help */
        return ebb_fail_at(
            error, EBB_ERR_INPUT, place,
            "holds several chats; unpack it and give ebb the one to read");
    }
    if (!best->reader) {
        return ebb_fail_at(error, EBB_ERR_INPUT, place, "%s",
                           unreadable ? "is a damaged zip; export the chat again"
                                      : "holds no chat that ebb reads; is it the zip "
                                        "that the app exported?");
    }
    return EBB_OK;
}

static int read_found(ebb_import_t *import, zip_t *zip, const candidate_t *found,
                      const char *label, ebb_error_t *error)
{
    assert(found->reader);
    packed_file_t file = {.zip = zip,
                          .index = found->index,
                          .size = found->size,
                          .packed_size = found->packed_size};
    ebb_input_t inner = {.read_at = packed_read_at,
                         .user = &file,
                         .size = found->size < OUTPUT_MAX ? found->size : OUTPUT_MAX,
                         .label = label};
    ebb_source_t *source = ebb_import_source(import);
    source->format = found->reader->format;
    source->bytes = inner.size;
    int code = found->reader->read(import, &inner, error);
    close_packed(&file);
    if (file.code) {
        return ebb_fail_at(error, file.code, (ebb_place_t){.where = label}, "%s",
                           file.why);
    }
    return code;
}

static int read_archive(ebb_import_t *import, zip_t *zip, const char *label,
                        ebb_error_t *error)
{
    const ebb_alloc_t *alloc = import->alloc;
    ebb_place_t place = {.where = label};
    char *head = alloc->resize(alloc->user, NULL, 0, HEAD_BYTES);
    if (!head) {
        return ebb_fail_at(error, EBB_ERR_MEMORY, place, "no memory to look into it");
    }
    candidate_t found = {.score = 0};
    int code = find_chat(zip, head, &found, place, error);
    ebb_free_array(alloc, head, HEAD_BYTES, 1);
    return code ? code : read_found(import, zip, &found, label, error);
}

static int read_zip(ebb_import_t *import, const ebb_input_t *input, ebb_error_t *error)
{
    ebb_place_t place = {.where = input->label};
    archive_t archive = {.input = input};
    zip_error_init(&archive.error);
    zip_error_t problem;
    zip_error_init(&problem);
    zip_source_t *source =
        zip_source_function_create(archive_source, &archive, &problem);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, &problem) : NULL;
    int code;
    if (zip) {
        code = read_archive(import, zip, input->label, error);
        zip_discard(zip); /* gives the source back as well */
    } else {
        bool memory = zip_error_code_zip(&problem) == ZIP_ER_MEMORY;
        code = memory
                   ? ebb_fail_at(error, EBB_ERR_MEMORY, place, "no memory to open it")
                   : ebb_fail_at(error, EBB_ERR_INPUT, place,
                                 "is a zip that is damaged or not complete; export "
                                 "the chat again");
        zip_source_free(source);
    }
    zip_error_fini(&problem);
    zip_error_fini(&archive.error);
    return code;
}

static int sniff_zip(const char *head, size_t n)
{
    return n >= 4 && (memcmp(head, "PK\3\4", 4) == 0 || memcmp(head, "PK\5\6", 4) == 0)
               ? 2
               : 0;
}

const ebb_reader_t ebb_reader_zip = {"zip", sniff_zip, read_zip};
