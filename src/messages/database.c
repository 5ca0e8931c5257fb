/* SPDX-License-Identifier: MIT */
#include "messages/database.h"

#include <stdio.h>
#include <string.h>

#define DATABASE_LENGTH_MAX (16 * 1024 * 1024) /* bytes of one value */
#define WAL_FORMAT 2 /* in bytes 18 and 19 of a database that has a -wal */
#define FORMAT_AT 18

/* ---- files, for SQLite ---- */

typedef struct db_file {
    sqlite3_file base;
    ebb_database_t *db;
    const ebb_input_t *input;
} db_file_t;

static int db_close(sqlite3_file *file)
{
    (void)file;
    return SQLITE_OK;
}

static int db_read(sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset)
{
    const db_file_t *f = (const db_file_t *)file;
    size_t wanted = (size_t)length, done = 0;
    uint64_t at = (uint64_t)offset;
    while (done < wanted && at < f->input->size) {
        int64_t n =
            f->input->read_at(f->input, at, (char *)bytes + done, wanted - done);
        if (n < 0) {
            f->db->read_code = f->db->read_code ? f->db->read_code : (int)n;
            return SQLITE_IOERR_READ;
        }
        if (n == 0) {
            break;
        }
        done += (size_t)n;
        at += (uint64_t)n;
    }
    if (done < wanted) {
        memset((char *)bytes + done, 0, wanted - done);
        return SQLITE_IOERR_SHORT_READ;
    }
    return SQLITE_OK;
}

static int db_write(sqlite3_file *file, const void *bytes, int length,
                    sqlite3_int64 offset)
{
    (void)file;
    (void)bytes;
    (void)length;
    (void)offset;
    return SQLITE_READONLY;
}

static int db_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    (void)file;
    (void)size;
    return SQLITE_READONLY;
}

static int db_sync(sqlite3_file *file, int flags)
{
    (void)file;
    (void)flags;
    return SQLITE_OK;
}

static int db_size(sqlite3_file *file, sqlite3_int64 *size)
{
    *size = (sqlite3_int64)((const db_file_t *)file)->input->size;
    return SQLITE_OK;
}

static int db_lock(sqlite3_file *file, int level)
{
    (void)file;
    (void)level;
    return SQLITE_OK;
}

static int db_check_lock(sqlite3_file *file, int *locked)
{
    (void)file;
    *locked = 0;
    return SQLITE_OK;
}

static int db_control(sqlite3_file *file, int what, void *value)
{
    (void)file;
    (void)what;
    (void)value;
    return SQLITE_NOTFOUND;
}

static int db_sector(sqlite3_file *file)
{
    (void)file;
    return 4096;
}

static int db_traits(sqlite3_file *file)
{
    (void)file;
    return 0;
}

static const sqlite3_io_methods db_methods = {
    .iVersion = 1,
    .xClose = db_close,
    .xRead = db_read,
    .xWrite = db_write,
    .xTruncate = db_truncate,
    .xSync = db_sync,
    .xFileSize = db_size,
    .xLock = db_lock,
    .xUnlock = db_lock,
    .xCheckReservedLock = db_check_lock,
    .xFileControl = db_control,
    .xSectorSize = db_sector,
    .xDeviceCharacteristics = db_traits,
};

/* ---- the file system ---- */

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                    int *out_flags)
{
    ebb_database_t *db = vfs->pAppData;
    db_file_t *f = (db_file_t *)file;
    (void)name;
    memset(f, 0, sizeof *f);
    if (!(flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL))) {
        return SQLITE_CANTOPEN; /* nothing else is ever needed: all else is in memory */
    }
    f->db = db;
    f->input = flags & SQLITE_OPEN_WAL ? &db->wal : db->input;
    f->base.pMethods = &db_methods;
    if (out_flags) {
        *out_flags = SQLITE_OPEN_READONLY | (flags & SQLITE_OPEN_WAL);
    }
    return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    (void)name;
    (void)sync;
    return SQLITE_OK;
}

