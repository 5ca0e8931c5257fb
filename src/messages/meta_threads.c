/* SPDX-License-Identifier: MIT
 *
 * The chats of a whole Messenger or Instagram download, and which of them is the
 * couple's.
 *
 * A chat is a folder of files message_1.json, message_2.json, ..., the first one the
 * newest; encrypted chats are a file each. One couple may have several: since 2023 the
 * messages from before a chat was encrypted lie in e2ee_cutover/, the others in inbox/.
 * So all chats of the same two are read, unless two lie side by side: then they are
 * of namesakes, and names cannot choose.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "messages/folder.h"
#include "messages/meta.h"

/* A file, and how much of its name is the chat's. */
typedef struct part {
    const char *name;
    size_t chat_length;
    uint64_t number;
    size_t index; /* in the folder */
} thread_part_t;

typedef struct thread {
    const thread_part_t *parts; /* the oldest first */
    size_t count;
    uint64_t bytes;
    ebb_meta_head_t head;
    bool wanted; /* for now */
} thread_t;

typedef struct threads {
    ebb_import_t *import;
    const ebb_folder_t *folder;
    thread_part_t *parts;
    size_t part_count;
    thread_t *threads;
    size_t count, room;
} threads_t;

#define NAME_SHOWN 60 /* bytes of a name in a list */

enum { BY_PARTNER, BY_FIRST, BY_SECOND, BY_ME, NAMES };

static int fail_threads(const threads_t *t, ebb_error_t *error)
{
    return ebb_fail_at(error, EBB_ERR_MEMORY, (ebb_place_t){.where = t->folder->label},
                       "no memory for its chats");
}

/* ---- files to chats ---- */

static thread_part_t make_part(const ebb_folder_t *folder, size_t index)
{
    const char *name = folder->entries[index].name;
    thread_part_t part = {
        .name = name, .index = index, .number = ebb_meta_file_number(name)};
    part.chat_length =
        part.number ? (size_t)(ebb_base_name(name) - name) : strlen(name);
    return part;
}

static int compare_chats(const thread_part_t *a, const thread_part_t *b)
{
    size_t n = a->chat_length < b->chat_length ? a->chat_length : b->chat_length;
    int order = memcmp(a->name, b->name, n);
    return order
               ? order
               : (a->chat_length > b->chat_length) - (a->chat_length < b->chat_length);
}

