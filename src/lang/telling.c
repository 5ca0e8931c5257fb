/* SPDX-License-Identifier: MIT
 * How a model wants its runs told: until when a couple is one. */
#include "lang/build.h"

void ebb_build_lasts(ebb_build_t *build)
{
    ebb_formula_t lasts = build->syntax->lasts;
    ebb_value_t term;
    if (lasts.begin == lasts.end ||
        !ebb_evaluate(build, lasts, (ebb_scope_t){.person = EBB_NONE}, &term)) {
        return;
    }
    if (!term.condition) {
        ebb_wrong(build->reading, ebb_formula_where(build, lasts),
                  "`lasts while` is followed by a condition, and this is a number");
        ebb_mend(build->reading, "compare it with something: lasts while x > 0.5");
        return;
    }
    build->system->lasts = term.node;
}
