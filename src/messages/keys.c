/* SPDX-License-Identifier: MIT */
#include "messages/keys.h"

#include <assert.h>
#include <string.h>

void ebb_keys_prepare(ebb_keys_t *keys, const char *const *words, size_t count)
{
    assert(count <= EBB_KEYS_MAX);
    *keys = (ebb_keys_t){.words = words};
    for (size_t k = 1; k < count; k++) {
        size_t length = strlen(words[k]);
        assert(length <= EBB_KEY_LENGTH_MAX);
        keys->next[k] = keys->first[length];
        keys->first[length] = (uint8_t)k;
    }
}

unsigned ebb_keys_find(const ebb_keys_t *keys, const char *bytes, size_t length)
{
    unsigned k = length <= EBB_KEY_LENGTH_MAX ? keys->first[length] : 0;
    while (k && memcmp(keys->words[k], bytes, length) != 0) {
        k = keys->next[k];
    }
    return k;
}
