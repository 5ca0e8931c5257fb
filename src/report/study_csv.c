/* SPDX-License-Identifier: MIT
 * A study as a table. */
#include "core/csv.h"
#include "report/studied.h"

static void studycsv_head(ebb_text_t *out, const ebb_studied_t *from, const char *first)
{
    ebb_text_puts(out, first);
    for (size_t i = 0; i < from->output_count; i++) {
        ebb_text_printf(out, ",%s", ebb_studied_name(from, i));
    }
    ebb_text_puts(out, "\n");
}

static void studycsv_values(ebb_text_t *out, const ebb_studied_t *from,
                            const double *values)
{
    for (size_t i = 0; i < from->output_count; i++) {
        ebb_csv_next(out, ebb_studied_value(from, values, i));
    }
    ebb_text_puts(out, "\n");
}

static void studycsv_equilibria(ebb_text_t *out, const ebb_studied_t *from)
{
    studycsv_head(out, from, "point,stability,unstable,leading_re,leading_im,kink");
    for (size_t k = 0; k < from->equilibria->count; k++) {
        const ebb_equilibrium_t *point = &from->equilibria->points[k];
        ebb_text_printf(out, "%zu,%s,%zu", k + 1, ebb_stability_word(point->stability),
                        point->unstable_count);
        ebb_csv_next(out, point->eigenvalues[0].re);
        ebb_csv_next(out, point->eigenvalues[0].im);
        ebb_text_printf(out, ",%d", point->kink);
        studycsv_values(out, from, point->values);
    }
}

static void studycsv_branch(ebb_text_t *out, const ebb_studied_t *from)
{
    ebb_text_puts(out, from->lead);
    studycsv_head(out, from, ",mark,unstable,leading_re,leading_im");
    for (size_t k = 0; k < from->branch->count; k++) {
        const ebb_branch_point_t *point = &from->branch->points[k];
        ebb_csv_number(out, point->number);
        ebb_text_printf(out, ",%s,%zu", ebb_landmark_word(point->mark),
                        point->unstable_count);
        ebb_csv_next(out, point->leading.re);
        ebb_csv_next(out, point->leading.im);
        studycsv_values(out, from, point->values);
    }
}

static void studycsv_sweep(ebb_text_t *out, const ebb_studied_t *from)
{
    ebb_text_puts(out, from->lead);
    studycsv_head(out, from, ",back,moving,jumped");
    for (size_t k = 0; k < from->sweep->count; k++) {
        const ebb_hysteresis_row_t *row = &from->sweep->rows[k];
        ebb_csv_number(out, row->number);
        ebb_text_printf(out, ",%d,%d,%d", row->back, row->moving, row->jumped > 0);
        studycsv_values(out, from, row->values);
    }
}

static void studycsv_cycle(ebb_text_t *out, const ebb_studied_t *from)
{
    const ebb_limit_cycle_t *cycle = from->cycle;
    ebb_scalar_t scalar;
    ebb_text_puts(out, "state,low,high,period\n");
    for (size_t i = 0; !ebb_model_scalar(from->model, EBB_SCALAR_STATE, i, &scalar);
         i++) {
        ebb_text_puts(out, scalar.name);
        ebb_csv_next(out, cycle->low[i]);
        ebb_csv_next(out, cycle->high[i]);
        ebb_text_puts(out, ",");
        if (cycle->found) {
            ebb_csv_number(out, cycle->period);
        }
        ebb_text_puts(out, "\n");
    }
}

static void studycsv_levers(ebb_text_t *out, const ebb_studied_t *from)
{
    ebb_text_puts(out, "lever,gain,change,rest,median,low,high,most,draws\n");
    for (size_t k = 0; k < from->levers->count; k++) {
        const ebb_lever_t *lever = &from->levers->levers[k];
        ebb_text_puts(out, ebb_studied_lever(from, k));
        ebb_csv_next(out, lever->gain);
        ebb_csv_next(out, lever->change);
        ebb_csv_next(out, lever->rest);
        ebb_csv_next(out, lever->change_range.median);
        ebb_csv_next(out, lever->change_range.low);
        ebb_csv_next(out, lever->change_range.high);
        ebb_csv_next(out, lever->most);
        ebb_text_printf(out, ",%zu\n", lever->draws);
    }
}

/* One line of numbers under their names. */
static void studycsv_line(ebb_text_t *out, const char *names, const double *numbers,
                          size_t count)
{
    ebb_text_printf(out, "%s\n", names);
    for (size_t k = 0; k < count; k++) {
        ebb_text_puts(out, k ? "," : "");
        ebb_csv_number(out, numbers[k]);
    }
    ebb_text_puts(out, "\n");
}

static void studycsv_few(ebb_text_t *out, const ebb_studied_t *from)
{
    if (from->gain) {
        const double line[2] = {from->gain->gain, from->gain->closed};
        studycsv_line(out, "gain,closed", line, 2);
    } else if (from->share) {
        const ebb_share_t *s = from->share;
        const double line[6] = {s->share,   s->error, s->with,
                                s->without, s->value, (double)s->couples};
        studycsv_line(out, "share,error,with,without,value,couples", line, 6);
    } else {
        const ebb_lyapunov_t *l = from->lyapunov;
        const double line[3] = {l->exponent, l->error, l->length};
        studycsv_line(out, "exponent,error,length", line, 3);
    }
}

int ebb_studied_csv(ebb_text_t *out, const ebb_studied_t *from)
{
    if (from->equilibria) {
        studycsv_equilibria(out, from);
    } else if (from->branch) {
        studycsv_branch(out, from);
    } else if (from->sweep) {
        studycsv_sweep(out, from);
    } else if (from->cycle) {
        studycsv_cycle(out, from);
    } else if (from->levers) {
        studycsv_levers(out, from);
    } else {
        studycsv_few(out, from);
    }
    return out->failed;
}
