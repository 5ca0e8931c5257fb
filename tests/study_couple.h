/* SPDX-License-Identifier: MIT
 * Studies of models in few lines, for tests: numbers by name, points by value. */
#ifndef EBB_TESTS_STUDY_COUPLE_H
#define EBB_TESTS_STUDY_COUPLE_H

#include "ebb/study.h"
#include "run_couple.h"

/* A model with numbers of its own, all the model's at first. */
typedef struct study_couple {
    ebb_model_t *model;
    double *params, *traits, *inputs, *holds, *starts;
    ebb_study_settings_t settings;
    ebb_study_t *study;
    ebb_error_t error;
} study_couple_t;

static inline double *study_nan(size_t count)
{
    double *numbers = model_numbers(count);
    for (size_t i = 0; i <= count; i++) {
        numbers[i] = (double)NAN;
    }
    return numbers;
}

static inline study_couple_t study_begin(ebb_model_t *model)
{
    study_couple_t c = {.model = model};
    CHECK(model != NULL);
    if (!model) {
        abort();
    }
    ebb_model_info_t info = ebb_model_info(model);
    c.params = study_nan(info.params);
    c.traits = study_nan(info.traits);
    c.inputs = study_nan(info.inputs);
    c.holds = study_nan(info.states);
    c.starts = study_nan(info.states);
    c.settings = (ebb_study_settings_t){.params = c.params,
                                        .traits = c.traits,
                                        .inputs = c.inputs,
                                        .holds = c.holds,
                                        .starts = c.starts};
    return c;
}

static inline size_t study_find(const study_couple_t *c, const char *name,
                                ebb_scalar_kind_t *kind)
{
    size_t index = 0;
    ebb_error_t error = {0};
    int code = ebb_model_find(c->model, name, kind, &index, &error);
    if (code) {
        (void)fprintf(stderr, "%s\n", error.text);
    }
    CHECK(code == EBB_OK);
    return index;
}

/* A parameter, trait or input gets a value; a state begins there. */
static inline void study_set(study_couple_t *c, const char *name, double value)
{
    ebb_scalar_kind_t kind = EBB_SCALAR_PARAM;
    size_t index = study_find(c, name, &kind);
    double *list = kind == EBB_SCALAR_PARAM   ? c->params
                   : kind == EBB_SCALAR_TRAIT ? c->traits
                   : kind == EBB_SCALAR_INPUT ? c->inputs
                                              : c->starts;
    list[index] = value;
}

static inline void study_hold(study_couple_t *c, const char *name, double value)
{
    ebb_scalar_kind_t kind = EBB_SCALAR_PARAM;
    size_t index = study_find(c, name, &kind);
    c->holds[index] = value;
}

/* The study of all that was said so far; a second one replaces the first. */
static inline const ebb_study_t *study_open(study_couple_t *c)
{
    ebb_study_free(c->study);
    int code = ebb_study_new(&c->study, c->model, &c->settings, &c->error);
    if (code) {
        (void)fprintf(stderr, "%s\n", c->error.text);
    }
    CHECK(code == EBB_OK);
    if (code) {
        abort();
    }
    return c->study;
}

static inline void study_end(study_couple_t *c)
{
    ebb_study_free(c->study);
    free(c->params);
    free(c->traits);
    free(c->inputs);
    free(c->holds);
    free(c->starts);
    ebb_model_free(c->model);
}

/* Place of a state or let among the values of a point. */
static inline size_t study_place(const study_couple_t *c, const char *name)
{
    ebb_scalar_kind_t kind = EBB_SCALAR_PARAM;
    size_t index = study_find(c, name, &kind);
    return index + (kind == EBB_SCALAR_LET ? ebb_model_info(c->model).states : 0);
}

static inline ebb_run_output_t study_output(const study_couple_t *c, const char *name)
{
    ebb_run_output_t output = {EBB_SCALAR_PARAM, 0};
    output.index = study_find(c, name, &output.kind);
    return output;
}

static inline ebb_study_number_t study_number(const study_couple_t *c, const char *name)
{
    ebb_study_number_t number = {EBB_SCALAR_PARAM, 0};
    number.index = study_find(c, name, &number.kind);
    return number;
}

/* All equilibria of what was said so far; to be freed. */
static inline ebb_equilibria_t study_rests(study_couple_t *c)
{
    ebb_equilibria_t found = {0};
    int code = ebb_study_equilibria(study_open(c), NULL, &found, &c->error);
    if (code) {
        (void)fprintf(stderr, "%s\n", c->error.text);
    }
    CHECK(code == EBB_OK);
    return found;
}

/* The equilibrium with these two first values, or NULL. */
static inline const ebb_equilibrium_t *study_at(const ebb_equilibria_t *found, double x,
                                                double y, double near)
{
    for (size_t k = 0; k < found->count; k++) {
        const double *v = found->points[k].values;
        if (fabs(v[0] - x) <= near && fabs(v[1] - y) <= near) {
            return &found->points[k];
        }
    }
    return NULL;
}

#endif
