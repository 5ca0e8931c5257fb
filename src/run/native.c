/* SPDX-License-Identifier: MIT
 * Which native code computes a run. */
#include "run/native.h"

#include <string.h>

#include "core/fail.h"
#include "core/memory.h"
#include "math/bits.h"

/* --- digest ----------------------------------------------------------------------- */

static uint64_t native_mixed(uint64_t digest, uint64_t more)
{
    digest = (digest ^ more) * 0x9E3779B97F4A7C15u;
    digest ^= digest >> 32;
    return digest * 0xD6E8FEB86659FD93u;
}

/* What an operation makes, by what its operands are. In which order a graph has those
 * of a sum or product depends on the rest of the model; no bit of a result does. */
static uint64_t native_operation(const ebb_operation_t *op, const uint64_t *registers)
{
    int arity = ebb_op_arity((ebb_op_t)op->op);
    bool either = op->op == EBB_OP_ADD || op->op == EBB_OP_MUL;
    uint64_t a = registers[op->a], b = registers[op->b];
    bool turned = either && a > b;
    uint64_t digest = native_mixed(native_mixed(3, op->op), turned ? b : a);
    digest = arity > 1 ? native_mixed(digest, turned ? a : b) : digest;
    digest = arity > 2 ? native_mixed(digest, registers[op->c]) : digest;
    return digest ^ digest >> 29;
}

static void native_walk(const ebb_program_t *program, ebb_section_t section,
                        uint64_t *registers)
{
    for (size_t k = section.first; k < section.first + section.count; k++) {
        const ebb_operation_t *op = &program->code[k];
        registers[op->out] = native_operation(op, registers);
    }
}

/* Where rows stand, and what becomes of them. */
static uint64_t native_layout(const ebb_simulation_t *run)
{
    uint64_t digest = native_mixed(1, ebb_native_use(run));
    for (size_t k = 0; k <= EBB_LEAF_TRAIT; k++) {
        digest = native_mixed(digest, run->program.leaf[k]);
    }
    for (size_t k = 0; k < run->noises; k++) {
        digest = native_mixed(digest, run->noise_state[k]);
    }
    for (size_t i = 0; i < run->states; i++) {
        const ebb_state_t *state = &run->system->states[i];
        digest = native_mixed(digest, (uint64_t)state->bound);
        if (state->bound != EBB_BOUND_NONE) {
            digest = native_mixed(digest, ebb_bits_of(state->low));
            digest = native_mixed(digest, ebb_bits_of(state->high));
        }
    }
    return digest;
}

int ebb_native_digest(const ebb_simulation_t *run, uint64_t *digest)
{
    const ebb_program_t *program = &run->program;
    size_t count = program->register_count + 1, section = ebb_native_section(run);
    uint64_t *registers = ebb_new_array(&run->alloc, count, sizeof *registers);
    if (!registers) {
        return EBB_ERR_MEMORY;
    }
    for (uint32_t k = 0; k < program->leaf[EBB_LEAF_COUNT]; k++) {
        registers[k] = native_mixed(5, k);
    }
    for (size_t k = 0; k < program->constant_count; k++) {
        registers[program->leaf[EBB_LEAF_COUNT] + k] =
            native_mixed(7, ebb_bits_of(program->constants[k]));
    }
    native_walk(program, program->fixed, registers);
    native_walk(program, program->sections[section], registers);
    *digest = native_layout(run);
    for (size_t k = 0; k < program->sections[section].root_count; k++) {
        *digest =
            native_mixed(*digest, registers[ebb_program_roots(program, section)[k]]);
    }
    ebb_free_array(&run->alloc, registers, count, sizeof *registers);
    return EBB_OK;
}

/* --- choice ----------------------------------------------------------------------- */

ebb_native_use_t ebb_native_use(const ebb_simulation_t *run)
{
    return run->method == EBB_METHOD_MAP     ? EBB_NATIVE_MAP
           : run->method == EBB_METHOD_EULER ? EBB_NATIVE_EULER
           : run->method == EBB_METHOD_HEUN  ? EBB_NATIVE_HEUN
                                             : EBB_NATIVE_RATES;
}

size_t ebb_native_section(const ebb_simulation_t *run)
{
    return ebb_run_adapts(run) ? EBB_DO_RATES : EBB_DO_FLOW;
}

ebb_native_shape_t ebb_native_shape(const ebb_simulation_t *run)
{
    const uint32_t *leaf = run->program.leaf;
    ebb_native_shape_t shape = {.use = (uint32_t)ebb_native_use(run),
                                .states = (uint32_t)run->states,
                                .chances = (uint32_t)run->chances,
                                .noises = (uint32_t)run->noises,
                                .leaves = leaf[EBB_LEAF_TRAIT + 1]};
    memcpy(shape.leaf, leaf, sizeof shape.leaf);
    return shape;
}

/* Whether kernels of a shape find all they read and write in a run. */
static bool native_fits(const ebb_native_shape_t *kernels,
                        const ebb_native_shape_t *run)
{
    return kernels->use == run->use && kernels->states == run->states &&
           kernels->chances == run->chances && kernels->noises == run->noises &&
           memcmp(kernels->leaf, run->leaf, sizeof run->leaf) == 0 &&
           kernels->leaves <= run->leaves; /* a trait that nothing reads may be added */
}

const ebb_native_t *ebb_native_find(const ebb_native_level_t *level,
                                    const ebb_simulation_t *run, uint64_t digest)
{
    const ebb_native_shape_t shape = ebb_native_shape(run);
    for (size_t k = 0; k < level->count; k++) {
        const ebb_native_t *native = &level->models[k];
        if (native->digest == digest && native_fits(&native->shape, &shape)) {
            return &level->models[k];
        }
    }
    return NULL;
}

/* The level of that name, or the best one that is here. */
static int native_level(const char *name, ebb_native_offer_t *offer, ebb_error_t *error)
{
    size_t k = 0;
    while (ebb_native_offer(k, offer) &&
           (name ? strcmp(offer->name, name) != 0 : !offer->here)) {
        k++;
    }
    bool found = ebb_native_offer(k, offer);
    if (found && offer->here) {
        return EBB_OK;
    }
    *offer = (ebb_native_offer_t){0};
    return !name ? EBB_OK
                 : ebb_fail(error, EBB_ERR_ARGUMENT,
                            found ? "this processor is not of level %s"
                                  : "there is no native code of a level %s",
                            name);
}

int ebb_native_choose(ebb_simulation_t *run, ebb_engine_t wanted, const char *level,
                      ebb_error_t *error)
{
    ebb_native_offer_t offer = {0};
    uint64_t digest = 0;
    run->engine = EBB_ENGINE_INTERPRETER;
    if (!*ebb_engine_word(wanted)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "there is no engine %d", (int)wanted);
    }
    int code = native_level(level, &offer, error);
    if (code || wanted == EBB_ENGINE_INTERPRETER) {
        return code;
    }
    if (ebb_native_digest(run, &digest)) {
        return ebb_fail(error, EBB_ERR_MEMORY, "not enough memory for a run");
    }
    run->native = offer.level ? ebb_native_find(offer.level, run, digest) : NULL;
    run->level = offer.level;
    run->engine = run->native ? EBB_ENGINE_NATIVE : EBB_ENGINE_INTERPRETER;
    if (wanted == EBB_ENGINE_NATIVE && !run->native) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        offer.level ? "there is no native code for `%s`, only for the "
                                      "models that ship: the interpreter runs it"
                                    : "there is no native code for this processor: "
                                      "the interpreter runs `%s`",
                        run->system->name);
    }
    return EBB_OK;
}
