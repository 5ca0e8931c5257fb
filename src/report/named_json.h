/* SPDX-License-Identifier: MIT
 * What the documents of algorithms on people say of what they ran with. */
#ifndef EBB_REPORT_NAMED_JSON_H
#define EBB_REPORT_NAMED_JSON_H

#include "core/json.h"
#include "ebb/named.h"

/* "without": the words of the mechanisms whose bits are set; `word` gives NULL behind
 * the last one. */
void ebb_named_json_without(ebb_json_t *json, const char *(*word)(size_t k),
                            unsigned without);

/* "numbers": each with its value in the struct `numbers`; `number` gives one without a
 * name behind the last one. */
void ebb_named_json_numbers(ebb_json_t *json, ebb_named_t (*number)(size_t k),
                            const void *numbers);

#endif
