/* SPDX-License-Identifier: MIT
 *
 * iMessage's database from SQL text, so that none is kept as bytes nobody can read.
 *
 * The text may make its own tables; where it does not, those of a recent system are
 * made before. A line "--~ OFFSET BYTE" (both hexadecimal) writes over a byte of the
 * database when it is done.
 */
#ifndef EBB_FUZZ_CHATDB_H
#define EBB_FUZZ_CHATDB_H

#include <sqlite3.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char chatdb_schema[] =
    "CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT NOT "
    "NULL, country TEXT, service TEXT NOT NULL DEFAULT 'iMessage', uncanonicalized_id "
    "TEXT, person_centric_id TEXT, UNIQUE (id, service));"
    "CREATE TABLE chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT, style "
    "INTEGER DEFAULT 45, chat_identifier TEXT, service_name TEXT, room_name TEXT, "
    "display_name TEXT);"
    "CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT, text "
    "TEXT, handle_id INTEGER DEFAULT 0, attributedBody BLOB, service TEXT, error "
    "INTEGER DEFAULT 0, date INTEGER, date_read INTEGER, date_delivered INTEGER, "
    "is_delivered INTEGER DEFAULT 0, is_from_me INTEGER DEFAULT 0, is_sent INTEGER "
    "DEFAULT 0, cache_has_attachments INTEGER DEFAULT 0, cache_roomnames TEXT, "
    "is_audio_message INTEGER DEFAULT 0, item_type INTEGER DEFAULT 0, "
    "group_action_type INTEGER DEFAULT 0, associated_message_guid TEXT, "
    "associated_message_type INTEGER DEFAULT 0, balloon_bundle_id TEXT, "
    "message_summary_info BLOB, thread_originator_guid TEXT, date_retracted INTEGER, "
    "date_edited INTEGER);"
    "CREATE INDEX message_idx_handle ON message(handle_id, date);"
    "CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER, UNIQUE "
    "(chat_id, handle_id));"
    "CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER, message_date "
    "INTEGER DEFAULT 0, PRIMARY KEY (chat_id, message_id));"
    "CREATE INDEX chat_message_join_idx_message_id_only ON "
    "chat_message_join(message_id);";

/* Only what makes tables and rows: no files are made, whatever the text says. */
static inline int chatdb_allow(void *user, int action, const char *a, const char *b,
                               const char *c, const char *d)
{
    (void)user;
    (void)a;
    (void)b;
    (void)c;
    (void)d;
    return action == SQLITE_ATTACH || action == SQLITE_DETACH || action == SQLITE_PRAGMA
               ? SQLITE_DENY
               : SQLITE_OK;
}

static inline int chatdb_enough(void *user)
{
    int *left = user;
    return --*left < 0;
}

/* Writes over bytes as the text says. */
static inline void chatdb_overwrite(const char *sql, uint8_t *bytes, size_t size)
{
    for (const char *at = sql; (at = strstr(at, "--~ ")) != NULL;) {
        char *end = NULL;
        at += 4;
        unsigned long long offset = strtoull(at, &end, 16);
        unsigned long byte = strtoul(end, NULL, 16);
        if (offset < size) {
            bytes[offset] = (uint8_t)byte;
        }
    }
}

/* The bytes of the database, to be released with sqlite3_free; NULL where the text
 * makes none. `sql` ends with a NUL. */
static inline uint8_t *chatdb_make(const char *sql, size_t *size)
{
    sqlite3 *db = NULL;
    sqlite3_int64 length = 0;
    uint8_t *bytes = NULL;
    int left = 1000; /* times 1000 steps of SQLite's machine */
    *size = 0;
    if (sqlite3_open(":memory:", &db) == SQLITE_OK) {
        /* small pages: small databases, which fuzzers like */
        (void)sqlite3_exec(db, "PRAGMA page_size=512", NULL, NULL, NULL);
        (void)sqlite3_set_authorizer(db, chatdb_allow, NULL);
        (void)sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 1 << 20);
        sqlite3_progress_handler(db, 1000, chatdb_enough, &left);
        int code = strstr(sql, "CREATE TABLE message")
                       ? SQLITE_OK
                       : sqlite3_exec(db, chatdb_schema, NULL, NULL, NULL);
        code = code ? code : sqlite3_exec(db, sql, NULL, NULL, NULL);
        (void)sqlite3_set_authorizer(db, NULL, NULL); /* serializing asks PRAGMAs */
        bytes = code ? NULL : sqlite3_serialize(db, "main", &length, 0);
    }
    (void)sqlite3_close(db);
    if (bytes) {
        *size = (size_t)length;
        chatdb_overwrite(sql, bytes, *size);
    }
    return bytes;
}

#endif
