/* SPDX-License-Identifier: MIT
 *
 * Sums over couples that do not depend on the order of couples.
 *
 * Mean and sd come from exact sums of x and of x^2 (each square rounded once).
 * Quantiles come from a histogram whose bins are those of the bits of a double: sign,
 * exponent and the first four bits behind it, so a bin is 1/16 to 1/32 of its place
 * wide, from 2^-24 to 2^24; what is smaller counts as 0, what is larger into the last
 * bin.
 */
#include "run/totals.h"

#include <math.h>
#include <string.h>

#include "core/fail.h"
#include "core/memory.h"
#include "math/bits.h"
#include "run/machine.h"

#define TOTALS_BEYOND 1e24
#define HISTOGRAM_SIDE (48u * 16u)
#define HISTOGRAM_BINS (2 * HISTOGRAM_SIDE + 1)

typedef struct ebb_cell_total {
    uint64_t count;
    double lowest, highest;
    ebb_exact_t sum, squares;
} ebb_cell_total_t;

struct ebb_run_totals {
    const ebb_simulation_t *run;
    size_t cells; /* times x outputs */
    ebb_cell_total_t *cell;
    uint64_t *bins;          /* HISTOGRAM_BINS for each cell, or NULL */
    uint64_t *lasting;       /* couples at each time; NULL where they do not end */
    uint64_t couples, *kept; /* of each expectation */
    size_t expects;
};

/* --- exact sums ------------------------------------------------------------------- */

void ebb_exact_join(ebb_exact_t *sum, const ebb_exact_t *other)
{
    uint64_t carry = 0;
    for (int k = 0; k < EBB_EXACT_WORDS; k++) {
        uint64_t with = sum->words[k] + carry;
        carry = with < carry;
        sum->words[k] = with + other->words[k];
        carry += sum->words[k] < with;
    }
}

static void exact_negate(ebb_exact_t *x)
{
    uint64_t carry = 1;
    for (int k = 0; k < EBB_EXACT_WORDS; k++) {
        x->words[k] = ~x->words[k] + carry;
        carry = carry && x->words[k] == 0;
    }
}

void ebb_exact_add(ebb_exact_t *sum, double x)
{
    uint64_t bits = ebb_bits_of(x), exponent = bits >> 52 & 0x7ff;
    uint64_t whole = (bits & 0xfffffffffffffu) | (exponent ? 1ull << 52 : 0);
    /* x = whole 2^(exponent - 1075), and place 0 stands for 2^-160 */
    int place = (int)exponent - 1075 + 160;
    ebb_exact_t term = {{0}};
    if (place < 0) {
        term.words[0] = place > -64 ? whole >> -place : 0;
    } else {
        int word = place / 64, shift = place % 64;
        term.words[word] = whole << shift;
        if (shift && word + 1 < EBB_EXACT_WORDS) {
            term.words[word + 1] = whole >> (64 - shift);
        }
    }
    if (bits >> 63) {
        exact_negate(&term);
    }
    ebb_exact_join(sum, &term);
}

double ebb_exact_value(const ebb_exact_t *sum)
{
    ebb_exact_t size = *sum;
    bool negative = size.words[EBB_EXACT_WORDS - 1] >> 63;
    if (negative) {
        exact_negate(&size);
    }
    double value = 0;
    for (int k = EBB_EXACT_WORDS; k-- > 0;) {
        value += (double)size.words[k] * ebb_power_of_two(64 * k - 160);
    }
    return negative ? -value : value;
}

/* --- histograms ------------------------------------------------------------------- */

/* Bins run from the most negative to the most positive; 0 is in the middle. */
static size_t histogram_bin(double x)
{
    double size = ebb_magnitude(x);
    if (size < 0x1p-24) {
        return HISTOGRAM_SIDE;
    }
    size = size < 0x1p24 ? size : 0x1.fp23;
    size_t at = (size_t)((ebb_bits_of(size) - ebb_bits_of(0x1p-24)) >> 48);
    return x < 0 ? HISTOGRAM_SIDE - 1 - at : HISTOGRAM_SIDE + 1 + at;
}

/* The lower edge of a bin, in size; bin numbers counted from the middle. */
static double histogram_edge(size_t at)
{
    return ebb_of_bits(ebb_bits_of(0x1p-24) + ((uint64_t)at << 48));
}

