/* SPDX-License-Identifier: MIT
 *
 * Whom the chats of a database are with, and which are the couple's.
 *
 * A handle is an address as one service knows it: the same number has one for iMessage
 * and one for SMS, and a person may have several numbers and addresses. A chat is
 * joined to its handles; one with a single person is the couple's when that person is.
 */
#include <inttypes.h>
#include <string.h>

#include "core/memory.h"
#include "messages/accounts.h"
#include "messages/imessage.h"

#define STYLE_GROUP 43
#define COUPLE_CHATS_MAX 1000

/* A row of a table and what it stands for: a handle's contact, or a chat's. */
typedef struct imessage_row {
    int64_t id;
    int contact; /* -1: nobody known, -2: several persons */
} imessage_row_t;

enum { NOBODY = -1, SEVERAL = -2 };

/* In rising order of ids, as tables are read. */
typedef struct imessage_rows {
    imessage_row_t *rows;
    size_t count, room;
} imessage_rows_t;

typedef struct chat_finder {
    ebb_imessage_chats_t *chats;
    ebb_database_t *db;
    ebb_error_t *error;
    imessage_rows_t handles, all;
    uint64_t person; /* of the handle before, as a hash; 0: none */
    int contact;     /* of that handle */
} chat_finder_t;

static const ebb_alloc_t *finder_alloc(const chat_finder_t *f)
{
    return f->chats->book.import->alloc;
}

static int fail_finder(const chat_finder_t *f, int code, const char *why)
{
    return ebb_fail_at(f->error, code, (ebb_place_t){.where = f->db->input->label},
                       "%s", why);
}

/* ---- rows ---- */

static int add_imessage_row(chat_finder_t *f, imessage_rows_t *rows, imessage_row_t row)
{
    void *grown = rows->rows;
    if (rows->count > 0 && row.id <= rows->rows[rows->count - 1].id) {
        return fail_finder(f, EBB_ERR_INPUT,
                           "is a damaged database (rows out of order); copy it again");
    }
    if (ebb_grow(finder_alloc(f), &grown, &rows->room, rows->count + 1,
                 sizeof *rows->rows)) {
        return fail_finder(f, EBB_ERR_MEMORY, "no memory for its chats");
    }
    rows->rows = grown;
    rows->rows[rows->count++] = row;
    return EBB_OK;
}

static imessage_row_t *find_imessage_row(const imessage_rows_t *rows, int64_t id)
{
    size_t low = 0, high = rows->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rows->rows[middle].id < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < rows->count && rows->rows[low].id == id ? &rows->rows[low] : NULL;
}

/* Calls `row` for each row of an answer. */
static int each_row(chat_finder_t *f, const char *sql,
                    int (*row)(chat_finder_t *f, sqlite3_stmt *statement))
{
    sqlite3_stmt *statement = NULL;
    int code = ebb_database_ask(f->db, &statement, sql, f->error);
    bool more = !code;
    while (more && !code) {
        code = ebb_database_step(f->db, statement, &more, f->error);
        if (!code && more) {
            code = row(f, statement);
        }
    }
    (void)sqlite3_finalize(statement);
    return code;
}

/* ---- handles ---- */

static int find_finder_contact(chat_finder_t *f, sqlite3_stmt *statement, int column)
{
    const char *address = (const char *)sqlite3_column_text(statement, column);
    int length = sqlite3_column_bytes(statement, column);
    int contact = address && length > 0
                      ? ebb_phonebook_find(&f->chats->book, address, (size_t)length)
                      : NOBODY;
    if (contact < 0 && contact != NOBODY) {
        return fail_finder(f, contact, ebb_phonebook_problem(contact));
    }
    return contact;
}

static int note_handle(chat_finder_t *f, sqlite3_stmt *statement)
{
    int contact = find_finder_contact(f, statement, 1);
    if (contact < 0 && contact != NOBODY) {
        return contact;
    }
    return add_imessage_row(
        f, &f->handles, (imessage_row_t){sqlite3_column_int64(statement, 0), contact});
}

static int note_same_person(chat_finder_t *f, sqlite3_stmt *statement)
{
    const char *person = (const char *)sqlite3_column_text(statement, 1);
    const imessage_row_t *handle =
        find_imessage_row(&f->handles, sqlite3_column_int64(statement, 0));
    if (!person || !person[0] || !handle || handle->contact < 0) {
        return EBB_OK;
    }
    uint64_t hash = ebb_account_hash(person, strlen(person));
    if (hash == f->person) {
        ebb_phonebook_join(&f->chats->book, f->contact, handle->contact);
    }
    f->person = hash;
    f->contact = handle->contact;
    return EBB_OK;
}

/* Handles that the system itself says are of one person. */
static int join_handles(chat_finder_t *f)
{
    bool has = false;
    int code =
        ebb_database_has_column(f->db, "handle", "person_centric_id", &has, f->error);
    return code || !has ? code
                        : each_row(f,
                                   "SELECT ROWID, person_centric_id FROM handle "
                                   "ORDER BY person_centric_id, ROWID",
                                   note_same_person);
}

/* ---- chats ---- */