static int vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *there)
{
    const ebb_database_t *db = vfs->pAppData;
    size_t n = strlen(name);
    (void)flags;
    *there = db->wal.size > 0 && n > 4 && strcmp(name + n - 4, "-wal") == 0;
    return SQLITE_OK;
}

static int vfs_path(sqlite3_vfs *vfs, const char *name, int room, char *out)
{
    (void)vfs;
    return snprintf(out, (size_t)room, "%s", name) < room ? SQLITE_OK : SQLITE_CANTOPEN;
}

/* Seeds what nobody needs: names of temporary files, checks of a new journal. */
static int vfs_random(sqlite3_vfs *vfs, int length, char *out)
{
    (void)vfs;
    memset(out, 0, (size_t)length);
    return length;
}

static int vfs_sleep(sqlite3_vfs *vfs, int microseconds)
{
    (void)vfs;
    return microseconds;
}

static int vfs_time(sqlite3_vfs *vfs, double *day)
{
    (void)vfs;
    *day = 0;
    return SQLITE_OK;
}

static int vfs_error(sqlite3_vfs *vfs, int length, char *text)
{
    (void)vfs;
    if (length > 0) {
        text[0] = '\0';
    }
    return 0;
}

static void fill_vfs(ebb_database_t *db)
{
    (void)snprintf(db->vfs_name, sizeof db->vfs_name, "ebb-%p", (void *)db);
    db->vfs = (sqlite3_vfs){
        .iVersion = 1,
        .szOsFile = sizeof(db_file_t),
        .mxPathname = 64,
        .zName = db->vfs_name,
        .pAppData = db,
        .xOpen = vfs_open,
        .xDelete = vfs_delete,
        .xAccess = vfs_access,
        .xFullPathname = vfs_path,
        .xRandomness = vfs_random,
        .xSleep = vfs_sleep,
        .xCurrentTime = vfs_time,
        .xGetLastError = vfs_error,
    };
}

/* ---- opening ---- */

/* SQLite says so of some damaged files too. */
static bool memory_is_used_up(void)
{
    void *some = sqlite3_malloc(1024 * 1024);
    sqlite3_free(some);
    return !some;
}

int ebb_database_fail(const ebb_database_t *db, ebb_error_t *error)
{
    ebb_place_t place = {.where = db->input->label};
    int said = db->sqlite ? sqlite3_errcode(db->sqlite) : SQLITE_NOMEM;
    if (said == SQLITE_NOMEM && !memory_is_used_up()) {
        said = SQLITE_CORRUPT;
    }
    if (db->read_code) {
        return ebb_fail_at(error, db->read_code, place, "cannot be read");
    }
    switch (said & 0xFF) {
    case SQLITE_NOMEM:
        return ebb_fail_at(error, EBB_ERR_MEMORY, place, "no memory to read it");
    case SQLITE_TOOBIG:
        return ebb_fail_at(error, EBB_ERR_LIMIT, place,
                           "holds a value of more than 16 MiB; no message is that "
                           "long");
    default:
        return ebb_fail_at(error, EBB_ERR_INPUT, place,
                           "is a damaged database (%s); close Messages, or take a "
                           "backup of the phone, and copy it again",
                           sqlite3_errstr(said));
    }
}

/* What is beside the database, where the database says that something should be. */
static void open_wal(ebb_database_t *db)
{
    uint8_t format[2] = {0};
    const ebb_input_t *input = db->input;
    db->wants_wal = input->read_at(input, FORMAT_AT, format, 2) == 2 &&
                    (format[0] == WAL_FORMAT || format[1] == WAL_FORMAT);
    bool opened = db->wants_wal && input->open_beside &&
                  input->open_beside(input, "-wal", &db->wal) == EBB_OK;
    if (!opened) {
        db->wal = (ebb_input_t){0};
    }
}

