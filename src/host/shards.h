/* SPDX-License-Identifier: MIT
 * Results of shards as files. */
#ifndef EBB_HOST_SHARDS_H
#define EBB_HOST_SHARDS_H

#include <stdbool.h>

#include "ebb/shards.h"

/* Makes the folder, unless it is there. */
int ebb_shard_folder(const ebb_shards_t *shards, ebb_error_t *error);

/* Reads a result; `found` says whether a whole one lies there. */
int ebb_shard_read(const ebb_shards_t *shards, uint64_t shard, uint64_t *numbers,
                   bool *found, ebb_error_t *error);

int ebb_shard_write(const ebb_shards_t *shards, uint64_t shard, const uint64_t *numbers,
                    ebb_error_t *error);

#endif