/* By chat, and in it the highest number first: the oldest file. */
static int compare_parts(const void *first, const void *second)
{
    const thread_part_t *a = first, *b = second;
    int order = compare_chats(a, b);
    if (order == 0) {
        order = (a->number < b->number) - (a->number > b->number);
    }
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

static int add_thread(threads_t *t, const thread_part_t *parts, size_t count)
{
    void *threads = t->threads;
    if (ebb_grow(t->import->alloc, &threads, &t->room, t->count + 1,
                 sizeof *t->threads)) {
        return EBB_ERR_MEMORY;
    }
    t->threads = threads;
    thread_t *thread = &t->threads[t->count++];
    *thread = (thread_t){.parts = parts, .count = count};
    for (size_t i = 0; i < count; i++) {
        thread->bytes += t->folder->entries[parts[i].index].size;
    }
    return EBB_OK;
}

static int group_parts(threads_t *t)
{
    int code = EBB_OK;
    size_t begin = 0;
    for (size_t i = 1; !code && i <= t->part_count; i++) {
        bool ends = i == t->part_count || compare_chats(&t->parts[begin], &t->parts[i]);
        if (ends) {
            code = add_thread(t, &t->parts[begin], i - begin);
            begin = i;
        }
    }
    return code;
}

/* Who is in a chat, by the head of its newest file. One that is broken might be the
 * couple's, so it is not passed over. */
static int read_thread_head(threads_t *t, thread_t *thread, ebb_error_t *error)
{
    const ebb_import_opts_t *opts = &t->import->opts;
    const char *const wanted[NAMES] = {opts->partner, opts->between[0],
                                       opts->between[1], opts->me};
    const thread_part_t *newest = &thread->parts[thread->count - 1];
    char label[EBB_LABEL_MAX];
    ebb_input_t input;
    int code = t->folder->open(t->folder, newest->index, &input, error);
    if (code) {
        return code;
    }
    ebb_folder_label(label, t->folder, newest->name);
    input.label = label;
    code = ebb_meta_read_head(t->import, &input, wanted, &thread->head, error);
    int closed = t->folder->close(t->folder, &input, error);
    return closed ? closed : code;
}

static int find_threads(threads_t *t, const size_t *files, size_t count,
                        ebb_error_t *error)
{
    t->parts = ebb_new_array(t->import->alloc, count, sizeof *t->parts);
    if (!t->parts) {
        return fail_threads(t, error);
    }
    t->part_count = count;
    for (size_t i = 0; i < count; i++) {
        t->parts[i] = make_part(t->folder, files[i]);
    }
    qsort(t->parts, count, sizeof *t->parts, compare_parts);
    int code = group_parts(t);
    if (code) {
        return fail_threads(t, error);
    }
    for (size_t i = 0; !code && i < t->count; i++) {
        code = read_thread_head(t, &t->threads[i], error);
    }
    return code;
}

/* ---- the choice ---- */

/* The name of a chat's own folder, or of its file. */
static const char *thread_name(const thread_t *thread, size_t *length)
{
    const char *path = thread->parts[0].name;
    size_t end = thread->parts[0].chat_length;
    end -= end > 0 && path[end - 1] == '/';
    size_t begin = end;
    while (begin > 0 && path[begin - 1] != '/') {
        begin--;
    }
    *length = end - begin;
    return path + begin;
}

static bool has_thread_name(const thread_t *thread, const char *given)
{
    size_t length = 0;
    const char *name = thread_name(thread, &length);
    return given && length > 0 && ebb_bytes_are(name, length, given);
}

static bool is_of_two(const thread_t *thread)
{
    return thread->head.persons <= 2;
}

/* Marks the chats that fit the names given; their number. */
static size_t want_threads(threads_t *t, bool groups)
{
    const ebb_import_opts_t *opts = &t->import->opts;
    unsigned needed = (unsigned)(opts->partner != NULL) << BY_PARTNER |
                      (unsigned)(opts->between[0] != NULL) << BY_FIRST |
                      (unsigned)(opts->between[1] != NULL) << BY_SECOND;
    if (groups) {
        needed |= (unsigned)(opts->me != NULL) << BY_ME;
    }
    bool enough = !groups || (needed & (needed - 1)) != 0; /* two names for a group */
    size_t count = 0;
    for (size_t i = 0; i < t->count; i++) {
        thread_t *thread = &t->threads[i];
        bool fits = (thread->head.called & needed) == needed;
        thread->wanted = enough && fits && is_of_two(thread) != groups;
        count += thread->wanted;
    }
    return count;
}

/* Marks the chats whose folder has the partner's name; their number. */
static size_t want_by_folder(threads_t *t)
{
    size_t count = 0;
    for (size_t i = 0; i < t->count; i++) {
        t->threads[i].wanted = has_thread_name(&t->threads[i], t->import->opts.partner);
        count += t->threads[i].wanted;
    }
    return count;
}

static bool same_name(const ebb_meta_name_t *a, const ebb_meta_name_t *b)
{
    return a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}

static bool same_persons(const thread_t *a, const thread_t *b)
{
    const ebb_meta_head_t *x = &a->head, *y = &b->head;
    if (x->persons != y->persons || x->persons > 2 || x->persons == 0) {
        return false;
    }
    return (same_name(&x->names[0], &y->names[0]) &&
            same_name(&x->names[1], &y->names[1])) ||
           (same_name(&x->names[0], &y->names[1]) &&
            same_name(&x->names[1], &y->names[0]));
}

/* Whether two chats lie in the same folder, as those of namesakes do. */
static bool side_by_side(const thread_t *a, const thread_t *b)
{
    size_t length = 0;
    size_t before_a = (size_t)(thread_name(a, &length) - a->parts[0].name);
    size_t before_b = (size_t)(thread_name(b, &length) - b->parts[0].name);
    return before_a == before_b &&
           memcmp(a->parts[0].name, b->parts[0].name, before_a) == 0;
}

/* Why the wanted chats cannot be read as one; NULL if they can. */
static const char *why_parted(const threads_t *t)
{
    const thread_t *first = NULL;
    for (size_t i = 0; i < t->count; i++) {
        const thread_t *thread = &t->threads[i];
        if (thread->wanted && first && !same_persons(first, thread)) {
            return "several chats fit: name the other person as partner";
        }
        first = thread->wanted && !first ? thread : first;
    }
    for (size_t i = 0; i < t->count; i++) {
        for (size_t k = i + 1; t->threads[i].wanted && k < t->count; k++) {
            if (t->threads[k].wanted && side_by_side(&t->threads[i], &t->threads[k])) {
                return "several chats have persons of the same names: name one by its "
                       "folder as partner";
            }
        }
    }
    return NULL;
}

/* ---- telling the chats ---- */

static bool is_in_thread(const ebb_meta_name_t *name, const thread_t *thread)
{
    return same_name(name, &thread->head.names[0]) ||
           same_name(name, &thread->head.names[1]);
}

/* The one who is in all chats of two, where there are several; NULL if it is unclear.
 */
static const ebb_meta_name_t *thread_owner(const threads_t *t)
{
    bool all[2] = {true, true};
    const thread_t *first = NULL;
    for (size_t i = 0; i < t->count; i++) {
        const thread_t *thread = &t->threads[i];
        if (thread->head.persons != 2) {
            continue;
        }
        for (int k = 0; first && k < 2; k++) {
            all[k] &= is_in_thread(&first->head.names[k], thread);
        }
        first = first ? first : thread;
    }
    return !first || all[0] == all[1] ? NULL : &first->head.names[all[1]];
}

/* "Ana (120 kB)", with its folder where names do not tell it from the others. */
static int tell_thread(const thread_t *thread, const ebb_meta_name_t *me,
                       bool by_folder, char *text, size_t room)
{
    size_t length = 0;
    const char *folder = thread_name(thread, &length);
    char name[EBB_NAME_MAX];
    bool second =
        thread->head.persons == 2 && me && same_name(me, &thread->head.names[0]);
    const ebb_meta_name_t *other = &thread->head.names[second];
    if (thread->head.persons == 0 || thread->head.persons > 2 || by_folder) {
        length = ebb_name_clean(name, folder, length);
    } else {
        length = ebb_name_clean(name, other->bytes, other->length);
    }
    while (length > NAME_SHOWN || (length > 0 && (name[length] & 0xC0) == 0x80)) {
        length--; /* whole characters */
    }
    name[length] = '\0';
    return snprintf(text, room, "%s (%llu kB)", name[0] ? name : "(no name)",
                    (unsigned long long)(thread->bytes / 1000 + 1));
}

/* The chats, the largest first, as many as an error can hold. */
static void list_threads(const threads_t *t, bool wanted_only, char *text, size_t room)
{
    const ebb_meta_name_t *me = thread_owner(t);
    size_t used = 0;
    uint64_t ceiling = UINT64_MAX;
    size_t after = 0; /* among equals, those before this one are listed already */
    for (int n = 0; n < 12 && used + 90 < room; n++) {
        const thread_t *best = NULL;
        for (size_t i = 0; i < t->count; i++) {
            const thread_t *thread = &t->threads[i];
            bool left =
                thread->bytes < ceiling || (thread->bytes == ceiling && i >= after);
            bool shown = wanted_only ? thread->wanted : is_of_two(thread);
            if (left && shown && (!best || thread->bytes > best->bytes)) {
                best = thread;
            }
        }
        if (!best) {
            break;
        }
        ceiling = best->bytes;
        after = (size_t)(best - t->threads) + 1;
        used += (size_t)snprintf(text + used, room - used, "%s", n ? ", " : "");
        int length = tell_thread(best, me, wanted_only, text + used, room - used);
        used += length > 0 ? (size_t)length : 0;
    }
}

static int fail_chats(const threads_t *t, const char *why, ebb_error_t *error)
{
    char text[380] = "none";
    bool by_folder = strstr(why, "folder") != NULL;
    list_threads(t, by_folder, text, sizeof text);
    return ebb_fail_at(error, EBB_ERR_CHOICE, (ebb_place_t){.where = t->folder->label},
                       "%s; chats%s and their sizes: %s", why,
                       by_folder ? "" : " of two", text);
}

static int choose_threads(threads_t *t, ebb_error_t *error)
{
    const ebb_import_opts_t *opts = &t->import->opts;
    bool named = opts->partner || opts->between[0];
    if (opts->partner && want_by_folder(t) > 0) {
        t->import->partner_named_chat = true;
        return EBB_OK;
    }
    if (want_threads(t, false) == 0 && want_threads(t, true) == 0) {
        return fail_chats(t,
                          named ? "no chat has the persons named"
                                : "no chat of two; name both persons",
                          error);
    }
    const char *why = why_parted(t);
    return why ? fail_chats(t, why, error) : EBB_OK;
}

static int read_wanted(threads_t *t, ebb_error_t *error)
{
    int code = EBB_OK;
    for (size_t i = 0; i < t->count; i++) {
        const thread_t *thread = &t->threads[i];
        for (size_t k = 0; thread->wanted && !code && k < thread->count; k++) {
            code = ebb_folder_read(t->import, t->folder, thread->parts[k].index,
                                   &ebb_reader_meta, error);
        }
    }
    return code;
}

int ebb_meta_read_chat(ebb_import_t *import, const ebb_folder_t *folder,
                       const size_t *files, size_t count, ebb_error_t *error)
{
    threads_t t = {.import = import, .folder = folder};
    int code = find_threads(&t, files, count, error);
    code = code ? code : choose_threads(&t, error);
    code = code ? code : read_wanted(&t, error);
    ebb_free_array(import->alloc, t.threads, t.room, sizeof *t.threads);
    ebb_free_array(import->alloc, t.parts, t.part_count, sizeof *t.parts);
    return code;
}
