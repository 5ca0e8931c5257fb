/* SPDX-License-Identifier: MIT
 * What the renderings of a study share. */
#ifndef EBB_REPORT_STUDIED_H
#define EBB_REPORT_STUDIED_H

#include "ebb/studied.h"
#include "report/layout.h"

/* A study on its way to a terminal. */
typedef struct ebb_studied_page {
    ebb_layout_t layout;
    const ebb_studied_t *from;
    const char *unit;
    bool steps;
} ebb_studied_page_t;

/* Which model, and what of it is left out or held. */
void ebb_studied_put_head(const ebb_studied_page_t *page);

/* The word of what was asked: "equilibria", "gain" ... */
static inline const char *ebb_studied_question(const ebb_studied_t *from)
{
    return from->equilibria ? "equilibria"
           : from->gain     ? "gain"
           : from->share    ? "share"
           : from->branch   ? "continue"
           : from->sweep    ? "sweep"
           : from->cycle    ? "cycle"
           : from->levers   ? "levers"
                            : "lyapunov";
}

/* The name of a lever. */
static inline const char *ebb_studied_lever(const ebb_studied_t *from, size_t k)
{
    ebb_scalar_t scalar = {.name = ""};
    (void)!ebb_model_scalar(from->model, EBB_SCALAR_INPUT,
                            from->levers->levers[k].input, &scalar);
    return scalar.name;
}

/* Levers as a table with a bar each. */
void ebb_studied_put_levers(const ebb_studied_page_t *page);

/* The name of a state or let that is shown. */
static inline const char *ebb_studied_name(const ebb_studied_t *from, size_t output)
{
    const ebb_run_output_t *at = &from->outputs[output];
    ebb_scalar_t scalar = {.name = ""};
    (void)!ebb_model_scalar(from->model, at->kind, at->index, &scalar);
    return scalar.name;
}

/* Its value among those of a point. */
static inline double ebb_studied_value(const ebb_studied_t *from, const double *values,
                                       size_t output)
{
    const ebb_run_output_t *at = &from->outputs[output];
    bool let = at->kind == EBB_SCALAR_LET;
    return values[at->index + (let ? ebb_model_info(from->model).states : 0)];
}

/* One point of a plot. */
typedef struct ebb_plot_point {
    double x, y;
    char sign;
} ebb_plot_point_t;

/* Draws points in order, later ones over earlier ones, with numbers at the axes. */
void ebb_put_plot(const ebb_layout_t *layout, const ebb_plot_point_t *points,
                  size_t count, const char *x, const char *y);

#endif