/* EXCLUSIVE: the index of a -wal is then kept in memory, not in a file beside it. */
static int set_up(ebb_database_t *db, ebb_error_t *error)
{
    sqlite3 *sqlite = db->sqlite;
    (void)sqlite3_db_config(sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
    (void)sqlite3_db_config(sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
    (void)sqlite3_db_config(sqlite, SQLITE_DBCONFIG_ENABLE_VIEW, 0, (int *)0);
    (void)sqlite3_db_config(sqlite, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, (int *)0);
    (void)sqlite3_limit(sqlite, SQLITE_LIMIT_LENGTH, DATABASE_LENGTH_MAX);
    int said = sqlite3_exec(sqlite,
                            "PRAGMA locking_mode=EXCLUSIVE; PRAGMA temp_store=MEMORY;"
                            "PRAGMA cache_size=-16384; PRAGMA cell_size_check=ON;"
                            "PRAGMA query_only=ON;",
                            NULL, NULL, NULL);
    return said == SQLITE_OK ? EBB_OK : ebb_database_fail(db, error);
}

int ebb_database_open(ebb_database_t *db, const ebb_input_t *input, ebb_error_t *error)
{
    *db = (ebb_database_t){.input = input};
    open_wal(db);
    fill_vfs(db);
    if (sqlite3_vfs_register(&db->vfs, 0) != SQLITE_OK) {
        int code = ebb_database_fail(db, error);
        ebb_input_close(&db->wal);
        return code;
    }
    int said =
        sqlite3_open_v2("database", &db->sqlite,
                        SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, db->vfs_name);
    int code = said == SQLITE_OK ? set_up(db, error) : ebb_database_fail(db, error);
    if (code) {
        ebb_database_close(db);
    }
    return code;
}

void ebb_database_close(ebb_database_t *db)
{
    (void)sqlite3_close(db->sqlite);
    (void)sqlite3_vfs_unregister(&db->vfs);
    ebb_input_close(&db->wal);
    db->sqlite = NULL;
}

/* ---- asking ---- */

int ebb_database_ask(ebb_database_t *db, sqlite3_stmt **statement, const char *sql,
                     ebb_error_t *error)
{
    *statement = NULL;
    int said = sqlite3_prepare_v2(db->sqlite, sql, -1, statement, NULL);
    return said == SQLITE_OK ? EBB_OK : ebb_database_fail(db, error);
}

int ebb_database_step(ebb_database_t *db, sqlite3_stmt *statement, bool *row,
                      ebb_error_t *error)
{
    int said = sqlite3_step(statement);
    *row = said == SQLITE_ROW;
    return *row || said == SQLITE_DONE ? EBB_OK : ebb_database_fail(db, error);
}

/* Whether a question about names has an answer. */
static int has_row(ebb_database_t *db, const char *sql, const char *const names[2],
                   bool *has, ebb_error_t *error)
{
    sqlite3_stmt *statement = NULL;
    *has = false;
    int code = ebb_database_ask(db, &statement, sql, error);
    for (int i = 0; !code && i < 2 && names[i]; i++) {
        if (sqlite3_bind_text(statement, i + 1, names[i], -1, SQLITE_STATIC)) {
            code = ebb_database_fail(db, error);
        }
    }
    code = code ? code : ebb_database_step(db, statement, has, error);
    (void)sqlite3_finalize(statement);
    return code;
}

int ebb_database_has_table(ebb_database_t *db, const char *table, bool *has,
                           ebb_error_t *error)
{
    const char *const names[2] = {table, NULL};
    return has_row(db,
                   "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1 AND "
                   "rootpage > 0",
                   names, has, error);
}

int ebb_database_has_column(ebb_database_t *db, const char *table, const char *column,
                            bool *has, ebb_error_t *error)
{
    const char *const names[2] = {table, column};
    return has_row(db, "SELECT 1 FROM pragma_table_info(?1) WHERE name = ?2", names,
                   has, error);
}
