/* SPDX-License-Identifier: MIT
 * The JSON writer and the shortest decimal of a double. */
#include "core/json.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void separate(ebb_json_t *json)
{
    if (json->_need_comma) {
        ebb_text_append(json->out, ",", 1);
    }
    json->_need_comma = true;
}

void ebb_json_begin(ebb_json_t *json, char bracket)
{
    separate(json);
    ebb_text_append(json->out, &bracket, 1);
    json->_need_comma = false;
}

void ebb_json_end(ebb_json_t *json, char bracket)
{
    ebb_text_append(json->out, &bracket, 1);
    json->_need_comma = true;
}

void ebb_json_key(ebb_json_t *json, const char *key)
{
    ebb_json_string(json, key);
    ebb_text_append(json->out, ":", 1);
    json->_need_comma = false;
}

static void put_word(ebb_json_t *json, const char *word)
{
    separate(json);
    ebb_text_puts(json->out, word);
}

void ebb_json_null(ebb_json_t *json)
{
    put_word(json, "null");
}

void ebb_json_bool(ebb_json_t *json, bool value)
{
    put_word(json, value ? "true" : "false");
}

void ebb_json_int(ebb_json_t *json, int64_t value)
{
    separate(json);
    ebb_text_printf(json->out, "%" PRId64, value);
}

void ebb_json_number(ebb_json_t *json, double value)
{
    char buffer[32];
    ebb_number_format(buffer, value);
    put_word(json, buffer);
}

int ebb_number_format(char *buffer, double value)
{
    if (!isfinite(value)) {
        memcpy(buffer, "null", 5);
        return 4;
    }
    /* A decimal of at most 15 digits survives being read and printed with 15, so this
     * finds it, without zeros at its end, whatever its length; 17 always suffice.
     * Subnormal numbers have fewer. */
    int first = fabs(value) < DBL_MIN ? 1 : 15;
    for (int digits = first; digits < 17; digits++) {
        int length = snprintf(buffer, 32, "%.*g", digits, value);
        if (strtod(buffer, NULL) == value) {
            return length;
        }
    }
    return snprintf(buffer, 32, "%.17g", value);
}

/* Length of the well-formed UTF-8 sequence at s, or 0. */
static size_t utf8_length(const unsigned char *s)
{
    if (s[0] < 0x80) {
        return 1;
    }
    size_t n = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
    if (s[0] < 0xC2 || s[0] > 0xF4) {
        return 0;
    }
    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            return 0; /* stops at the NUL too */
        }
    }
    if ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F) ||
        (s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] > 0x8F)) {
        return 0;
    }
    return n;
}

/* Writes one character of a string; returns how many bytes of `s` it was. */
static size_t put_character(ebb_text_t *out, const unsigned char *s)
{
    size_t n = utf8_length(s);
    if (n == 0) {
        ebb_text_puts(out, "\xEF\xBF\xBD");
        return 1;
    }
    if (*s == '"' || *s == '\\') {
        ebb_text_append(out, "\\", 1);
    } else if (*s < 0x20 || *s == '<' || *s == 0x7F) {
        ebb_text_printf(out, "\\u%04x", *s);
        return 1;
    } else if (n == 3 && s[0] == 0xE2 && s[1] == 0x80 &&
               (s[2] == 0xA8 || s[2] == 0xA9)) {
        ebb_text_puts(out, s[2] == 0xA8 ? "\\u2028" : "\\u2029");
        return n;
    }
    ebb_text_append(out, (const char *)s, n);
    return n;
}

void ebb_json_string(ebb_json_t *json, const char *string)
{
    if (!string) {
        ebb_json_null(json);
        return;
    }
    separate(json);
    ebb_text_append(json->out, "\"", 1);
    for (const unsigned char *s = (const unsigned char *)string; *s;) {
        s += put_character(json->out, s);
    }
    ebb_text_append(json->out, "\"", 1);
}

/* --- members ---------------------------------------------------------------------- */

void ebb_json_put_bool(ebb_json_t *json, const char *key, bool value)
{
    ebb_json_key(json, key);
    ebb_json_bool(json, value);
}

void ebb_json_put_count(ebb_json_t *json, const char *key, uint64_t value)
{
    ebb_json_key(json, key);
    ebb_json_int(json, (int64_t)value);
}

void ebb_json_put_some(ebb_json_t *json, const char *key, uint64_t value)
{
    ebb_json_key(json, key);
    if (value) {
        ebb_json_int(json, (int64_t)value);
    } else {
        ebb_json_null(json);
    }
}

void ebb_json_put_number(ebb_json_t *json, const char *key, double value)
{
    ebb_json_key(json, key);
    ebb_json_number(json, value);
}

void ebb_json_put_string(ebb_json_t *json, const char *key, const char *string)
{
    ebb_json_key(json, key);
    ebb_json_string(json, string);
}
