/* SPDX-License-Identifier: MIT
 *
 * Summaries of a scenario's run: mean(x, from, to) and its like.
 *
 * What can be put together out of means is: with means over the same span
 *
 *     spread(x)         sqrt(mean(x^2) - mean(x)^2)
 *     slope(y, x)       (mean(xy) - mean(x) mean(y)) / spread(x)^2
 *     correlation(x, y) (mean(xy) - mean(x) mean(y)) / (spread(x) spread(y))
 *
 *
 * Out of sums over the gaps between episodes, n of them, and out of counts n_ij of
 * condition j beginning after condition i, N in all:
 *
 *     variation(c)      sqrt((mean(gap^2) - mean(gap)^2) n/(n - 1)) / mean(gap)
 *     entropy(c, d)     - sum_ij n_ij/N log2(n_ij / sum_k n_ik)
 *
 * A variance below 1e-12 of the mean square is no more than rounding and counts as 0;
 * then slope and correlation, which are not defined, are 0 too.
 */
#include <math.h>

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

/* --- span ------------------------------------------------------------------------- */

static bool summary_fits(ebb_build_t *build, const ebb_instruction_t *at,
                         const ebb_summary_t *summary, double length)
{
    if (!(summary->begin >= 0 && summary->begin <= summary->end) ||
        (length > 0 && summary->end > length)) {
        ebb_wrong(build->reading, at->where,
                  "a span that is not within the run, from early to late");
        return false;
    }
    if (!(summary->least >= 0)) {
        ebb_wrong(build->reading, at->where, "a length of time below 0");
        return false;
    }
    return true;
}

/* The span of a summary out of constants on the stack. */
static bool summary_span(ebb_build_t *build, const ebb_instruction_t *at,
                         const ebb_scope_t *scope, ebb_summary_t *summary)
{
    double length = scope->summaries->length, numbers[3] = {0};
    for (uint32_t i = at->count; i-- > 0;) {
        ebb_value_t number = ebb_pop_value(build);
        if (!ebb_graph_is_constant(build->graph, number.node, &numbers[i])) {
            ebb_wrong(build->reading, at->where, "the times of a span are constants");
            return false;
        }
    }
    /* what it lasts stands before */
    uint32_t first = at->name == EBB_WORD_EPISODES || at->name == EBB_WORD_VARIATION;
    bool whole = at->count == first;
    summary->least = first ? numbers[0] : 0;
    summary->begin = whole ? 0 : numbers[first];
    summary->end = whole                        ? length
                   : at->name == EBB_WORD_VALUE ? numbers[0]
                                                : numbers[first + 1];
    if (whole && length == 0) {
        ebb_wrong(build->reading, at->where,
                  "a summary of a run whose length is not said");
        ebb_mend(build->reading, "say the span, or how long the run is: run 60");
        return false;
    }
    return summary_fits(build, at, summary, length);
}

/* In a claim with arms each summary is of one of them. */
static bool summary_arm(ebb_build_t *build, const ebb_instruction_t *at,
                        const ebb_scope_t *scope)
{
    const char *arm = scope->summaries->arm;
    if (!arm || at->person) {
        return true;
    }
    ebb_wrong(build->reading, at->where, "a summary of which arm?");
    ebb_mend(build->reading, "say whose: %s(%s(...))", arm,
             ebb_name(build->reading, at->name));
    return false;
}

/* --- one, and what is put together ------------------------------------------------ */

static bool summary_same(const ebb_summary_t *a, const ebb_summary_t *b)
{
    return a->kind == b->kind && a->node == b->node && a->begin == b->begin &&
           a->end == b->end && a->least == b->least && a->part == b->part &&
           a->arm == b->arm;
}

/* The leaf of a summary, new or known; EBB_NODE_ZERO with `failed` set when out of
 * memory. */
