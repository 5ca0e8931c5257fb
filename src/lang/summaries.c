/* SPDX-License-Identifier: MIT
 * Summaries of a scenario's run: mean(x, from, to) and its like. */
#include "lang/evaluate.h"
#include "lang/scenario.h"

bool ebb_evaluate_run(ebb_build_t *build, uint32_t begin, const ebb_scope_t *scope)
{
    const ebb_instruction_t *code = build->code.items;
    ebb_scope_t inner = *scope;
    inner.in_run = true;
    return ebb_evaluate_range(build, (ebb_formula_t){begin + 1, code[begin].count},
                              &inner);
}

/* The span of a summary out of constants on the stack. */
static bool evaluate_span(ebb_build_t *build, const ebb_instruction_t *at,
                          const ebb_scope_t *scope, ebb_summary_t *summary)
{
    double times[2] = {0, scope->summaries->length};
    for (uint32_t i = at->count; i-- > 0;) {
        ebb_value_t time = ebb_pop_value(build);
        if (!ebb_graph_is_constant(build->graph, time.node, &times[i])) {
            ebb_wrong(build->reading, at->where, "the times of a span are constants");
            return false;
        }
    }
    summary->begin = times[0];
    summary->end = at->count == 1 ? times[0] : times[1];
    double length = scope->summaries->length;
    if (at->count == 0 && length == 0) {
        ebb_wrong(build->reading, at->where,
                  "a summary of a run whose length is not said");
        ebb_mend(build->reading, "say the span, or how long the run is: run 60");
        return false;
    }
    if (!(summary->begin >= 0 && summary->begin <= summary->end) ||
        (length > 0 && summary->end > length)) {
        ebb_wrong(build->reading, at->where,
                  "a span that is not within the run, from early to late");
        return false;
    }
    return true;
}

bool ebb_evaluate_run_end(ebb_build_t *build, const ebb_instruction_t *at,
                          const ebb_scope_t *scope)
{
    ebb_summary_t summary = {0};
    if (!evaluate_span(build, at, scope, &summary)) {
        return false;
    }
    ebb_value_t of = ebb_pop_value(build);
    bool asks = at->name == EBB_WORD_EVER || at->name == EBB_WORD_ALWAYS ||
                at->name == EBB_WORD_SHARE;
    if (of.condition != asks) {
        ebb_wrong(build->reading, at->where, "`%s` is of a %s, not a %s",
                  ebb_name(build->reading, at->name), asks ? "condition" : "number",
                  asks ? "number" : "condition");
        return false;
    }
    summary.node = of.node;
    summary.kind = at->name == EBB_WORD_LOWEST || at->name == EBB_WORD_ALWAYS
                       ? EBB_SUMMARY_LOWEST
                   : at->name == EBB_WORD_HIGHEST || at->name == EBB_WORD_EVER
                       ? EBB_SUMMARY_HIGHEST
                   : at->name == EBB_WORD_VALUE ? EBB_SUMMARY_VALUE
                                                : EBB_SUMMARY_MEAN;
    uint32_t index = (uint32_t)scope->summaries->list.count;
    ebb_summary_t *kept =
        ebb_reading_push(build->reading, &scope->summaries->list, sizeof *kept);
    if (!kept) {
        return false;
    }
    *kept = summary;
    ebb_value_t result = ebb_evaluate_leaf(build, EBB_OP_SUMMARY, index, of.unit);
    result.condition = asks && at->name != EBB_WORD_SHARE;
    return ebb_push_value(build, result);
}
