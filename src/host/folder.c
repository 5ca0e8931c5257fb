/* SPDX-License-Identifier: MIT
 *
 * The files below a folder. Folders are listed one after the other, those found joining
 * the queue; names are gathered in one text, and only then pointed at, as it moves.
 */
#define _DEFAULT_SOURCE
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/fail.h"
#include "core/memory.h"
#include "ebb/host.h"

#define FILES_MAX 1000000 /* files and folders */
#define PATH_ROOM 4096    /* bytes; what the system takes */

typedef struct found {
    size_t name; /* place in names */
    uint64_t size;
    bool is_folder;
} found_t;

/* What is known of a folder; the `user` of an ebb_folder_t. */
typedef struct listing {
    ebb_text_t names; /* each NUL-terminated, relative to the folder */
    found_t *found;
    size_t count, capacity;
    ebb_entry_t *entries;
    size_t entry_room;
    char path[PATH_ROOM]; /* of the file that is open */
} listing_t;

static int fail_folder(ebb_error_t *error, int code, const char *path, const char *what)
{
    return ebb_fail_at(error, code, (ebb_place_t){.where = path}, "%s", what);
}

/* Adds one name; 0 or a code. */
static int add_found(listing_t *list, const char *name, const struct stat *status)
{
    if (list->count >= FILES_MAX) {
        return EBB_ERR_LIMIT;
    }
    void *found = list->found;
    if (ebb_grow(ebb_alloc_default(), &found, &list->capacity, list->count + 1,
                 sizeof *list->found)) {
        return EBB_ERR_MEMORY;
    }
    list->found = found;
    list->found[list->count++] = (found_t){.name = list->names.length,
                                           .size = (uint64_t)status->st_size,
                                           .is_folder = S_ISDIR(status->st_mode)};
    ebb_text_append(&list->names, name, strlen(name) + 1);
    return list->names.failed;
}

/* Whether a file is one to list: regular, if need be behind a link, or a folder. */
static bool is_listed(const char *path, struct stat *status)
{
    if (lstat(path, status)) {
        return false;
    }
    bool linked = S_ISLNK(status->st_mode);
    if (linked && stat(path, status)) {
        return false;
    }
    return S_ISREG(status->st_mode) || (S_ISDIR(status->st_mode) && !linked);
}

/* Lists what stands in one folder, `below` being its own name in the listing. */
static int list_one(listing_t *list, const char *root, const char *below)
{
    char name[PATH_ROOM], path[2 * PATH_ROOM];
    (void)snprintf(path, sizeof path, "%s/%s", root, below);
    DIR *folder = opendir(path);
    if (!folder) {
        return *below ? EBB_OK : EBB_ERR_IO; /* one that is closed to us below */
    }
    int code = EBB_OK;
    for (struct dirent *entry; !code && (entry = readdir(folder)) != NULL;) {
        struct stat status;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        int n = snprintf(name, sizeof name, "%s%s%s", below, *below ? "/" : "",
                         entry->d_name);
        int m = snprintf(path, sizeof path, "%s/%s", root, name);
        if (n < 0 || n >= PATH_ROOM || m < 0 || m >= PATH_ROOM) {
            code = EBB_ERR_LIMIT;
        } else if (is_listed(path, &status)) {
            code = add_found(list, name, &status);
        }
    }
    (void)closedir(folder);
    return code;
}

static int list_all(listing_t *list, const char *root)
{
    int code = list_one(list, root, "");
    for (size_t i = 0; !code && i < list->count; i++) {
        char below[PATH_ROOM]; /* the names move while it is listed */
        if (list->found[i].is_folder) {
            (void)snprintf(below, sizeof below, "%s",
                           list->names.data + list->found[i].name);
            code = list_one(list, root, below);
        }
    }
    return code;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const ebb_entry_t *)a)->name, ((const ebb_entry_t *)b)->name);
}

/* The files among what was found, in order. */
static int make_entries(listing_t *list, ebb_folder_t *folder)
{
    list->entry_room = list->count;
    list->entries =
        ebb_new_array(ebb_alloc_default(), list->count, sizeof *list->entries);
    if (!list->entries && list->count > 0) {
        return EBB_ERR_MEMORY;
    }
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (!list->found[i].is_folder) {
            list->entries[count++] = (ebb_entry_t){
                list->names.data + list->found[i].name, list->found[i].size};
        }
    }
    if (count > 0) {
        qsort(list->entries, count, sizeof *list->entries, by_name);
    }
    folder->entries = list->entries;
    folder->count = count;
    return EBB_OK;
}

/* ---- one file ---- */

static int open_listed(const ebb_folder_t *folder, size_t index, ebb_input_t *input,
                       ebb_error_t *error)
{
    listing_t *list = folder->user;
    const char *name = folder->entries[index].name;
    (void)snprintf(list->path, sizeof list->path, "%s/%s", folder->label, name);
    int code = ebb_input_open(input, list->path, error);
    input->label = name;
    return code;
}

static int close_listed(const ebb_folder_t *folder, ebb_input_t *input,
                        ebb_error_t *error)
{
    (void)folder;
    (void)error;
    ebb_input_close(input);
    return EBB_OK;
}

int ebb_folder_open(ebb_folder_t *folder, const char *path, ebb_error_t *error)
{
    const ebb_alloc_t *alloc = ebb_alloc_default();
    *folder = (ebb_folder_t){.open = open_listed, .close = close_listed, .label = path};
    listing_t *list = ebb_new_array(alloc, 1, sizeof *list);
    if (!list) {
        return fail_folder(error, EBB_ERR_MEMORY, path, "no memory to list it");
    }
    folder->user = list;
    ebb_text_init(&list->names, alloc);
    int code = list_all(list, path);
    const char *why = code == EBB_ERR_IO ? strerror(errno) : "";
    code = code ? code : make_entries(list, folder);
    if (code) {
        ebb_folder_close(folder);
    }
    switch (code) {
    case EBB_OK:
        return EBB_OK;
    case EBB_ERR_IO:
        return ebb_fail_at(error, code, (ebb_place_t){.where = path},
                           "cannot be listed: %s", why);
    case EBB_ERR_LIMIT:
        return fail_folder(error, code, path,
                           "holds more than a million files, or paths too long to "
                           "open; name the folder of the chat in it");
    default:
        return fail_folder(error, code, path, "no memory to list it");
    }
}

void ebb_folder_close(ebb_folder_t *folder)
{
    const ebb_alloc_t *alloc = ebb_alloc_default();
    listing_t *list = folder->user;
    if (list) {
        ebb_free_array(alloc, list->entries, list->entry_room, sizeof *list->entries);
        ebb_free_array(alloc, list->found, list->capacity, sizeof *list->found);
        ebb_text_free(&list->names);
        ebb_free_array(alloc, list, 1, sizeof *list);
    }
    *folder = (ebb_folder_t){.count = 0};
}