static uint32_t summary_leaf(ebb_build_t *build, const ebb_scope_t *scope,
                             ebb_summary_t summary)
{
    const ebb_summary_t *known = scope->summaries->list.items;
    uint32_t index = 0;
    while (index < scope->summaries->list.count &&
           !summary_same(&known[index], &summary)) {
        index++;
    }
    if (index < scope->summaries->list.count) {
        return ebb_graph_leaf(build->graph, EBB_OP_SUMMARY, index);
    }
    ebb_summary_t *kept =
        ebb_reading_push(build->reading, &scope->summaries->list, sizeof *kept);
    if (!kept) {
        return EBB_NODE_ZERO;
    }
    *kept = summary;
    return ebb_graph_leaf(build->graph, EBB_OP_SUMMARY, index);
}

static uint32_t summary_mean(ebb_build_t *build, const ebb_scope_t *scope,
                             ebb_summary_t summary, uint32_t node)
{
    summary.kind = EBB_SUMMARY_MEAN;
    summary.node = node;
    return summary_leaf(build, scope, summary);
}

/* mean(xy) - mean(x) mean(y), out of means; 0 where it is below rounding. */
static uint32_t summary_variance(ebb_graph_t *graph, uint32_t square, uint32_t mean)
{
    uint32_t of_mean = ebb_graph_binary(graph, EBB_OP_MUL, mean, mean);
    uint32_t rest = ebb_graph_binary(graph, EBB_OP_SUB, square, of_mean);
    uint32_t least =
        ebb_graph_binary(graph, EBB_OP_MUL, square, ebb_graph_constant(graph, 1e-12));
    uint32_t fine = ebb_graph_binary(graph, EBB_OP_LT, least, rest);
    return ebb_graph_select(graph, fine, rest, EBB_NODE_ZERO);
}

static uint32_t summary_spread(ebb_build_t *build, const ebb_scope_t *scope,
                               ebb_summary_t summary, uint32_t x)
{
    ebb_graph_t *graph = build->graph;
    uint32_t mean = summary_mean(build, scope, summary, x);
    uint32_t square =
        summary_mean(build, scope, summary, ebb_graph_binary(graph, EBB_OP_MUL, x, x));
    return ebb_graph_unary(graph, EBB_OP_SQRT, summary_variance(graph, square, mean));
}

/* slope(y, x) and correlation(x, y): `with` is what the covariance is divided by. */
static uint32_t summary_relation(ebb_build_t *build, const ebb_scope_t *scope,
                                 ebb_summary_t summary, uint32_t y, uint32_t x,
                                 bool slope)
{
    ebb_graph_t *graph = build->graph;
    uint32_t xy = ebb_graph_binary(graph, EBB_OP_MUL, x, y);
    uint32_t xx = ebb_graph_binary(graph, EBB_OP_MUL, x, x);
    uint32_t yy = ebb_graph_binary(graph, EBB_OP_MUL, y, y);
    uint32_t mean_x = summary_mean(build, scope, summary, x);
    uint32_t mean_y = summary_mean(build, scope, summary, y);
    uint32_t both = ebb_graph_binary(graph, EBB_OP_MUL, mean_x, mean_y);
    uint32_t joint = ebb_graph_binary(graph, EBB_OP_SUB,
                                      summary_mean(build, scope, summary, xy), both);
    uint32_t with =
        summary_variance(graph, summary_mean(build, scope, summary, xx), mean_x);
    if (!slope) {
        uint32_t own =
            summary_variance(graph, summary_mean(build, scope, summary, yy), mean_y);
        with = ebb_graph_unary(graph, EBB_OP_SQRT,
                               ebb_graph_binary(graph, EBB_OP_MUL, with, own));
    }
    uint32_t varies = ebb_graph_binary(graph, EBB_OP_LT, EBB_NODE_ZERO, with);
    uint32_t ratio = ebb_graph_binary(graph, EBB_OP_DIV, joint, with);
    return ebb_graph_select(graph, varies, ratio, EBB_NODE_ZERO);
}

/* A leaf of the kind that `summary` is of, with its part. */
static uint32_t summary_part(ebb_build_t *build, const ebb_scope_t *scope,
                             ebb_summary_t summary, uint32_t part)
{
    summary.part = part;
    return summary_leaf(build, scope, summary);
}

