/* SPDX-License-Identifier: MIT
 * Pages: an embedded template with a document in the place of its token. A document
 * holds no '<' that is not escaped, so it cannot end the element it stands in. */
#include <string.h>

#include "ebb/report.h"
#include "ebb/results_page.h"
#include "ebb/simulate_page.h"
#include "report/page.h"
#include "report/page_asset.h"

/* Place of the token in a template, or its size when there is none. */
static size_t page_find_token(const char *page, size_t size)
{
    const size_t length = strlen(EBB_PAGE_TOKEN);
    for (size_t i = 0; i + length <= size; i++) {
        if (memcmp(page + i, EBB_PAGE_TOKEN, length) == 0) {
            return i;
        }
    }
    return size;
}

static int page_put(ebb_text_t *out, const char *page, size_t size, const char *json,
                    size_t length)
{
    size_t token = page_find_token(page, size);
    ebb_text_append(out, page, token);
    ebb_text_append(out, json, length);
    if (token < size) {
        token += strlen(EBB_PAGE_TOKEN);
        ebb_text_append(out, page + token, size - token);
    }
    return out->failed;
}

int ebb_page_fill(ebb_text_t *out, const char *page, size_t size,
                  const ebb_text_t *json)
{
    return page_put(out, page, size, json->data, json->length);
}

int ebb_report_page(ebb_text_t *out, const char *json, size_t length)
{
    return page_put(out, ebb_page_template, ebb_page_template_size, json, length);
}

int ebb_simulate_page(ebb_text_t *out, const char *json, size_t length)
{
    return page_put(out, ebb_couple_template, ebb_couple_template_size, json, length);
}

int ebb_results_page(ebb_text_t *out, const char *json, size_t length)
{
    return page_put(out, ebb_results_template, ebb_results_template_size, json, length);
}