static int note_chat_row(chat_finder_t *f, sqlite3_stmt *statement)
{
    bool group = sqlite3_column_int64(statement, 1) == STYLE_GROUP;
    return add_imessage_row(
        f, &f->all,
        (imessage_row_t){sqlite3_column_int64(statement, 0), group ? SEVERAL : NOBODY});
}

static int note_chat_handle(chat_finder_t *f, sqlite3_stmt *statement)
{
    imessage_row_t *chat =
        find_imessage_row(&f->all, sqlite3_column_int64(statement, 0));
    const imessage_row_t *handle =
        find_imessage_row(&f->handles, sqlite3_column_int64(statement, 1));
    if (!chat || !handle || handle->contact < 0 || chat->contact == SEVERAL) {
        return EBB_OK;
    }
    const ebb_phonebook_t *book = &f->chats->book;
    bool other = chat->contact >= 0 && ebb_phonebook_root(book, chat->contact) !=
                                           ebb_phonebook_root(book, handle->contact);
    chat->contact = other ? SEVERAL : handle->contact;
    return EBB_OK;
}

/* A chat whose handles are lost has an address as its name. */
static int note_chat_address(chat_finder_t *f, sqlite3_stmt *statement)
{
    imessage_row_t *chat =
        find_imessage_row(&f->all, sqlite3_column_int64(statement, 0));
    if (!chat || chat->contact != NOBODY) {
        return EBB_OK;
    }
    int contact = find_finder_contact(f, statement, 1);
    if (contact < 0 && contact != NOBODY) {
        return contact;
    }
    chat->contact = contact;
    return EBB_OK;
}

static int count_chat(chat_finder_t *f, sqlite3_stmt *statement)
{
    const imessage_row_t *chat =
        find_imessage_row(&f->all, sqlite3_column_int64(statement, 0));
    int64_t count = sqlite3_column_int64(statement, 1);
    if (chat && chat->contact >= 0 && count > 0) {
        int root = ebb_phonebook_root(&f->chats->book, chat->contact);
        f->chats->book.contacts[root].events += (uint64_t)count;
    }
    return EBB_OK;
}

/* ---- the couple's ---- */

static void add_id(ebb_text_t *ids, int64_t id)
{
    ebb_text_printf(ids, "%s%" PRId64, ids->length ? "," : "", id);
}

static bool is_partners(const chat_finder_t *f, const imessage_row_t *row)
{
    return row->contact >= 0 &&
           ebb_phonebook_root(&f->chats->book, row->contact) == f->chats->partner;
}

static int list_partners(chat_finder_t *f)
{
    ebb_imessage_chats_t *chats = f->chats;
    for (size_t i = 0; i < f->all.count; i++) {
        if (is_partners(f, &f->all.rows[i])) {
            add_id(&chats->ids, f->all.rows[i].id);
            chats->count++;
        }
    }
    size_t handles = 0;
    for (size_t i = 0; i < f->handles.count; i++) {
        if (is_partners(f, &f->handles.rows[i])) {
            add_id(&chats->handles, f->handles.rows[i].id);
            handles++;
        }
    }
    if (chats->ids.failed || chats->handles.failed) {
        return fail_finder(f, EBB_ERR_MEMORY, "no memory for its chats");
    }
    _Static_assert(COUPLE_CHATS_MAX == 1000, "the sentence below says so");
    return chats->count > COUPLE_CHATS_MAX || handles > COUPLE_CHATS_MAX
               ? fail_finder(f, EBB_ERR_LIMIT, "more than 1000 chats with one person")
               : EBB_OK;
}

static int find_all(chat_finder_t *f)
{
    int code = each_row(f, "SELECT ROWID, id FROM handle ORDER BY ROWID", note_handle);
    code = code ? code : join_handles(f);
    code = code ? code
                : each_row(f, "SELECT ROWID, style FROM chat ORDER BY ROWID",
                           note_chat_row);
    code = code ? code
                : each_row(f, "SELECT chat_id, handle_id FROM chat_handle_join",
                           note_chat_handle);
    code = code ? code
                : each_row(f, "SELECT ROWID, chat_identifier FROM chat",
                           note_chat_address);
    return code ? code
                : each_row(f,
                           "SELECT chat_id, count(*) FROM chat_message_join "
                           "GROUP BY chat_id",
                           count_chat);
}

int ebb_imessage_find_chats(ebb_imessage_chats_t *chats, ebb_database_t *db,
                            ebb_error_t *error)
{
    chat_finder_t f = {.chats = chats, .db = db, .error = error};
    const ebb_alloc_t *alloc = chats->book.import->alloc;
    ebb_text_init(&chats->ids, alloc);
    ebb_text_init(&chats->handles, alloc);
    int code = find_all(&f);
    if (!code) {
        chats->partner = ebb_phonebook_choose(&chats->book, db->input->label, error);
        code = chats->partner < 0 ? chats->partner : list_partners(&f);
    }
    ebb_free_array(alloc, f.handles.rows, f.handles.room, sizeof *f.handles.rows);
    ebb_free_array(alloc, f.all.rows, f.all.room, sizeof *f.all.rows);
    return code;
}

void ebb_imessage_chats_free(ebb_imessage_chats_t *chats)
{
    ebb_text_free(&chats->ids);
    ebb_text_free(&chats->handles);
    ebb_phonebook_free(&chats->book);
}
