/* SPDX-License-Identifier: MIT
 * The page: the embedded template with a document in the place of its token. A document
 * holds no '<' that is not escaped, so it cannot end the element it stands in. */
#include <string.h>

#include "ebb/report.h"
#include "report/page_asset.h"

/* Place of the token in the template, or its size when there is none. */
static size_t find_token(void)
{
    const size_t length = strlen(EBB_PAGE_TOKEN);
    for (size_t i = 0; i + length <= ebb_page_template_size; i++) {
        if (memcmp(ebb_page_template + i, EBB_PAGE_TOKEN, length) == 0) {
            return i;
        }
    }
    return ebb_page_template_size;
}

int ebb_report_page(ebb_text_t *out, const char *json, size_t length)
{
    size_t token = find_token();
    ebb_text_append(out, ebb_page_template, token);
    ebb_text_append(out, json, length);
    if (token < ebb_page_template_size) {
        token += strlen(EBB_PAGE_TOKEN);
        ebb_text_append(out, ebb_page_template + token, ebb_page_template_size - token);
    }
    return out->failed;
}
