/* SPDX-License-Identifier: MIT
 *
 * iMessage's database: chat.db of a Mac, sms.db of a phone's backup.
 *
 * All messages of the couple's chats are asked for, and then those of no chat whose
 * handle is the partner's: some rows lose their chat. Columns came with the years; one
 * that is missing reads as NULL. The text stands in `text` or, of newer systems, in
 * `attributedBody` as a typedstream (typedstream.h). Times are instants.
 *
 * A place that was not understood is told by the row's number in place of a line.
 *
 * Invariant: until settle_imessage the clock of an event (local_s minus offset_s) runs
 * in 65536ths of a second, so that what is of one second is sorted as well.
 */
#include "messages/imessage.h"

#include <stdio.h>
#include <string.h>

#include "core/memory.h"
#include "messages/accounts.h"
#include "messages/history.h"
#include "messages/stamp.h"
#include "messages/typedstream.h"

/* What is asked of a row, in this order: name, column or expression, and the column
 * that must be there for it. */
#define IMESSAGE_COLUMNS(X)                                                           \
    X(COLUMN_ID, "m.ROWID", NULL)                                                     \
    X(COLUMN_DATE, "m.date", "date")                                                  \
    X(COLUMN_MINE, "m.is_from_me", "is_from_me")                                      \
    X(COLUMN_TEXT, "m.text", "text")                                                  \
    X(COLUMN_BODY, "m.attributedBody", "attributedBody")                              \
    X(COLUMN_KIND, "m.item_type", "item_type")                                        \
    X(COLUMN_ASSOCIATION, "m.associated_message_type", "associated_message_type")     \
    X(COLUMN_FILES, "m.cache_has_attachments", "cache_has_attachments")               \
    X(COLUMN_SPOKEN, "m.is_audio_message", "is_audio_message")                        \
    X(COLUMN_EDITED, "m.date_edited", "date_edited")                                  \
    X(COLUMN_RETRACTED, "m.date_retracted", "date_retracted")                         \
    X(COLUMN_READ, "m.date_read", "date_read")                                        \
    X(COLUMN_REPLY, "m.thread_originator_guid IS NOT NULL", "thread_originator_guid") \
    X(COLUMN_APP, "m.balloon_bundle_id", "balloon_bundle_id")                         \
    X(COLUMN_ERROR, "m.error", "error")                                               \
    X(COLUMN_DELIVERED, "m.is_delivered", "is_delivered")

enum {
#define IMESSAGE_COLUMN_ENUM(name, expression, column) name,
    IMESSAGE_COLUMNS(IMESSAGE_COLUMN_ENUM)
#undef IMESSAGE_COLUMN_ENUM
        COLUMN_COUNT
};

static const struct {
    const char *expression, *column;
} imessage_columns[COLUMN_COUNT] = {
#define IMESSAGE_COLUMN_ROW(name, expression, column) {expression, column},
    IMESSAGE_COLUMNS(IMESSAGE_COLUMN_ROW)
#undef IMESSAGE_COLUMN_ROW
};

#define IMESSAGE_PROGRESS 4096 /* rows between two words to the caller */

typedef struct imessage_reader {
    ebb_import_t *import;
    const ebb_input_t *input;
    ebb_error_t *error;
    ebb_database_t db;
    ebb_imessage_chats_t chats;
    ebb_clock_t clock;
    uint8_t persons[2]; /* of the other, and of the exporting person */
    ebb_body_t body;
    ebb_text_t text; /* of the message, when texts are kept */
    int64_t last_id; /* of the answer at hand */
    uint64_t rows, total;
    uint64_t unsent, orphans;
    bool is_of_no_chat; /* what is being read */
    bool fine, coarse;  /* times to the nanosecond, to the second, were seen */
} imessage_reader_t;

static int fail_imessage(imessage_reader_t *r, int code, const char *why)
{
    return ebb_fail_at(r->error, code, (ebb_place_t){.where = r->input->label}, "%s",
                       why);
}

static int fail_imessage_row(imessage_reader_t *r, int code, const char *why)
{
    ebb_place_t place = {.where = r->input->label,
                         .line = r->last_id > 0 ? (uint64_t)r->last_id : 1,
                         .column = 1};
    return ebb_fail_at(r->error, code, place, "%s", why);
}

static void miss_imessage_row(imessage_reader_t *r, const char *why)
{
    ebb_import_not_understood(r->import, r->last_id > 0 ? (uint64_t)r->last_id : 1, 1,
                              why);
}

/* ---- the question ---- */

