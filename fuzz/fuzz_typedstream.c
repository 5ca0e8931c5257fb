/* SPDX-License-Identifier: MIT
 * Fuzzes the reading of typedstreams, which lie too deep in a database to be reached
 * through it: what is handed over lies within the stream, objects end as they began,
 * and a text is what the walk hands over. */
#include "fuzz.h"
#include "messages/typedstream.h"

typedef struct walk {
    const char *begin, *end;
    const char *text; /* the first bytes seen */
    size_t text_length;
    int depth;
} walk_t;

static int check_typed(void *user, const ebb_typed_t *typed)
{
    walk_t *walk = user;
    walk->depth += typed->what == EBB_TYPED_OBJECT;
    FUZZ_CHECK(typed->depth == walk->depth && typed->depth >= 0);
    FUZZ_CHECK(typed->depth <= EBB_TYPED_DEPTH_MAX);
    walk->depth -= typed->what == EBB_TYPED_END;
    if (typed->bytes) {
        FUZZ_CHECK(typed->bytes >= walk->begin && typed->bytes <= walk->end);
        FUZZ_CHECK(typed->length <= (size_t)(walk->end - typed->bytes));
    } else {
        FUZZ_CHECK(typed->length == 0);
    }
    if (typed->what == EBB_TYPED_BYTES && !walk->text) {
        walk->text = typed->bytes;
        walk->text_length = typed->length;
    }
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *text = NULL, *begin = (const char *)bytes;
    size_t length = 0;
    walk_t walk = {.begin = begin, .end = begin + size};
    int code = ebb_typedstream_walk(bytes, size, check_typed, &walk);
    FUZZ_CHECK(code == 0 || code == EBB_ERR_INPUT || code == EBB_ERR_LIMIT);
    FUZZ_CHECK(code != 0 || walk.depth == 0);
    code = ebb_typedstream_text(bytes, size, &text, &length);
    FUZZ_CHECK(code == 0 || code == EBB_ERR_INPUT || code == EBB_ERR_LIMIT);
    FUZZ_CHECK(code != 0 || (text == walk.text && length == walk.text_length));
    return 0;
}