/* Coefficient of variation of the gaps; no number with fewer than two of them. */
static uint32_t summary_variation(ebb_build_t *build, const ebb_scope_t *scope,
                                  ebb_summary_t summary)
{
    ebb_graph_t *graph = build->graph;
    uint32_t n = summary_part(build, scope, summary, 0);
    uint32_t sum = summary_part(build, scope, summary, 1);
    uint32_t squares = summary_part(build, scope, summary, 2);
    uint32_t mean = ebb_graph_binary(graph, EBB_OP_DIV, sum, n);
    uint32_t variance =
        summary_variance(graph, ebb_graph_binary(graph, EBB_OP_DIV, squares, n), mean);
    uint32_t rest =
        ebb_graph_binary(graph, EBB_OP_SUB, n, ebb_graph_constant(graph, 1));
    uint32_t sample = ebb_graph_binary(
        graph, EBB_OP_DIV, ebb_graph_binary(graph, EBB_OP_MUL, variance, n), rest);
    return ebb_graph_binary(graph, EBB_OP_DIV,
                            ebb_graph_unary(graph, EBB_OP_SQRT, sample), mean);
}

/* n log2(n / all), 0 where n is. */
static uint32_t summary_surprise(ebb_graph_t *graph, uint32_t n, uint32_t all)
{
    uint32_t share = ebb_graph_binary(graph, EBB_OP_DIV, n, all);
    uint32_t bits =
        ebb_graph_binary(graph, EBB_OP_DIV, ebb_graph_unary(graph, EBB_OP_LOG, share),
                         ebb_graph_constant(graph, log(2)));
    uint32_t some = ebb_graph_binary(graph, EBB_OP_LT, EBB_NODE_ZERO, n);
    return ebb_graph_select(graph, some, ebb_graph_binary(graph, EBB_OP_MUL, n, bits),
                            EBB_NODE_ZERO);
}

/* Of which of two conditions begins next, given which began last, in bits; no number
 * where nothing follows anything. */
static uint32_t summary_entropy(ebb_build_t *build, const ebb_scope_t *scope,
                                ebb_summary_t summary, const ebb_value_t of[2])
{
    ebb_graph_t *graph = build->graph;
    uint32_t two =
        ebb_graph_binary(graph, EBB_OP_MUL, ebb_graph_constant(graph, 2), of[1].node);
    summary.node = ebb_graph_binary(graph, EBB_OP_ADD, of[0].node, two);
    uint32_t bits = EBB_NODE_ZERO, all = EBB_NODE_ZERO;
    for (uint32_t before = 0; before < 4; before += 2) {
        uint32_t first = summary_part(build, scope, summary, before);
        uint32_t second = summary_part(build, scope, summary, before + 1);
        uint32_t both = ebb_graph_binary(graph, EBB_OP_ADD, first, second);
        all = ebb_graph_binary(graph, EBB_OP_ADD, all, both);
        bits = ebb_graph_binary(graph, EBB_OP_SUB, bits,
                                summary_surprise(graph, first, both));
        bits = ebb_graph_binary(graph, EBB_OP_SUB, bits,
                                summary_surprise(graph, second, both));
    }
    return ebb_graph_binary(graph, EBB_OP_DIV, bits, all);
}

/* --- by word ---------------------------------------------------------------------- */