/* "SELECT ... FROM" with what this database has of the columns. */
static int ask_columns(imessage_reader_t *r, ebb_text_t *sql)
{
    ebb_text_puts(sql, "SELECT ");
    for (int i = 0; i < COLUMN_COUNT; i++) {
        const char *column = imessage_columns[i].column;
        bool has = true;
        int code =
            column ? ebb_database_has_column(&r->db, "message", column, &has, r->error)
                   : EBB_OK;
        if (code) {
            return code;
        }
        ebb_text_puts(sql, i ? ", " : "");
        ebb_text_puts(sql, has ? imessage_columns[i].expression : "NULL");
    }
    ebb_text_puts(sql, " FROM ");
    return EBB_OK;
}

/* Messages of the couple's chats. Sets in place of joins, here and below: SQLite makes
 * each but once, whether the database has an index for it or not. */
static void ask_chats(imessage_reader_t *r, ebb_text_t *sql)
{
    ebb_text_printf(sql,
                    "message m WHERE m.ROWID IN (SELECT message_id FROM "
                    "chat_message_join WHERE chat_id IN (%s)) ORDER BY m.ROWID",
                    r->chats.ids.length ? r->chats.ids.data : "");
}

/* " AND m.ROWID NOT IN (...)", those of which a table knows a chat. */
static int ask_not_in(imessage_reader_t *r, ebb_text_t *sql, const char *table)
{
    bool has = false;
    int code = ebb_database_has_table(&r->db, table, &has, r->error);
    if (has) {
        ebb_text_printf(sql,
                        " AND m.ROWID NOT IN (SELECT message_id FROM %s WHERE "
                        "message_id IS NOT NULL)",
                        table);
    }
    return code;
}

/* Messages of no chat and no group, with one of the partner's handles. What was deleted
 * lately has lost its chat too, and stays deleted. */
static int ask_orphans(imessage_reader_t *r, ebb_text_t *sql)
{
    bool rooms = false;
    int code =
        ebb_database_has_column(&r->db, "message", "cache_roomnames", &rooms, r->error);
    ebb_text_printf(sql, "message m WHERE m.handle_id IN (%s)%s", r->chats.handles.data,
                    rooms ? " AND m.cache_roomnames IS NULL" : "");
    code = code ? code : ask_not_in(r, sql, "chat_message_join");
    code = code ? code : ask_not_in(r, sql, "chat_recoverable_message_join");
    ebb_text_puts(sql, " ORDER BY m.ROWID");
    return code;
}

/* ---- texts ---- */

static void add_imessage_piece(imessage_reader_t *r, const char *bytes, size_t length)
{
    ebb_body_count(&r->body, bytes, length);
    if (r->import->opts.keep_text) {
        ebb_text_append(&r->text, bytes, length);
    }
}

/* A text without the characters that stand for files in it (U+FFFC). */
static void add_imessage_text(imessage_reader_t *r, const char *bytes, size_t length)
{
    static const char file[] = "\xEF\xBF\xBC";
    const char *at = bytes, *end = bytes + length;
    while ((at = memchr(at, '\xEF', (size_t)(end - at))) != NULL) {
        if (end - at >= 3 && memcmp(at, file, 3) == 0) {
            add_imessage_piece(r, bytes, (size_t)(at - bytes));
            bytes = at + 3;
        }
        at = at == bytes - 3 ? bytes : at + 1;
    }
    add_imessage_piece(r, bytes, (size_t)(end - bytes));
}

/* Reads the text of a row; false where there are bytes that hold none. */
static bool read_imessage_text(imessage_reader_t *r, sqlite3_stmt *row)
{
    r->body = (ebb_body_t){0};
    r->text.length = 0;
    const char *text = (const char *)sqlite3_column_text(row, COLUMN_TEXT);
    int length = sqlite3_column_bytes(row, COLUMN_TEXT);
    if (text && length > 0) {
        add_imessage_text(r, text, (size_t)length);
        return true;
    }
    const void *stream = sqlite3_column_blob(row, COLUMN_BODY);
    int size = sqlite3_column_bytes(row, COLUMN_BODY);
    const char *found = NULL;
    size_t n = 0;
    if (!stream || size <= 0) {
        return true;
    }
    if (ebb_typedstream_text(stream, (size_t)size, &found, &n)) {
        return false;
    }
    add_imessage_text(r, found, n);
    return true;
}

/* ---- rows ---- */

static bool is_link(const char *app)
{
    return app && strcmp(app, "com.apple.messages.URLBalloonProvider") == 0;
}

