/* SPDX-License-Identifier: MIT
 *
 * A JSON writer: commas and escapes are its business, nesting is the caller's.
 *
 *     ebb_json_t json = {.out = &text};
 *     ebb_json_begin(&json, '{');
 *     ebb_json_key(&json, "n");
 *     ebb_json_int(&json, 3);
 *     ebb_json_end(&json, '}');          -> {"n":3}
 *
 * Numbers are the shortest that read back to the same double; what is not finite is
 * null.
 * '<', U+2028 and U+2029 are escaped, so that a document may stand inside a script
 * element.
 */
#ifndef EBB_CORE_JSON_H
#define EBB_CORE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "ebb/text.h"

typedef struct ebb_json {
    ebb_text_t *out;
    bool _need_comma;
} ebb_json_t;

void ebb_json_begin(ebb_json_t *json, char bracket); /* '{' or '[' */
void ebb_json_end(ebb_json_t *json, char bracket);   /* '}' or ']' */
void ebb_json_key(ebb_json_t *json, const char *key);
void ebb_json_null(ebb_json_t *json);
void ebb_json_bool(ebb_json_t *json, bool value);
void ebb_json_int(ebb_json_t *json, int64_t value);
void ebb_json_number(ebb_json_t *json, double value);
/* UTF-8; NULL is written as null; a byte that is not UTF-8 becomes U+FFFD. */
void ebb_json_string(ebb_json_t *json, const char *string);

/* A key and its value. */
void ebb_json_put_bool(ebb_json_t *json, const char *key, bool value);
void ebb_json_put_count(ebb_json_t *json, const char *key, uint64_t value);
void ebb_json_put_some(ebb_json_t *json, const char *key, uint64_t value); /* 0: null */
void ebb_json_put_number(ebb_json_t *json, const char *key, double value);
void ebb_json_put_string(ebb_json_t *json, const char *key, const char *string);

/* Writes the shortest decimal that reads back to `value` into `buffer` (at least 32
 * bytes); "null" when it is not finite. Returns its length. */
int ebb_number_format(char *buffer, double value);

#endif