static const struct {
    ebb_word_t word;
    ebb_summary_kind_t kind;
    bool asks;    /* it is of a condition */
    bool answers; /* it is one */
} summary_words[] = {
    {EBB_WORD_MEAN, EBB_SUMMARY_MEAN, false, false},
    {EBB_WORD_LOWEST, EBB_SUMMARY_LOWEST, false, false},
    {EBB_WORD_HIGHEST, EBB_SUMMARY_HIGHEST, false, false},
    {EBB_WORD_VALUE, EBB_SUMMARY_VALUE, false, false},
    {EBB_WORD_SHARE, EBB_SUMMARY_MEAN, true, false},
    {EBB_WORD_EVER, EBB_SUMMARY_HIGHEST, true, true},
    {EBB_WORD_ALWAYS, EBB_SUMMARY_LOWEST, true, true},
    {EBB_WORD_FIRST, EBB_SUMMARY_FIRST, true, false},
    {EBB_WORD_HALVING, EBB_SUMMARY_HALVING, false, false},
    {EBB_WORD_EPISODES, EBB_SUMMARY_EPISODES, true, false},
    {EBB_WORD_VARIATION, EBB_SUMMARY_GAPS, true, false},
    {EBB_WORD_ENTROPY, EBB_SUMMARY_TURNS, true, false},
    {EBB_WORD_SPREAD, EBB_SUMMARY_MEAN, false, false},
    {EBB_WORD_SLOPE, EBB_SUMMARY_MEAN, false, false},
    {EBB_WORD_CORRELATION, EBB_SUMMARY_MEAN, false, false},
};

static size_t summary_row(uint32_t word)
{
    size_t row = 0;
    while ((uint32_t)summary_words[row].word != word) {
        row++;
    }
    return row;
}

static bool summary_is_of(ebb_build_t *build, const ebb_instruction_t *at,
                          const ebb_value_t *of, bool asks)
{
    if (of->condition == asks) {
        return true;
    }
    ebb_wrong(build->reading, at->where, "`%s` is of a %s, not a %s",
              ebb_name(build->reading, at->name), asks ? "condition" : "number",
              asks ? "number" : "condition");
    return false;
}

static ebb_unit_t summary_unit(const ebb_build_t *build, uint32_t word,
                               const ebb_value_t of[2])
{
    switch ((int)word) {
    case EBB_WORD_FIRST:
    case EBB_WORD_HALVING:
        return ebb_time_unit(build, 2);
    case EBB_WORD_SLOPE:
        return ebb_unit_times(of[0].unit, of[1].unit, -1);
    case EBB_WORD_EPISODES:
    case EBB_WORD_VARIATION:
    case EBB_WORD_ENTROPY:
    case EBB_WORD_CORRELATION:
        return (ebb_unit_t){.known = EBB_UNIT_ANY};
    default:
        return of[0].unit;
    }
}

static uint32_t summary_node(ebb_build_t *build, const ebb_scope_t *scope,
                             uint32_t word, ebb_summary_t summary,
                             const ebb_value_t of[2])
{
    switch ((int)word) {
    case EBB_WORD_SPREAD:
        return summary_spread(build, scope, summary, of[0].node);
    case EBB_WORD_SLOPE:
    case EBB_WORD_CORRELATION:
        return summary_relation(build, scope, summary, of[0].node, of[1].node,
                                word == EBB_WORD_SLOPE);
    case EBB_WORD_VARIATION:
        return summary_variation(build, scope, summary);
    case EBB_WORD_ENTROPY:
        return summary_entropy(build, scope, summary, of);
    default:
        return summary_leaf(build, scope, summary);
    }
}

bool ebb_evaluate_run_end(ebb_build_t *build, const ebb_instruction_t *at,
                          const ebb_scope_t *scope)
{
    size_t row = summary_row(at->name);
    ebb_summary_t summary = {.kind = (int)summary_words[row].kind, .arm = at->person};
    ebb_value_t of[2] = {{0}};
    if (!summary_span(build, at, scope, &summary)) {
        return false;
    }
    for (int k = ebb_word_summands(at->name); k-- > 0;) {
        of[k] = ebb_pop_value(build);
        if (!summary_is_of(build, at, &of[k], summary_words[row].asks)) {
            return false;
        }
    }
    if (!summary_arm(build, at, scope)) {
        return false;
    }
    summary.node = of[0].node;
    ebb_value_t result = {
        .node = summary_node(build, scope, at->name, summary, of),
        .condition = summary_words[row].answers,
        .unit = summary_unit(build, at->name, of),
    };
    return ebb_push_value(build, result);
}
