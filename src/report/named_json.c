/* SPDX-License-Identifier: MIT */
#include "report/named_json.h"

#include <string.h>

void ebb_named_json_without(ebb_json_t *json, const char *(*word)(size_t k),
                            unsigned without)
{
    ebb_json_key(json, "without");
    ebb_json_begin(json, '[');
    for (size_t k = 0; word(k); k++) {
        if (without >> k & 1) {
            ebb_json_string(json, word(k));
        }
    }
    ebb_json_end(json, ']');
}

void ebb_named_json_numbers(ebb_json_t *json, ebb_named_t (*number)(size_t k),
                            const void *numbers)
{
    ebb_json_key(json, "numbers");
    ebb_json_begin(json, '[');
    ebb_named_t n;
    for (size_t k = 0; (n = number(k)).name; k++) {
        double value;
        memcpy(&value, (const char *)numbers + n.offset, sizeof value);
        ebb_json_begin(json, '{');
        ebb_json_put_string(json, "name", n.name);
        ebb_json_put_number(json, "value", value);
        ebb_json_put_number(json, "usual", n.usual);
        ebb_json_put_string(json, "text", n.text);
        ebb_json_put_string(json, "source", n.source);
        ebb_json_end(json, '}');
    }
    ebb_json_end(json, ']');
}
