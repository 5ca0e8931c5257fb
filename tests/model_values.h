/* SPDX-License-Identifier: MIT
 * Values of a model's nodes, one by one, at stated numbers: what engines are held to.
 * Random draws are 0.5, delayed states what the states are now. */
#ifndef EBB_TESTS_MODEL_VALUES_H
#define EBB_TESTS_MODEL_VALUES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lang/model.h"

typedef struct model_values {
    double *params, *traits, *inputs, *states;
    double time;
} model_values_t;

/* Zeros, one more than asked for. */
static inline double *model_numbers(size_t count)
{
    double *numbers = calloc(count + 1, sizeof *numbers);
    if (!numbers) {
        abort();
    }
    return numbers;
}

static inline double *model_defaults(const ebb_slot_t *slots, size_t count)
{
    double *values = model_numbers(count);
    for (size_t i = 0; i < count; i++) {
        values[i] = slots[i].value;
    }
    return values;
}

/* All defaults, and states 0. */
static inline model_values_t model_values_begin(const ebb_system_t *system)
{
    return (model_values_t){
        .params = model_defaults(system->params, system->param_count),
        .traits = model_defaults(system->traits, system->trait_count),
        .inputs = model_defaults(system->inputs, system->input_count),
        .states = model_numbers(system->state_count),
    };
}

static inline void model_values_free(model_values_t *values)
{
    free(values->params);
    free(values->traits);
    free(values->inputs);
    free(values->states);
}

static inline double model_leaf(const ebb_system_t *system, const model_values_t *v,
                                const ebb_node_t *node)
{
    uint32_t i = node->args[0];
    switch ((int)node->op) {
    case EBB_OP_CONST:
        return node->value;
    case EBB_OP_STATE:
        return v->states[i];
    case EBB_OP_PARAM:
        return v->params[i];
    case EBB_OP_TRAIT:
        return v->traits[i];
    case EBB_OP_INPUT:
        return v->inputs[i];
    case EBB_OP_TIME:
        return v->time;
    case EBB_OP_DELAYED:
        return v->states[system->delays[i].state];
    default:
        return 0.5;
    }
}

/* One number for each node of a graph over the system; to be freed. */
static inline double *model_evaluate(const ebb_system_t *system,
                                     const ebb_graph_t *graph, const model_values_t *v)
{
    double *values = model_numbers(graph->count);
    for (size_t i = 0; i < graph->count; i++) {
        const ebb_node_t *node = &graph->nodes[i];
        if (ebb_op_arity((ebb_op_t)node->op) == 0) {
            values[i] = model_leaf(system, v, node);
            continue;
        }
        const double args[3] = {values[node->args[0]], values[node->args[1]],
                                values[node->args[2]]};
        values[i] = ebb_op_value((ebb_op_t)node->op, args);
    }
    return values;
}

/* A model of a folder; NULL when it is wrong. */
static inline ebb_model_t *model_of_file(const char *folder, const char *name)
{
    static char bytes[1 << 20];
    char path[1024];
    ebb_model_t *model = NULL;
    (void)snprintf(path, sizeof path, "%s/%s.ebb", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file) {
        return NULL;
    }
    ebb_model_text_t text = {.bytes = bytes, .label = path};
    text.size = fread(bytes, 1, sizeof bytes, file);
    (void)fclose(file);
    return ebb_model_read(&model, &text, NULL, NULL) ? NULL : model;
}

#endif
