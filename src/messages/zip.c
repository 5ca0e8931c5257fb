/* SPDX-License-Identifier: MIT
 *
 * A zip as a folder: the chat in it is found as in one (folder.c) and streamed, the
 * media stay packed. A packed file can only be read forwards, so going back means to
 * begin again.
 *
 * Bombs. A few kilobytes can unpack to terabytes. Two limits hold: 4 GiB unpacked
 * in all, of one file or of many (more than any couple's messages are), and, beyond 64
 * MiB of a file, 250 times its packed size: chats pack 3 to 10 times, and deflate's
 * utmost is 1032.
 */
#include <stdbool.h>
#include <string.h>
#include <zip.h>

#include "core/memory.h"
#include "messages/reader.h"

#define OUTPUT_MAX (UINT64_C(4) << 30)
#define OUTPUT_FREE (UINT64_C(64) << 20) /* up to here any ratio is harmless */
#define RATIO_MAX 250
#define SKIP_BYTES 16384

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
    uint64_t *all;              /* ... of all files, those unpacked again included */
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
        *f->all += (uint64_t)n;
        if (*f->all > OUTPUT_MAX) {
            return fail_packed(f, EBB_ERR_LIMIT,
                               "unpacks to more than 4 GiB; if it is a backup of "
                               "yours, unpack it and give ebb the file in it");
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

/* ---- the archive as a folder ---- */

typedef struct zip_folder {
    zip_t *zip;
    packed_file_t file; /* the one that is open */
    uint64_t unpacked;  /* bytes, of all files */
    ebb_entry_t *entries;
    size_t room;
} zip_folder_t;

static int open_packed_entry(const ebb_folder_t *folder, size_t index,
                             ebb_input_t *input, ebb_error_t *error)
{
    zip_folder_t *packed = folder->user;
    ebb_place_t place = {.where = folder->label};
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(packed->zip, index, 0, &stat)) {
        return ebb_fail_at(error, EBB_ERR_IO, place, "is a damaged zip");
    }
    if (stat.valid & ZIP_STAT_ENCRYPTION_METHOD &&
        stat.encryption_method != ZIP_EM_NONE) {
        return ebb_fail_at(error, EBB_ERR_INPUT, place,
                           "is locked by a password; unpack it with that password and "
                           "give ebb the text inside");
    }
    packed->file = (packed_file_t){.zip = packed->zip,
                                   .index = index,
                                   .size = stat.size,
                                   .packed_size = stat.comp_size,
                                   .all = &packed->unpacked};
    *input = (ebb_input_t){.read_at = packed_read_at,
                           .user = &packed->file,
                           .size = stat.size < OUTPUT_MAX ? stat.size : OUTPUT_MAX,
                           .label = folder->label};
    return EBB_OK;
}

static int close_packed_entry(const ebb_folder_t *folder, ebb_input_t *input,
                              ebb_error_t *error)
{
    zip_folder_t *packed = folder->user;
    close_packed(&packed->file);
    return packed->file.code ? ebb_fail_at(error, packed->file.code,
                                           (ebb_place_t){.where = input->label}, "%s",
                                           packed->file.why)
                             : EBB_OK;
}

/* A name that cannot be told is an empty one, and so never looked into. */
static void list_packed_entries(zip_folder_t *packed, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        zip_stat_t stat;
        zip_stat_init(&stat);
        bool told = zip_stat_index(packed->zip, i, 0, &stat) == 0 && stat.name;
        packed->entries[i] = (ebb_entry_t){told ? stat.name : "", told ? stat.size : 0};
    }
}

static int read_archive(ebb_import_t *import, zip_t *zip, const char *label,
                        ebb_error_t *error)
{
    zip_folder_t packed = {.zip = zip};
    zip_int64_t entries = zip_get_num_entries(zip, 0);
    packed.room = entries > 0 ? (size_t)entries : 0;
    packed.entries = ebb_new_array(import->alloc, packed.room, sizeof *packed.entries);
    if (!packed.entries && packed.room > 0) {
        return ebb_fail_at(error, EBB_ERR_MEMORY, (ebb_place_t){.where = label},
                           "no memory to look into it");
    }
    list_packed_entries(&packed, packed.room);
    ebb_folder_t folder = {.entries = packed.entries,
                           .count = packed.room,
                           .open = open_packed_entry,
                           .close = close_packed_entry,
                           .user = &packed,
                           .label = label,
                           .is_file = true};
    int code = ebb_import_add_folder(import, &folder, error);
    ebb_free_array(import->alloc, packed.entries, packed.room, sizeof *packed.entries);
    return code;
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
