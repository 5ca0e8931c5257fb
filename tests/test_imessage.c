/* SPDX-License-Identifier: MIT
 * messages/imessage*.c and database.c: small databases as SQL, one for each thing that
 * Messages does, with what is expected of them; the journal beside a database; damage;
 * memory running out. Takes the folder of fixtures as its argument. */
#define _POSIX_C_SOURCE 200809L
#include <time.h>
#include <unistd.h>

#include "chat.h"
#include "chatdb.h"

static const char *const names[] = {
    "imessage_plain",   "imessage_body",    "imessage_old",     "imessage_upgraded",
    "imessage_edits",   "imessage_media",   "imessage_system",  "imessage_reactions",
    "imessage_handles", "imessage_several", "imessage_partner", "imessage_alias",
    "imessage_nobody",  "imessage_orphans", "imessage_synced",  "imessage_other",
    "imessage_view",    "imessage_empty",   "imessage_unsaid",  "imessage_read",
};

/* Opens a fixture and makes its database; NULL, with a failed check, if it cannot. */
static uint8_t *open_database(fixture_t *f, const char *folder, const char *name,
                              size_t *size)
{
    uint8_t *bytes = NULL;
    if (fixture_open(f, folder, name, ".sql")) {
        size_t length = 0;
        char *sql = fixture_input(f, &length);
        bytes = sql ? chatdb_make(sql, size) : NULL;
        check_one(bytes != NULL, "is SQL that runs", name, __LINE__);
        free(sql);
    }
    return bytes;
}

static void check_database(const char *folder, const char *name)
{
    fixture_t f;
    size_t size = 0;
    uint8_t *bytes = open_database(&f, folder, name, &size);
    fixture_check_bytes(&f, name, (char *)bytes, size);
    sqlite3_free(bytes);
    fixture_close(&f);
}

static void check_database_memory(const char *folder, const char *name)
{
    fixture_t f;
    size_t size = 0;
    uint8_t *bytes = open_database(&f, folder, name, &size);
    int code = EBB_ERR_MEMORY;
    long n = 0;
    for (f.import.keep_text = true; bytes && n < 500 && code; n++) {
        scarce_t scarce = {.left = n};
        const ebb_alloc_t alloc = {scarce_resize, &scarce};
        ebb_history_t *history = NULL;
        ebb_error_t error = {0};
        f.import.alloc = &alloc;
        code = fixture_import(&f, (char *)bytes, size, &history, &error);
        CHECK(code == EBB_OK || (code == EBB_ERR_MEMORY && error.code == code));
        ebb_history_free(history);
        CHECK(scarce.held == 0);
    }
    CHECK(code == EBB_OK && n > 8);
    sqlite3_free(bytes);
    fixture_close(&f);
}

/* ---- damage ---- */

/* Cut off anywhere, or with any byte turned over, it is read or refused in words. */
static void check_damage(const char *folder, const char *name)
{
    fixture_t f;
    size_t size = 0, refused = 0;
    uint8_t *bytes = open_database(&f, folder, name, &size);
    for (size_t at = 0; bytes && at < size; at += 37) {
        ebb_history_t *history = NULL;
        ebb_error_t error = {0};
        bytes[at] ^= 0xFF;
        int code = fixture_import(&f, (char *)bytes, size, &history, &error);
        CHECK((code == 0) == (history != NULL) && (code == 0 || error.text[0]));
        bytes[at] ^= 0xFF;
        ebb_history_free(history);
        history = NULL;
        code = fixture_import(&f, (char *)bytes, at, &history, &error);
        CHECK((code == 0) == (history != NULL) && (code == 0 || error.text[0]));
        refused += code != 0;
        ebb_history_free(history);
    }
    CHECK(refused > size / 37 / 2);
    sqlite3_free(bytes);
    fixture_close(&f);
}

/* A database without any index, as SQL. */
static void write_database(ebb_text_t *sql, int count)
{
    ebb_text_puts(
        sql,
        "CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT);"
        "CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, style INTEGER, chat_identifier);"
        "CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER);"
        "CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);"
        "CREATE TABLE message (ROWID INTEGER PRIMARY KEY, text TEXT, handle_id INTEGER,"
        "date INTEGER, is_from_me INTEGER);"
        "INSERT INTO handle VALUES (1, '+491701234567'), (2, '0170 1234567');"
        "INSERT INTO chat VALUES (1, 45, 'a'), (2, 45, 'b');"
        "INSERT INTO chat_handle_join VALUES (1, 1), (2, 2);");
    ebb_text_printf(
        sql,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
        "INSERT INTO message SELECT i, 'word', 1, 700000000 + i, i & 1 FROM n;"
        "INSERT INTO chat_message_join SELECT 1 + (ROWID & 1), ROWID FROM message "
        "WHERE ROWID %% 4;",
        count);
}

/* Twice the messages take about twice the time, whatever indices there are. */
static void test_no_index(void)
{
    double seconds[2];
    for (int i = 0; i < 2; i++) {
        fixture_t none;
        ebb_text_t sql;
        ebb_history_t *history = NULL;
        ebb_error_t error = {0};
        size_t size = 0, count = 0;
        memset(&none, 0, sizeof none);
        ebb_text_init(&sql, NULL);
        write_database(&sql, i ? 16000 : 4000);
        uint8_t *bytes = chatdb_make(sql.data, &size);
        clock_t begin = clock();
        int code = fixture_import(&none, (char *)bytes, size, &history, &error);
        seconds[i] = (double)(clock() - begin) / CLOCKS_PER_SEC;
        check_string(code ? error.text : "", "", "no index", i);
        (void)ebb_history_events(history, &count);
        CHECK(count == (i ? 16000 : 4000));
        ebb_history_free(history);
        sqlite3_free(bytes);
        ebb_text_free(&sql);
    }
    CHECK(seconds[1] < 10 * (seconds[0] + 0.05)); /* 4 times, or else 16 times */
}