/* The value a share `within` (0..1) into a bin. */
static double histogram_value(size_t bin, double within)
{
    if (bin == HISTOGRAM_SIDE) {
        return 0;
    }
    bool negative = bin < HISTOGRAM_SIDE;
    size_t at = negative ? HISTOGRAM_SIDE - 1 - bin : bin - HISTOGRAM_SIDE - 1;
    double low = histogram_edge(at), high = histogram_edge(at + 1);
    return negative ? -(high + within * (low - high)) : low + within * (high - low);
}

/* --- totals ----------------------------------------------------------------------- */

int ebb_run_totals_new(ebb_run_totals_t **totals, const ebb_simulation_t *run,
                       bool quantiles, ebb_error_t *error)
{
    ebb_run_totals_t *fresh = ebb_new_array(&run->alloc, 1, sizeof *fresh);
    *totals = NULL;
    if (fresh) {
        size_t cells = run->time_count * run->output_count;
        size_t bins = quantiles ? cells * HISTOGRAM_BINS : 0;
        fresh->run = run;
        fresh->cells = cells;
        fresh->expects = run->plan ? run->plan->expect_count : 0;
        fresh->cell = ebb_new_array(&run->alloc, cells, sizeof *fresh->cell);
        fresh->kept = ebb_new_array(&run->alloc, fresh->expects, sizeof *fresh->kept);
        fresh->lasting = ebb_run_ends(run) ? ebb_new_array(&run->alloc, run->time_count,
                                                           sizeof *fresh->lasting)
                                           : NULL;
        fresh->bins =
            quantiles ? ebb_new_array(&run->alloc, bins, sizeof *fresh->bins) : NULL;
    }
    if (!fresh || !fresh->cell || !fresh->kept || (quantiles && !fresh->bins) ||
        (ebb_run_ends(run) && !fresh->lasting)) {
        ebb_run_totals_free(fresh);
        return ebb_fail(error, EBB_ERR_MEMORY, "not enough memory for totals");
    }
    for (size_t k = 0; k < fresh->cells; k++) {
        fresh->cell[k].lowest = EBB_INFINITY;
        fresh->cell[k].highest = -EBB_INFINITY;
    }
    *totals = fresh;
    return EBB_OK;
}

void ebb_run_totals_free(ebb_run_totals_t *totals)
{
    if (totals) {
        const ebb_alloc_t *alloc = &totals->run->alloc;
        ebb_free_array(alloc, totals->cell, totals->cells, sizeof *totals->cell);
        ebb_free_array(alloc, totals->kept, totals->expects, sizeof *totals->kept);
        ebb_free_array(alloc, totals->lasting, totals->run->time_count,
                       sizeof *totals->lasting);
        ebb_free_array(alloc, totals->bins, totals->cells * HISTOGRAM_BINS,
                       sizeof *totals->bins);
        ebb_free_array(alloc, totals, 1, sizeof *totals);
    }
}

void ebb_totals_add(ebb_run_totals_t *totals, const double *rows, const bool *lasting,
                    const double *kept, size_t stride)
{
    size_t outputs = totals->run->output_count;
    totals->couples++;
    for (size_t k = 0; lasting && k < totals->run->time_count; k++) {
        totals->lasting[k] += lasting[k];
    }
    for (size_t k = 0; k < totals->expects; k++) {
        totals->kept[k] += kept[k * stride] != 0;
    }
    for (size_t k = 0; k < totals->cells; k++) {
        ebb_cell_total_t *cell = &totals->cell[k];
        double x = rows[k];
        if (!(ebb_magnitude(x) < TOTALS_BEYOND) || (lasting && !lasting[k / outputs])) {
            continue;
        }
        cell->count++;
        cell->lowest = x < cell->lowest ? x : cell->lowest;
        cell->highest = x > cell->highest ? x : cell->highest;
        ebb_exact_add(&cell->sum, x);
        ebb_exact_add(&cell->squares, x * x);
        if (totals->bins) {
            totals->bins[k * HISTOGRAM_BINS + histogram_bin(x)]++;
        }
    }
}

