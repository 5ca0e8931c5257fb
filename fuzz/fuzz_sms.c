/* SPDX-License-Identifier: MIT
 * Fuzzes the reading of SMS Backup & Restore's XML. What is read comes in chunks of 64
 * KiB, more than fuzzers like: so a backup is read once more with blanks before its
 * first message, which move some place of it to the end of a chunk and must change
 * nothing, unless what is left of it in the first chunk, by which files are told, is
 * not UTF-8. */
#include "fuzz.h"

#define CHUNK ((size_t)64 * 1024)
#define ROOT "<smses>"

static size_t count_read(const uint8_t *bytes, size_t size)
{
    ebb_import_opts_t opts = {.keep_text = true};
    ebb_history_t *history = fuzz_read(bytes, size, &opts);
    size_t count = 0;
    if (history) {
        (void)ebb_history_events(history, &count);
    }
    ebb_history_free(history);
    return count;
}

/* Whether a file with these first bytes is refused as of another encoding. */
static bool is_foreign(const uint8_t *head)
{
    ebb_import_t *import = NULL;
    ebb_error_t error = {0};
    ebb_input_t input = ebb_input_memory(head, CHUNK, "fuzz");
    FUZZ_CHECK(ebb_import_open(&import, NULL, &error) == EBB_OK);
    int code = ebb_import_add(import, &input, &error);
    ebb_import_free(import);
    return code && strstr(error.text, "iconv");
}

static void check_moved(const uint8_t *bytes, size_t size)
{
    size_t root = sizeof ROOT - 1, rest = size - root;
    size_t before = CHUNK - fuzz_hash(bytes, size) % (rest + 1) % (CHUNK - root);
    uint8_t *moved = malloc(before + rest);
    FUZZ_CHECK(moved != NULL);
    memcpy(moved, bytes, root);
    memset(moved + root, ' ', before - root);
    memcpy(moved + before, bytes + root, rest);
    size_t count = count_read(bytes, size);
    FUZZ_CHECK(count == 0 || count_read(moved, before + rest) == count ||
               is_foreign(moved));
    free(moved);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *format = fuzz_input(bytes, size);
    if (format && strcmp(format, "sms") == 0 && size >= sizeof ROOT - 1 &&
        memcmp(bytes, ROOT, sizeof ROOT - 1) == 0) {
        check_moved(bytes, size);
    }
    return 0;
}
