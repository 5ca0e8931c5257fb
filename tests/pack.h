/* SPDX-License-Identifier: MIT
 * Zips made in memory. */
#ifndef EBB_TESTS_PACK_H
#define EBB_TESTS_PACK_H

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "check.h"

typedef struct packed {
    char *bytes;
    size_t size;
} packed_t;

typedef struct member {
    const char *name, *bytes;
    size_t size; /* 0: strlen */
    const char *password;
} member_t;

/* A zip of the given members. */
static inline packed_t pack(const member_t *members, int count)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(target);
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    for (int i = 0; i < count; i++) {
        size_t size = members[i].size ? members[i].size : strlen(members[i].bytes);
        zip_source_t *source = zip_source_buffer(zip, members[i].bytes, size, 0);
        zip_int64_t at = zip_file_add(zip, members[i].name, source, ZIP_FL_ENC_UTF_8);
        CHECK(at >= 0);
        if (members[i].password) {
            CHECK(zip_file_set_encryption(zip, (zip_uint64_t)at, ZIP_EM_AES_256,
                                          members[i].password) == 0);
        }
    }
    CHECK(zip_close(zip) == 0);
    packed_t packed = {NULL, 0};
    zip_stat_t stat;
    CHECK(zip_source_stat(target, &stat) == 0 && zip_source_open(target) == 0);
    packed.bytes = malloc(stat.size ? stat.size : 1);
    packed.size = (size_t)zip_source_read(target, packed.bytes, stat.size);
    zip_source_close(target);
    zip_source_free(target);
    zip_error_fini(&error);
    return packed;
}

#endif
