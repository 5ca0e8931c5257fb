/* SPDX-License-Identifier: MIT
 *
 * Native code: kernels that were made of models when the library was built.
 *
 * A kernel is a loop over lanes with a model's formulas written out, the same
 * operations in the same order as the interpreter's, so that results have the same
 * bits; temporaries stay in registers of the processor. tools/native writes the
 * kernels, and they are compiled once for each level (instruction set).
 *
 * A run finds its kernels by a digest of what it computes, not by the model's name: a
 * copy of a model that ships has native code whatever its descriptions, default values
 * and outputs are, and one whose equations were changed has none.
 */
#ifndef EBB_RUN_NATIVE_H
#define EBB_RUN_NATIVE_H

#include "run/chance_kernel.h"
#include "run/machine.h"

/* What kernels read and write: rows of `width` lanes, as the registers' are. */
typedef struct ebb_native_rows {
    const double *leaf;   /* the registers, of which all leaves but states are read */
    const double *normal; /* of each noise: standard normal numbers */
    double *fixed;        /* results of `fixed` */
    double *rows;         /* states and chances */
    double *next;         /* where Heun's second half is taken */
    double *rate;         /* rates of rows */
    double *push;         /* what each noise adds */
    double h, root;       /* length of the step, and its square root */
    size_t width;         /* as in ebb_registers_t */
} ebb_native_rows_t;

/* Returns whether some chance may be used up now: never 0 if one is. */
typedef int ebb_native_kernel_t(const ebb_native_rows_t *r);

/* What a set of kernels is for. */
typedef enum ebb_native_use {
    EBB_NATIVE_MAP,   /* step: rows become those after it; `rate` has the chances' */
    EBB_NATIVE_EULER, /* step: likewise */
    EBB_NATIVE_HEUN,  /* step: first half, fills next, rate and push; then `arrive` */
    EBB_NATIVE_RATES  /* step: fills rate */
} ebb_native_use_t;

/* What the places that kernels read and write depend on. */
typedef struct ebb_native_shape {
    uint32_t use, states, chances, noises;
    uint32_t leaf[EBB_LEAF_TRAIT + 1]; /* first row of each list that they read */
    uint32_t leaves;                   /* rows of all these lists */
} ebb_native_shape_t;

/* The kernels of one model for one use. */
typedef struct ebb_native {
    uint64_t digest;
    const char *model;
    ebb_native_shape_t shape;
    size_t fixed_count; /* rows of `fixed` */
    ebb_native_kernel_t *fixed, *step, *arrive;
} ebb_native_t;

/* Standard normal numbers of some slots: ebb_chance_rows. */
typedef void ebb_native_normals_t(double *out, const uint32_t *slots, size_t count,
                                  ebb_chance_place_t at);

/* All kernels that were compiled for one instruction set. */
typedef struct ebb_native_level {
    const ebb_native_t *models;
    size_t count;
    ebb_native_normals_t *normals;
} ebb_native_level_t;

/* The levels that the library has, best first. */
typedef struct ebb_native_offer {
    const char *name; /* "x86-64-v3" */
    bool here;        /* this processor has it */
    const ebb_native_level_t *level;
} ebb_native_offer_t;

/* Offer number `index`; false when there is none. */
bool ebb_native_offer(size_t index, ebb_native_offer_t *offer);

/* What the method of a run uses. */
ebb_native_use_t ebb_native_use(const ebb_simulation_t *run);

/* The section of a run's program that its kernels compute. */
size_t ebb_native_section(const ebb_simulation_t *run);

/* Digest of what the kernels of a compiled run compute. Returns 0 or EBB_ERR_MEMORY. */
int ebb_native_digest(const ebb_simulation_t *run, uint64_t *digest);

/* The shape of a compiled run. */
ebb_native_shape_t ebb_native_shape(const ebb_simulation_t *run);

/* The kernels with the digest of a run, or NULL. Digests of unlike models may be the
 * same by accident or by design; the shape is compared too, so that such kernels could
 * compute something else but never leave the run's memory. */
const ebb_native_t *ebb_native_find(const ebb_native_level_t *level,
                                    const ebb_simulation_t *run, uint64_t digest);

/**
 * Chooses what computes a compiled run: fills its engine, kernels and level.
 *
 * @param[in,out] run     compiled
 * @param[in]     wanted  engine of the settings
 * @param[in]     level   name of a level; NULL: the best that is here
 * @param[out]    error   may be NULL
 * @return 0, or EBB_ERR_ARGUMENT: native code is wanted, and there is none for this
 * model, or the level is unknown or not here; EBB_ERR_MEMORY.
 */
int ebb_native_choose(ebb_simulation_t *run, ebb_engine_t wanted, const char *level,
                      ebb_error_t *error);

#endif
