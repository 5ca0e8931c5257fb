/* SPDX-License-Identifier: MIT
 * A program of someone else's: uses the installed library, found by pkg-config. */
#include <stdio.h>
#include <string.h>

#include <ebb.h>

static const char chat[] = "06/01/2025, 07:33 - Alex: good morning\n"
                           "06/01/2025, 07:35 - Kim: morning you\n";

int main(void)
{
    ebb_import_t *import = NULL;
    ebb_history_t *history = NULL;
    ebb_error_t error = {0};
    ebb_input_t input = ebb_input_memory(chat, strlen(chat), "made up");
    int code = ebb_import_open(&import, NULL, &error);
    code = code ? code : ebb_import_add(import, &input, &error);
    code = code ? code : ebb_import_finish(import, &history, &error);
    size_t count = 0;
    if (code) {
        fprintf(stderr, "%s: %s\n", ebb_strerror(code), error.text);
    } else {
        (void)ebb_history_events(history, &count);
        printf("%zu events\n", count);
    }
    ebb_history_free(history);
    ebb_import_free(import);
    return code || count != 2;
}