static void test_sniff(void)
{
    const ebb_reader_t *imessage = &ebb_reader_imessage;
    CHECK(imessage->sniff("SQLite format 3\0\x10\0", 18) == 2);
    CHECK(imessage->sniff("SQLite format 3 ", 16) == 0);
    CHECK(imessage->sniff("SQLite format 3", 15) == 0);
    CHECK(imessage->sniff("", 0) == 0);
}

/* ---- the journal beside a database ---- */

#define MESSAGE_OF(id, me, date)                                      \
    "INSERT INTO message (ROWID, handle_id, is_from_me, date, text) " \
    "VALUES (" #id ", 1, " #me ", " #date ", 'word');"                \
    "INSERT INTO chat_message_join (chat_id, message_id) VALUES (1, " #id ");"

/* Messages read from a database, or from the one in a folder. */
static size_t count_of(const char *path, bool in_folder, const char *dialect)
{
    ebb_import_t *import = NULL;
    ebb_history_t *history = NULL;
    ebb_error_t error = {0};
    ebb_input_t input = {0};
    ebb_folder_t folder = {0};
    size_t count = 0;
    int code = ebb_import_open(&import, NULL, &error);
    if (in_folder) {
        code = code ? code : ebb_folder_open(&folder, path, &error);
        code = code ? code : ebb_import_add_folder(import, &folder, &error);
    } else {
        code = code ? code : ebb_input_open(&input, path, &error);
        code = code ? code : ebb_import_add(import, &input, &error);
    }
    code = code ? code : ebb_import_finish(import, &history, &error);
    check_string(code ? error.text : "", "", path, 0);
    if (history) {
        (void)ebb_history_events(history, &count);
        CHECK_STRING(ebb_history_account(history)->sources[0].dialect, dialect);
    }
    ebb_import_free(import);
    ebb_history_free(history);
    ebb_input_close(&input);
    ebb_folder_close(&folder);
    return count;
}

static void copy_file(const char *from, const char *to)
{
    size_t size = 0;
    char *bytes = fixture_slurp(from, &size);
    FILE *file = fopen(to, "wb");
    CHECK(bytes && file && fwrite(bytes, 1, size, file) == size);
    if (file) {
        fclose(file);
    }
    free(bytes);
}

/* Messages that is running has written to its journal what is not yet in chat.db. */
static void test_journal(void)
{
    char folder[] = "/tmp/ebb-test-XXXXXX", path[64], wal[80], shm[80], copy[80];
    char copied_wal[96];
    sqlite3 *db = NULL;
    CHECK(mkdtemp(folder) != NULL);
    (void)snprintf(path, sizeof path, "%s/chat.db", folder);
    (void)snprintf(wal, sizeof wal, "%s-wal", path);
    (void)snprintf(shm, sizeof shm, "%s-shm", path);
    (void)snprintf(copy, sizeof copy, "%s/copy.db", folder);
    (void)snprintf(copied_wal, sizeof copied_wal, "%s-wal", copy);
    CHECK(sqlite3_open(path, &db) == SQLITE_OK);
    int code = sqlite3_exec(db, chatdb_schema, NULL, NULL, NULL);
    code =
        code ? code
             : sqlite3_exec(
                   db,
                   "INSERT INTO handle (ROWID, id) VALUES (1, '+4917');"
                   "INSERT INTO chat (ROWID) VALUES (1);"
                   "INSERT INTO chat_handle_join VALUES (1, 1);" MESSAGE_OF(1, 0,
                                                                            736624869)
                       MESSAGE_OF(2, 1,
                                  736624870) "PRAGMA journal_mode=WAL;"
                                             "PRAGMA wal_autocheckpoint=0;" MESSAGE_OF(
                                                 3, 0, 736624871)
                                                 MESSAGE_OF(4, 1, 736624872),
                   NULL, NULL, NULL);
    CHECK(code == SQLITE_OK);
    CHECK(count_of(path, false, "seconds, with its -wal") == 4);
    CHECK(count_of(folder, true, "seconds, with its -wal") == 4);
    copy_file(path, copy);
    CHECK(count_of(copy, false, "seconds, no -wal beside it") == 2);
    copy_file(wal, copied_wal);
    CHECK(count_of(copy, false, "seconds, with its -wal") == 4);
    CHECK(truncate(copied_wal, 100) == 0); /* cut off: what is whole counts */
    CHECK(count_of(copy, false, "seconds, with its -wal") == 2);
    CHECK(access(shm, F_OK) == 0); /* ours alone writes nothing */
    (void)snprintf(shm, sizeof shm, "%s/copy.db-shm", folder);
    CHECK(access(shm, F_OK) != 0);
    (void)sqlite3_close(db);
    CHECK(unlink(path) == 0 && unlink(copy) == 0 && unlink(copied_wal) == 0);
    CHECK(rmdir(folder) == 0);
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : "tests/fixtures/messages";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        check_database(folder, names[i]);
    }
    test_sniff();
    test_no_index();
    test_journal();
    check_damage(folder, "imessage_handles");
    check_database_memory(folder, "imessage_synced");
    check_database_memory(folder, "imessage_handles");
    return check_report(__FILE__);
}
