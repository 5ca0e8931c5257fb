/* SPDX-License-Identifier: MIT
 * The equations of a model as MathML, section by section. */
#include "ebb/document.h"
#include "lang/forms.h"

int ebb_document_mathml(const ebb_model_t *model, ebb_text_t *out)
{
    ebb_writing_t writing;
    ebb_writing_begin(&writing, model, &ebb_form_mathml, out);
    for (int i = 0; i < EBB_CHAPTER_COUNT && !out->failed; i++) {
        if (ebb_chapter_has(&model->syntax, (ebb_chapter_t)i)) {
            ebb_text_puts(out, "<math class=\"ebb-equations\" display=\"block\">"
                               "<mtable displaystyle=\"true\">\n");
            ebb_chapter_write(&writing, (ebb_chapter_t)i);
            ebb_text_puts(out, "</mtable></math>\n");
        }
    }
    ebb_writing_end(&writing);
    return out->failed;
}