int ebb_run_totals_merge(ebb_run_totals_t *totals, const ebb_run_totals_t *other)
{
    if (totals->run != other->run || !totals->bins != !other->bins) {
        return EBB_ERR_ARGUMENT;
    }
    totals->couples += other->couples;
    for (size_t k = 0; k < totals->expects; k++) {
        totals->kept[k] += other->kept[k];
    }
    for (size_t k = 0; k < totals->cells; k++) {
        ebb_cell_total_t *to = &totals->cell[k];
        const ebb_cell_total_t *from = &other->cell[k];
        to->count += from->count;
        to->lowest = from->lowest < to->lowest ? from->lowest : to->lowest;
        to->highest = from->highest > to->highest ? from->highest : to->highest;
        ebb_exact_join(&to->sum, &from->sum);
        ebb_exact_join(&to->squares, &from->squares);
    }
    for (size_t k = 0; totals->lasting && k < totals->run->time_count; k++) {
        totals->lasting[k] += other->lasting[k];
    }
    for (size_t k = 0; totals->bins && k < totals->cells * HISTOGRAM_BINS; k++) {
        totals->bins[k] += other->bins[k];
    }
    return EBB_OK;
}

/* --- what they say ---------------------------------------------------------------- */

static const ebb_cell_total_t *totals_cell(const ebb_run_totals_t *totals, size_t time,
                                           size_t output)
{
    const ebb_simulation_t *run = totals->run;
    bool there = time < run->time_count && output < run->output_count;
    return there ? &totals->cell[time * run->output_count + output] : NULL;
}

ebb_run_total_t ebb_run_total(const ebb_run_totals_t *totals, size_t time,
                              size_t output)
{
    const ebb_cell_total_t *cell = totals_cell(totals, time, output);
    ebb_run_total_t total = {0, EBB_NAN, EBB_NAN, EBB_NAN, EBB_NAN};
    if (!cell || cell->count == 0) {
        return total;
    }
    double n = (double)cell->count, sum = ebb_exact_value(&cell->sum);
    double rest = ebb_exact_value(&cell->squares) - sum / n * sum;
    total.count = cell->count;
    total.mean = sum / n;
    total.sd = n > 1 ? sqrt((rest > 0 ? rest : 0) / (n - 1)) : EBB_NAN;
    total.lowest = cell->lowest;
    total.highest = cell->highest;
    return total;
}

bool ebb_run_lasting(const ebb_run_totals_t *totals, size_t time, uint64_t *couples)
{
    bool there = totals->lasting && time < totals->run->time_count;
    if (there) {
        *couples = totals->lasting[time];
    }
    return there;
}

double ebb_run_quantile(const ebb_run_totals_t *totals, size_t time, size_t output,
                        double p)
{
    const ebb_cell_total_t *cell = totals_cell(totals, time, output);
    if (!cell || cell->count == 0 || !totals->bins || !(p >= 0 && p <= 1)) {
        return EBB_NAN;
    }
    const uint64_t *bins =
        totals->bins + (size_t)(cell - totals->cell) * HISTOGRAM_BINS;
    double rank = p * (double)(cell->count - 1), below = 0, value = cell->highest;
    for (size_t k = 0; k < HISTOGRAM_BINS; k++) {
        double here = (double)bins[k];
        if (here > 0 && rank < below + here) {
            value = histogram_value(k, (rank - below + 0.5) / here);
            break;
        }
        below += here;
    }
    value = value < cell->lowest || p == 0 ? cell->lowest : value;
    return value > cell->highest || p == 1 ? cell->highest : value;
}

int ebb_run_verdict(const ebb_run_totals_t *totals, size_t index,
                    ebb_run_verdict_t *verdict)
{
    if (index >= totals->expects) {
        return EBB_ERR_ARGUMENT;
    }
    const ebb_expect_t *expect = &totals->run->plan->expects[index];
    double all = (double)totals->couples, kept = (double)totals->kept[index];
    *verdict = (ebb_run_verdict_t){
        .text = expect->text,
        .code = expect->code,
        .line = expect->line,
        .share = expect->share,
        .kept = totals->kept[index],
        .broken = totals->couples - totals->kept[index],
        .holds = totals->couples > 0 && kept >= expect->share * all,
    };
    return EBB_OK;
}
