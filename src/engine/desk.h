/* SPDX-License-Identifier: MIT
 * The desk from the inside. */
#ifndef EBB_ENGINE_DESK_H
#define EBB_ENGINE_DESK_H

#include "ebb/engine.h"
#include "ebb/run.h"

/* Longest name that is passed in: two of the language and a dot. */
#define EBB_DESK_NAME 128

typedef struct ebb_desk_variation {
    ebb_scalar_kind_t kind; /* parameter, trait or state */
    size_t index;
    double *values; /* owned */
    size_t count;
} ebb_desk_variation_t;

/* Invariants: without a model there is no scenario, and the arrays of the model's
 * length are NULL; without a run there are no totals. `settings` holds all that is set;
 * what it points to is in the other fields. */
struct ebb_desk {
    ebb_text_t reply;
    ebb_model_t *model;
    ebb_model_info_t info;
    ebb_scenario_t *scenario;
    ebb_run_settings_t settings;
    double *numbers; /* params, traits, starts of the settings, NaN where not set */
    double *times;
    ebb_run_output_t *outputs;
    ebb_desk_variation_t *variations;
    size_t variation_count;
    ebb_simulation_t *run;
    ebb_run_totals_t *totals;
    bool quantiles; /* the totals have them */
    uint32_t ran;   /* first couple of the last range */
};

/* Empties the reply, for a new answer. */
void ebb_desk_hush(ebb_desk_t *desk);

/* The reply becomes a sentence; returns `code`. */
__attribute__((format(printf, 3, 4))) int ebb_desk_refuse(ebb_desk_t *desk, int code,
                                                          const char *format, ...);

/* What became of a reply that was written: 0, or EBB_ERR_MEMORY. */
int ebb_desk_replied(ebb_desk_t *desk);

/* Drops the run and its totals: something it was made of has changed. */
void ebb_desk_drop_run(ebb_desk_t *desk);

/* Drops all that belongs to the model: outputs, numbers, variations. */
void ebb_desk_drop_settings(ebb_desk_t *desk);

/* 0, or the refusal for want of a model, of a run. The reply is empty then. */
int ebb_desk_need_model(ebb_desk_t *desk);
int ebb_desk_need_run(ebb_desk_t *desk);

/* A number of the model by its name, or the refusal. */
int ebb_desk_find(ebb_desk_t *desk, const char *name, size_t size,
                  ebb_scalar_kind_t *kind, size_t *index);

/* Gives a couple its numbers: ebb_run_vary_t, `user` is the desk. */
void ebb_desk_vary_couple(void *user, uint64_t couple, double *params, double *traits,
                          double *starts);

#endif
