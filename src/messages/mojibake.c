/* SPDX-License-Identifier: MIT */
#include "messages/mojibake.h"

#include <string.h>

#include "core/memory.h"
#include "messages/reader.h"

/* Bytes before the first that is not ASCII. */
static size_t ascii_run(const char *bytes, size_t length)
{
    size_t i = 0;
    uint64_t word;
    for (; i + sizeof word <= length; i += sizeof word) {
        memcpy(&word, bytes + i, sizeof word);
        if (word & UINT64_C(0x8080808080808080)) {
            break;
        }
    }
    while (i < length && (unsigned char)bytes[i] < 0x80) {
        i++;
    }
    return i;
}

/* Writes each character below U+0100 as one byte; false at any other one. */
static bool narrow(char *out, size_t *used, const char *bytes, size_t length)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c >= 0x80) {
            unsigned char next = i + 1 < length ? (unsigned char)bytes[i + 1] : 0;
            if ((c & 0xFE) != 0xC2 || (next & 0xC0) != 0x80) {
                return false;
            }
            c = (unsigned char)(c << 6 | (next & 0x3F));
            i++;
        }
        out[n++] = (char)c;
    }
    *used = n;
    return true;
}

static bool is_utf8(const char *bytes, size_t length)
{
    for (size_t i = ascii_run(bytes, length); i < length;) {
        int n = ebb_utf8_length(bytes + i, length - i);
        if (n == 0) {
            return false;
        }
        i += (size_t)n;
        i += ascii_run(bytes + i, length - i);
    }
    return true;
}

const char *ebb_mojibake_mend(ebb_mojibake_t *mend, const char *bytes, size_t *length)
{
    size_t plain = ascii_run(bytes, *length);
    size_t used = 0;
    if (plain == *length) {
        return bytes;
    }
    void *room = mend->_bytes;
    if (ebb_grow(mend->alloc, &room, &mend->_capacity, *length, 1)) {
        return NULL;
    }
    mend->_bytes = room;
    if (!narrow(mend->_bytes + plain, &used, bytes + plain, *length - plain) ||
        !is_utf8(mend->_bytes + plain, used)) {
        return bytes;
    }
    memcpy(mend->_bytes, bytes, plain);
    mend->mended = true;
    *length = plain + used;
    return mend->_bytes;
}

void ebb_mojibake_free(ebb_mojibake_t *mend)
{
    ebb_free_array(mend->alloc, mend->_bytes, mend->_capacity, 1);
    mend->_bytes = NULL;
    mend->_capacity = 0;
}
