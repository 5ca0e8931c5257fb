/* SPDX-License-Identifier: MIT
 * What the verbs share that write their result as a page too: --html. */
#ifndef EBB_CLI_RESULT_PAGE_H
#define EBB_CLI_RESULT_PAGE_H

#include "ebb/text.h"
#include "options.h"

/* The option; `target_` is where its file name goes. */
#define RESULT_PAGE_OPTION(target_)                                                    \
    {                                                                                  \
        .name = "html", .kind = OPTION_FILE, .target = (target_), .argument = "FILE",  \
        .help = "Write the page there: one file, opens in any browser",                \
        .more = "All pictures and every number; it fetches nothing and sends "         \
                "nothing. What "                                                       \
                "--format asks for is written as well; where the page itself goes to " \
                "standard output (-), only if --output names a file."                  \
    }

/* Refuses a page that would be written over the result. Either may be NULL. */
exit_status_t result_page_place(const command_t *self, const char *html,
                                const char *output);

/* Writes the page of the document that `json` appends, which returns 0 or
 * EBB_ERR_MEMORY. Does nothing where `html` is NULL. */
exit_status_t result_page_write(const char *html,
                                int (*json)(ebb_text_t *out, const void *from),
                                const void *from);

/* Whether the page is all that is to be written: it has standard output. */
bool result_page_is_all(const char *html, const char *output);

#endif