static ebb_imessage_t read_message(sqlite3_stmt *row)
{
    const char *app = (const char *)sqlite3_column_text(row, COLUMN_APP);
    ebb_imessage_t m = {
        .id = sqlite3_column_int64(row, COLUMN_ID),
        .date = sqlite3_column_int64(row, COLUMN_DATE),
        .kind = sqlite3_column_int64(row, COLUMN_KIND),
        .association = sqlite3_column_int64(row, COLUMN_ASSOCIATION),
        .is_mine = sqlite3_column_int64(row, COLUMN_MINE) != 0,
        .has_files = sqlite3_column_int64(row, COLUMN_FILES) != 0,
        .is_spoken = sqlite3_column_int64(row, COLUMN_SPOKEN) != 0,
        .is_reply = sqlite3_column_int64(row, COLUMN_REPLY) != 0,
        .is_edited = sqlite3_column_int64(row, COLUMN_EDITED) > 0,
        .is_retracted = sqlite3_column_int64(row, COLUMN_RETRACTED) > 0,
        .is_read = sqlite3_column_int64(row, COLUMN_READ) > 0,
        .is_app = app && app[0] && !is_link(app),
        .has_body = sqlite3_column_bytes(row, COLUMN_TEXT) > 0 ||
                    sqlite3_column_bytes(row, COLUMN_BODY) > 0,
    };
    m.has_failed = m.is_mine && sqlite3_column_int64(row, COLUMN_ERROR) != 0 &&
                   sqlite3_column_int64(row, COLUMN_DELIVERED) == 0;
    return m;
}

static int push_imessage(imessage_reader_t *r, ebb_event_t *event, bool said)
{
    int code = EBB_OK;
    if (said) {
        event->characters = r->body.characters;
        event->words = r->body.words;
    }
    if (said && r->text.length > 0) {
        code = r->text.failed
                   ? r->text.failed
                   : ebb_import_keep(r->import, event, r->text.data, r->text.length);
    }
    code = code ? code : ebb_import_push(r->import, event);
    return code
               ? fail_imessage_row(r, code,
                                   code == EBB_ERR_LIMIT ? "more text than ebb keeps"
                                                         : "no memory for its messages")
               : EBB_OK;
}

static int read_imessage_row(imessage_reader_t *r, sqlite3_stmt *row)
{
    ebb_imessage_t m = read_message(row);
    ebb_event_t event = {.person = r->persons[m.is_mine]};
    int64_t time_s = 0;
    uint16_t fraction = 0;
    bool said = false;
    if (r->last_id >= m.id && r->rows > 0) {
        return fail_imessage_row(
            r, EBB_ERR_INPUT,
            "is a damaged database (rows out of order); copy it again");
    }
    r->last_id = m.id;
    ebb_import_source(r->import)->lines++;
    ebb_imessage_fate_t fate = ebb_imessage_settle(&m, &event, &said);
    if (fate != EBB_IMESSAGE_EVENT) {
        r->unsent += fate == EBB_IMESSAGE_UNSENT;
        return EBB_OK;
    }
    const char *problem = ebb_imessage_time(&m, &time_s, &fraction)
                              ? ebb_clock_set(&r->clock, &event, NULL, &time_s)
                              : "has no time";
    if (problem) {
        miss_imessage_row(r, problem);
        return EBB_OK;
    }
    if (said && !read_imessage_text(r, row)) {
        miss_imessage_row(r, "has a text that cannot be read; it counts with length 0");
    }
    r->fine |= ebb_imessage_is_fine(&m);
    r->coarse |= !ebb_imessage_is_fine(&m);
    event.person = event.kind == EBB_KIND_SYSTEM ? EBB_PERSON_NONE : event.person;
    event.local_s = time_s * 65536 + fraction + event.offset_s;
    r->orphans += r->is_of_no_chat;
    return push_imessage(r, &event, said);
}

static int read_imessage_rows(imessage_reader_t *r, sqlite3_stmt *statement)
{
    int code = EBB_OK;
    bool more = true;
    for (r->rows = 0; !code && more; r->rows++) {
        code = ebb_database_step(&r->db, statement, &more, r->error);
        code = code || !more ? code : read_imessage_row(r, statement);
        if (!code && ++r->total % IMESSAGE_PROGRESS == 0) {
            uint64_t share = r->total * 256; /* bytes of a row, about */
            code = ebb_import_progress(r->import,
                                       share < r->input->size ? share : r->input->size,
                                       r->input->size);
            code = code ? ebb_fail(r->error, code, "cancelled") : code;
        }
    }
    return code;
}

static int ask_rows(imessage_reader_t *r, const ebb_text_t *sql)
{
    sqlite3_stmt *statement = NULL;
    int code = sql->failed ? fail_imessage(r, sql->failed, "no memory to read it")
                           : ebb_database_ask(&r->db, &statement, sql->data, r->error);
    code = code ? code : read_imessage_rows(r, statement);
    (void)sqlite3_finalize(statement);
    return code;
}

