/* SPDX-License-Identifier: MIT
 * Values of a section, and the order in which they are made. */
#include "section.h"

#include <stdlib.h>

int section_init(section_t *s, const ebb_program_t *program)
{
    size_t registers = program->register_count + 1, codes = program->code_count + 1;
    *s = (section_t){.operands = calloc(codes, sizeof *s->operands),
                     .roots = calloc(program->root_count + 1, sizeof *s->roots),
                     .order = calloc(codes, sizeof *s->order),
                     .done = calloc(codes, sizeof *s->done),
                     .held = calloc(registers, sizeof *s->held),
                     .height = calloc(codes, sizeof *s->height),
                     .ready = calloc(codes, sizeof *s->ready)};
    bool whole = s->operands && s->roots && s->order && s->done && s->held &&
                 s->height && s->ready;
    return whole ? EBB_OK : EBB_ERR_MEMORY;
}

void section_free(section_t *s)
{
    free(s->operands);
    free(s->roots);
    free(s->order);
    free(s->done);
    free(s->held);
    free(s->height);
    free(s->ready);
}

/* Registers are used again within a section, so what they hold is followed from the
 * front. */
static void section_find_values(section_t *s, const ebb_program_t *program,
                                ebb_section_t section)
{
    for (uint32_t r = 0; r < program->register_count; r++) {
        s->held[r] = (value_t){EBB_NONE, r};
    }
    for (size_t c = section.first; c < section.first + section.count; c++) {
        const ebb_operation_t *op = &program->code[c];
        s->operands[c][0] = s->held[op->a];
        s->operands[c][1] = s->held[op->b];
        s->operands[c][2] = s->held[op->c];
        s->held[op->out] = (value_t){(uint32_t)c, op->out};
        s->done[c] = false;
    }
    s->root_count = section.root_count;
    for (size_t r = 0; r < section.root_count; r++) {
        s->roots[r] = s->held[program->roots[section.first_root + r]];
    }
}

/* How long an operation takes until its result is there, and how long it keeps the
 * processor from others; in half cycles, roughly, of any recent one. */
static unsigned section_latency(uint32_t op)
{
    switch ((int)op) {
    case EBB_OP_ADD:
    case EBB_OP_SUB:
    case EBB_OP_MUL:
        return 8;
    case EBB_OP_DIV:
        return 26;
    case EBB_OP_SQRT:
        return 40;
    default:
        return op < EBB_OP_EXP || op >= EBB_OP_NOT ? 6 : 220;
    }
}

static unsigned section_effort(uint32_t op)
{
    return section_latency(op) > 100 ? 50 : 1;
}

static int section_arity(const ebb_program_t *program, size_t c)
{
    return ebb_op_arity((ebb_op_t)program->code[c].op);
}

static void section_find_heights(section_t *s, const ebb_program_t *program,
                                 ebb_section_t section)
{
    for (size_t c = section.first; c < section.first + section.count; c++) {
        s->height[c] = 0;
    }
    for (size_t c = section.first + section.count; c-- > section.first;) {
        s->height[c] += section_latency(program->code[c].op);
        for (int i = 0; i < section_arity(program, c); i++) {
            uint32_t from = s->operands[c][i].op;
            if (from != EBB_NONE && s->height[from] < s->height[c]) {
                s->height[from] = s->height[c];
            }
        }
    }
}

/* When the operands of an operation are there; UINT_MAX while one is not begun. */
static unsigned section_ready(const section_t *s, const ebb_program_t *program,
                              size_t c)
{
    unsigned latest = 0;
    for (int i = 0; i < section_arity(program, c); i++) {
        uint32_t from = s->operands[c][i].op;
        if (from == EBB_NONE) {
            continue;
        }
        if (!s->done[from]) {
            return UINT32_MAX;
        }
        latest = s->ready[from] > latest ? s->ready[from] : latest;
    }
    return latest;
}

/* The operation to begin at a time: the highest of those ready, or the one that will be
 * so first. */
static size_t section_choose(const section_t *s, const ebb_program_t *program,
                             ebb_section_t section, unsigned time)
{
    size_t best = SIZE_MAX;
    unsigned best_at = UINT32_MAX;
    for (size_t c = section.first; c < section.first + section.count; c++) {
        unsigned at = s->done[c] ? UINT32_MAX : section_ready(s, program, c);
        at = at < time ? time : at;
        bool better = best == SIZE_MAX || at < best_at ||
                      (at == best_at && s->height[c] > s->height[best]);
        if (!s->done[c] && at != UINT32_MAX && better) {
            best = c;
            best_at = at;
        }
    }
    return best;
}

void section_open(section_t *s, const ebb_program_t *program, ebb_section_t section)
{
    section_find_values(s, program, section);
    section_find_heights(s, program, section);
    unsigned time = 0;
    for (s->count = 0; s->count < section.count; s->count++) {
        size_t c = section_choose(s, program, section, time);
        unsigned at = section_ready(s, program, c);
        time = (at > time ? at : time) + section_effort(program->code[c].op);
        s->ready[c] = time + section_latency(program->code[c].op);
        s->done[c] = true;
        s->order[s->count] = (uint32_t)c;
    }
    for (size_t k = 0; k < s->count; k++) {
        s->done[s->order[k]] = false;
    }
}
