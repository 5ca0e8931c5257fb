/* SPDX-License-Identifier: MIT
 * Whether text is UTF-8, and what else it looks like. Only the first bytes are asked:
 * a wrong encoding shows at the first accented letter. */
#include <string.h>

#include "messages/reader.h"

/* Bytes of the UTF-8 sequence at `p`, or 0 where none begins; shortest forms only. */
int ebb_utf8_length(const char *bytes, size_t n)
{
    const unsigned char *p = (const unsigned char *)bytes;
    if (p[0] < 0x80) {
        return 1;
    }
    int need = p[0] >= 0xC2 && p[0] <= 0xDF   ? 2
               : (p[0] & 0xF0) == 0xE0        ? 3
               : p[0] >= 0xF0 && p[0] <= 0xF4 ? 4
                                              : 0;
    if (need == 0 || n < (size_t)need) {
        return 0;
    }
    for (int i = 1; i < need; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    bool wrong = (p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) ||
                 (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F);
    return wrong ? 0 : need;
}

static bool looks_like_utf16(const char *head, size_t n)
{
    if (n >= 2 &&
        (memcmp(head, "\xFF\xFE", 2) == 0 || memcmp(head, "\xFE\xFF", 2) == 0)) {
        return true;
    }
    size_t zeros[2] = {0, 0};
    for (size_t i = 0; i < n; i++) {
        zeros[i & 1] += head[i] == '\0';
    }
    size_t most = zeros[0] > zeros[1] ? zeros[0] : zeros[1];
    size_t least = zeros[0] + zeros[1] - most;
    return n >= 16 && most > n / 4 && least < most / 8;
}

const char *ebb_encoding_problem(const char *head, size_t n)
{
    if (looks_like_utf16(head, n)) {
        return "is UTF-16 text, ebb reads UTF-8; convert it, e.g. with "
               "iconv -f UTF-16 -t UTF-8";
    }
    size_t sequences = 0, broken = 0;
    bool has_zero = memchr(head, '\0', n) != NULL;
    for (size_t i = 0; i < n;) {
        int length = ebb_utf8_length(head + i, n - i);
        bool cut = length == 0 && n - i < 4; /* the head ends inside a sequence */
        sequences += length > 1;
        broken += length == 0 && !cut;
        i += length ? (size_t)length : 1;
    }
    return broken > sequences && has_zero
               ? "is no text (a picture, a document, a database?); `ebb formats` tells "
                 "what ebb reads"
           : broken > sequences
               ? "is not UTF-8 text (Latin-1 or another old encoding?); convert it, "
                 "e.g. with iconv -f WINDOWS-1252 -t UTF-8"
               : NULL;
}
