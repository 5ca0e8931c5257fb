/* SPDX-License-Identifier: MIT
 * A causal-loop diagram, step by step. */
#include "lang/diagram.h"
#include "core/fail.h"

static int diagram_make(ebb_diagram_t *diagram, ebb_diagram_lets_t lets)
{
    int code = ebb_diagram_choose(diagram, lets);
    if (code) {
        return code;
    }
    ebb_diagram_loops(diagram);
    ebb_diagram_place(diagram);
    code = ebb_diagram_route(diagram);
    if (code == EBB_OK) {
        ebb_diagram_badges(diagram);
    }
    return code;
}

int ebb_document_diagram(const ebb_model_t *model, ebb_diagram_lets_t lets,
                         ebb_text_t *out, ebb_error_t *error)
{
    const ebb_alloc_t *alloc = &model->alloc;
    ebb_diagram_t *diagram = ebb_new_array(alloc, 1, sizeof *diagram);
    int code = EBB_ERR_MEMORY;
    if (diagram) {
        diagram->system = &model->system;
        diagram->alloc = alloc;
        code = diagram_make(diagram, lets);
    }
    if (code == EBB_OK) {
        ebb_diagram_write(diagram, out);
        code = out->failed;
    }
    if (diagram) {
        ebb_free_array(alloc, diagram->links, diagram->link_count,
                       sizeof *diagram->links);
        ebb_free_array(alloc, diagram, 1, sizeof *diagram);
    }
    if (code == EBB_ERR_LIMIT) {
        return ebb_fail(
            error, code, "a diagram shows at most %d quantities, and `%s` has more; %s",
            EBB_DIAGRAM_MOST, model->system.name,
            lets == EBB_DIAGRAM_ALL ? "draw it without its lets" : "split the model");
    }
    return code ? ebb_fail(error, code, "out of memory") : EBB_OK;
}
