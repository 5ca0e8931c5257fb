/* SPDX-License-Identifier: MIT
 * A result as a page. */
#include "result_page.h"

#include <string.h>

#include "ebb/results_page.h"
#include "output.h"
#include "talk.h"

exit_status_t result_page_place(const command_t *self, const char *html,
                                const char *output)
{
    return html && output && strcmp(html, output) == 0
               ? usage_error(self, "--html and --output both name '%s'", html)
               : EXIT_OK;
}

exit_status_t result_page_write(const char *html,
                                int (*json)(ebb_text_t *out, const void *from),
                                const void *from)
{
    ebb_text_t document = {0}, page = {0};
    if (!html) {
        return EXIT_OK;
    }
    int code = json(&document, from);
    code = code ? code : ebb_results_page(&page, document.data, document.length);
    ebb_text_free(&document);
    if (code) {
        ebb_text_free(&page);
        return talk_no_memory();
    }
    exit_status_t status = output_text(html, &page);
    if (status == EXIT_OK && strcmp(html, "-") != 0) {
        talk("the page is in %s\n", html);
    }
    return status;
}

bool result_page_is_all(const char *html, const char *output)
{
    return html && strcmp(html, "-") == 0 && !output;
}
