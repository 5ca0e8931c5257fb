/* SPDX-License-Identifier: MIT
 * Fuzzes the reading of iMessage's database. Seeds are SQL (chatdb.h), of which the
 * mutator makes databases, to go on with their bytes. */
#include "fuzz.h"

#include "chatdb.h"

/* Not there when inputs are only replayed. */
__attribute__((weak)) size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t room);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned seed);

static uint8_t *database_of(const uint8_t *bytes, size_t size, size_t *made)
{
    char *sql = malloc(size + 1);
    uint8_t *database = NULL;
    *made = 0;
    if (sql && size >= 3 && memcmp(bytes, "-- ", 3) == 0) {
        memcpy(sql, bytes, size);
        sql[size] = '\0';
        database = chatdb_make(sql, made);
    }
    free(sql);
    return database;
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned seed)
{
    size_t made = 0;
    uint8_t *database = seed % 4 ? database_of(bytes, size, &made) : NULL;
    if (database && made <= room) {
        memcpy(bytes, database, made);
        size = made;
    }
    sqlite3_free(database);
    return LLVMFuzzerMutate(bytes, size, room);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    size_t made = 0;
    uint8_t *database = database_of(bytes, size, &made);
    (void)fuzz_input(database ? database : bytes, database ? made : size);
    sqlite3_free(database);
    return 0;
}