static int read_chats(imessage_reader_t *r, ebb_text_t *sql)
{
    int code = ask_columns(r, sql);
    size_t columns = sql->length;
    if (code) {
        return code;
    }
    ask_chats(r, sql);
    code = ask_rows(r, sql);
    if (code || r->chats.handles.length == 0) {
        return code;
    }
    sql->length = columns;
    r->is_of_no_chat = true;
    code = ask_orphans(r, sql);
    return code ? code : ask_rows(r, sql);
}

/* ---- the reader ---- */

static int check_tables(imessage_reader_t *r)
{
    static const char *const tables[] = {"message", "handle", "chat",
                                         "chat_message_join", "chat_handle_join"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        bool has = false;
        int code = ebb_database_has_table(&r->db, tables[i], &has, r->error);
        if (code) {
            return code;
        }
        if (!has) {
            return fail_imessage(r, EBB_ERR_INPUT,
                                 "is a database, but not that of Messages; `ebb "
                                 "formats` tells what it is called and where it lies");
        }
    }
    return EBB_OK;
}

static int name_persons(imessage_reader_t *r)
{
    int me = ebb_import_person(r->import, EBB_IMESSAGE_ME, strlen(EBB_IMESSAGE_ME));
    int partner = ebb_phonebook_person(&r->chats.book, r->chats.partner);
    if (me < 0 || partner < 0) {
        int code = me < 0 ? me : partner;
        return fail_imessage(r, code, ebb_account_problem(code));
    }
    r->persons[0] = (uint8_t)partner;
    r->persons[1] = (uint8_t)me;
    return EBB_OK;
}

static void describe_imessage(imessage_reader_t *r)
{
    ebb_source_t *source = ebb_import_source(r->import);
    char unsent[48] = "", orphans[48] = "";
    const char *wal = !r->db.wants_wal     ? ""
                      : r->db.wal.size > 0 ? ", with its -wal"
                                           : ", no -wal beside it";
    if (r->unsent > 0) {
        (void)snprintf(unsent, sizeof unsent, "; %llu never sent, left out",
                       (unsigned long long)r->unsent);
    }
    if (r->orphans > 0) {
        (void)snprintf(orphans, sizeof orphans, "; %llu of no chat",
                       (unsigned long long)r->orphans);
    }
    (void)snprintf(source->dialect, sizeof source->dialect, "%s%s%s%s",
                   r->fine && r->coarse ? "seconds and nanoseconds"
                   : r->fine            ? "nanoseconds"
                                        : "seconds",
                   wal, unsent, orphans);
    source->date_order = EBB_DATE_STATED;
    source->date_certainty = EBB_CERTAIN;
    source->zone_known = r->import->zone != NULL;
}

static int settle_imessage(imessage_reader_t *r)
{
    ebb_import_t *import = r->import;
    size_t begin = import->source_begin, count = import->count - begin;
    if (count > 0 && ebb_events_sort(&import->events[begin], count, import->alloc)) {
        return fail_imessage(r, EBB_ERR_MEMORY, "no memory to sort its messages");
    }
    for (size_t i = begin; i < import->count; i++) {
        ebb_event_t *event = &import->events[i];
        event->local_s = (event->local_s - event->offset_s) / 65536 + event->offset_s;
    }
    describe_imessage(r);
    return EBB_OK;
}

static int read_database(imessage_reader_t *r)
{
    ebb_text_t sql;
    ebb_text_init(&sql, r->import->alloc);
    int code = check_tables(r);
    code = code ? code : ebb_imessage_find_chats(&r->chats, &r->db, r->error);
    code = code ? code : name_persons(r);
    code = code ? code : read_chats(r, &sql);
    code = code ? code : settle_imessage(r);
    ebb_text_free(&sql);
    ebb_imessage_chats_free(&r->chats);
    return code;
}

static int read_imessage(ebb_import_t *import, const ebb_input_t *input,
                         ebb_error_t *error)
{
    imessage_reader_t *r = ebb_new_array(import->alloc, 1, sizeof *r);
    if (!r) {
        return ebb_fail_at(error, EBB_ERR_MEMORY, (ebb_place_t){.where = input->label},
                           "no memory to read it");
    }
    r->import = r->clock.import = r->chats.book.import = import;
    r->input = input;
    r->error = error;
    ebb_text_init(&r->text, import->alloc);
    int code = ebb_database_open(&r->db, input, error);
    if (!code) {
        code = read_database(r);
        ebb_database_close(&r->db);
    }
    ebb_text_free(&r->text);
    ebb_free_array(import->alloc, r, 1, sizeof *r);
    return code;
}

static int sniff_imessage(const char *head, size_t n)
{
    static const char magic[16] = "SQLite format 3";
    return n >= sizeof magic && memcmp(head, magic, sizeof magic) == 0 ? 2 : 0;
}

const ebb_reader_t ebb_reader_imessage = {"imessage", sniff_imessage, read_imessage};
